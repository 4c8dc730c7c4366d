using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Mastery;

/// <summary>A member marks what they can do, on the course's page.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
[Route("courses/{slug}/skills")]
public sealed class SkillController(SiteDbContext db, CurrentUser user, MasteryService mastery, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpPost("")]
    public async Task<IActionResult> Mark(string slug, Guid[] skill, Guid[] shown, CancellationToken cancellationToken)
    {
        var course = await db.Courses.AsNoTracking().SingleOrDefaultAsync(row => row.Slug == slug && row.State == CourseState.Published, cancellationToken);
        if (course is null || user.PersonId is not { } person)
        {
            return NotFound();
        }

        await mastery.MarkAsync(person, course, new(skill, shown), cancellationToken);
        notifier.Success(T["Đã ghi việc bạn tự làm được. Hãy làm cho Tổ trưởng xem để được xác nhận."]);
        return LocalRedirect($"~/courses/{slug}#skills");
    }
}
