using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Budget;

/// <summary>On a point's sheet: the way to its money and devices. Who reads the sheet serves the point.</summary>
public sealed class BudgetLinkViewComponent(SiteDbContext db) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context) =>
        await db.SessionPoints.Where(point => point.Id == context.SubjectId).Select(point => new BudgetLink(point.Session.Code, point.Code)).SingleOrDefaultAsync() is { } link ? View(link) : Content("");
}

public sealed record BudgetLink(string Session, string Point);
