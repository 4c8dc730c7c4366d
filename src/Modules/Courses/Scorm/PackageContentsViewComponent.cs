using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.Scorm;

/// <summary>What is in the package of a lesson: for its reader with the way to open it, for its author with the way to replace it.</summary>
public sealed class PackageContentsViewComponent(ScormPackages packages, ScormProgress progress, CurrentUser user, IStringLocalizer<Strings> T) : ViewComponent
{
    /// <summary>Shows the package.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="package">Key of its package.</param>
    /// <param name="address">Where the lesson is.</param>
    /// <param name="isPreview">Whether its author looks.</param>
    public async Task<IViewComponentResult> InvokeAsync(Guid lesson, string package, string address, bool isPreview)
    {
        var cancellationToken = HttpContext.RequestAborted;
        if (await packages.FindAsync(package, cancellationToken) is not { } known)
        {
            return Content(T["Gói học của bài này không có trên máy chủ. Hãy báo người soạn khóa học."]);
        }

        var states = !isPreview && user.PersonId is { } person ? await progress.ListAsync(person, lesson, package, cancellationToken) : [];
        return View(new PackageContents(known, states, address, user.PersonId is not null, isPreview));
    }
}

/// <summary>What is in the package of a lesson.</summary>
/// <param name="Package">The package.</param>
/// <param name="States">What it remembers of the reader, by number of the part.</param>
/// <param name="Address">Where the lesson is.</param>
/// <param name="IsMember">Whether the reader's progress is kept.</param>
/// <param name="IsPreview">Whether its author looks.</param>
public sealed record PackageContents(KnownPackage Package, IReadOnlyDictionary<int, BegunPart> States, string Address, bool IsMember, bool IsPreview)
{
    /// <summary>The part to go on with: the first that is not done; the first of all when all are.</summary>
    public ScormItem Next => Package.Parts.FirstOrDefault(part => !IsDone(part)) ?? Package.Parts[0];

    /// <summary>Whether all parts are done.</summary>
    public bool IsAllDone => Package.Parts.All(IsDone);

    /// <summary>Where a part is played.</summary>
    public string AddressOf(ScormItem part) => $"{Address}/package/{part.Number}";

    /// <summary>What the content claims: whole points, or percent; null when it claims nothing.</summary>
    public static string? Score(BegunPart state) =>
        state.ScoreScaled is { } share ? $"{Math.Round(share * 100)}%"
        : state.ScoreRaw is not { } raw ? null
        : state.ScoreMax is { } most and > 0 ? $"{Math.Round(raw, 1):0.#}/{Math.Round(most, 1):0.#}"
        : $"{Math.Round(raw, 1):0.#}";

    private bool IsDone(ScormItem part) => States.TryGetValue(part.Number, out var state) && state.DoneUtc is not null;
}

/// <summary>A part that a person has begun.</summary>
/// <param name="Item">Number of the part.</param>
/// <param name="DoneUtc">When it was done; null when it is not.</param>
/// <param name="Status">How far the person is, as claimed.</param>
/// <param name="Success">Whether the person masters it, as claimed.</param>
/// <param name="ScoreRaw">Claimed points.</param>
/// <param name="ScoreMax">Most points that there are.</param>
/// <param name="ScoreScaled">Claimed share of the points, -1 to 1.</param>
public sealed record BegunPart(int Item, DateTime? DoneUtc, ScormStatus Status, ScormSuccess Success, double? ScoreRaw, double? ScoreMax, double? ScoreScaled);
