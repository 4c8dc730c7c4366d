using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Makeup;

/// <summary>How many a held session missed, its make-ups, and the button for another: for its organizers.</summary>
public sealed class MakeupsViewComponent(SiteDbContext db, SessionAccess access, MakeupService makeups) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Id == context.SubjectId);
        if (session is null || session.MakeupOfId is not null || !access.CanManage(session))
        {
            return Content("");
        }

        // Refused when the session is not over, a rehearsal, or a past one without names: then there is nothing to offer.
        var read = await makeups.ReadAsync(session.Code);
        return !read.Succeeded || (read.Value.People == 0 && read.Value.Makeups.Count == 0) ? Content("") : View(read.Value);
    }
}
