using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Controllers;

/// <summary>A lesson: read by everybody, remembered for whoever is signed in as a member.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("courses/{slug}/{lesson}")]
public sealed class LessonController(CurrentUser user, LessonReader reader, ProgressService progress, INotifier notifier, IOptions<CourseOptions> options, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Show(string slug, string lesson, int? quiz, CancellationToken cancellationToken)
    {
        var rows = await reader.ReadAsync(slug, user.PersonId, cancellationToken);
        var index = rows.FindIndex(row => row.Slug == lesson);
        if (index < 0)
        {
            return NotFound();
        }

        if (user.PersonId is { } person && rows[index].OpenedUtc is null)
        {
            await progress.OpenAsync(person, rows[index].Id, cancellationToken);
            rows[index] = rows[index] with { OpenedUtc = clock.UtcNow() };
        }

        return View(new LessonModel(slug, rows, index, user.PersonId is not null) { FinishFromUtc = FinishFrom(rows[index]), QuizUrl = quiz is { } number ? $"/courses/{slug}/quiz/{number}" : null });
    }

    /// <summary>"Xong bài này": marks it done and leads to the next unfinished lesson, else to the quiz. A package says itself when it is done.</summary>
    [HttpPost("")]
    [Authorize]
    public async Task<IActionResult> Finish(string slug, string lesson, CancellationToken cancellationToken)
    {
        var rows = await reader.ReadAsync(slug, user.PersonId, cancellationToken);
        var index = rows.FindIndex(row => row.Slug == lesson);
        if (index < 0)
        {
            return NotFound();
        }

        if (user.PersonId is { } person && rows[index].Package is null)
        {
            if (FinishFrom(rows[index]) is { } from)
            {
                var left = (int)Math.Ceiling((from - clock.UtcNow()).TotalMinutes);
                notifier.Warning(T["Bài này đọc chừng {0} phút. Bạn đọc tiếp khoảng {1} phút nữa rồi bấm Xong nhé.", rows[index].Minutes, left]);
                return LocalRedirect($"/courses/{slug}/{lesson}#done");
            }

            await progress.FinishAsync(person, rows[index].Id, cancellationToken);
        }

        var next = rows.Skip(index + 1).Concat(rows.Take(index)).FirstOrDefault(row => row.FinishedUtc is null);
        return LocalRedirect(next is not null ? $"/courses/{slug}/{next.Slug}" : rows[index].HasQuiz ? $"/courses/{slug}/quiz" : $"/courses/{slug}");
    }

    /// <summary>From when the lesson can be marked done; null when it can be now.</summary>
    private DateTime? FinishFrom(LessonRow row) => row.FinishFrom(options.Value.ReadPercent) is { } from && from > clock.UtcNow() ? from : null;

    /// <summary>Called by the page's script as the reader comes to a section.</summary>
    [HttpPost("position")]
    [Authorize]
    public async Task<IActionResult> Position(string slug, string lesson, string? anchor, CancellationToken cancellationToken)
    {
        var row = (await reader.ReadAsync(slug, user.PersonId, cancellationToken)).Find(row => row.Slug == lesson);
        if (row is null || !ProgressService.IsAnchor(anchor))
        {
            return NotFound();
        }

        if (user.PersonId is { } person && row.Anchor != anchor)
        {
            await progress.RememberAsync(person, row.Id, anchor, cancellationToken);
        }

        return NoContent();
    }
}

/// <summary>The page of a lesson.</summary>
/// <param name="CourseSlug">Its course's name in addresses.</param>
/// <param name="Rows">All lessons of the course.</param>
/// <param name="Index">Which of them is shown.</param>
/// <param name="IsMember">Whether the reader's progress is kept.</param>
public sealed record LessonModel(string CourseSlug, IReadOnlyList<LessonRow> Rows, int Index, bool IsMember)
{
    /// <summary>From when it can be marked done, UTC; null when it can be now.</summary>
    public DateTime? FinishFromUtc { get; init; }

    /// <summary>The attempt at the quiz that the reader came from; null for none.</summary>
    public string? QuizUrl { get; init; }

    /// <summary>The lesson shown.</summary>
    public LessonRow Lesson => Rows[Index];

    /// <summary>The one before.</summary>
    public LessonRow? Previous => Index > 0 ? Rows[Index - 1] : null;

    /// <summary>The one after.</summary>
    public LessonRow? Next => Index + 1 < Rows.Count ? Rows[Index + 1] : null;
}
