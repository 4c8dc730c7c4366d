using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Organization.Controllers;

/// <summary>Taking people into a team, changing their role, ending their membership.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageTeams))]
[Route("teams/{code}/members")]
public sealed class TeamMemberController(SiteDbContext db, CurrentUser user, MembershipService memberships, OfficeAdvice offices, TimeProvider clock, INotifier notifier, Words words, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("new")]
    public async Task<IActionResult> New(string code, CancellationToken cancellationToken) =>
        await FindTeamAsync(code, cancellationToken) is { } team ? View(new NewMemberForm { TeamName = team.Name, TeamCode = code, UsualOffices = [.. offices.Usual(team.Unit.Level)], From = clock.Today(), Version = team.Version }) : NotFound();

    [HttpPost("new")]
    public async Task<IActionResult> New(string code, NewMemberForm form, CancellationToken cancellationToken)
    {
        if (await FindTeamAsync(code, cancellationToken) is not { } team)
        {
            return NotFound();
        }

        form = form with { TeamName = team.Name, TeamCode = code, UsualOffices = [.. offices.Usual(team.Unit.Level)] };
        if (!ModelState.IsValid)
        {
            return View(form);
        }

        var result = await memberships.AddAsync(code, form.Version, form.ToMember(clock.Today()), cancellationToken);
        if (!result.Succeeded)
        {
            return this.Refuse(result.Faults, nameof(New), form with { AsksNamesake = result.Faults.Any(fault => fault.Code == "namesake") });
        }

        notifier.Success(T["Đã thêm {0} vào {1}.", result.Value.FullName, team.Name]);
        Advise(team.Unit.Level, form.Role, result.Value);
        return RedirectToAction("Show", "Team", new { code });
    }

    [HttpGet("{id:guid}")]
    public async Task<IActionResult> Edit(string code, Guid id, CancellationToken cancellationToken) =>
        await FindFormAsync(code, id, cancellationToken) is { } form ? View(form) : NotFound();

    [HttpPost("{id:guid}/role")]
    public async Task<IActionResult> ChangeRole(string code, Guid id, MemberForm form, CancellationToken cancellationToken) =>
        await ChangeAsync(code, id, form, () => memberships.ChangeRoleAsync(code, form.Version, id, form.Role, form.From ?? clock.Today(), cancellationToken),
            person => T["{0} từ nay là {1}.", person.FullName, words.Of(form.Role).ToLower(System.Globalization.CultureInfo.CurrentCulture)], form.Role, cancellationToken);

    [HttpPost("{id:guid}/end")]
    public async Task<IActionResult> End(string code, Guid id, MemberForm form, CancellationToken cancellationToken) =>
        await ChangeAsync(code, id, form, () => memberships.EndAsync(code, form.Version, id, form.On ?? clock.Today(), cancellationToken),
            person => T["{0} đã ra khỏi Tổ. Những buổi đã qua vẫn giữ nguyên.", person.FullName], role: null, cancellationToken);

    private async Task<IActionResult> ChangeAsync(string code, Guid id, MemberForm form, Func<Task<Result<Person>>> change, Func<Person, string> say, TeamRole? role, CancellationToken cancellationToken)
    {
        if (await FindFormAsync(code, id, cancellationToken) is not { } fresh)
        {
            return NotFound();
        }

        var result = await change();
        if (!result.Succeeded)
        {
            return this.Refuse(result.Faults, nameof(Edit), form with { TeamName = fresh.TeamName, TeamCode = code, Level = fresh.Level, UsualOffices = fresh.UsualOffices, MembershipId = id, FullName = fresh.FullName, Since = fresh.Since });
        }

        notifier.Success(say(result.Value));
        if (role is { } taken)
        {
            Advise(fresh.Level, taken, result.Value);
        }

        return RedirectToAction("Show", "Team", new { code });
    }

    private void Advise(UnitLevel level, TeamRole role, Person person)
    {
        if (offices.Of(level, role, person) is { } advice)
        {
            notifier.Warning(advice);
        }
    }

    private Task<CommunityTeam?> FindTeamAsync(string code, CancellationToken cancellationToken) =>
        db.Teams.AsNoTracking().Include(team => team.Unit).InScope(user.ScopeOf(Permissions.ManageTeams), team => team.Unit.Path).SingleOrDefaultAsync(team => team.Code == code, cancellationToken);

    private async Task<MemberForm?> FindFormAsync(string code, Guid id, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var form = await db.Memberships.AsNoTracking().InScope(user.ScopeOf(Permissions.ManageTeams), member => member.Team.Unit.Path)
            .Where(member => member.Id == id && member.Team.Code == code && member.ValidTo == null)
            .Select(member => new MemberForm
            {
                TeamName = member.Team.Name, TeamCode = code, Level = member.Team.Unit.Level, MembershipId = id, FullName = member.Person.FullName, Role = member.Role, Since = member.ValidFrom, From = today, On = today, Version = member.Team.Version,
            })
            .SingleOrDefaultAsync(cancellationToken);
        return form is null ? null : form with { UsualOffices = [.. offices.Usual(form.Level)] };
    }
}

