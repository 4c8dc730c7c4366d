using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.ViewComponents;

/// <summary>Zone "today": how many of the member's team have completed the course at hand.</summary>
public sealed class TeamLineViewComponent(CurrentUser user, TodayCourses today) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (user.PersonId is not { } person)
        {
            return Content("");
        }

        return await today.TeamLineAsync(person, HttpContext.RequestAborted) is { } line ? View(line) : Content("");
    }
}
