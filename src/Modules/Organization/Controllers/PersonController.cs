using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Controllers;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Organization.Controllers;

/// <summary>People: found by name without accents, and each one's profile; both only within the reader's scope (R56).</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
[Route("people")]
public sealed class PersonController(SiteDbContext db, CurrentUser user, UnitFinder finder, AccountService accounts, TimeProvider clock, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    [Authorize(nameof(Permissions.ViewPeople))]
    public async Task<IActionResult> Index(string? unit, string? q, TeamRole? role, bool? smartphone, int page, CancellationToken cancellationToken)
    {
        var day = clock.Today();
        var scope = user.ScopeOf(Permissions.ViewPeople);
        var root = string.IsNullOrEmpty(unit) ? await finder.FindTopAsync(scope, day, cancellationToken) : await finder.FindAsync(unit, day, scope, cancellationToken);
        if (root is null)
        {
            return NotFound();
        }

        var members = db.Memberships.AsNoTracking().On(day).InScope(scope.Within(root.Path), member => member.Team.Unit.Path);
        members = string.IsNullOrWhiteSpace(q) ? members : members.WhereNamed(q);
        members = role is null ? members : members.Where(member => member.Role == role);
        members = smartphone is null ? members : members.Where(member => member.Person.HasSmartphone == smartphone);
        var rows = members.OrderBy(member => member.Person.SortName).ThenBy(member => member.Person.Code).ThenBy(member => member.Team.Code)
            .Select(member => new PersonRow(member.Person.Code, member.Person.FullName, member.Role, member.Team.Code, member.Team.Unit.FullName, member.Person.Phone, member.Person.BirthYear));
        return View(new PeoplePage(root, q?.Trim(), role, smartphone, await rows.ToPageAsync(page, 50, cancellationToken)));
    }

    [HttpGet("{code}")]
    public async Task<IActionResult> Show(string code, CancellationToken cancellationToken)
    {
        if (await FindAsync(code, cancellationToken) is not { } person)
        {
            return NotFound();
        }

        var memberships = await db.Memberships.AsNoTracking().Where(member => member.PersonId == person.Id)
            .OrderBy(member => member.ValidTo != null).ThenByDescending(member => member.ValidFrom)
            .Select(member => new PersonMembership(member.Team.Code, member.Team.Name, member.Team.Unit.FullName, member.Team.Unit.Path, member.Role, member.ValidFrom, member.ValidTo))
            .ToListAsync(cancellationToken);
        var path = memberships.Find(membership => membership.To is null)?.UnitPath;
        return View(new PersonPage(person, memberships)
        {
            MayCreateAccount = person.UserId is null && path is not null && user.Can(Accounts.Permissions.ManageAccounts, path),
            MayResetCode = person.UserId is not null && path is not null && user.Can(Accounts.Permissions.ResetCodes, path),
            MaySeeAccount = person.UserId is not null && path is not null && user.Can(Accounts.Permissions.ResetCodes, path),
            ViewablePaths = user.ScopeOf(Permissions.ViewUnits),
        });
    }

    /// <summary>Makes the person's account as a member of the team; a leader's also leads it. The code is on the next page.</summary>
    [HttpPost("{code}/account")]
    [Authorize(nameof(Permissions.ViewPeople))]
    public async Task<IActionResult> CreateAccount(string code, CancellationToken cancellationToken)
    {
        if (await FindAsync(code, cancellationToken) is not { } person)
        {
            return NotFound();
        }

        var current = await db.Memberships.AsNoTracking().On(clock.Today()).Where(member => member.PersonId == person.Id)
            .InScope(user.ScopeOf(Permissions.ViewPeople), member => member.Team.Unit.Path)
            .OrderBy(member => member.Role).Select(member => new { member.Role, member.Team.Unit.Code, member.Team.Unit.Path, member.Team.Unit.FullName })
            .FirstOrDefaultAsync(cancellationToken);
        if (current is null)
        {
            notifier.Error(T["{0} không còn ở Tổ nào, nên chưa tạo được tài khoản. Hãy thêm người này vào Tổ trước.", person.FullName]);
            return RedirectToAction(nameof(Show), new { code });
        }

        var issued = await accounts.CreateAsync(
            new(person.FullName, current.Role == TeamRole.Leader ? Roles.TeamLeader : Roles.Member, new DirectoryUnit(current.Code, current.Path, current.FullName)) { PersonId = person.Id, Phone = person.Phone }, cancellationToken);
        if (!issued.Succeeded)
        {
            notifier.Error(issued.Faults[0].Message);
            return RedirectToAction(nameof(Show), new { code });
        }

        TempData[UserActionsController.NewCode] = issued.Value.Code;
        return RedirectToAction("Show", "Users", new { area = "Accounts", id = issued.Value.UserId });
    }

    /// <summary>Somebody in a team of the reader's scope (also a former member), or the reader.</summary>
    private async Task<Person?> FindAsync(string code, CancellationToken cancellationToken)
    {
        var inScope = db.Memberships.InScope(user.ScopeOf(Permissions.ViewPeople), member => member.Team.Unit.Path);
        return await db.People.AsNoTracking().SingleOrDefaultAsync(
            person => person.Code == code && (person.Id == user.PersonId || inScope.Any(member => member.PersonId == person.Id)), cancellationToken);
    }
}

/// <summary>A list of members.</summary>
/// <param name="Unit">The unit whose members they are.</param>
/// <param name="Query">What was typed.</param>
/// <param name="Role">Only this role.</param>
/// <param name="Smartphone">Only with or only without a smartphone.</param>
/// <param name="Members">The members.</param>
public sealed record PeoplePage(AdministrativeUnit Unit, string? Query, TeamRole? Role, bool? Smartphone, Page<PersonRow> Members);

/// <summary>A member in a list.</summary>
public sealed record PersonRow(string Code, string FullName, TeamRole Role, string TeamCode, string UnitName, string? Phone, int? BirthYear);

/// <summary>The page of a person.</summary>
/// <param name="Person">The person.</param>
/// <param name="Memberships">Memberships, current ones first.</param>
public sealed record PersonPage(Person Person, IReadOnlyList<PersonMembership> Memberships)
{
    /// <summary>Whether the reader may make an account.</summary>
    public bool MayCreateAccount { get; init; }

    /// <summary>Whether the reader may hand out a new code.</summary>
    public bool MayResetCode { get; init; }

    /// <summary>Whether the reader may see the account.</summary>
    public bool MaySeeAccount { get; init; }

    /// <summary>Units whose teams the reader may look at.</summary>
    public required UnitScope ViewablePaths { get; init; }
}

/// <summary>A membership on the page of a person.</summary>
public sealed record PersonMembership(string TeamCode, string TeamName, string UnitName, string UnitPath, TeamRole Role, DateOnly From, DateOnly? To);
