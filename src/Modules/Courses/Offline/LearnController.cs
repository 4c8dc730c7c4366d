using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Accounts.Services;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Offline;

/// <summary>
/// What phones keep of courses, and where they send what was done with it. The pages are the same for everybody: whose progress they show is known to
/// the phone alone.
/// </summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("learn")]
public sealed class LearnController(SiteDbContext db, CurrentUser user, OfflineCourses courses, QuizPapers papers, QuizPages pages, LearningInbox inbox, DevicePinService pins, IAntiforgery antiforgery, TimeProvider clock) : Controller
{
    /// <summary>"Khóa học trên máy này": filled by its script from what the phone holds.</summary>
    [HttpGet("")]
    public IActionResult Index() => ViewForNobody(nameof(Index), null);

    /// <summary>A course with all its lessons on one page, which the service worker shows in place of the course's pages when there is no network.</summary>
    [HttpGet("{slug}")]
    public async Task<IActionResult> Show(string slug, CancellationToken cancellationToken) =>
        await courses.FindAsync(slug, cancellationToken) is { } course ? ViewForNobody(nameof(Show), course) : NotFound();

    /// <summary>How far the reader is, for the phone to go on from.</summary>
    [HttpGet("{slug}/mine")]
    [Authorize]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public async Task<IActionResult> Mine(string slug, CancellationToken cancellationToken)
    {
        if (await FindAsync(slug, cancellationToken) is not { } course || user.PersonId is not { } person)
        {
            return NotFound();
        }

        var lessons = await db.LessonProgress.AsNoTracking().Where(progress => progress.PersonId == person && progress.Lesson.CourseId == course.Id)
            .Select(progress => new { id = progress.LessonId, opened = progress.OpenedUtc, finished = progress.FinishedUtc, anchor = progress.Anchor })
            .ToListAsync(cancellationToken);
        var attempts = await db.AttemptsOf(person, course.Id).ToListAsync(cancellationToken);
        var hasPapers = course.TimeLimitMinutes is null && (await courses.GetAsync(course.Id, course.Revision, cancellationToken)).HasQuiz;
        return Json(new
        {
            user = user.Id,
            name = user.Name,
            lessons,
            left = hasPapers ? Math.Max(0, course.MaxAttempts - course.AttemptsUsed(attempts, clock.UtcNow())) : 0,
            scores = attempts.Where(attempt => attempt.State != AttemptState.Running)
                .Select(attempt => new { number = attempt.Number, correct = attempt.Correct, total = attempt.Total, passed = attempt.State == AttemptState.Passed }),
        });
    }

    /// <summary>The questions of the reader's next attempts, as parts of a page with the same fields as the quiz's own.</summary>
    [HttpPost("{slug}/papers")]
    [Authorize]
    public async Task<IActionResult> Papers(string slug, string? device, CancellationToken cancellationToken)
    {
        if (await FindAsync(slug, cancellationToken) is not { } course || user.PersonId is not { } person || device is null || !LearningInbox.IsDevice(device))
        {
            return NotFound();
        }

        var prepared = await papers.PrepareAsync(person, course, device, cancellationToken);
        if (!prepared.Succeeded)
        {
            return PartialView("_Papers", new PapersModel([], prepared.Faults[0].Message));
        }

        var models = new List<PaperModel>();
        foreach (var paper in prepared.Value)
        {
            models.Add(new(paper.Id, await pages.QuestionsAsync(course, paper.ToAttempt(), cancellationToken)));
        }

        return PartialView("_Papers", new PapersModel(models, null));
    }

    /// <summary>
    /// Who is signed in, who else the phone belongs to, and a fresh token to send with: asked before each sending, because a kept page's own token dies with the browser.
    /// </summary>
    [HttpGet("sync")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public async Task<IActionResult> Session(CancellationToken cancellationToken) => Json(new
    {
        user = user.Id,
        name = user.Name,
        people = (await pins.FindPeopleAsync(DeviceSecrets.Read(Request), cancellationToken)).Select(person => new { id = person.Id, user = person.UserId, name = person.Name }),
        token = antiforgery.GetAndStoreTokens(HttpContext).RequestToken,
        at = clock.UtcNow(),
    });

    /// <summary>A batch of one person's queue; answers for each item. Whoever is signed in sends their own; a shared phone also sends that of its other people, by its secret of theirs.</summary>
    [HttpPost("sync")]
    [AllowAnonymous]
    public async Task<IActionResult> Sync([FromBody] LearningBatch? batch, CancellationToken cancellationToken)
    {
        var person = batch?.User == user.Id ? user.PersonId
            : (await pins.FindPeopleAsync(DeviceSecrets.Read(Request), cancellationToken)).FirstOrDefault(person => person.UserId == batch?.User)?.PersonId;
        if (person is null && !user.IsAuthenticated)
        {
            return Unauthorized();
        }

        var answers = await inbox.TakeAsync(person, batch, cancellationToken);
        return answers.Succeeded
            ? Json(new { at = clock.UtcNow(), results = answers.Value })
            : new JsonResult(new { code = answers.Faults[0].Code, message = answers.Faults[0].Message }) { StatusCode = answers.Faults[0].Kind == FaultKind.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest };
    }

    /// <summary>A page without name, menu or rights, whoever fetches it: several people share a phone.</summary>
    private ViewResult ViewForNobody(string view, object? model)
    {
        user.Read(new ClaimsPrincipal(new ClaimsIdentity()));
        return View(view, model);
    }

    private Task<Course?> FindAsync(string slug, CancellationToken cancellationToken) =>
        db.Courses.AsNoTracking().SingleOrDefaultAsync(course => course.Slug == slug && course.State == CourseState.Published, cancellationToken);
}

/// <summary>Papers for a phone.</summary>
/// <param name="Papers">The papers.</param>
/// <param name="Refusal">Why there are none.</param>
public sealed record PapersModel(IReadOnlyList<PaperModel> Papers, string? Refusal);

/// <summary>A paper with its questions.</summary>
/// <param name="Id">Key.</param>
/// <param name="Questions">The questions, without what is right.</param>
public sealed record PaperModel(Guid Id, IReadOnlyList<QuizQuestion> Questions);
