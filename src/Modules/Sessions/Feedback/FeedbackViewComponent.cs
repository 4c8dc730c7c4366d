using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using TrainingSite.Sessions.Trainers;

namespace TrainingSite.Sessions.Feedback;

/// <summary>On a session's page, for organizers and trainers: what people said, in a line.</summary>
public sealed class FeedbackViewComponent(SessionAccess access, TrainerService trainers, FeedbackReader reader) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Id == context.SubjectId);
        return session is not null && await trainers.CanTeachAsync(session) && await reader.CountAsync(session.Id, UnitScope.Everything) is { } figures
            ? View(new FeedbackLine(session.Code, figures))
            : Content("");
    }
}

public sealed record FeedbackLine(string Session, FeedbackFigures Figures);
