using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Organization.Api;

/// <summary>Units, teams and members for other programs; every list is cut down to the caller's scope.</summary>
public sealed class UnitsApiController(SiteDbContext db, CurrentUser user, UnitFinder finder, TimeProvider clock, IStringLocalizer<Strings> T) : ApiController
{
    /// <summary>Units of a day, those right below <paramref name="parent"/> or all.</summary>
    [HttpGet("units")]
    [Authorize(nameof(Permissions.ViewUnits), AuthenticationSchemes = Scheme)]
    [ProducesResponseType<ApiList<UnitItem>>(200)]
    public async Task<IActionResult> Units(string? parent, UnitLevel? level, [FromQuery(Name = "as_of")] DateOnly? asOf, int? take, int? skip, CancellationToken cancellationToken)
    {
        var day = asOf ?? clock.Today();
        var query = db.Units.AsNoTracking().On(day).InScope(user.ScopeOf(Permissions.ViewUnits), unit => unit.Path);
        if (!string.IsNullOrEmpty(parent))
        {
            if (await finder.FindAsync(parent, day, user.ScopeOf(Permissions.ViewUnits), cancellationToken) is not { } above)
            {
                return UnitNotFound(parent, day);
            }

            query = query.Where(unit => unit.ParentId == above.Id);
        }

        if (level is not null)
        {
            query = query.Where(unit => unit.Level == level);
        }

        return Ok(await ListAsync(query.OrderBy(unit => unit.Path)
            .Select(unit => new UnitItem(unit.Code, unit.Parent == null ? null : unit.Parent.Code, unit.Level, unit.Name, unit.FullName, unit.ValidFrom, unit.ValidTo)), take, skip, cancellationToken));
    }

    /// <summary>Teams of a day in a unit's subtree.</summary>
    [HttpGet("teams")]
    [Authorize(nameof(Permissions.ViewUnits), AuthenticationSchemes = Scheme)]
    [ProducesResponseType<ApiList<TeamItem>>(200)]
    public async Task<IActionResult> Teams(string? unit, [FromQuery(Name = "as_of")] DateOnly? asOf, int? take, int? skip, CancellationToken cancellationToken)
    {
        var day = asOf ?? clock.Today();
        var scope = user.ScopeOf(Permissions.ViewUnits);
        var query = db.Teams.AsNoTracking().On(day).InScope(scope, team => team.Unit.Path);
        if (!string.IsNullOrEmpty(unit))
        {
            if (await finder.FindAsync(unit, day, scope, cancellationToken) is not { } root)
            {
                return UnitNotFound(unit, day);
            }

            query = query.Where(team => team.Unit.Path.StartsWith(root.Path));
        }

        return Ok(await ListAsync(query.OrderBy(team => team.Unit.Path)
            .Select(team => new TeamItem(
                team.Code, team.Name, team.Unit.Code, team.Unit.FullName, team.Unit.Level, team.ValidFrom, team.DecisionNumber,
                team.Memberships.Count(member => member.Role != TeamRole.Collaborator && member.ValidFrom <= day && (member.ValidTo == null || member.ValidTo > day)),
                team.Memberships.Count(member => member.Role == TeamRole.Collaborator && member.ValidFrom <= day && (member.ValidTo == null || member.ValidTo > day)))),
            take, skip, cancellationToken));
    }

    /// <summary>Memberships of a day: one row for a person and team. Phones only for those who may see profiles there.</summary>
    [HttpGet("members")]
    [Authorize(nameof(Permissions.ViewPeople), AuthenticationSchemes = Scheme)]
    [ProducesResponseType<ApiList<MemberItem>>(200)]
    public async Task<IActionResult> Members(string? unit, string? team, string? q, [FromQuery(Name = "as_of")] DateOnly? asOf, int? take, int? skip, CancellationToken cancellationToken)
    {
        var day = asOf ?? clock.Today();
        var scope = user.ScopeOf(Permissions.ViewPeople);
        var query = db.Memberships.AsNoTracking().On(day).InScope(scope, member => member.Team.Unit.Path);
        if (!string.IsNullOrEmpty(unit))
        {
            if (await finder.FindAsync(unit, day, scope, cancellationToken) is not { } root)
            {
                return UnitNotFound(unit, day);
            }

            query = query.Where(member => member.Team.Unit.Path.StartsWith(root.Path));
        }

        if (!string.IsNullOrEmpty(team))
        {
            if (!await db.Teams.InScope(scope, row => row.Unit.Path).AnyAsync(row => row.Code == team, cancellationToken))
            {
                return Problem([new("team_not_found", T["Không có Tổ mã “{0}” trong phạm vi của bạn.", team], "team", FaultKind.NotFound)]);
            }

            query = query.Where(member => member.Team.Code == team);
        }

        if (!string.IsNullOrWhiteSpace(q))
        {
            query = query.WhereNamed(q);
        }

        return Ok(await ListAsync(query.OrderBy(member => member.Person.SortName).ThenBy(member => member.Person.Code).ThenBy(member => member.Team.Code)
            .Select(member => new MemberItem(
                member.Person.Code, member.Person.FullName, member.Team.Code, member.Team.Unit.Code, member.Role, member.Person.Gender, member.Person.BirthYear,
                member.Person.Occupation, member.Person.Phone, member.Person.Email, member.Person.HasSmartphone, member.ValidFrom)),
            take, skip, cancellationToken));
    }

    private ObjectResult UnitNotFound(string code, DateOnly day) =>
        Problem([new("unit_not_found", T["Không có đơn vị mã “{0}” trong phạm vi của bạn vào ngày {1}.", code, day.ToDateText()], "unit", FaultKind.NotFound)]);
}

/// <summary>A unit in the API.</summary>
public sealed record UnitItem(string Code, string? ParentCode, UnitLevel Level, string Name, string FullName, DateOnly ValidFrom, DateOnly? ValidTo);

/// <summary>A team in the API.</summary>
public sealed record TeamItem(string Code, string Name, string UnitCode, string UnitName, UnitLevel Level, DateOnly FoundedOn, string? DecisionNo, int MemberCount, int CollaboratorCount);

/// <summary>A membership in the API.</summary>
public sealed record MemberItem(
    string Code, string FullName, string TeamCode, string UnitCode, TeamRole Role, string? Gender, int? BirthYear,
    string? Occupation, string? Phone, string? Email, bool? HasSmartphone, DateOnly JoinedOn);
