using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Conflicts.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Conflicts.Services;

/// <summary>Why somebody's attendance is to be looked at again.</summary>
public enum ReviewKind
{
    /// <summary>Two devices disagree.</summary>
    Devices,

    /// <summary>Marked themselves with the code of another room.</summary>
    WrongRoom,

    /// <summary>Marked by a device after the session or the sheet was closed.</summary>
    AfterClosing,

    /// <summary>Appeals.</summary>
    Appeal,
}

/// <summary>Whose attendance in a session the reader should look at again: organizers see everybody, others the people of their points.</summary>
public sealed class ReviewList(SiteDbContext db, SessionAccess access)
{
    /// <summary>How many people there are to look at.</summary>
    public Task<int> CountAsync(TrainingSession session, CancellationToken cancellationToken = default) => Find(session, kind: null).CountAsync(cancellationToken);

    /// <summary>How many people of each kind.</summary>
    public async Task<IReadOnlyDictionary<ReviewKind, int>> CountByKindAsync(TrainingSession session, CancellationToken cancellationToken = default)
    {
        var counts = new Dictionary<ReviewKind, int>();
        foreach (var kind in Enum.GetValues<ReviewKind>())
        {
            counts[kind] = await Find(session, kind).CountAsync(cancellationToken);
        }

        return counts;
    }

    /// <summary>How many people of one point there are to look at.</summary>
    public Task<int> CountAtAsync(TrainingSession session, Guid pointId, CancellationToken cancellationToken = default) =>
        Find(session, kind: null).CountAsync(invitation => invitation.PointId == pointId
            || db.Set<Attendance>().Any(attendance => attendance.SessionId == invitation.SessionId && attendance.PersonId == invitation.PersonId && attendance.PointId == pointId), cancellationToken);

    /// <summary>The people, of one kind or of all.</summary>
    public IQueryable<Invitation> Find(TrainingSession session, ReviewKind? kind)
    {
        var people = PeopleOf(session.Id, kind);
        return Mine(session).Where(invitation => people.Contains(invitation.PersonId));
    }

    /// <summary>Everybody on the list whose attendance is the reader's to decide: invited to, or marked at, a point that they take care of.</summary>
    public IQueryable<Invitation> Mine(TrainingSession session)
    {
        var invitations = db.Invitations.AsNoTracking().Where(invitation => invitation.SessionId == session.Id);
        if (access.CanManage(session))
        {
            return invitations;
        }

        var served = access.ServedPoints(session).Select(point => point.Id);
        var marked = db.Attendances.Where(attendance => attendance.SessionId == session.Id && served.Contains(attendance.PointId)).Select(attendance => attendance.PersonId);
        return invitations.Where(invitation => served.Contains(invitation.PointId) || marked.Contains(invitation.PersonId));
    }

    private IQueryable<Guid> PeopleOf(Guid sessionId, ReviewKind? kind)
    {
        var conflicts = db.Attendances.Where(attendance => attendance.SessionId == sessionId && attendance.HasConflict).Select(attendance => attendance.PersonId);
        var strangers = db.AttendanceEvents.Where(fact => fact.SessionId == sessionId && fact.Flag == AttendanceFlag.WrongRoom).Select(fact => fact.PersonId);
        var late = db.AttendanceEvents.Where(fact => fact.SessionId == sessionId && fact.Flag == AttendanceFlag.AfterClosing && !db.Set<ReviewedEvent>().Any(review => review.EventId == fact.Id)).Select(fact => fact.PersonId);
        var appeals = db.Appeals.Where(appeal => appeal.SessionId == sessionId && appeal.State == AppealState.Open).Select(appeal => appeal.PersonId);
        return kind is not { } one ? conflicts.Union(late).Union(appeals) : one switch
        {
            ReviewKind.Devices => conflicts.Where(person => !strangers.Contains(person)),
            ReviewKind.WrongRoom => conflicts.Where(person => strangers.Contains(person)),
            ReviewKind.AfterClosing => late,
            ReviewKind.Appeal => appeals,
        };
    }
}
