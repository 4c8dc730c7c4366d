using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Api;

/// <summary>Who attended, for other programs.</summary>
[Route("api/v1/sessions/{code}")]
[Authorize(nameof(Permissions.ViewSessions), AuthenticationSchemes = Scheme)]
public sealed class AttendanceApiController(SiteDbContext db, SessionAccess access, SessionStatistics statistics, CurrentUser user, TimeProvider clock) : ApiController
{
    /// <summary>The people of the list whose team lies in the token's units.</summary>
    /// <param name="code">Code of the session.</param>
    /// <param name="unit">Code of a unit; its subtree.</param>
    /// <param name="status">unmarked, present, late, left_early, absent, excused.</param>
    /// <param name="take">Rows wanted.</param>
    /// <param name="skip">Rows to leave out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [HttpGet("attendance")]
    [ProducesResponseType<ApiList<AttendanceView>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(string code, string? unit, string? status, int? take, int? skip, CancellationToken cancellationToken)
    {
        if (await FindAsync(code, cancellationToken) is not { } session)
        {
            return Problem([access.NoSession(code)]);
        }

        if (!TryParseStatus(status, out var wanted))
        {
            return Problem([new Fault("status_unknown", $"Không có trạng thái '{status}'. Dùng: unmarked, present, late, left_early, absent, excused.", "status")]);
        }

        var scope = user.ScopeOf(Permissions.ViewSessions);
        if (unit is { Length: > 0 })
        {
            var path = await db.Units.On(clock.Today()).Where(row => row.Code == unit).Select(row => row.Path).SingleOrDefaultAsync(cancellationToken);
            scope = path is null ? UnitScope.Nothing : scope.Within(path);
            if (scope.IsNothing)
            {
                return Problem([new Fault("unknown_unit", $"Không có đơn vị mã {unit} trong phạm vi của bạn.", "unit", FaultKind.NotFound)]);
            }
        }

        var unmarked = session.State == SessionState.Closed ? AttendanceStatus.Absent : AttendanceStatus.Unmarked;
        var noticed = session.State == SessionState.Closed ? db.Invitations.Where(invitation => invitation.SessionId == session.Id).Excused(db) : db.Invitations.Where(_ => false);
        var rows =
            from invitation in db.Invitations.AsNoTracking().Where(invitation => invitation.SessionId == session.Id).InScope(scope, invitation => invitation.UnitPath)
            join attendance in db.Attendances on new { invitation.SessionId, invitation.PersonId } equals new { attendance.SessionId, attendance.PersonId } into found
            from attendance in found.DefaultIfEmpty()
            join point in db.SessionPoints on attendance == null ? invitation.PointId : attendance.PointId equals point.Id
            let current = attendance == null || attendance.Status == AttendanceStatus.Unmarked ? (noticed.Any(row => row.PersonId == invitation.PersonId) ? AttendanceStatus.Excused : unmarked) : attendance.Status
            where wanted == null || current == wanted
            orderby invitation.Person.Code
            select new AttendanceView(
                invitation.Person.Code,
                invitation.Person.FullName,
                invitation.TeamCode,
                invitation.TeamName,
                invitation.CommuneCode,
                point.Code,
                current,
                attendance == null ? 0 : attendance.Minutes,
                attendance == null ? null : attendance.FirstInUtc,
                attendance == null ? null : attendance.LastOutUtc,
                attendance == null ? null : attendance.Method,
                attendance != null && attendance.HasConflict,
                invitation.IsWalkIn);
        return Ok(await ListAsync(rows, take, skip, cancellationToken));
    }

    /// <summary>Counts per point, commune and district, and of the whole.</summary>
    [HttpGet("summary")]
    [ProducesResponseType<SummaryView>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Summary(string code, CancellationToken cancellationToken)
    {
        if (await FindAsync(code, cancellationToken) is not { } session)
        {
            return Problem([access.NoSession(code)]);
        }

        var figures = await statistics.CountAsync(session, user.ScopeOf(Permissions.ViewSessions), cancellationToken);
        var byState = Enum.GetValues<PointState>().ToDictionary(state => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString()), state => figures.Points.Count(point => point.State == state));
        return Ok(new SummaryView(
            session.Code,
            session.State,
            new(figures.Points.Count, figures.PointsPresent, figures.Communes.Count, figures.CommunesPresent, figures.HasTeams ? figures.Whole.Teams : null, byState, FiguresView.From(figures.Whole)),
            [.. figures.Districts.Select(ToView)],
            [.. figures.Communes.Select(ToView)],
            [.. figures.Points.Select(point => new PointSummary(point.Code, point.Name, point.CommuneCode, point.State, point.Reason, point.HasMismatch, FiguresView.From(point.Figures)))]));
    }

    private static UnitSummary ToView(UnitFigures unit) =>
        new(unit.Code, unit.Name, unit.Points, unit.PointsPresent, unit.Communes, unit.CommunesPresent, unit.Reason, FiguresView.From(unit.Figures));

    private Task<TrainingSession?> FindAsync(string code, CancellationToken cancellationToken) =>
        access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);

    private static bool TryParseStatus(string? text, out AttendanceStatus? status)
    {
        status = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        foreach (var known in Enum.GetValues<AttendanceStatus>())
        {
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(known.ToString()) == text)
            {
                status = known;
                return true;
            }
        }

        return false;
    }
}
