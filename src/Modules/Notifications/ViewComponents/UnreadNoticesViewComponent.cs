using Microsoft.AspNetCore.Mvc;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.ViewComponents;

/// <summary>The line on top of "Hôm nay": so many new notices. Shows nothing when there are none.</summary>
public sealed class UnreadNoticesViewComponent(SiteDbContext db, CurrentUser user) : ViewComponent
{
    /// <summary>Counts and shows.</summary>
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var unread = await db.Messages.NoticesOf(user).CountAsync(message => message.ReadUtc == null, HttpContext.RequestAborted);
        return unread == 0 ? Content("") : View("/Areas/Notifications/Views/Shared/Components/UnreadNotices/Default.cshtml", unread);
    }
}

/// <summary>The entry on "Tôi" that leads to the notices, with the number of unread ones.</summary>
public sealed class MyNoticesViewComponent(SiteDbContext db, CurrentUser user) : ViewComponent
{
    /// <summary>Counts and shows.</summary>
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context) =>
        View("/Areas/Notifications/Views/Shared/Components/MyNotices/Default.cshtml",
            await db.Messages.NoticesOf(user).CountAsync(message => message.ReadUtc == null, HttpContext.RequestAborted));
}
