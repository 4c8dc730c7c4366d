using Microsoft.AspNetCore.Mvc;
using TrainingSite.Organization.Models;

namespace TrainingSite.Sessions.Cards;

/// <summary>Leads a member from "Tôi" to their card.</summary>
public sealed class CardLinkViewComponent(CurrentUser user) : ViewComponent
{
    public IViewComponentResult Invoke(ZoneContext context) => user.PersonId is null ? Content("") : View();
}

/// <summary>Leads from a team to the cards to print.</summary>
public sealed class TeamCardsLinkViewComponent(SiteDbContext db, CurrentUser user) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var code = await db.Teams.InScope(user.ScopeOf(Organization.Permissions.ManageTeams), team => team.Unit.Path)
            .Where(team => team.Id == context.SubjectId).Select(team => team.Code).SingleOrDefaultAsync();
        return code is null ? Content("") : View("Default", code);
    }
}

/// <summary>Leads from a person's profile to their card.</summary>
public sealed class PersonCardLinkViewComponent(SiteDbContext db, CurrentUser user, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var code = await db.Memberships.On(clock.Today()).InScope(user.ScopeOf(Organization.Permissions.ManageTeams), membership => membership.Team.Unit.Path)
            .Where(membership => membership.PersonId == context.SubjectId).Select(membership => membership.Person.Code).FirstOrDefaultAsync();
        return code is null ? Content("") : View("Default", code);
    }
}
