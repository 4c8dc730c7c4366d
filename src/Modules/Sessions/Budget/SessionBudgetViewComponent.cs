using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Budget;

/// <summary>On a session's page, for its organizers: what it costs, and the way to the lines.</summary>
public sealed class SessionBudgetViewComponent(SessionAccess access, BudgetReader reader) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Id == context.SubjectId);
        return session is not null && session.State != SessionState.Cancelled && access.CanManage(session) ? View(new SessionCost(session.Code, await reader.SumAsync(session.Id))) : Content("");
    }
}

public sealed record SessionCost(string Session, long Amount);
