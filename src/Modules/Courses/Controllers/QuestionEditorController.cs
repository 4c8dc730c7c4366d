using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Media.Models;

namespace TrainingSite.Courses.Controllers;

/// <summary>Authors write the quiz's questions here.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageCourses))]
[Route("courses/edit/{slug}/questions")]
public sealed class QuestionEditorController(SiteDbContext db, WorkingCopies copies, LessonEditor editor, QuestionPictures pictures, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    private const int OptionRows = 6;
    private const int PicturesToChooseFrom = 100;

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

        return View(await PageAsync(course, key, QuestionForm.Of(question), cancellationToken));
    }

    [HttpPost("new")]
    public Task<IActionResult> Create(string slug, [Bind(Prefix = "Form")] QuestionForm form, string? kind, CancellationToken cancellationToken) =>
        kind is null ? SaveAsync(slug, null, form, cancellationToken) : TurnAsync(slug, null, form, cancellationToken);

    [HttpPost("{key}")]
    public Task<IActionResult> Edit(string slug, string key, [Bind(Prefix = "Form")] QuestionForm form, string? kind, CancellationToken cancellationToken) =>
        kind is null ? SaveAsync(slug, key, form, cancellationToken) : TurnAsync(slug, key, form, cancellationToken);

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

    /// <summary>The form with the fields of the kind that was chosen; nothing is saved.</summary>
    private async Task<IActionResult> TurnAsync(string slug, string? key, QuestionForm form, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } course)
        {
            return NotFound();
        }

        ModelState.Clear();
        form.Turn();
        return View("Edit", await PageAsync(course, key, form, cancellationToken));
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
                if (key is not null && !await Active(course).AnyAsync(question => question.Key == key, cancellationToken))
                {
                    ModelState.Clear();
                    ModelState.AddModelError("", T["Có người vừa bỏ câu hỏi này. Phần bạn viết vẫn ở dưới; bấm Lưu thì thành một câu mới."]);
                    return View("Edit", await PageAsync(course, null, form, cancellationToken));
                }

                form.Revision = await Active(course).Where(question => question.Key == key).Select(question => question.Revision).SingleOrDefaultAsync(cancellationToken);
                ModelState.Remove("Form.Revision");
            }
        }

        return View("Edit", await PageAsync(course, key, form, cancellationToken));
    }

    private async Task<QuestionEditorModel> PageAsync(Course course, string? key, QuestionForm form, CancellationToken cancellationToken)
    {
        form.Lay(OptionRows);
        var draft = form.ToDraft("", null);
        var page = new QuestionEditorModel(course, key, form, await db.Lessons.AsNoTracking().Where(lesson => lesson.CourseId == course.Id).OrderBy(lesson => lesson.Position).ToListAsync(cancellationToken));
        return page with
        {
            Pictures = await pictures.FindAsync(QuestionPictures.NamesOf(draft.Options, draft.Scene), cancellationToken),
            Library = page.AsksForPictures
                ? await db.MediaFiles.AsNoTracking().Where(file => file.Kind == MediaKind.Picture).OrderByDescending(file => file.CreatedUtc).ThenByDescending(file => file.Id)
                    .Take(PicturesToChooseFrom).Select(file => new EditorPicture(LessonMedia.Prefix + file.Name, file.Description)).ToListAsync(cancellationToken)
                : [],
        };
    }

    private IQueryable<Question> Active(Course course) =>
        db.Questions.AsNoTracking().Where(question => question.CourseId == course.Id && question.RetiredUtc == null);
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
public sealed record QuestionEditorModel(Course Course, string? Key, QuestionForm Form, IReadOnlyList<Lesson> Lessons)
{
    /// <summary>Whether a question of that kind may show pictures.</summary>
    public bool AsksForPictures => Form.Type is QuestionType.PictureChoice or QuestionType.Scenario;

    /// <summary>The pictures that the question names, by what it calls them.</summary>
    public IReadOnlyDictionary<string, ShownPicture> Pictures { get; init; } = new Dictionary<string, ShownPicture>();

    /// <summary>The picture that a field of the form names; null when it names none that is there.</summary>
    public ShownPicture? PictureOf(string? name) => QuestionForm.ToPicture(name) is { } known ? Pictures.GetValueOrDefault(known) : null;

    /// <summary>The newest pictures of the media library, to choose from.</summary>
    public IReadOnlyList<EditorPicture> Library { get; init; } = [];
}

/// <summary>A picture to choose from.</summary>
/// <param name="Name">What a question calls it.</param>
/// <param name="Description">What it shows.</param>
public sealed record EditorPicture(string Name, string Description);
