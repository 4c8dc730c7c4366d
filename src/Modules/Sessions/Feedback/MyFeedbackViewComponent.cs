using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Feedback;

/// <summary>On a session's page, for who attended: the way to say how it was.</summary>
public sealed class MyFeedbackViewComponent(SiteDbContext db, FeedbackService feedback) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var code = await db.Sessions.Where(session => session.Id == context.SubjectId).Select(session => session.Code).SingleOrDefaultAsync();
        return code is not null && await feedback.ReadMineAsync(code) is { Succeeded: true, Value.IsOpen: true } mine ? View(mine.Value) : Content("");
    }
}
