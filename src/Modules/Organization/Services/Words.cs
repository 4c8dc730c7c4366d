using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>Roles, levels and gaps in the reader's language.</summary>
public sealed class Words(IStringLocalizer<Strings> T)
{
    /// <summary>"Tổ trưởng".</summary>
    public string Of(TeamRole role) => role switch
    {
        TeamRole.Leader => T["Tổ trưởng"],
        TeamRole.Deputy => T["Tổ phó"],
        TeamRole.Member => T["Thành viên"],
        TeamRole.Collaborator => T["Cộng tác viên"],
    };

    /// <summary>"Tổ trưởng", "Mọi người", "Tổ phó, Cộng tác viên".</summary>
    public string Of(TeamRoles roles) => roles switch
    {
        TeamRoles.Leader => Of(TeamRole.Leader),
        TeamRoles.Deputy => Of(TeamRole.Deputy),
        TeamRoles.Member => Of(TeamRole.Member),
        TeamRoles.Collaborator => Of(TeamRole.Collaborator),
        TeamRoles.All => T["Mọi người"],
        _ => string.Join(", ", roles.Single().Select(Of)),
    };

    /// <summary>"Tổ cấp xã".</summary>
    public string Of(TeamLevels levels) => levels switch
    {
        TeamLevels.Commune => T["Tổ cấp xã"],
        TeamLevels.Village => T["Tổ cấp thôn, bản"],
        _ => T["Tổ ở mọi cấp"],
    };

    /// <summary>What is amiss with a team, in a few words.</summary>
    public string Of(TeamGap gap) => gap switch
    {
        TeamGap.Draft => T["Nháp: chưa có quyết định"],
        TeamGap.NoLeader => T["Chưa có Tổ trưởng"],
        TeamGap.ManyLeaders => T["Hơn một Tổ trưởng"],
        TeamGap.NoDeputy => T["Chưa có Tổ phó"],
        TeamGap.ManyDeputies => T["Hơn một Tổ phó"],
        TeamGap.TooSmall => T["Ít người hơn quy định"],
        TeamGap.TooLarge => T["Đông hơn quy định"],
    };

    /// <summary>What the units below a unit are called.</summary>
    public string Below(UnitLevel level, bool hasDistricts) => level switch
    {
        UnitLevel.Province => hasDistricts ? T["Các huyện, thành phố"] : T["Các xã, phường"],
        UnitLevel.District => T["Các xã, phường, thị trấn"],
        UnitLevel.Commune => T["Các bản, tiểu khu, tổ dân phố"],
        UnitLevel.Village => "",
    };
}
