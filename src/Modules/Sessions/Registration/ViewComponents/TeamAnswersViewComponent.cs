using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;

namespace TrainingSite.Sessions.Registration.ViewComponents;

/// <summary>A leader's team and how many of it have answered, on the page of a session.</summary>
public sealed class TeamAnswersViewComponent(SiteDbContext db, AnswerAccess reach, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (reach.PersonId is null)
        {
            return Content("");
        }

        var (now, led) = (clock.UtcNow(), reach.Led());
        var teams = await db.Invitations.Where(invitation => invitation.SessionId == context.SubjectId && !invitation.IsWalkIn && led.Contains(invitation.TeamId)
                && (invitation.Session.State == SessionState.Published || invitation.Session.State == SessionState.Open) && invitation.Session.StartUtc > now)
            .GroupBy(invitation => new { invitation.Session.Code, invitation.TeamCode, invitation.TeamName })
            .Select(group => new TeamAnswers(group.Key.Code, group.Key.TeamCode, group.Key.TeamName, group.Count(), group.Count(invitation => invitation.Response != InvitationResponse.None), group.Count(invitation => invitation.Response == InvitationResponse.Confirmed)))
            .ToListAsync();
        return teams.Count == 0 ? Content("") : View(teams);
    }
}

/// <summary>How many of a team have answered.</summary>
public sealed record TeamAnswers(string SessionCode, string TeamCode, string TeamName, int Invited, int Answered, int Confirmed);
