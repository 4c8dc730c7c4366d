using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Organization.Controllers;

/// <summary>A team as of any day, and what is written about it.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ViewUnits))]
public sealed class TeamController(SiteDbContext db, CurrentUser user, TeamService teams, TeamSizeReader sizes, TimeProvider clock, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("teams/{code}")]
    public async Task<IActionResult> Show(string code, [FromQuery(Name = "as_of")] DateOnly? asOf, CancellationToken cancellationToken)
    {
        var day = asOf ?? clock.Today();
        var team = await db.Teams.AsNoTracking().InScope(user.ScopeOf(Permissions.ViewUnits), row => row.Unit.Path)
            .Include(row => row.Unit).ThenInclude(unit => unit.Parent)
            .SingleOrDefaultAsync(row => row.Code == code, cancellationToken);
        if (team is null)
        {
            return NotFound();
        }

        var members = await db.Memberships.AsNoTracking().Where(member => member.TeamId == team.Id && member.ValidFrom <= day)
            .OrderBy(member => member.Person.SortName).ThenBy(member => member.Person.Code)
            .Select(member => new TeamMemberRow(
                member.Id, member.Person.Code, member.Person.FullName, member.Role, member.Person.Occupation, member.Person.Phone, member.Person.HasSmartphone, member.ValidFrom, member.ValidTo))
            .ToListAsync(cancellationToken);
        var line = await db.Teams.Where(row => row.Id == team.Id).SelectLines(day).SingleAsync(cancellationToken);
        var rules = await sizes.OnAsync(day, cancellationToken);
        return View(new TeamPage(team, day, [.. members.Where(member => member.IsOn(day)).OrderBy(member => member.Role)], [.. members.Where(member => !member.IsOn(day))])
        {
            IsToday = day == clock.Today(),
            Line = line,
            Gaps = [.. TeamGaps.Of(line, rules)],
            Size = rules.Find(team.Unit.Path),
            MayManage = user.Can(Permissions.ManageTeams, team.Unit.Path),
            MayEdit = user.Can(Permissions.ImportRosters, team.Unit.Path),
            MaySeePeople = user.Can(Permissions.ViewPeople, team.Unit.Path),
        });
    }

    [HttpGet("units/{unit}/team/new")]
    [Authorize(nameof(Permissions.ImportRosters))]
    public async Task<IActionResult> New(string unit, CancellationToken cancellationToken) =>
        await FindUnitAsync(unit, cancellationToken) is { } found ? View("Form", new TeamForm { Heading = T["Lập Tổ của {0}", found.FullName], Back = $"/units/{unit}" }) : NotFound();

    [HttpPost("units/{unit}/team/new")]
    [Authorize(nameof(Permissions.ImportRosters))]
    public async Task<IActionResult> New(string unit, TeamForm form, CancellationToken cancellationToken)
    {
        if (await FindUnitAsync(unit, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        var result = form.FoundedOn is null ? MissingDate<CommunityTeam>() : await teams.FoundAsync(unit, form.ToInput(), cancellationToken);
        return Finish(result, form with { Heading = T["Lập Tổ của {0}", found.FullName], Back = $"/units/{unit}" });
    }

    [HttpGet("teams/{code}/edit")]
    [Authorize(nameof(Permissions.ImportRosters))]
    public async Task<IActionResult> Edit(string code, CancellationToken cancellationToken) =>
        await FindTeamAsync(code, cancellationToken) is { } team
            ? View("Form", new TeamForm
            {
                Heading = T["Sửa {0}", team.Name], Back = $"/teams/{code}", Name = team.Name, DecisionNumber = team.DecisionNumber, DecisionSigner = team.DecisionSigner, FoundedOn = team.ValidFrom, Version = team.Version,
            })
            : NotFound();

    [HttpPost("teams/{code}/edit")]
    [Authorize(nameof(Permissions.ImportRosters))]
    public async Task<IActionResult> Edit(string code, TeamForm form, CancellationToken cancellationToken)
    {
        if (await FindTeamAsync(code, cancellationToken) is not { } team)
        {
            return NotFound();
        }

        var result = form.FoundedOn is null ? MissingDate<CommunityTeam>() : await teams.EditAsync(code, form.Version, form.ToInput(), cancellationToken);
        return Finish(result, form with { Heading = T["Sửa {0}", team.Name], Back = $"/teams/{code}" });
    }

    private IActionResult Finish(Result<CommunityTeam> result, TeamForm form)
    {
        if (!result.Succeeded)
        {
            return this.Refuse(result.Faults, "Form", form);
        }

        notifier.Success(T["Đã lưu {0}.", result.Value.Name]);
        return RedirectToAction(nameof(Show), new { code = result.Value.Code });
    }

    private Result<TItem> MissingDate<TItem>() => new Fault("founded_missing", T["Hãy chọn ngày thành lập."], nameof(TeamForm.FoundedOn));

    private Task<AdministrativeUnit?> FindUnitAsync(string code, CancellationToken cancellationToken) =>
        db.Units.AsNoTracking().On(clock.Today()).InScope(user.ScopeOf(Permissions.ImportRosters), unit => unit.Path).SingleOrDefaultAsync(unit => unit.Code == code, cancellationToken);

    private Task<CommunityTeam?> FindTeamAsync(string code, CancellationToken cancellationToken) =>
        db.Teams.AsNoTracking().InScope(user.ScopeOf(Permissions.ImportRosters), team => team.Unit.Path).SingleOrDefaultAsync(team => team.Code == code, cancellationToken);
}

/// <summary>The page of a team.</summary>
/// <param name="Team">The team with its unit.</param>
/// <param name="Day">The day.</param>
/// <param name="Members">Who was in it on the day, leader first.</param>
/// <param name="Past">Who had left by then.</param>
public sealed record TeamPage(CommunityTeam Team, DateOnly Day, IReadOnlyList<TeamMemberRow> Members, IReadOnlyList<TeamMemberRow> Past)
{
    /// <summary>Whether the day is today.</summary>
    public bool IsToday { get; init; }

    /// <summary>Its figures.</summary>
    public required TeamLine Line { get; init; }

    /// <summary>What is amiss.</summary>
    public required IReadOnlyList<TeamGap> Gaps { get; init; }

    /// <summary>The size limits in force; null when there are none.</summary>
    public TeamSize? Size { get; init; }

    /// <summary>Whether the reader may change members.</summary>
    public bool MayManage { get; init; }

    /// <summary>Whether the reader may edit the team.</summary>
    public bool MayEdit { get; init; }

    /// <summary>Whether the reader may see profiles.</summary>
    public bool MaySeePeople { get; init; }
}

/// <summary>A member in the list of a team.</summary>
public sealed record TeamMemberRow(
    Guid MembershipId, string Code, string FullName, TeamRole Role, string? Occupation, string? Phone, bool? HasSmartphone, DateOnly From, DateOnly? To)
{
    /// <summary>Whether the membership held on a day.</summary>
    public bool IsOn(DateOnly day) => From <= day && (To is null || To > day);
}

/// <summary>The form of a team.</summary>
public sealed record TeamForm
{
    /// <summary>Heading of the page.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public string Heading { get; init; } = "";

    /// <summary>Where "Thôi" leads.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public string Back { get; init; } = "";

    /// <summary>Official name.</summary>
    public string? Name { get; init; }

    /// <summary>Number of the founding decision.</summary>
    public string? DecisionNumber { get; init; }

    /// <summary>Who signed it.</summary>
    public string? DecisionSigner { get; init; }

    /// <summary>Date of the decision.</summary>
    public DateOnly? FoundedOn { get; init; }

    /// <summary>The version that was shown.</summary>
    public int Version { get; init; }

    internal TeamInput ToInput() => new(Name, DecisionNumber, DecisionSigner, FoundedOn!.Value);
}

/// <summary>What the controllers do with faults.</summary>
internal static class FaultExtensions
{
    /// <summary>Shows the form again with what is wrong; what is not there is 404, what is not allowed 403.</summary>
    public static IActionResult Refuse(this Controller controller, IReadOnlyList<Fault> faults, string view, object form)
    {
        switch (faults[0].Kind)
        {
            case FaultKind.NotFound:
                return controller.NotFound();
            case FaultKind.Forbidden:
                return controller.Forbid();
            case FaultKind.Invalid or FaultKind.Conflict:
                break;
        }

        controller.ModelState.AddFaults(faults);

        return controller.View(view, form);
    }
}
