using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>
/// Counts wrong codes per person and per session in the database, so that all nodes count together; never per address, because a whole
/// commune may share one. A person may err five times in ten minutes; a session takes 300 wrong codes in that time, or as many as a quarter of its
/// people would type. Only wrong codes write: a right one costs one look at a table that is nearly empty.
/// </summary>
public sealed class GuessLimiter(SiteDbContext db, GuessTurns turns, TimeProvider clock)
{
    /// <summary>Wrong codes that a person may type.</summary>
    public const int MostOfPerson = 5;

    /// <summary>Wrong codes that a session takes from all people, however few they are.</summary>
    public const int MostOfSession = 300;

    /// <summary>In a larger session: one wrong code for so many people.</summary>
    public const int PeoplePerWrong = 4;

    /// <summary>How long they are remembered, from the first one on.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Begins the person's try. Tries of one person on this node follow each other, so that a burst gets no further than the same tries one by one.</summary>
    public async Task<GuessTry> BeginAsync(Guid person, IReadOnlyCollection<Guid> sessions, CancellationToken cancellationToken = default)
    {
        var turn = await turns.TakeAsync(person, cancellationToken);
        try
        {
            var now = clock.UtcNow();
            var subjects = sessions.Append(person).ToList();
            var counts = await db.Set<PointGuess>().Where(guess => subjects.Contains(guess.SubjectId) && guess.UntilUtc > now).ToDictionaryAsync(guess => guess.SubjectId, guess => guess.Count, cancellationToken);
            var taking = new List<Guid>();
            foreach (var session in sessions)
            {
                if (counts.GetValueOrDefault(session) is var wrong && (wrong < MostOfSession || wrong < await db.Invitations.CountAsync(row => row.SessionId == session, cancellationToken) / PeoplePerWrong))
                {
                    taking.Add(session);
                }
            }

            return new(person, counts.GetValueOrDefault(person), taking, turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Counts a wrong code against the person and the sessions that it could have been for; tells how many tries the person has left.</summary>
    public async Task<int> WrongAsync(GuessTry tried, CancellationToken cancellationToken = default)
    {
        foreach (var subject in tried.Sessions.Append(tried.Person))
        {
            await AddAsync(subject, 1, cancellationToken);
        }

        return Math.Max(0, MostOfPerson - await db.Set<PointGuess>().Where(guess => guess.SubjectId == tried.Person).Select(guess => guess.Count).SingleAsync(cancellationToken));
    }

    /// <summary>A right code clears the person's count.</summary>
    public async Task RightAsync(GuessTry tried, CancellationToken cancellationToken = default)
    {
        if (tried.Wrong > 0)
        {
            await db.Set<PointGuess>().Where(guess => guess.SubjectId == tried.Person).ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>One statement of its own for each subject: whichever node comes second adds to what the first wrote.</summary>
    internal Task AddAsync(Guid subject, int count, CancellationToken cancellationToken = default)
    {
        var now = clock.UtcNow();
        var until = now + Window;
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Sessions_PointGuess" ("SubjectId", "Count", "UntilUtc") VALUES ({subject}, {count}, {until})
            ON CONFLICT ("SubjectId") DO UPDATE SET
                "Count" = excluded."Count" + CASE WHEN "Sessions_PointGuess"."UntilUtc" > {now} THEN "Sessions_PointGuess"."Count" ELSE 0 END,
                "UntilUtc" = CASE WHEN "Sessions_PointGuess"."UntilUtc" > {now} THEN "Sessions_PointGuess"."UntilUtc" ELSE excluded."UntilUtc" END
            """, cancellationToken);
    }
}

/// <summary>A person's try at a code; the next one of the same person waits until it is disposed.</summary>
/// <param name="Person">Who types.</param>
/// <param name="Wrong">Wrong codes so far.</param>
/// <param name="Sessions">The sessions that still take codes.</param>
/// <param name="Turn">The place in the row.</param>
public sealed record GuessTry(Guid Person, int Wrong, IReadOnlyList<Guid> Sessions, IDisposable Turn) : IDisposable
{
    /// <summary>Whether the person has a try left.</summary>
    public bool IsAllowed => Wrong < GuessLimiter.MostOfPerson;

    /// <inheritdoc />
    public void Dispose() => Turn.Dispose();
}

/// <summary>One try at a time for each person, on this node. People share a few locks, which are held for a few milliseconds.</summary>
public sealed class GuessTurns : IDisposable
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits until nobody of the same lock tries.</summary>
    public async Task<IDisposable> TakeAsync(Guid person, CancellationToken cancellationToken)
    {
        var turn = _locks[(uint)person.GetHashCode() % (uint)_locks.Length];
        await turn.WaitAsync(cancellationToken);
        return new Taken(turn);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var turn in _locks)
        {
            turn.Dispose();
        }
    }

    private sealed class Taken(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