/// <summary>The form for a new member.</summary>
public sealed record NewMemberForm
{
    /// <summary>Name of the team.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public string TeamName { get; init; } = "";

    /// <summary>Code of the team.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public string TeamCode { get; init; } = "";

    /// <summary>What offices usually go with the roles.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public IReadOnlyList<string> UsualOffices { get; init; } = [];

    /// <summary>Whether to ask if it is a namesake.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public bool AsksNamesake { get; init; }

    /// <summary>Full name.</summary>
    public string? FullName { get; init; }

    /// <summary>Phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Year of birth.</summary>
    public int? BirthYear { get; init; }

    /// <summary>"Nam", "Nữ" or empty.</summary>
    public string? Gender { get; init; }

    /// <summary>Occupation or office.</summary>
    public string? Occupation { get; init; }

    /// <summary>"yes", "no" or empty.</summary>
    public string? Smartphone { get; init; }

    /// <summary>As what.</summary>
    public TeamRole Role { get; init; } = TeamRole.Member;

    /// <summary>First day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Code of a person who is known already.</summary>
    public string? PersonCode { get; init; }

    /// <summary>Another person of that name.</summary>
    public bool IsNamesake { get; init; }

    /// <summary>The team's version that was shown.</summary>
    public int Version { get; init; }

    internal NewMember ToMember(DateOnly today) => new(FullName ?? "", Role, From ?? today)
    {
        PersonCode = PersonCode,
        Phone = Phone,
        BirthYear = BirthYear,
        Gender = Gender,
        Occupation = Occupation,
        HasSmartphone = Smartphone switch { "yes" => true, "no" => false, _ => null },
        IsNamesake = IsNamesake,
    };
}

/// <summary>The form of a member: another role, or the end.</summary>
public sealed record MemberForm
{
    /// <summary>Name of the team.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public string TeamName { get; init; } = "";

    /// <summary>Level of the team's unit.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public UnitLevel Level { get; init; }

    /// <summary>What offices usually go with the roles.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public IReadOnlyList<string> UsualOffices { get; init; } = [];

    /// <summary>Code of the team.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public string TeamCode { get; init; } = "";

    /// <summary>Key of the membership.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public Guid MembershipId { get; init; }

    /// <summary>The member.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public string FullName { get; init; } = "";

    /// <summary>Since when in this role.</summary>
    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public DateOnly Since { get; init; }

    /// <summary>The new role.</summary>
    public TeamRole Role { get; init; }

    /// <summary>First day of the new role.</summary>
    public DateOnly? From { get; init; }

    /// <summary>First day out of the team.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The team's version that was shown.</summary>
    public int Version { get; init; }
}
