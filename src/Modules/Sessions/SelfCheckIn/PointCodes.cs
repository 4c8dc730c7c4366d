using System.Security.Cryptography;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>A code that stands on a point's screen.</summary>
/// <param name="Letters">To type.</param>
/// <param name="Token">For the address in the QR code.</param>
/// <param name="FromUtc">When it is shown.</param>
/// <param name="UntilUtc">When the next one is.</param>
public sealed record ShownCode(string Letters, string Token, DateTime FromUtc, DateTime UntilUtc);

/// <summary>What a token turned out to be.</summary>
public enum TokenState
{
    /// <summary>Not made by this site, or altered.</summary>
    Invalid,

    /// <summary>Made by this site, for a minute that has passed.</summary>
    Stale,

    /// <summary>To be believed.</summary>
    Fresh,
}

/// <summary>Makes and checks the codes of points. The seed is made when a point's screen is first opened and never leaves the server.</summary>
public sealed class PointCodes(SiteDbContext db, TimeProvider clock)
{
    /// <summary>The codes of the running minute and of those that follow.</summary>
    public async Task<IReadOnlyList<ShownCode>> NextAsync(Guid point, int count, CancellationToken cancellationToken = default)
    {
        var seed = await SeedOfAsync(point, cancellationToken);
        var first = RotatingCode.StepAt(clock.UtcNow());
        return [.. Enumerable.Range(0, count).Select(index => first + index)
            .Select(step => new ShownCode(RotatingCode.LettersOf(seed, step), RotatingCode.TokenOf(seed, point, step), RotatingCode.StartOf(step), RotatingCode.StartOf(step + 1)))];
    }

    /// <summary>The point whose token it is, with its session, and whether it is to be believed now.</summary>
    public async Task<(SessionPoint? Point, TokenState State)> FindAsync(string token, CancellationToken cancellationToken = default)
    {
        if (RotatingCode.Read(token) is not { } claim
            || await db.SessionPoints.AsNoTracking().Include(point => point.Session).SingleOrDefaultAsync(point => point.Id == claim.Point, cancellationToken) is not { CodeSeed: { } seed } point
            || !RotatingCode.AreSame(token, RotatingCode.TokenOf(seed, claim.Point, claim.Step)))
        {
            return (null, TokenState.Invalid);
        }

        return (point, RotatingCode.TakenAt(clock.UtcNow()).Contains(claim.Step) ? TokenState.Fresh : TokenState.Stale);
    }

    /// <summary>The point whose letters they are now: the person's own first, then the others of the sessions to which they are invited.</summary>
    public async Task<(Guid Session, string SessionCode, string PointCode)?> FindByLettersAsync(string letters, Guid person, IReadOnlyCollection<Guid> sessions, CancellationToken cancellationToken = default)
    {
        var points = await db.SessionPoints.Where(point => sessions.Contains(point.SessionId) && point.CodeSeed != null)
            .OrderByDescending(point => db.Set<Invitation>().Any(invitation => invitation.PersonId == person && invitation.PointId == point.Id)).ThenBy(point => point.Code)
            .Select(point => new { point.SessionId, SessionCode = point.Session.Code, point.Code, point.CodeSeed })
            .ToListAsync(cancellationToken);
        var steps = RotatingCode.TakenAt(clock.UtcNow()).ToList();
        return points.Find(point => steps.Exists(step => RotatingCode.AreSame(letters, RotatingCode.LettersOf(point.CodeSeed!, step)))) is { } found
            ? (found.SessionId, found.SessionCode, found.Code)
            : null;
    }

    /// <summary>The sessions to which the person is invited and whose attendance is taken now.</summary>
    public Task<List<Guid>> RunningSessionsOfAsync(Guid person, CancellationToken cancellationToken = default)
    {
        var opens = clock.UtcNow() + SessionLifecycle.OpensBefore;
        return db.Invitations.Where(invitation => invitation.PersonId == person
                && (invitation.Session.State == SessionState.Open || (invitation.Session.State == SessionState.Published && invitation.Session.StartUtc <= opens)))
            .Select(invitation => invitation.SessionId).ToListAsync(cancellationToken);
    }

    /// <summary>Two nodes that make it at once end with one: the first written stands.</summary>
    private async Task<byte[]> SeedOfAsync(Guid point, CancellationToken cancellationToken)
    {
        var seeds = db.SessionPoints.Where(row => row.Id == point).Select(row => row.CodeSeed);
        if (await seeds.SingleAsync(cancellationToken) is { } known)
        {
            return known;
        }

        var made = RandomNumberGenerator.GetBytes(RotatingCode.SeedBytes);
        await db.SessionPoints.Where(row => row.Id == point && row.CodeSeed == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.CodeSeed, made), cancellationToken);
        return (await seeds.SingleAsync(cancellationToken))!;
    }
}
