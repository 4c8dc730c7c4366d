using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;

namespace TrainingSite.Sessions.Cards;

/// <summary>A member's card: their own on the phone, a new one for who lost it, those of a team on paper.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
public sealed class CardController(SiteDbContext db, CardService cards, CurrentUser user, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("me/card")]
    public async Task<IActionResult> Mine(CancellationToken cancellationToken)
    {
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(person => person.Id == user.PersonId, cancellationToken);
        return View("Show", new CardModel(person is null ? null : await FaceAsync(person, cancellationToken)) { IsMine = true });
    }

    [HttpGet("people/{code}/card")]
    public async Task<IActionResult> Show(string code, CancellationToken cancellationToken) =>
        await cards.FindToIssueAsync(code, cancellationToken) is { } person ? View(new CardModel(await FaceAsync(person, cancellationToken))) : NotFound();

    [HttpPost("people/{code}/card")]
    public async Task<IActionResult> Reissue(string code, int seen, CancellationToken cancellationToken)
    {
        var reissued = await cards.ReissueAsync(code, seen, cancellationToken);
        if (reissued.Succeeded)
        {
            notifier.Success(T["Đã cấp thẻ số {0}. Thẻ cũ không dùng được nữa.", reissued.Value]);
        }
        else if (reissued.Faults[0].Kind == FaultKind.NotFound)
        {
            return NotFound();
        }
        else
        {
            notifier.Error(reissued.Faults[0].Message);
        }

        return RedirectToAction(nameof(Show), new { code });
    }

    /// <summary>The cards of a team, eight to a sheet of A4.</summary>
    [HttpGet("teams/{code}/cards")]
    public async Task<IActionResult> Team(string code, CancellationToken cancellationToken)
    {
        var team = await db.Teams.AsNoTracking().InScope(user.ScopeOf(Organization.Permissions.ManageTeams), team => team.Unit.Path)
            .Where(team => team.Code == code).Select(team => new { team.Id, team.Code, team.Name, Unit = team.Unit.FullName }).SingleOrDefaultAsync(cancellationToken);
        if (team is null)
        {
            return NotFound();
        }

        var members = db.Memberships.AsNoTracking().On(clock.Today()).Where(membership => membership.TeamId == team.Id);
        var issues = await cards.ReissuedAsync(members.Select(membership => membership.PersonId), cancellationToken);
        var people = await members.OrderBy(membership => membership.Person.SortName).ThenBy(membership => membership.Person.Code)
            .Select(membership => new { membership.PersonId, membership.Person.Code, membership.Person.FullName }).ToListAsync(cancellationToken);
        return View(new TeamCardsModel(team.Code, team.Name, [.. people.Select(person => Face(person.Code, person.FullName, team.Name, team.Unit, issues.GetValueOrDefault(person.PersonId, CardService.FirstIssue)))]));
    }

    private async Task<CardFace> FaceAsync(Person person, CancellationToken cancellationToken)
    {
        var team = await db.Memberships.On(clock.Today()).Where(membership => membership.PersonId == person.Id)
            .OrderBy(membership => membership.Role).ThenBy(membership => membership.Team.Code)
            .Select(membership => new { membership.Team.Name, membership.Team.Unit.FullName }).FirstOrDefaultAsync(cancellationToken);
        return Face(person.Code, person.FullName, team?.Name, team?.FullName, await cards.IssueOfAsync(person.Id, cancellationToken));
    }

    private CardFace Face(string code, string name, string? team, string? unit, int issue) => new(code, name, team, unit, issue, cards.TextOf(code, issue));
}

/// <summary>What stands on a card.</summary>
/// <param name="Code">Code of the member.</param>
/// <param name="Name">Name.</param>
/// <param name="Team">Team; null for whoever is in none today.</param>
/// <param name="Unit">Unit of the team.</param>
/// <param name="Issue">Number of the card.</param>
/// <param name="Text">What the code says.</param>
public sealed record CardFace(string Code, string Name, string? Team, string? Unit, int Issue, string Text);

/// <summary>One card on screen; null when the reader is no member of any team.</summary>
public sealed record CardModel(CardFace? Card)
{
    /// <summary>Whether it is the reader's own.</summary>
    public bool IsMine { get; init; }
}

/// <summary>The cards of a team.</summary>
public sealed record TeamCardsModel(string TeamCode, string TeamName, IReadOnlyList<CardFace> Cards)
{
    /// <summary>Two columns of four fit a sheet of A4.</summary>
    public const int PerSheet = 8;
}
