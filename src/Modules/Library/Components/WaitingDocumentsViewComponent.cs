using Microsoft.AspNetCore.Mvc;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Components;

/// <summary>Zone "organizer": how many documents wait to be reviewed.</summary>
public sealed class WaitingDocumentsViewComponent(SiteDbContext db, CurrentUser user) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var waiting = await db.Documents.ManagedBy(user).CountAsync(document => document.State == DocumentState.Proposed, HttpContext.RequestAborted);
        return waiting > 0 ? View(waiting) : Content("");
    }
}
