using Microsoft.Extensions.Caching.Memory;

namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>
/// Counts wrong codes per person and per session, never per address: a whole commune may share one. A person may err five times in ten
/// minutes; a session takes 300 wrong codes in that time, which its own people never reach and a thousand guessing accounts do.
/// </summary>
public sealed class GuessLimiter(IMemoryCache cache, TimeProvider clock)
{
    /// <summary>Wrong codes that a person may type.</summary>
    public const int MostOfPerson = 5;

    /// <summary>Wrong codes that a session takes from all people.</summary>
    public const int MostOfSession = 300;

    /// <summary>How long they are remembered, from the first one on.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();

    /// <summary>How many tries the person has left.</summary>
    public int LeftOf(Guid person) => MostOfPerson - Count(person);

    /// <summary>Takes one of the person's tries before the code is looked at, so that tries at the same moment count too; false when none is left.</summary>
    public bool TryTake(Guid person)
    {
        lock (_lock)
        {
            if (Count(person) >= MostOfPerson)
            {
                return false;
            }

            Add(person);
            return true;
        }
    }

    /// <summary>Whether codes typed for the session are looked at.</summary>
    public bool Takes(Guid session) => Count(session) < MostOfSession;

    /// <summary>Counts a wrong code against the sessions that it could have been for.</summary>
    public void Wrong(IEnumerable<Guid> sessions)
    {
        lock (_lock)
        {
            foreach (var session in sessions)
            {
                Add(session);
            }
        }
    }

    /// <summary>A right code clears the person's count.</summary>
    public void Clear(Guid person) => cache.Remove(Key(person));

    private int Count(Guid subject) => cache.TryGetValue(Key(subject), out Guesses? guesses) && clock.UtcNow() < guesses!.UntilUtc ? guesses.Count : 0;

    private void Add(Guid subject)
    {
        var now = clock.UtcNow();
        var guesses = cache.TryGetValue(Key(subject), out Guesses? known) && now < known!.UntilUtc ? known with { Count = known.Count + 1 } : new(1, now + Window);
        cache.Set(Key(subject), guesses, Window);
    }

    private static (string, Guid) Key(Guid subject) => (nameof(GuessLimiter), subject);

    private sealed record Guesses(int Count, DateTime UntilUtc);
}
