using Microsoft.Extensions.Caching.Memory;

namespace TrainingSite.Accounts.Services;

/// <summary>
/// Counts failed tries per name as typed, whether or not there is such an account: so trying tells nobody which names exist. Never per
/// address, because a whole commune may share one. The lasting count per account stands on the account; see <see cref="SignInService"/>.
/// </summary>
public sealed class SignInLimiter(IMemoryCache cache, TimeProvider clock)
{
    /// <summary>Failed tries that are allowed.</summary>
    public const int MaxFailures = 5;

    /// <summary>How long the name then rests.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();

    public bool IsBlocked(string login)
    {
        lock (_lock)
        {
            return cache.TryGetValue(Key(login), out Failures? failures) && failures!.Count >= MaxFailures && clock.UtcNow() < failures.UntilUtc;
        }
    }

    public void Failed(string login)
    {
        lock (_lock)
        {
            var now = clock.UtcNow();
            var count = cache.TryGetValue(Key(login), out Failures? failures) && now < failures!.UntilUtc ? failures.Count : 0;
            cache.Set(Key(login), new Failures(count + 1, now + Rest), Rest);
        }
    }

    public void Clear(string login) => cache.Remove(Key(login));

    private static (string, string) Key(string login) =>
        (nameof(SignInLimiter), VietnameseText.NormalizePhone(login) ?? VietnameseText.Fold(login));

    private sealed record Failures(int Count, DateTime UntilUtc);
}
