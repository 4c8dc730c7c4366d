using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Trainers;

namespace TrainingSite.Sessions.Services;

/// <summary>Who may see and change which session. The one place for it: pages, API, reports and search go through here.</summary>
public sealed class SessionAccess(SiteDbContext db, CurrentUser user, IStringLocalizer<Strings> T)
{
    /// <summary>
    /// The sessions that the reader may see: drafts only those whose organizer they are; others when they organize them, when a
    /// point lies in their units or is theirs to look after, when they teach there, or when they are invited.
    /// </summary>
    public IQueryable<TrainingSession> Visible()
    {
        var manage = user.ScopeOf(Permissions.ManageSessions);
        if (manage.IsEverything)
        {
            return db.Sessions;
        }

        var userId = user.Id;
        var personId = user.PersonId;
        var view = user.ScopeOf(Permissions.ViewSessions);
        var managed = Managed().Select(session => session.Id);
        var organizedNear = db.Sessions.InScope(view, session => session.OrganizerPath).Select(session => session.Id);
        var withPoint = db.SessionPoints.InScope(view, point => point.Path).Select(point => point.SessionId);
        var invited = db.Invitations.Where(invitation => invitation.PersonId == personId).Select(invitation => invitation.SessionId);
        var taught = db.Set<SessionTrainer>().Where(trainer => trainer.UserId == userId).Select(trainer => trainer.SessionId);
        return db.Sessions.Where(session => managed.Contains(session.Id)
            || (session.State != SessionState.Draft && (organizedNear.Contains(session.Id)
                || withPoint.Contains(session.Id)
                || session.Points.Any(point => point.Coordinators.Any(coordinator => coordinator.UserId == userId))
                || taught.Contains(session.Id)
                || invited.Contains(session.Id))));
    }

    /// <summary>
    /// The session, to read what, when and for whom it is: one that the reader may see, or one that is published and held for the area in
    /// which they live or work. Search follows the same rule.
    /// </summary>
    public async Task<TrainingSession?> FindToReadAsync(string code, CancellationToken cancellationToken = default)
    {
        if (await Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken) is { } visible)
        {
            return visible;
        }

        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Code == code && session.State != SessionState.Draft, cancellationToken);
        if (session is null)
        {
            return null;
        }

        var area = SessionArea.Of(session.OrganizerPath, await db.SessionPoints.Where(point => point.SessionId == session.Id).Select(point => point.Path).Distinct().ToListAsync(cancellationToken));
        return user.Grants.Any(grant => grant.Path.StartsWith(area, StringComparison.Ordinal) || area.StartsWith(grant.Path, StringComparison.Ordinal)) ? session : null;
    }

    /// <summary>Whether the reader may change the session.</summary>
    public bool CanManage(TrainingSession session) => user.Can(Permissions.ManageSessions, session.OrganizerPath);

    /// <summary>
    /// The session, tracked, to change it. Not visible: 404; visible to but not changeable by this reader: 403.
    /// </summary>
    public async Task<Result<TrainingSession>> FindToManageAsync(string code, CancellationToken cancellationToken = default)
    {
        var session = await Visible().AsTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        return session is null ? NoSession(code)
            : CanManage(session) ? session
            : new Fault("out_of_scope", T["Buổi tập huấn {0} do đơn vị khác tổ chức; bạn chỉ xem được.", code], Kind: FaultKind.Forbidden);
    }

    /// <summary>Whether the reader may take attendance at the point and report its state.</summary>
    public async Task<bool> CanTakeAttendanceAsync(SessionPoint point, CancellationToken cancellationToken = default) =>
        user.Can(Permissions.TakeAttendance, point.Path)
        || (user.Id is { } id && await db.Set<PointCoordinator>().AnyAsync(coordinator => coordinator.PointId == point.Id && coordinator.UserId == id, cancellationToken));

    /// <summary>
    /// The points of a session that the reader may see: those in their units (all, when they organize it) and those they look after.
    /// </summary>
    public IQueryable<SessionPoint> VisiblePoints(TrainingSession session)
    {
        var points = db.SessionPoints.Where(point => point.SessionId == session.Id);
        if (CanManage(session))
        {
            return points;
        }

        var inScope = points.InScope(user.ScopeOf(Permissions.ViewSessions), point => point.Path).Select(point => point.Id);
        var userId = user.Id;
        return points.Where(point => inScope.Contains(point.Id) || point.Coordinators.Any(coordinator => coordinator.UserId == userId));
    }

    /// <summary>The points of a session at which the reader may take attendance and whose state they may report.</summary>
    public IQueryable<SessionPoint> ServedPoints(TrainingSession session) => ServedAmong(db.SessionPoints.Where(point => point.SessionId == session.Id));

    /// <summary>The same of all sessions.</summary>
    public IQueryable<SessionPoint> ServedPoints() => ServedAmong(db.SessionPoints);

    /// <summary>The sessions that the reader may change.</summary>
    public IQueryable<TrainingSession> Managed() => db.Sessions.InScope(user.ScopeOf(Permissions.ManageSessions), session => session.OrganizerPath);

    private IQueryable<SessionPoint> ServedAmong(IQueryable<SessionPoint> points)
    {
        var inScope = points.InScope(user.ScopeOf(Permissions.TakeAttendance), point => point.Path).Select(point => point.Id);
        var userId = user.Id;
        return points.Where(point => inScope.Contains(point.Id) || point.Coordinators.Any(coordinator => coordinator.UserId == userId));
    }

    /// <summary>The point, tracked, to take attendance at or to report its state.</summary>
    public async Task<Result<SessionPoint>> FindPointToServeAsync(string code, string pointCode, CancellationToken cancellationToken = default)
    {
        var session = await Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        if (session is null)
        {
            return NoSession(code);
        }

        var point = await VisiblePoints(session).AsTracking().Include(point => point.Session).SingleOrDefaultAsync(point => point.Code == pointCode, cancellationToken);
        return point is null
                ? new Fault("point_unknown", T["Buổi {0} không có điểm cầu {1} trong phạm vi của bạn.", code, pointCode], Kind: FaultKind.NotFound)
            : await CanTakeAttendanceAsync(point, cancellationToken) ? point
            : new Fault("out_of_scope", T["Bạn không phụ trách {0}.", point.Name], Kind: FaultKind.Forbidden);
    }

    /// <summary>"There is no such session" for this reader.</summary>
    public Fault NoSession(string code) => new("session_unknown", T["Không có buổi tập huấn {0} trong phạm vi của bạn.", code], Kind: FaultKind.NotFound);
}
