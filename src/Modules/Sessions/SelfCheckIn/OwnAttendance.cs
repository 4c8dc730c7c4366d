using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>Where the signed-in person stands in a session that takes attendance by code.</summary>
public sealed class OwnAttendance(SiteDbContext db, CurrentUser user)
{
    /// <summary>At a point whose code the person shows; null when they are not on the session's list.</summary>
    public Task<OwnModel?> OfAsync(SessionPoint point, CancellationToken cancellationToken = default) => ReadAsync(point.SessionId, point, cancellationToken);

    /// <summary>In a session; null when they are not on its list.</summary>
    public async Task<OwnModel?> OfAsync(string session, CancellationToken cancellationToken = default) =>
        await ReadAsync(await db.Sessions.Where(row => row.Code == session).Select(row => row.Id).SingleOrDefaultAsync(cancellationToken), null, cancellationToken);

    private async Task<OwnModel?> ReadAsync(Guid session, SessionPoint? shown, CancellationToken cancellationToken)
    {
        var mine = await db.Invitations.Where(invitation => invitation.SessionId == session && invitation.PersonId == user.PersonId)
            .Select(invitation => new
            {
                invitation.Person.FullName,
                invitation.Session.Title,
                invitation.Session.Code,
                invitation.PointId,
                PointName = invitation.Point.Name,
                Attendance = db.Set<Attendance>().SingleOrDefault(attendance => attendance.SessionId == invitation.SessionId && attendance.PersonId == invitation.PersonId),
                // Who leaves is noted where somebody has begun to note it; elsewhere a second button would only confuse.
                NotesOut = db.Set<AttendanceEvent>().Any(fact => fact.SessionId == session && fact.Kind == AttendanceKind.Out),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (mine is null)
        {
            return null;
        }

        var at = shown?.Id ?? mine.Attendance?.PointId ?? mine.PointId;
        var name = at == mine.PointId ? mine.PointName : shown?.Name ?? await db.SessionPoints.Where(point => point.Id == at).Select(point => point.Name).SingleAsync(cancellationToken);
        var there = mine.Attendance is { Status: AttendanceStatus.Present or AttendanceStatus.Late or AttendanceStatus.LeftEarly } attendance && attendance.PointId == at ? attendance : null;
        return new(mine.Code, mine.Title, mine.FullName, name, at == mine.PointId ? null : mine.PointName)
        {
            Since = there?.FirstInUtc,
            Until = there?.LastOutUtc,
            IsThere = there is not null,
            MayLeave = there is { LastOutUtc: null } && mine.NotesOut,
        };
    }
}

/// <summary>A person's own attendance.</summary>
/// <param name="SessionCode">The session.</param>
/// <param name="Title">Its title.</param>
/// <param name="Name">The person.</param>
/// <param name="Point">Where they are.</param>
/// <param name="InvitedTo">Where they were invited; null when that is where they are.</param>
public sealed record OwnModel(string SessionCode, string Title, string Name, string Point, string? InvitedTo)
{
    /// <summary>The code that was shown.</summary>
    public string Token { get; init; } = "";

    /// <summary>Whether the book says they are there.</summary>
    public bool IsThere { get; init; }

    /// <summary>When they came.</summary>
    public DateTime? Since { get; init; }

    /// <summary>When they left.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Whether leaving is noted and they have not left.</summary>
    public bool MayLeave { get; init; }
}
