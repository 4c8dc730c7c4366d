using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Registration.Services;

/// <summary>For whom the reader may answer: themselves, the team they lead, the people of points and units they look after, everybody of a session they manage.</summary>
public sealed class AnswerAccess(SiteDbContext db, SessionAccess access, CurrentUser user, TimeProvider clock)
{
    /// <summary>The reader's own key; null for staff who are in no team.</summary>
    public Guid? PersonId => user.PersonId;

    /// <summary>The invitations of a session that the reader may see and answer.</summary>
    public IQueryable<Invitation> Answerable(TrainingSession session)
    {
        var all = db.Invitations.Where(invitation => invitation.SessionId == session.Id && !invitation.IsWalkIn);
        if (access.CanManage(session))
        {
            return all;
        }

        var (userId, personId) = (user.Id, user.PersonId);
        var scope = user.ScopeOf(Permissions.TakeAttendance);
        var near = db.Invitations.Where(invitation => invitation.SessionId == session.Id).InScope(scope, invitation => invitation.UnitPath).Select(invitation => invitation.PersonId);
        var points = db.SessionPoints.Where(point => point.SessionId == session.Id);
        var served = points.InScope(scope, point => point.Path).Select(point => point.Id);
        var kept = points.Where(point => point.Coordinators.Any(coordinator => coordinator.UserId == userId)).Select(point => point.Id);
        var led = Led();
        return all.Where(invitation => invitation.PersonId == personId || near.Contains(invitation.PersonId)
            || served.Contains(invitation.PointId) || kept.Contains(invitation.PointId) || led.Contains(invitation.TeamId));
    }

    /// <summary>Keys of the teams that the reader leads today.</summary>
    public IQueryable<Guid> Led()
    {
        var personId = user.PersonId;
        return db.Memberships.On(clock.Today()).Where(membership => membership.PersonId == personId && membership.Role == TeamRole.Leader).Select(membership => membership.TeamId);
    }

    /// <summary>Whether the reader answers for others as staff: manages the session or looks after a point or unit of it.</summary>
    public async Task<bool> IsStaffAsync(TrainingSession session, CancellationToken cancellationToken = default) =>
        access.CanManage(session)
        || (!user.ScopeOf(Permissions.TakeAttendance).IsNothing && await db.SessionPoints.Where(point => point.SessionId == session.Id).InScope(user.ScopeOf(Permissions.TakeAttendance), point => point.Path).AnyAsync(cancellationToken))
        || await db.SessionPoints.AnyAsync(point => point.SessionId == session.Id && point.Coordinators.Any(coordinator => coordinator.UserId == user.Id), cancellationToken);
}
