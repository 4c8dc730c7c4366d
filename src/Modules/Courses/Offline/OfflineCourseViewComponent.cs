using Microsoft.AspNetCore.Mvc;

namespace TrainingSite.Courses.Offline;

/// <summary>On a course's page: what keeping it on the phone takes, and what is kept.</summary>
public sealed class OfflineCourseViewComponent(OfflineCourses courses, CurrentUser user) : ViewComponent
{
    /// <summary>Shows it for a published course.</summary>
    /// <param name="id">The course.</param>
    /// <param name="revision">Its revision.</param>
    public async Task<IViewComponentResult> InvokeAsync(Guid id, int revision) =>
        View(new OfflineCourseModel(await courses.GetAsync(id, revision, HttpContext.RequestAborted), user.PersonId is null ? null : user.Id));
}

/// <summary>What a course's page says about keeping it.</summary>
/// <param name="Course">The course.</param>
/// <param name="User">The reader's account; null when no progress is kept for them.</param>
public sealed record OfflineCourseModel(OfflineCourse Course, Guid? User);
