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

/// <summary>Appeals of one session that the reader answers.</summary>
public sealed record OpenAppeals(string Code, string Title, DateTime StartUtc, int Count);

/// <summary>Whose attendance in a session the reader should look at again: organizers see everybody, others the people of their points.</summary>
public sealed class ReviewList(SiteDbContext db, SessionAccess access, CurrentUser user)
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

    /// <summary>The open appeals of others that the reader answers, by session, the oldest session first. One question, from the appeals, of which few are open.</summary>
    /// <param name="most">Sessions wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<List<OpenAppeals>> FindOpenAppealsAsync(int most, CancellationToken cancellationToken = default)
    {
        var (me, managed, served) = (user.PersonId, access.Managed().Select(session => session.Id), access.ServedPoints().Select(point => point.Id));
        var mine =
            from appeal in db.Appeals.Where(appeal => appeal.State == AppealState.Open && appeal.PersonId != me)
            where managed.Contains(appeal.SessionId)
                || db.Set<Invitation>().Any(invitation => invitation.SessionId == appeal.SessionId && invitation.PersonId == appeal.PersonId && served.Contains(invitation.PointId))
                || db.Set<Attendance>().Any(attendance => attendance.SessionId == appeal.SessionId && attendance.PersonId == appeal.PersonId && served.Contains(attendance.PointId))
            group appeal by appeal.SessionId into session
            select new { Id = session.Key, Count = session.Count() };
        return mine.Join(db.Sessions, row => row.Id, session => session.Id, (row, session) => new { row.Count, session.Code, session.Title, session.StartUtc })
            .OrderBy(row => row.StartUtc).ThenBy(row => row.Code).Take(most)
            .Select(row => new OpenAppeals(row.Code, row.Title, row.StartUtc, row.Count)).ToListAsync(cancellationToken);
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
