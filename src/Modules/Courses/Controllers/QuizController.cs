using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Controllers;

/// <summary>The quiz of a course: one question a screen. The right answers reach the page only after the reader's own.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
[Route("courses/{slug}/quiz")]
public sealed class QuizController(SiteDbContext db, CurrentUser user, QuizService quizzes, QuizPages pages, TimeProvider clock) : Controller
{
    /// <summary>Before the first question: what to expect, and the attempts so far. Goes on with a running attempt.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(string slug, CancellationToken cancellationToken)
    {
        if (await FindAsync(slug, cancellationToken) is not { } course)
        {
            return NotFound();
        }

        if (user.PersonId is not { } person)
        {
            return View("NotMember", course);
        }

        var start = await pages.StartAsync(person, course, cancellationToken);
        if (start.Running?.IsOverdue(start.UtcNow) == true)
        {
            await quizzes.CloseOverdueAsync(person, course, cancellationToken);
            start = await pages.StartAsync(person, course, cancellationToken);
        }

        return start.Questions == 0 ? NotFound() : View("Start", start);
    }

    [HttpPost("")]
    public async Task<IActionResult> Start(string slug, CancellationToken cancellationToken)
    {
        if (await FindAsync(slug, cancellationToken) is not { } course || user.PersonId is not { } person)
        {
            return NotFound();
        }

        var result = await quizzes.StartAsync(person, course, cancellationToken);
        return result.Succeeded ? RedirectToOpenQuestion(slug, result.Value) : await RefuseAsync(person, course, result.Faults[0], cancellationToken);
    }

    /// <summary>The result of a finished attempt; a running one goes on.</summary>
    [HttpGet("{number:int}")]
    public async Task<IActionResult> Result(string slug, int number, CancellationToken cancellationToken)
    {
        if (await FindAsync(slug, cancellationToken) is not { } course || user.PersonId is not { } person
            || await AttemptAsync(person, course, number, cancellationToken) is not { } attempt)
        {
            return NotFound();
        }

        return attempt.State == AttemptState.Running
            ? RedirectToOpenQuestion(slug, attempt)
            : View(await pages.ResultAsync(person, course, attempt, cancellationToken));
    }

    [HttpGet("{number:int}/{position:int}")]
    public async Task<IActionResult> Question(string slug, int number, int position, CancellationToken cancellationToken)
    {
        if (await FindAsync(slug, cancellationToken) is not { } course || user.PersonId is not { } person
            || await AttemptAsync(person, course, number, cancellationToken) is not { } attempt
            || await pages.QuestionAsync(course, attempt, position, cancellationToken) is not { } page)
        {
            return NotFound();
        }

        // What was not answered in time has no page of its own any more.
        return page.IsAnswered || attempt.State == AttemptState.Running ? View(page) : RedirectToAction(nameof(Result), new { slug, number });
    }

    [HttpPost("{number:int}/{position:int}")]
    public async Task<IActionResult> Answer(string slug, int number, int position, [Bind(Prefix = "")] QuizAnswer answer, CancellationToken cancellationToken)
    {
        if (await FindAsync(slug, cancellationToken) is not { } course || user.PersonId is not { } person)
        {
            return NotFound();
        }

        var result = await quizzes.AnswerAsync(person, course, number, position, answer, cancellationToken);
        if (!result.Succeeded)
        {
            return result.Faults[0].Kind == FaultKind.Invalid && await AttemptAsync(person, course, number, cancellationToken) is { } open
                ? View("Question", (await pages.QuestionAsync(course, open, position, cancellationToken))! with { Error = result.Faults[0].Message, Given = answer })
                : await RefuseAsync(person, course, result.Faults[0], cancellationToken, number);
        }

        return course.Explain == ExplainMode.AfterEach
            ? RedirectToAction(nameof(Question), new { slug, number, position })
            : RedirectToOpenQuestion(slug, result.Value);
    }

    private RedirectToActionResult RedirectToOpenQuestion(string slug, QuizAttempt attempt)
    {
        var open = attempt.ReadDraw().Select((question, index) => (question, Position: index + 1)).FirstOrDefault(pair => pair.question.A is null).Position;
        return open == 0 || attempt.State != AttemptState.Running
            ? RedirectToAction(nameof(Result), new { slug, number = attempt.Number })
            : RedirectToAction(nameof(Question), new { slug, number = attempt.Number, position = open });
    }

    private async Task<IActionResult> RefuseAsync(Guid person, Course course, Fault fault, CancellationToken cancellationToken, int? number = null)
    {
        if (fault.Kind != FaultKind.Conflict)
        {
            return NotFound();
        }

        Response.StatusCode = StatusCodes.Status409Conflict;
        var start = await pages.StartAsync(person, course, cancellationToken);
        return View("Refused", new RefusedModel(start, fault, start.Attempts.Any(attempt => attempt.Number == number) ? number : null));
    }

    private Task<Course?> FindAsync(string slug, CancellationToken cancellationToken) =>
        db.Courses.AsNoTracking().SingleOrDefaultAsync(course => course.Slug == slug && course.State == CourseState.Published, cancellationToken);

    private async Task<QuizAttempt?> AttemptAsync(Guid person, Course course, int number, CancellationToken cancellationToken)
    {
        var found = db.QuizAttempts.AsNoTracking().Where(attempt => attempt.PersonId == person && attempt.CourseId == course.Id && attempt.Number == number);
        var attempt = await found.SingleOrDefaultAsync(cancellationToken);
        if (attempt?.IsOverdue(clock.UtcNow()) == true)
        {
            await quizzes.CloseOverdueAsync(person, course, cancellationToken);
            attempt = await found.SingleOrDefaultAsync(cancellationToken);
        }

        return attempt;
    }
}
