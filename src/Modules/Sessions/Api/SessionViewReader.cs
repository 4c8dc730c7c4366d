using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Cards;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Paper;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Api;

/// <summary>Reads sessions, points and sheets in the API's shape.</summary>
public sealed class SessionViewReader(SiteDbContext db, SessionAccess access, CardService cards, PaperNumbers numbers, TimeProvider clock)
{
    /// <summary>A session with the points that the reader may see.</summary>
    public async Task<SessionView> ReadAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        var units = await db.Set<SessionInvite>().Where(invite => invite.SessionId == session.Id).OrderBy(invite => invite.UnitCode).Select(invite => invite.UnitCode).ToListAsync(cancellationToken);
        return new(
            session.Code,
            session.Title,
            session.Description,
            session.Mode,
            session.State,
            session.Reason,
            UnitPath.CodeOf(session.OrganizerPath),
            session.Organizers,
            session.Trainers,
            session.StartUtc,
            session.EndUtc,
            await ReadTopicsAsync(session.Id, cancellationToken),
            await ReadBlocksAsync(session.Id, cancellationToken),
            new(units, [.. session.InvitedLevels.Single()], [.. session.InvitedRoles.Single()]),
            await db.Invitations.CountAsync(invitation => invitation.SessionId == session.Id && !invitation.IsWalkIn, cancellationToken),
            session.PublishedUtc,
            session.ClosedUtc,
            session.Version,
            await Project(access.VisiblePoints(session).OrderBy(point => point.Code)).ToListAsync(cancellationToken))
        {
            Rehearsal = session.IsRehearsal,
            Deadlines = new(session.CloseAfterMinutes, session.HandInHours, session.ClosesUtc, session.HandInUtc),
            MakeupOf = session.MakeupOfId is not { } originalId ? null : await db.Sessions.Where(original => original.Id == originalId).Select(original => original.Code).SingleOrDefaultAsync(cancellationToken),
        };
    }

    /// <summary>Points in the API's shape; the reasons of the list in words.</summary>
    public IQueryable<PointView> Project(IQueryable<SessionPoint> points)
    {
        var reasons = db.AbsenceReasons;
        return points.Select(point => new PointView(
            point.Code,
            point.Unit == null ? null : point.Unit.Code,
            point.Name,
            point.Venue,
            point.Capacity,
            point.Link,
            point.State,
            point.ReasonCode,
            point.ReasonText ?? reasons.Where(reason => reason.Code == point.ReasonCode).Select(reason => reason.Name).FirstOrDefault(),
            point.HeadCount,
            point.OnlineCount,
            point.ClosedUtc,
            point.Version)
        {
            HandInHours = point.HandInHours,
            HandInBy = point.HandInUtc ?? point.Session.HandInUtc,
        });
    }

    /// <summary>The sheet of a point: who is expected there, who came there, and what is known of them.</summary>
    public async Task<SheetView> ReadSheetAsync(SessionPoint point, CancellationToken cancellationToken)
    {
        var members =
            from invitation in db.Invitations.AsNoTracking().Where(invitation => invitation.SessionId == point.SessionId)
            join attendance in db.Attendances on new { invitation.SessionId, invitation.PersonId } equals new { attendance.SessionId, attendance.PersonId } into found
            from attendance in found.DefaultIfEmpty()
            where invitation.PointId == point.Id || attendance.PointId == point.Id
            orderby invitation.TeamCode, invitation.Person.SortName, invitation.Person.Code
            select new { invitation.PersonId, Member = new SheetMember(
                invitation.Person.Code,
                invitation.Person.FullName,
                invitation.TeamCode,
                invitation.TeamName,
                invitation.Role,
                invitation.IsWalkIn,
                attendance == null ? null : attendance.Status,
                attendance == null ? 0 : attendance.Minutes,
                attendance == null ? null : attendance.FirstInUtc,
                attendance == null ? null : attendance.LastOutUtc,
                attendance != null && attendance.HasConflict,
                invitation.Response == InvitationResponse.Declined ? invitation.ResponseReason ?? "" : null) };
        var (rows, codes) = (await members.ToListAsync(cancellationToken), await numbers.CodesOfAsync(point.Id, cancellationToken));
        var issues = await cards.ReissuedAsync(members.Select(row => row.PersonId), cancellationToken);
        return new(
            point.Session.Code,
            point.Session.Title,
            point.Session.State,
            await ReadTopicsAsync(point.SessionId, cancellationToken),
            await ReadBlocksAsync(point.SessionId, cancellationToken),
            await Project(db.SessionPoints.Where(row => row.Id == point.Id)).SingleAsync(cancellationToken),
            rows.ConvertAll(row => row.Member with { CardIssue = issues.GetValueOrDefault(row.PersonId, CardService.FirstIssue), PaperCode = codes.GetValueOrDefault(row.PersonId) }),
            clock.UtcNow())
        {
            OpensAt = point.Session.StartUtc - SessionLifecycle.OpensBefore,
            CardKey = cards.PublicKey,
            Reasons = await db.AbsenceReasons.OrderBy(reason => reason.Order).Select(reason => new ReasonView(reason.Code, reason.Name)).ToListAsync(cancellationToken),
        };
    }

    private async Task<IReadOnlyList<BlockView>> ReadBlocksAsync(Guid sessionId, CancellationToken cancellationToken) =>
        await db.Set<SessionBlock>().Where(block => block.SessionId == sessionId).OrderBy(block => block.Number)
            .Select(block => new BlockView(block.Number, block.StartUtc, block.EndUtc, block.Title)).ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<string>> ReadTopicsAsync(Guid sessionId, CancellationToken cancellationToken) =>
        await db.Set<SessionTopic>().Where(topic => topic.SessionId == sessionId).OrderBy(topic => topic.Topic.Length).ThenBy(topic => topic.Topic)
            .Select(topic => topic.Topic).ToListAsync(cancellationToken);
}
