using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Scorm;

/// <summary>Plays the package of a lesson. Everybody may look; what the package says is kept for whoever is signed in as a member.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("courses/{slug}/{lesson}/package/{number:int}")]
public sealed class PackageController(LessonReader reader, ScormPackages packages, ScormProgress progress, ProgressService lessons, PackageHost host, CurrentUser user, IStringLocalizer<Strings> T) : Controller
{
    private const int MostCommitBytes = 600_000;

    [HttpGet("")]
    public async Task<IActionResult> Play(string slug, string lesson, int number, CancellationToken cancellationToken)
    {
        if (await FindAsync(slug, lesson, number, cancellationToken) is not var (row, package, part))
        {
            return NotFound();
        }

        if (user.PersonId is { } person && row.OpenedUtc is null)
        {
            await lessons.OpenAsync(person, row.Id, cancellationToken);
        }

        return View("PackagePlayer", new PlayerModel(package, part, $"/courses/{slug}/{lesson}", row.Title, host.Admit(HttpContext))
        {
            KeptFor = user.PersonId is { } learner ? $"{learner}:{row.Id}:{number}" : null,
        });
    }

    /// <summary>Called by the page's script: where the part is, and from what it starts.</summary>
    [HttpPost("open")]
    public async Task<IActionResult> Open(string slug, string lesson, int number, CancellationToken cancellationToken) =>
        await FindAsync(slug, lesson, number, cancellationToken) is not var (row, package, part) ? NotFound()
        : Json((user.PersonId is { } person ? await progress.OpenAsync(person, row.Id, package, part, cancellationToken) : progress.Start(package, part)).From(host.BesideOf(Request.Host)));

    /// <summary>Called by the page's script: what the package said. It may be one that was replaced while the person was in it.</summary>
    [HttpPost("save")]
    [RequestSizeLimit(MostCommitBytes)]
    public async Task<IActionResult> Save(string slug, string lesson, int number, [FromBody] ScormCommit? commit, CancellationToken cancellationToken)
    {
        if (commit is null || !ModelState.IsValid)
        {
            return Answer(StatusCodes.Status400BadRequest, T["Gói gửi về dữ liệu không đúng chuẩn SCORM, nên chưa lưu được. Hãy báo người soạn khóa học."]);
        }

        if (user.PersonId is not { } person)
        {
            return Answer(StatusCodes.Status401Unauthorized, "");
        }

        var row = (await reader.ReadAsync(slug, person, cancellationToken)).Find(row => row.Slug == lesson);
        if (row is null || await packages.FindAsync(commit.Package, cancellationToken) is not { } package || package.Parts.FirstOrDefault(item => item.Number == number) is not { } part)
        {
            return Answer(StatusCodes.Status404NotFound, "");
        }

        var saved = await progress.SaveAsync(person, row.Id, package, part, commit, cancellationToken);
        return saved.Succeeded ? Json(saved.Value) : Answer(saved.Faults[0].Kind == FaultKind.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest, saved.Faults[0].Message);
    }

    private async Task<(LessonRow Row, KnownPackage Package, ScormItem Part)?> FindAsync(string slug, string lesson, int number, CancellationToken cancellationToken) =>
        (await reader.ReadAsync(slug, user.PersonId, cancellationToken)).Find(row => row.Slug == lesson) is { Package: { } sha256 } row
        && await packages.FindAsync(sha256, cancellationToken) is { } package && package.Parts.FirstOrDefault(item => item.Number == number) is { } part
            ? (row, package, part)
            : null;

    private ObjectResult Answer(int status, string message) => StatusCode(status, new ScormRefused(message));
}

/// <summary>Why something was not saved.</summary>
/// <param name="Message">For people; empty when the page knows better.</param>
public sealed record ScormRefused(string Message);

/// <summary>The page where a part of a package is played.</summary>
/// <param name="Package">The package.</param>
/// <param name="Part">The part.</param>
/// <param name="Back">Where its lesson is.</param>
/// <param name="LessonTitle">Title of its lesson.</param>
/// <param name="Beside">Host and port that its files come from; null for the site's own.</param>
public sealed record PlayerModel(KnownPackage Package, ScormItem Part, string Back, string LessonTitle, string? Beside)
{
    /// <summary>Where its script opens and saves.</summary>
    public string Address => AddressOf(Part);

    /// <summary>Where the next part is; null for the last.</summary>
    public string? Next => Package.Parts.FirstOrDefault(item => item.Number > Part.Number) is { } next ? AddressOf(next) : null;

    /// <summary>Where the part before is; null for the first.</summary>
    public string? Previous => Package.Parts.LastOrDefault(item => item.Number < Part.Number) is { } previous ? AddressOf(previous) : null;

    /// <summary>Where each part is, by the name that the package has for it.</summary>
    public IReadOnlyDictionary<string, string> Choices => Package.Parts.Where(item => item.Identifier is not null).DistinctBy(item => item.Identifier).ToDictionary(item => item.Identifier!, AddressOf);

    /// <summary>What its pages may do.</summary>
    public string Sandbox => PackageHost.SandboxOf(Beside is not null);

    /// <summary>Under what the device keeps what is not sent yet; null when nothing is kept for the reader.</summary>
    public string? KeptFor { get; init; }

    /// <summary>Whether an author looks at it before it is published.</summary>
    public bool IsPreview { get; init; }

    private string AddressOf(ScormItem part) => $"{Back}/package/{part.Number}";
}
