using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Mastery;

/// <summary>A leader confirms skills of a member of their team, and writes down what was done on paper.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ConfirmLearning))]
[Route("people/{code}/learning")]
public sealed class MemberLearningController(SiteDbContext db, MemberLearningReader reader, MasteryService mastery, PaperResultService papers, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(string code, CancellationToken cancellationToken) =>
        await reader.FindAsync(code, cancellationToken) is { } member ? View(new MemberCourses(member, await reader.ListAsync(member.Id, cancellationToken))) : NotFound();

    [HttpGet("{slug}")]
    public Task<IActionResult> Show(string code, string slug, CancellationToken cancellationToken) =>
        WithAsync(code, slug, async (member, course) => View(new MemberCoursePage(member, course, await reader.ReadAsync(member.Id, course, cancellationToken))), cancellationToken);

    [HttpPost("{slug}/skills")]
    public Task<IActionResult> Skills(string code, string slug, Guid[] skill, Guid[] shown, CancellationToken cancellationToken) =>
        WithAsync(code, slug, async (member, course) =>
        {
            await mastery.ConfirmAsync(member.Id, course, new(skill, shown), cancellationToken);
            return Saved(code, slug, T["Đã ghi kỹ năng của {0}.", member.Name]);
        }, cancellationToken);

    [HttpPost("{slug}/lessons")]
    public Task<IActionResult> Lessons(string code, string slug, Guid[] lesson, Guid[] shown, CancellationToken cancellationToken) =>
        WithAsync(code, slug, async (member, course) =>
        {
            await papers.WriteLessonsAsync(member.Id, course, new(lesson, shown), cancellationToken);
            return Saved(code, slug, T["Đã ghi bài học trên giấy của {0}.", member.Name]);
        }, cancellationToken);

    [HttpPost("{slug}/quiz")]
    [HttpPost("{slug}/quiz/{id:guid}")]
    public Task<IActionResult> Quiz(string code, string slug, Guid? id, PaperQuizForm form, CancellationToken cancellationToken) =>
        WithAsync(code, slug, async (member, course) =>
        {
            var written = await papers.WriteQuizAsync(member.Id, course, id, form, cancellationToken);
            if (!written.Succeeded)
            {
                notifier.Error(written.Faults[0].Message);
                return RedirectToAction(nameof(Show), new { code, slug });
            }

            return Saved(code, slug, T["Đã ghi: {0} đúng {1} trong {2} câu.", member.Name, written.Value.Correct, written.Value.Total]);
        }, cancellationToken);

    [HttpPost("{slug}/quiz/{id:guid}/remove")]
    public Task<IActionResult> RemoveQuiz(string code, string slug, Guid id, CancellationToken cancellationToken) =>
        WithAsync(code, slug, async (member, course) =>
        {
            await papers.RemoveQuizAsync(member.Id, course, id, cancellationToken);
            return Saved(code, slug, T["Đã bỏ kết quả trên giấy của {0}.", member.Name]);
        }, cancellationToken);

    private async Task<IActionResult> WithAsync(string code, string slug, Func<LearningMember, Course, Task<IActionResult>> action, CancellationToken cancellationToken)
    {
        var course = await db.Courses.AsNoTracking().SingleOrDefaultAsync(row => row.Slug == slug && row.State == CourseState.Published, cancellationToken);
        return course is not null && await reader.FindAsync(code, cancellationToken) is { } member ? await action(member, course) : NotFound();
    }

    private RedirectToActionResult Saved(string code, string slug, string message)
    {
        notifier.Success(message);
        return RedirectToAction(nameof(Show), new { code, slug });
    }
}

/// <summary>A member's courses.</summary>
public sealed record MemberCourses(LearningMember Member, IReadOnlyList<MemberCourse> Courses);

/// <summary>A member in a course.</summary>
public sealed record MemberCoursePage(LearningMember Member, Course Course, MemberCourseDetail Detail);
