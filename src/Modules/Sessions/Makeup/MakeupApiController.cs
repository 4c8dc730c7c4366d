using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Api;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Makeup;

/// <summary>Make-up sessions for other programs.</summary>
[Route("api/v1/sessions/{code}/makeup")]
public sealed class MakeupApiController(MakeupService makeups, SessionViewReader views) : ApiController
{
    /// <summary>Makes a session for those who missed this one, which must be over.</summary>
    [HttpPost("")]
    [Authorize(nameof(Permissions.ManageSessions), AuthenticationSchemes = Scheme)]
    [ProducesResponseType<SessionView>(StatusCodes.Status201Created)]
    public async Task<IActionResult> Create(string code, MakeupBody body, CancellationToken cancellationToken)
    {
        var made = await makeups.CreateAsync(code, body.ToDraft(), cancellationToken);
        return made.Succeeded
            ? Created($"/api/v1/sessions/{made.Value.Session.Code}", await views.ReadAsync(made.Value.Session, cancellationToken))
            : Problem(made.Faults);
    }
}

/// <summary>A make-up to create.</summary>
/// <param name="Code">Code; one after the original's when not given.</param>
/// <param name="Title">Title; one after the original's when not given.</param>
/// <param name="Blocks">Parts in order.</param>
/// <param name="Scope">people: all who were not there; points: those of points that did not take part.</param>
/// <param name="Points">Codes of the original's points to which it is limited.</param>
/// <param name="Publish">Whether it is published at once.</param>
public sealed record MakeupBody(string? Code, string? Title, IReadOnlyList<BlockBody>? Blocks, MakeupScope? Scope, IReadOnlyList<string>? Points, bool? Publish)
{
    /// <summary>As the service takes it.</summary>
    internal MakeupDraft ToDraft() => new([.. (Blocks ?? []).Select(block => new BlockDraft(SessionBody.ToUtc(block.Start), SessionBody.ToUtc(block.End), block.Title ?? ""))])
    {
        Code = Code,
        Title = Title,
        Scope = Scope ?? MakeupScope.People,
        Points = Points,
        Publish = Publish ?? false,
    };
}
