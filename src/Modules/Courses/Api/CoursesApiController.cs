using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Api;

/// <summary>Courses and completions for programs.</summary>
public sealed class CoursesApiController(SiteDbContext db, CurrentUser user, TimeProvider clock) : ApiController
{
    [HttpGet("courses")]
    public Task<ApiList<CourseItem>> List(string? topic, int? take, int? skip, CancellationToken cancellationToken) =>
        ListAsync(
            db.Courses.AsNoTracking()
                .Where(course => course.State == CourseState.Published && (topic == null || course.TopicCode == topic))
                .OrderBy(course => course.Topic.Order).ThenBy(course => course.Slug)
                .Select(course => new CourseItem(course.Slug, course.TopicCode, course.Title, course.Summary, course.Lessons.Count, course.Lessons.Sum(lesson => lesson.Minutes), "/courses/" + course.Slug)),
            take,
            skip,
            cancellationToken);

    [HttpGet("courses/{slug}")]
    public async Task<ActionResult<CourseDetail>> Get(string slug, CancellationToken cancellationToken)
    {
        var course = await db.Courses.AsNoTracking().SingleOrDefaultAsync(row => row.Slug == slug && row.State == CourseState.Published, cancellationToken);
        if (course is null)
        {
            return NotFound();
        }

        var lessons = await db.Lessons.AsNoTracking().Where(lesson => lesson.CourseId == course.Id).OrderBy(lesson => lesson.Position)
            .Select(lesson => new LessonItem(lesson.Slug, lesson.Title, lesson.Summary, lesson.Minutes, lesson.Bytes, "/courses/" + slug + "/" + lesson.Slug)).ToListAsync(cancellationToken);
        var skills = await db.Skills.AsNoTracking().Where(skill => skill.CourseId == course.Id).OrderBy(skill => skill.Position)
            .Select(skill => new SkillItem(skill.Code, skill.Text)).ToListAsync(cancellationToken);
        return new CourseDetail(
            course.Slug, course.TopicCode, course.Title, course.Summary, course.Audience, course.Outcomes.Split('\n', StringSplitOptions.RemoveEmptyEntries), lessons, skills,
            new(course.QuizRequired, course.AttendanceRequired, course.MinimumAttendancePercent, course.CompletionMode, course.SkillsRequired, course.QuizProvesSkills, course.ValidMonths, course.LessonsRequired),
            new(course.PassPercent, course.DrawCount, course.MaxAttempts, course.Explain, course.TimeLimitMinutes));
    }

    /// <summary>What a person has completed; for themselves, and for those in whose scope one of their teams is.</summary>
    [HttpGet("members/{code}/completions")]
    public async Task<ActionResult<ApiList<CompletionItem>>> Completions(string code, int? take, int? skip, CancellationToken cancellationToken)
    {
        var person = await db.People.AsNoTracking().Where(row => row.Code == code).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancellationToken);
        if (person is not { } id || !(id == user.PersonId || await db.MayViewLearningAsync(user, id, clock.Today(), cancellationToken)))
        {
            return Problem([new("member_not_found", $"Không có thành viên mang mã “{code}” trong phạm vi của bạn.", Kind: FaultKind.NotFound)]);
        }

        var list = await ListAsync(
            db.Completions.AsNoTracking().NotRevoked().Where(completion => completion.PersonId == id)
                .OrderByDescending(completion => completion.CompletedUtc).ThenBy(completion => completion.Id)
                .Select(completion => new { completion.Course.Slug, completion.Course.Title, completion.TopicCode, completion.CompletedUtc, completion.ExpiresUtc, completion.Basis }),
            take,
            skip,
            cancellationToken);
        return new ApiList<CompletionItem>([.. list.Items.Select(row => new CompletionItem(row.Slug, row.Title, row.TopicCode, row.CompletedUtc, row.ExpiresUtc, Completion.ReadBasis(row.Basis)))], list.Next);
    }
}

/// <summary>A course in the list.</summary>
public sealed record CourseItem(string Slug, string Topic, string Title, string Summary, int Lessons, int Minutes, string Url);

/// <summary>A course.</summary>
public sealed record CourseDetail(
    string Slug, string Topic, string Title, string Summary, string Audience, IReadOnlyList<string> Outcomes, IReadOnlyList<LessonItem> Lessons, IReadOnlyList<SkillItem> Skills, CompletionItemRule Completion, QuizSettings Quiz);

/// <summary>A lesson of a course.</summary>
public sealed record LessonItem(string Slug, string Title, string Summary, int Minutes, int Bytes, string Url);

/// <summary>A skill of a course.</summary>
public sealed record SkillItem(string Code, string Text);

/// <summary>What completes a course.</summary>
public sealed record CompletionItemRule(bool Quiz, bool Attendance, int MinimumAttendancePercent, CompletionMode Mode, bool Skills, bool QuizProvesSkills, int? ValidMonths, bool Lessons);

/// <summary>The quiz of a course.</summary>
public sealed record QuizSettings(int PassPercent, int Draw, int Attempts, ExplainMode Explain, int? TimeLimitMinutes);

/// <summary>A completion with the facts it rests on.</summary>
public sealed record CompletionItem(string Course, string Title, string Topic, DateTime CompletedAt, DateTime? ExpiresAt, IReadOnlyList<CompletionFact> Basis);
