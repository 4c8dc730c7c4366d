using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>What can be written about a team.</summary>
/// <param name="Name">Official name; empty to have it made from the unit's.</param>
/// <param name="DecisionNumber">Number of the founding decision; empty leaves a draft (R4).</param>
/// <param name="DecisionSigner">Who signed it.</param>
/// <param name="FoundedOn">Date of the decision.</param>
public sealed record TeamInput(string? Name, string? DecisionNumber, string? DecisionSigner, DateOnly FoundedOn);

/// <summary>Founds teams and corrects what is written about them.</summary>
public sealed class TeamService(SiteDbContext db, CurrentUser user, TimeProvider clock, IOptions<OrganizationOptions> options, IStringLocalizer<Strings> T)
{
    /// <summary>Founds the team of a commune or village; a second one is refused (R5).</summary>
    public async Task<Result<CommunityTeam>> FoundAsync(string unitCode, TeamInput input, CancellationToken cancellationToken = default)
    {
        var unit = await db.Units.On(clock.Today()).InScope(user.ScopeOf(Permissions.ImportRosters), unit => unit.Path).SingleOrDefaultAsync(unit => unit.Code == unitCode, cancellationToken);
        if (unit is null)
        {
            return new Fault("unit_not_found", T["Không có đơn vị mã “{0}” trong phạm vi của bạn.", unitCode], Kind: FaultKind.NotFound);
        }

        if (unit.Level is not (UnitLevel.Commune or UnitLevel.Village))
        {
            return new Fault("unit_level", T["Chỉ lập Tổ ở xã hoặc ở bản."]);
        }

        var taken = await db.Teams.Where(team => team.UnitId == unit.Id && team.ValidTo == null).Select(team => team.Name).FirstOrDefaultAsync(cancellationToken);
        if (taken is not null)
        {
            return new Fault("team_second", T["{0} đã có {1}. Mỗi xã, mỗi bản chỉ có một Tổ.", unit.Name, taken], Kind: FaultKind.Conflict);
        }

        var team = new CommunityTeam { Code = await CodeAsync(unit, cancellationToken), UnitId = unit.Id, Unit = unit };
        return await FillAsync(team, input, cancellationToken, () => db.Teams.Add(team));
    }

    /// <summary>Corrects name, decision and date.</summary>
    /// <param name="code">Code of the team.</param>
    /// <param name="version">The version that the actor saw.</param>
    /// <param name="input">The new values.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<CommunityTeam>> EditAsync(string code, int version, TeamInput input, CancellationToken cancellationToken = default)
    {
        var team = await db.Teams.InScope(user.ScopeOf(Permissions.ImportRosters), team => team.Unit.Path).Include(team => team.Unit).SingleOrDefaultAsync(team => team.Code == code, cancellationToken);
        if (team is null)
        {
            return new Fault("team_not_found", T["Không có Tổ mã “{0}” trong phạm vi của bạn.", code], Kind: FaultKind.NotFound);
        }

        db.Entry(team).Property(row => row.Version).OriginalValue = version;
        var firstJoined = await db.Memberships.Where(membership => membership.TeamId == team.Id).MinAsync(membership => (DateOnly?)membership.ValidFrom, cancellationToken);
        if (firstJoined < input.FoundedOn)
        {
            return new Fault("founded_after_join", T["Tổ đã có thành viên từ ngày {0}, nên ngày thành lập không thể muộn hơn.", firstJoined.Value.ToDateText()], nameof(TeamInput.FoundedOn));
        }

        return await FillAsync(team, input, cancellationToken);
    }

    private async Task<Result<CommunityTeam>> FillAsync(CommunityTeam team, TeamInput input, CancellationToken cancellationToken, Action? add = null)
    {
        var name = VietnameseText.Clean(input.Name ?? "");
        var number = VietnameseText.Clean(input.DecisionNumber ?? "");
        var signer = VietnameseText.Clean(input.DecisionSigner ?? "");
        var faults = new List<Fault>();
        if (name.Length > 300 || Import.ImportValues.IsUnsafe(name))
        {
            faults.Add(new("name_invalid", T["Tên Tổ tối đa 300 ký tự, không có ký tự lạ."], nameof(TeamInput.Name)));
        }

        if (number.Length > 60)
        {
            faults.Add(new("decision_too_long", T["Số quyết định tối đa 60 ký tự."], nameof(TeamInput.DecisionNumber)));
        }

        if (signer.Length > 200)
        {
            faults.Add(new("signer_too_long", T["Tên người ký tối đa 200 ký tự."], nameof(TeamInput.DecisionSigner)));
        }

        if (input.FoundedOn > clock.Today() || input.FoundedOn.Year < 2000)
        {
            faults.Add(new("founded_invalid", T["Ngày thành lập {0} không hợp lý. Hãy chọn hôm nay hoặc ngày đã qua.", input.FoundedOn.ToDateText()], nameof(TeamInput.FoundedOn)));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        team.Name = name.Length > 0 ? name : $"{options.Value.TeamName} {team.Unit.Name}";
        team.NameFolded = VietnameseText.Fold(team.Name);
        team.DecisionNumber = number.Length > 0 ? number : null;
        team.DecisionSigner = signer.Length > 0 ? signer : null;
        team.ValidFrom = input.FoundedOn;
        team.State = team.DecisionNumber is null ? TeamState.Draft : TeamState.Active;
        add?.Invoke();
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return team;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Fault("team_changed", T["Người khác vừa cập nhật {0}, nên chưa ghi thay đổi của bạn. Hãy tải lại trang rồi sửa lại.", team.Name], Kind: FaultKind.Conflict);
        }
    }

    /// <summary>A unit that once had a team gives its new one another code.</summary>
    private async Task<string> CodeAsync(AdministrativeUnit unit, CancellationToken cancellationToken)
    {
        var code = $"T-{unit.Code}";
        var used = await db.Teams.CountAsync(team => team.Code == code || team.Code.StartsWith(code + "-lan-"), cancellationToken);
        return used == 0 ? code : $"{code}-lan-{used + 1}";
    }
}
