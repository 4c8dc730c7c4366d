using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Trainers;

/// <summary>On a session's page: the way to the trainer's page and, for organizers, who the trainers are.</summary>
public sealed class TrainersViewComponent(SessionAccess access, TrainerService trainers) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Id == context.SubjectId);
        return session is null || session.State == SessionState.Cancelled || !await trainers.CanTeachAsync(session)
            ? Content("")
            : View(new TrainersModel(session, access.CanManage(session), await trainers.ReadAsync(session.Id)));
    }
}

public sealed record TrainersModel(TrainingSession Session, bool CanManage, IReadOnlyList<TrainerName> Trainers);
