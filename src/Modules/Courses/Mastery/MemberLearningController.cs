using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Mastery;

/// <summary>A leader confirms skills of a member of their team, and writes down what was done on paper.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ConfirmLearning))]
[Route("people/{code}/learning")]
public sealed class MemberLearningController(SiteDbContext db, MemberLearningReader reader, MemberLearningWriter writer, TimeProvider clock, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(string code, CancellationToken cancellationToken) =>
        await reader.FindAsync(code, cancellationToken) is { } member ? View(new MemberCourses(member, await reader.ListAsync(member.Id, cancellationToken))) : NotFound();

    [HttpGet("{slug}")]
    public Task<IActionResult> Show(string code, string slug, CancellationToken cancellationToken) =>
        WithAsync(code, slug, async (member, course) =>
        {
            var detail = await reader.ReadAsync(member.Id, course, cancellationToken);
            return View(new MemberCoursePage(member, course, detail, MemberLearningForm.Of(detail, course, clock.Today())));
        }, cancellationToken);

    [HttpPost("{slug}")]
    public Task<IActionResult> Show(string code, string slug, [Bind(Prefix = "Form")] MemberLearningForm form, CancellationToken cancellationToken) =>
        WithAsync(code, slug, async (member, course) =>
        {
            if (ModelState.IsValid)
            {
                var written = await writer.WriteAsync(member.Id, course, form, cancellationToken);
                if (written.Succeeded)
                {
                    return Saved(member, course, written.Value);
                }

                ModelState.AddFaults(written.Faults, "Form.");
                if (written.Faults[0].Kind == FaultKind.Conflict)
                {
                    Response.StatusCode = StatusCodes.Status409Conflict;
                }
            }

            db.ChangeTracker.Clear();
            return View(new MemberCoursePage(member, course, await reader.ReadAsync(member.Id, course, cancellationToken), form));
        }, cancellationToken);

    private async Task<IActionResult> WithAsync(string code, string slug, Func<LearningMember, Course, Task<IActionResult>> action, CancellationToken cancellationToken)
    {
        var course = await db.Courses.AsNoTracking().SingleOrDefaultAsync(row => row.Slug == slug && row.State == CourseState.Published, cancellationToken);
        return course is not null && await reader.FindAsync(code, cancellationToken) is { } member ? await action(member, course) : NotFound();
    }

    private RedirectToActionResult Saved(LearningMember member, Course course, List<QuizAttempt> written)
    {
        notifier.Success(T["Đã lưu việc học của {0}.", member.Name]);
        foreach (var attempt in written)
        {
            notifier.Success(T["Đã ghi: {0} đúng {1} trong {2} câu.", member.Name, attempt.Correct, attempt.Total]);
        }

        return RedirectToAction(nameof(Show), new { code = member.Code, slug = course.Slug });
    }
}

/// <summary>A member's courses.</summary>
public sealed record MemberCourses(LearningMember Member, IReadOnlyList<MemberCourse> Courses);

/// <summary>A member in a course.</summary>
/// <param name="Member">The member.</param>
/// <param name="Course">The course.</param>
/// <param name="Detail">What the member has in it.</param>
/// <param name="Form">What the leader ticked and typed.</param>
public sealed record MemberCoursePage(LearningMember Member, Course Course, MemberCourseDetail Detail, MemberLearningForm Form);
