using Microsoft.AspNetCore.Mvc;

namespace TrainingSite.Sessions.Calls;

/// <summary>"3 người cần bạn gọi báo" on "Hôm nay" of leaders and coordinators, who know the people; nothing when everybody knows.</summary>
public sealed class CallsDueViewComponent(CallList calls, CurrentUser user) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context) =>
        (user.IsInRole(Roles.TeamLeader) || user.IsInRole(Roles.Coordinator)) && await CallList.CountPeopleAsync(calls.Due()) is > 0 and var due ? View(due) : Content("");
}
