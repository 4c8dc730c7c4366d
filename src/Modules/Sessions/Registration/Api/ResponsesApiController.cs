using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Registration.Api;

/// <summary>Answers to invitations for other programs, within what the token's account may answer for.</summary>
[Route("api/v1/sessions/{code}/responses")]
public sealed class ResponsesApiController(SiteDbContext db, SessionAccess access, AnswerAccess reach, AnswerService answers, AnswerReader reader) : ApiController
{
    /// <summary>The answers.</summary>
    /// <param name="code">Code of the session.</param>
    /// <param name="point">Code of a point.</param>
    /// <param name="response">none, confirmed, declined, waiting.</param>
    /// <param name="take">Rows wanted.</param>
    /// <param name="skip">Rows to leave out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [HttpGet("")]
    [ProducesResponseType<ApiList<ResponseView>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(string code, string? point, string? response, int? take, int? skip, CancellationToken cancellationToken)
    {
        if (await access.FindToReadAsync(code, cancellationToken) is not { } session)
        {
            return Problem([access.NoSession(code)]);
        }

        InvitationResponse? wanted = response switch
        {
            "none" => InvitationResponse.None,
            "confirmed" => InvitationResponse.Confirmed,
            "declined" => InvitationResponse.Declined,
            "waiting" => InvitationResponse.Waiting,
            _ => null,
        };
        if (wanted is null && !string.IsNullOrEmpty(response))
        {
            return Problem([new Fault("response_unknown", $"Không có trả lời '{response}'. Dùng: none, confirmed, declined, waiting.", "response")]);
        }

        var rows = reach.Answerable(session).AsNoTracking()
            .Where(invitation => (wanted == null || invitation.Response == wanted) && (string.IsNullOrEmpty(point) || invitation.Point.Code == point))
            .OrderBy(invitation => invitation.Person.Code);
        return Ok(await ListAsync(Project(rows), take, skip, cancellationToken));
    }

    /// <summary>Answers for a member.</summary>
    [HttpPost("")]
    [ProducesResponseType<ResponseResult>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Post(string code, ResponseBody body, CancellationToken cancellationToken)
    {
        if (body.Response is not ("confirmed" or "declined"))
        {
            return Problem([new Fault("response_unknown", "Hãy trả lời confirmed hoặc declined.", "response")]);
        }

        var answered = await answers.AnswerAsync(code, new(body.Response == "confirmed", body.Member, body.Reason, body.Point), cancellationToken);
        if (!answered.Succeeded)
        {
            return Problem(answered.Faults);
        }

        var (sessionId, personId) = (answered.Value.SessionId, answered.Value.PersonId);
        var view = await Project(db.Invitations.Where(invitation => invitation.SessionId == sessionId && invitation.PersonId == personId)).SingleAsync(cancellationToken);
        var session = await db.Sessions.AsNoTracking().SingleAsync(row => row.Id == sessionId, cancellationToken);
        var place = view.Response == InvitationResponse.Waiting ? await reader.FindPlaceAsync(session, answered.Value, cancellationToken) : (int?)null;
        return Ok(new ResponseResult(view.Member, view.Point, view.Response, place));
    }

    private static IQueryable<ResponseView> Project(IQueryable<Invitation> invitations) => invitations.Select(invitation => new ResponseView(
        invitation.Person.Code, invitation.Person.FullName, invitation.TeamCode, invitation.Point.Code, invitation.Response, invitation.ResponseReason, invitation.RespondedUtc, invitation.RespondedByName));
}

/// <summary>An answer.</summary>
/// <param name="Member">Code of the person; the token's own when not given.</param>
/// <param name="Response">confirmed or declined.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Point">Code of another point to come to.</param>
public sealed record ResponseBody(string? Member, string? Response, string? Reason, string? Point);

/// <summary>What stands now; the place in the queue while waiting.</summary>
public sealed record ResponseResult(string Member, string Point, InvitationResponse Response, int? Place);

/// <summary>A person's answer.</summary>
public sealed record ResponseView(string Member, string Name, string Team, string Point, InvitationResponse Response, string? Reason, DateTime? RespondedAt, string? RespondedBy);
