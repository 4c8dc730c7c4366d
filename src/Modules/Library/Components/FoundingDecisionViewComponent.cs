using Microsoft.AspNetCore.Mvc;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Components;

/// <summary>
/// Zone "team": the copy of the team's founding decision (R4), found in the library by its number among the documents of the commune,
/// whose chairman signs it. Who keeps the library there is offered to add it.
/// </summary>
public sealed class FoundingDecisionViewComponent(SiteDbContext db, CurrentUser user) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var cancellationToken = HttpContext.RequestAborted;
        var team = await db.Set<Organization.Models.CommunityTeam>().Where(team => team.Id == context.SubjectId && team.DecisionNumber != null)
            .Select(team => new
            {
                team.Name,
                Number = team.DecisionNumber!,
                team.ValidFrom,
                Commune = team.Unit.Level == Organization.Models.UnitLevel.Village ? team.Unit.Parent! : team.Unit,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (team is null)
        {
            return Content("");
        }

        var copies = await db.Documents.AsNoTracking().VisibleTo(user)
            .Where(document => document.Number == team.Number && document.UnitPath != null && document.UnitPath.StartsWith(team.Commune.Path))
            .OrderByDescending(document => document.CreatedUtc).Select(document => new DecisionCopy(document.Id, document.Title)).ToListAsync(cancellationToken);
        var canAdd = copies.Count == 0 && user.Can(Permissions.ManageLibrary, team.Commune.Path);
        return copies.Count == 0 && !canAdd ? Content("") : View(new FoundingDecision(team.Name, team.Number, team.ValidFrom, team.Commune.Code, copies, canAdd));
    }
}

/// <summary>A team's founding decision and its copies in the library.</summary>
public sealed record FoundingDecision(string TeamName, string Number, DateOnly Date, string CommuneCode, IReadOnlyList<DecisionCopy> Copies, bool CanAdd);

/// <summary>A copy.</summary>
public sealed record DecisionCopy(Guid Id, string Title);
