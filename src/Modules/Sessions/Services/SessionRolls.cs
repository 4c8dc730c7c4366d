using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Services;

/// <summary>The rolls of the sessions that run now. A roll may be stale; see <see cref="AttendanceWriter"/>.</summary>
internal sealed class SessionRolls(IServiceScopeFactory scopes)
{
    /// <summary>Few sessions run at once; when more are asked for, all are read anew.</summary>
    private const int Most = 32;

    private readonly ConcurrentDictionary<string, SessionRoll> _rolls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<SessionRoll?>>> _loading = new(StringComparer.Ordinal);

    /// <summary>The roll as last read, or read now; null when there is no such session. Everybody who comes at the opening waits for one reading.</summary>
    public ValueTask<SessionRoll?> FindAsync(string code, CancellationToken cancellationToken) =>
        _rolls.TryGetValue(code, out var roll) ? new(roll) : new(LoadOnceAsync(code, cancellationToken));

    /// <summary>Reads the roll anew, in the given context.</summary>
    public async Task<SessionRoll?> RefreshAsync(SiteDbContext db, string code, CancellationToken cancellationToken)
    {
        var roll = await SessionRoll.LoadAsync(db, code, _rolls.GetValueOrDefault(code), cancellationToken);
        if (roll is null)
        {
            _rolls.TryRemove(code, out _);
            return null;
        }

        if (_rolls.Count >= Most)
        {
            _rolls.Clear();
        }

        _rolls[code] = roll;
        return roll;
    }

    private Task<SessionRoll?> LoadOnceAsync(string code, CancellationToken cancellationToken) =>
        _loading.GetOrAdd(code, _ => new(() => LoadAsync(code))).Value.WaitAsync(cancellationToken);

    private async Task<SessionRoll?> LoadAsync(string code)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await RefreshAsync(scope.ServiceProvider.GetRequiredService<SiteDbContext>(), code, CancellationToken.None);
        }
        finally
        {
            _loading.TryRemove(code, out _);
        }
    }
}
