using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Conflicts.Services;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Conflicts.ViewComponents;

/// <summary>On a closed session's page, for whoever was invited: the way to appeal, and what became of it.</summary>
public sealed class AppealViewComponent(SiteDbContext db, AppealService appeals) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var session = await db.Sessions.AsNoTracking().SingleAsync(session => session.Id == context.SubjectId);
        return await appeals.FindMineAsync(session) is { } standing && (standing.MayAppeal || standing.Appeals.Count > 0)
            ? View(new AppealModel(session.Code, standing))
            : Content("");
    }
}

public sealed record AppealModel(string Code, AppealStanding Standing);
