using Microsoft.Extensions.Localization;

namespace TrainingSite.Accounts.Services;

/// <summary>The roles in the reader's language.</summary>
public sealed class RoleNames(IStringLocalizer<Strings> T)
{
    /// <summary>What people call a role.</summary>
    public string this[string role] => role switch
    {
        Roles.Administrator => T["Quản trị hệ thống"],
        Roles.Organizer => T["Cán bộ tổ chức của Sở"],
        Roles.DistrictOfficer => T["Cán bộ huyện"],
        Roles.Coordinator => T["Điều phối viên cấp xã"],
        Roles.TeamLeader => T["Tổ trưởng"],
        Roles.Member => T["Thành viên Tổ"],
        Roles.Police => T["Công an xã"],
        Roles.Partner => T["Chuyên gia của đối tác"],
        Roles.MassOrganization => T["Mặt trận, đoàn thể"],
        _ => role,
    };

    /// <summary>"Điều phối viên cấp xã · xã Chiềng Hặc"; a right over the whole tree says so.</summary>
    public string Describe(string role, string unitPath, string unitName) =>
        $"{this[role]} · {UnitText(unitPath, unitName)}";

    /// <summary>The unit of a right in words.</summary>
    public string UnitText(string unitPath, string unitName) => unitPath.Length == 0 ? T["toàn hệ thống"] : unitName;
}
