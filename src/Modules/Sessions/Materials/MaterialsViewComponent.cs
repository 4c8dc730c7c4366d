using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using TrainingSite.Sessions.Trainers;

namespace TrainingSite.Sessions.Materials;

/// <summary>On a session's page: what to read, and the way to questions and answers.</summary>
public sealed class MaterialsViewComponent(SiteDbContext db, SessionAccess access, TrainerService trainers, MaterialService materials) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (context.SubjectId is not { } id || await db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Id == id) is not { } session)
        {
            return Content("");
        }

        var isVisible = await access.Visible().AnyAsync(row => row.Id == id);
        var canTeach = isVisible && await trainers.CanTeachAsync(session);
        var model = new SessionMaterialsModel(
            session,
            await materials.ReadAsync(id),
            canTeach,
            isVisible && session.State != SessionState.Draft ? await db.Set<SessionQuestion>().CountAsync(question => question.SessionId == id) : null,
            canTeach ? await db.Set<SessionQuestion>().CountAsync(question => question.SessionId == id && question.Answer == null) : 0);
        return model.Materials.Count == 0 && !canTeach && model.Questions is null ? Content("") : View(model);
    }
}

/// <summary>What a session's page shows: <paramref name="Questions"/> is null for who may not read them.</summary>
public sealed record SessionMaterialsModel(TrainingSession Session, IReadOnlyList<MaterialRow> Materials, bool CanEdit, int? Questions, int Unanswered);
