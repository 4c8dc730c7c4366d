using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Certificates;
using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Controllers;

/// <summary>The catalogue and the page of a course; open to everybody, with the reader's own progress when signed in.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("courses")]
public sealed class CoursesController(SiteDbContext db, CurrentUser user, CourseStandings standings, LearningPaths paths, MemberLearningReader learning) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var courses = await standings.ListAsync(user.PersonId, cancellationToken);
        var choice = await paths.ChooseAsync(user.PersonId, courses, cancellationToken);
        return View(new CatalogueModel(courses, user.PersonId is null ? null : standings.Next(courses, choice.Own), choice));
    }

    [HttpGet("{slug}")]
    public async Task<IActionResult> Show(string slug, CancellationToken cancellationToken)
    {
        var person = user.PersonId ?? Guid.Empty;
        var all = await standings.ListAsync(user.PersonId, cancellationToken);
        var standing = all.Find(course => course.Slug == slug);
        if (standing is null)
        {
            return NotFound();
        }

        var course = await db.Courses.AsNoTracking().SingleAsync(row => row.Id == standing.Id, cancellationToken);
        var own = db.LessonProgress.Where(progress => progress.PersonId == person);
        var lessons = await db.Lessons.AsNoTracking().Where(lesson => lesson.CourseId == course.Id).OrderBy(lesson => lesson.Position)
            .Select(lesson => new CourseLesson(
                lesson.Slug,
                lesson.Title,
                lesson.Summary,
                lesson.Minutes,
                lesson.Bytes,
                own.Any(progress => progress.LessonId == lesson.Id),
                own.Any(progress => progress.LessonId == lesson.Id && progress.FinishedUtc != null),
                lesson.PackageSha256 != null))
            .ToListAsync(cancellationToken);
        var skills = await learning.SkillsAsync(user.PersonId, course, cancellationToken);
        var attempts = user.PersonId is null
            ? []
            : await db.AttemptsOf(person, course.Id).ToListAsync(cancellationToken);
        var completion = user.PersonId is null
            ? null
            : await db.Completions.AsNoTracking().NotRevoked().SingleOrDefaultAsync(row => row.PersonId == person && row.CourseId == course.Id, cancellationToken);
        var required = await db.CoursePrerequisites.Where(row => row.CourseId == course.Id).Select(row => row.RequiredId).ToListAsync(cancellationToken);
        var certificate = completion is null ? null : await db.Certificates.Where(row => row.CompletionId == completion.Id).Select(row => row.Code).SingleOrDefaultAsync(cancellationToken);
        return View(new CourseModel(course, standing, lessons, skills, attempts, completion, certificate, [.. all.Where(row => required.Contains(row.Id))], user.PersonId is not null));
    }
}

/// <summary>The catalogue.</summary>
/// <param name="Courses">All published courses by topic.</param>
/// <param name="Next">The one to go on with; null for a visitor, and when all is done.</param>
/// <param name="Paths">The reader's learning path, or all of them.</param>
public sealed record CatalogueModel(IReadOnlyList<CourseStanding> Courses, CourseStanding? Next, PathChoice Paths);

/// <summary>The page of a course.</summary>
/// <param name="Course">The course.</param>
/// <param name="Standing">Where the reader is.</param>
/// <param name="Lessons">Its lessons.</param>
/// <param name="Skills">Its checklist.</param>
/// <param name="Attempts">The reader's attempts at the quiz.</param>
/// <param name="Completion">The reader's completion.</param>
/// <param name="Certificate">Code of the reader's certificate; null while none is issued.</param>
/// <param name="Required">Courses to complete before the quiz, with the reader's standing.</param>
/// <param name="IsMember">Whether the reader's progress is kept.</param>
public sealed record CourseModel(Course Course, CourseStanding Standing, IReadOnlyList<CourseLesson> Lessons, IReadOnlyList<SkillLine> Skills, IReadOnlyList<QuizAttempt> Attempts, Completion? Completion, string? Certificate, IReadOnlyList<CourseStanding> Required, bool IsMember);

/// <summary>A lesson in its course's list.</summary>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Title">Title.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Minutes">Minutes that reading takes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Opened">Whether the reader has begun it.</param>
/// <param name="Finished">Whether the reader has finished it.</param>
/// <param name="HasPackage">Whether it plays a SCORM package.</param>
public sealed record CourseLesson(string Slug, string Title, string Summary, int Minutes, int Bytes, bool Opened, bool Finished, bool HasPackage);
