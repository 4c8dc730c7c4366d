using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Controllers;

/// <summary>Authors write the quiz's questions here.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageCourses))]
[Route("courses/edit/{slug}/questions")]
public sealed class QuestionEditorController(SiteDbContext db, WorkingCopies copies, LessonEditor editor, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    private const int OptionRows = 6;

    [HttpGet("")]
    public async Task<IActionResult> Index(string slug, CancellationToken cancellationToken) =>
        await copies.FindAsync(slug, cancellationToken) is { } course
            ? View(new QuestionListModel(course, await Active(course).OrderBy(question => question.Key)
                .Select(question => new EditableQuestion(question.Key, question.Text, question.Type, question.Lesson == null ? null : question.Lesson.Title)).ToListAsync(cancellationToken)))
            : NotFound();

    [HttpGet("new")]
    public async Task<IActionResult> Create(string slug, CancellationToken cancellationToken) =>
        await copies.FindAsync(slug, cancellationToken) is { } course ? View("Edit", await PageAsync(course, null, new(), cancellationToken)) : NotFound();

    [HttpGet("{key}")]
    public async Task<IActionResult> Edit(string slug, string key, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } course || await Active(course).SingleOrDefaultAsync(row => row.Key == key, cancellationToken) is not { } question)
        {
            return NotFound();
        }

        return View(await PageAsync(course, key, Form(question), cancellationToken));
    }

    [HttpPost("new")]
    public Task<IActionResult> Create(string slug, [Bind(Prefix = "Form")] QuestionForm form, CancellationToken cancellationToken) => SaveAsync(slug, null, form, cancellationToken);

    [HttpPost("{key}")]
    public Task<IActionResult> Edit(string slug, string key, [Bind(Prefix = "Form")] QuestionForm form, CancellationToken cancellationToken) => SaveAsync(slug, key, form, cancellationToken);

    /// <summary>Takes a question out of the quiz.</summary>
    [HttpPost("{key}/remove")]
    public async Task<IActionResult> Remove(string slug, string key, CancellationToken cancellationToken)
    {
        if (await copies.OpenAsync(slug, cancellationToken) is not { } course)
        {
            return NotFound();
        }

        var result = await editor.RetireQuestionAsync(course, key, cancellationToken);
        if (result.Succeeded)
        {
            notifier.Success(T["Đã bỏ câu hỏi {0}. Các lần làm bài trước vẫn giữ câu này.", key]);
        }
        else
        {
            notifier.Error(result.Faults[0].Message);
        }

        return RedirectToAction(nameof(Index), new { slug });
    }

    private async Task<IActionResult> SaveAsync(string slug, string? key, QuestionForm form, CancellationToken cancellationToken)
    {
        if (await (ModelState.IsValid ? copies.OpenAsync(slug, cancellationToken) : copies.FindAsync(slug, cancellationToken)) is not { } course)
        {
            return NotFound();
        }

        if (ModelState.IsValid)
        {
            var result = await editor.WriteQuestionAsync(course, key, form, cancellationToken);
            if (result.Succeeded)
            {
                notifier.Success(T["Đã lưu câu hỏi {0}.", result.Value]);
                return RedirectToAction(nameof(Index), new { slug });
            }

            ModelState.AddFaults(result.Faults, "Form.");

            if (result.Faults[0].Kind == FaultKind.Conflict)
            {
                Response.StatusCode = StatusCodes.Status409Conflict;
                db.ChangeTracker.Clear();
                course = await copies.FindAsync(slug, cancellationToken) ?? course;
                form.Revision = await Active(course).Where(question => question.Key == key).Select(question => question.Revision).SingleOrDefaultAsync(cancellationToken);
                ModelState.Remove("Form.Revision");
            }
        }

        return View("Edit", await PageAsync(course, key, form, cancellationToken));
    }

    private async Task<QuestionEditorModel> PageAsync(Course course, string? key, QuestionForm form, CancellationToken cancellationToken)
    {
        while (form.Options.Count < OptionRows)
        {
            form.Options.Add(new());
        }

        return new(course, key, form, await db.Lessons.AsNoTracking().Where(lesson => lesson.CourseId == course.Id).OrderBy(lesson => lesson.Position).ToListAsync(cancellationToken));
    }

    private IQueryable<Question> Active(Course course) =>
        db.Questions.AsNoTracking().Where(question => question.CourseId == course.Id && question.RetiredUtc == null);

    private static QuestionForm Form(Question question) => new()
    {
        Revision = question.Revision,
        Key = question.Key,
        LessonId = question.LessonId,
        Type = question.Type,
        Text = question.Text,
        Explanation = question.Explanation,
        Options = [.. question.ReadOptions().Select(option => new OptionForm { Text = option.Text, Correct = option.Correct, Why = option.Why })],
    };
}

/// <summary>The questions of a course.</summary>
public sealed record QuestionListModel(Course Course, IReadOnlyList<EditableQuestion> Questions);

/// <summary>A question in the list.</summary>
public sealed record EditableQuestion(string Key, string Text, QuestionType Type, string? Lesson);

/// <summary>The page where a question is written.</summary>
/// <param name="Course">Its course.</param>
/// <param name="Key">The question's key; null for a new one.</param>
/// <param name="Form">What the author typed.</param>
/// <param name="Lessons">Lessons to choose from.</param>
public sealed record QuestionEditorModel(Course Course, string? Key, QuestionForm Form, IReadOnlyList<Lesson> Lessons);
