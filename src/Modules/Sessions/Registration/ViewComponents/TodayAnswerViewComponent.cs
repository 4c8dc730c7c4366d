using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Controllers;
using TrainingSite.Sessions.Registration.Services;

namespace TrainingSite.Sessions.Registration.ViewComponents;

/// <summary>The next invitation that the reader has not answered and, for a leader, the next session for which somebody of the team has not: on "Hôm nay".</summary>
public sealed class TodayAnswerViewComponent(SiteDbContext db, AnswerAccess reach, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (reach.PersonId is not { } personId)
        {
            return Content("");
        }

        var now = clock.UtcNow();
        var open = db.Invitations.Where(invitation => !invitation.IsWalkIn && invitation.Response == InvitationResponse.None && (invitation.Session.State == SessionState.Published || invitation.Session.State == SessionState.Open) && invitation.Session.StartUtc > now);
        var mine = await open.Where(invitation => invitation.PersonId == personId).OrderBy(invitation => invitation.Session.StartUtc)
            .Select(invitation => new { invitation.Session.Code, invitation.Session.Title, invitation.Session.StartUtc }).FirstOrDefaultAsync();
        var led = reach.Led();
        var team = await open.Where(invitation => invitation.PersonId != personId && led.Contains(invitation.TeamId)).OrderBy(invitation => invitation.Session.StartUtc)
            .Select(invitation => new { invitation.SessionId, invitation.Session.Code, invitation.Session.Title, invitation.TeamId, invitation.TeamCode }).FirstOrDefaultAsync();
        var silent = team is null ? 0 : await open.CountAsync(invitation => invitation.SessionId == team.SessionId && invitation.TeamId == team.TeamId && invitation.PersonId != personId);
        return mine is null && team is null ? Content("") : View(new TodayAnswerModel(
            mine is null ? null : new(mine.Code, null, null, InvitationResponse.None, "today"), mine?.Title ?? "", mine?.StartUtc ?? now,
            team?.Code, team?.TeamCode, team?.Title ?? "", silent));
    }
}

public sealed record TodayAnswerModel(AnswerButtons? Buttons, string Title, DateTime StartUtc, string? TeamSessionCode, string? TeamCode, string TeamSessionTitle, int Silent);
