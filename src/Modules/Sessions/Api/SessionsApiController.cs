using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Api;

/// <summary>Training sessions for other programs.</summary>
[Route("api/v1/sessions")]
public sealed class SessionsApiController(SessionService sessions, SessionLifecycle lifecycle, SessionViewReader views, SessionAccess access) : ApiController
{
    /// <summary>Creates a draft.</summary>
    [HttpPost("")]
    [Authorize(nameof(Permissions.ManageSessions), AuthenticationSchemes = Scheme)]
    [ProducesResponseType<SessionView>(StatusCodes.Status201Created)]
    public async Task<IActionResult> Create(SessionBody body, CancellationToken cancellationToken)
    {
        var created = await sessions.CreateAsync(body.ToDraft(), cancellationToken);
        return created.Succeeded
            ? Created($"/api/v1/sessions/{created.Value.Code}", await views.ReadAsync(created.Value, cancellationToken))
            : Problem(created.Faults);
    }

    /// <summary>A session with those of its points that the token may see.</summary>
    [HttpGet("{code}")]
    [ProducesResponseType<SessionView>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Get(string code, CancellationToken cancellationToken) =>
        await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken) is { } session
            ? Ok(await views.ReadAsync(session, cancellationToken))
            : Problem([access.NoSession(code)]);

    /// <summary>
    /// Changes it. A draft as a whole, its points only when they are given; of a published one the words, the seats and the deadlines, because its
    /// list is frozen and its times are what people were told.
    /// </summary>
    [HttpPut("{code}")]
    [Authorize(nameof(Permissions.ManageSessions), AuthenticationSchemes = Scheme)]
    [ProducesResponseType<SessionView>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Update(string code, SessionBody body, CancellationToken cancellationToken) =>
        await AnswerAsync(await sessions.UpdateAsync(code, body.ToDraft(), cancellationToken), cancellationToken);

    /// <summary>Freezes the invited list and makes the session known.</summary>
    [HttpPost("{code}/publish")]
    [Authorize(nameof(Permissions.ManageSessions), AuthenticationSchemes = Scheme)]
    [ProducesResponseType<SessionView>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Publish(string code, CancellationToken cancellationToken)
    {
        var published = await lifecycle.PublishAsync(code, cancellationToken: cancellationToken);
        return published.Succeeded ? await Get(code, cancellationToken) : Problem(published.Faults);
    }

    /// <summary>Opens it.</summary>
    [HttpPost("{code}/open")]
    [Authorize(nameof(Permissions.ManageSessions), AuthenticationSchemes = Scheme)]
    [ProducesResponseType<SessionView>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Open(string code, CancellationToken cancellationToken) =>
        await AnswerAsync(await lifecycle.OpenAsync(code, cancellationToken), cancellationToken);

    /// <summary>Closes it.</summary>
    [HttpPost("{code}/close")]
    [Authorize(nameof(Permissions.ManageSessions), AuthenticationSchemes = Scheme)]
    [ProducesResponseType<SessionView>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Close(string code, CancellationToken cancellationToken) =>
        await AnswerAsync(await lifecycle.CloseAsync(code, cancellationToken), cancellationToken);

    /// <summary>Calls it off, for a reason.</summary>
    [HttpPost("{code}/cancel")]
    [Authorize(nameof(Permissions.ManageSessions), AuthenticationSchemes = Scheme)]
    [ProducesResponseType<SessionView>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Cancel(string code, [FromBody] ReasonBody? body, CancellationToken cancellationToken) =>
        await AnswerAsync(await lifecycle.CancelAsync(code, body?.Reason ?? "", cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(Result<TrainingSession> result, CancellationToken cancellationToken) =>
        result.Succeeded ? Ok(await views.ReadAsync(result.Value, cancellationToken)) : Problem(result.Faults);
}
