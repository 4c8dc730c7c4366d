using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.ViewComponents;

/// <summary>The member's next session and where to go, on "Hôm nay".</summary>
public sealed class NextSessionViewComponent(SiteDbContext db, CurrentUser user, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var now = clock.UtcNow();
        var next = await db.Invitations
            .Where(invitation => invitation.PersonId == user.PersonId && invitation.Session.EndUtc > now && (invitation.Session.State == SessionState.Published || invitation.Session.State == SessionState.Open || (invitation.Session.State == SessionState.Cancelled && invitation.Session.StartUtc > now)))
            .OrderBy(invitation => invitation.Session.StartUtc)
            .Select(invitation => new SessionCard(
                invitation.Session.Code, invitation.Session.Title, invitation.Session.State, invitation.Session.Mode, invitation.Session.StartUtc, invitation.Session.EndUtc, invitation.Session.Reason,
                0, invitation.Point.Venue ?? invitation.Point.Name, null)
            {
                IsRehearsal = invitation.Session.IsRehearsal,
                MakeupOf = db.Set<TrainingSession>().Where(original => original.Id == invitation.Session.MakeupOfId).Select(original => original.Code).FirstOrDefault(),
            })
            .FirstOrDefaultAsync();
        return next is null ? Content("") : View(next);
    }
}
