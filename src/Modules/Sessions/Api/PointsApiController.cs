using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Board.Services;
using TrainingSite.Sessions.Deadlines;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Api;

/// <summary>Points of a session for other programs. Who may act at a point is checked for each point.</summary>
[Route("api/v1/sessions/{code}/points")]
public sealed class PointsApiController(PointService points, HandInService handIn, SessionViewReader views, SessionAccess access, PointContacts contacts) : ApiController
{
    /// <summary>The points that the token may see.</summary>
    [HttpGet("")]
    [ProducesResponseType<ApiList<PointView>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(string code, int? take, int? skip, CancellationToken cancellationToken) =>
        await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken) is { } session
            ? Ok(await ListAsync(views.Project(access.VisiblePoints(session).OrderBy(point => point.Code)), take, skip, cancellationToken))
            : Problem([access.NoSession(code)]);

    /// <summary>Reports a point's state, with reason, and its head counts.</summary>
    [HttpPut("{point}/state")]
    [ProducesResponseType<PointView>(StatusCodes.Status200OK)]
    public async Task<IActionResult> PutState(string code, string point, PointStateBody body, CancellationToken cancellationToken)
    {
        var reported = await points.ReportAsync(code, point, new(body.State, body.Reason ?? body.ReasonCode, body.HeadCount, body.OnlineCount, body.Version), cancellationToken);
        return reported.Succeeded
            ? Ok(await views.Project(access.VisiblePoints(reported.Value.Session).Where(row => row.Id == reported.Value.Id)).SingleAsync(cancellationToken))
            : Problem(reported.Faults);
    }

    /// <summary>Gives a point a time of its own for handing in its sheet, or the session's back.</summary>
    [HttpPut("{point}/hand-in")]
    [Authorize(nameof(Permissions.ManageSessions), AuthenticationSchemes = Scheme)]
    [ProducesResponseType<PointView>(StatusCodes.Status200OK)]
    public async Task<IActionResult> PutHandIn(string code, string point, HandInBody body, CancellationToken cancellationToken)
    {
        var set = await handIn.SetHoursAsync(code, point, body.Hours, cancellationToken);
        return set.Succeeded ? Ok(await views.Project(access.VisiblePoints(set.Value.Session).Where(row => row.Id == set.Value.Id)).SingleAsync(cancellationToken)) : Problem(set.Faults);
    }

    /// <summary>The sheet to take attendance with, also without a signal.</summary>
    [HttpGet("{point}/sheet")]
    [ProducesResponseType<SheetView>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Sheet(string code, string point, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return Problem(found.Faults);
        }

        contacts.TouchBy(access, found.Value);
        return found.Value.Session.State == SessionState.Draft
            ? Problem([new Fault("session_state", "Buổi tập huấn chưa phát hành nên chưa có danh sách điểm danh.", Kind: FaultKind.Conflict)])
            : Ok(await views.ReadSheetAsync(found.Value, cancellationToken));
    }
}
