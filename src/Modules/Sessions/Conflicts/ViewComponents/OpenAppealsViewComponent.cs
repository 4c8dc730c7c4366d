using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Conflicts.Services;

namespace TrainingSite.Sessions.Conflicts.ViewComponents;

/// <summary>"2 khiếu nại chờ bạn trả lời" on "Hôm nay" of whoever answers them: nothing else tells them that somebody waits.</summary>
public sealed class OpenAppealsViewComponent(ReviewList list) : ViewComponent
{
    private const int Most = 5;

    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context) => await list.FindOpenAppealsAsync(Most) is { Count: > 0 } rows ? View(rows) : Content("");
}
