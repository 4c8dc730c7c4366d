using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Controllers;

/// <summary>The learning paths, whom they are for and what they are made of; open to everybody (R31).</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("courses/paths")]
public sealed class PathController(CurrentUser user, CourseStandings standings, LearningPaths paths) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View(await ListAsync(cancellationToken));

    [HttpGet("{slug}")]
    public async Task<IActionResult> Show(string slug, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).Find(path => path.Slug == slug) is { } path ? View(path) : NotFound();

    private async Task<List<PathStanding>> ListAsync(CancellationToken cancellationToken) =>
        await paths.ListAsync(await standings.ListAsync(user.PersonId, cancellationToken), cancellationToken);
}
