namespace TrainingSite.Accounts;

/// <summary>What people may do with accounts.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Make accounts, give and take roles, stop accounts.</summary>
    public static readonly Permission ManageAccounts = new(
        nameof(ManageAccounts), "Tạo tài khoản, giao và thu vai trò trong phạm vi đơn vị", Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator);

    /// <summary>See the accounts of one's people and hand out new codes (R97).</summary>
    public static readonly Permission ResetCodes = new(
        nameof(ResetCodes), "Cấp lại mã kích hoạt cho người trong tổ, trong đơn vị", Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader);

    /// <summary>Make tokens for programs that use the API.</summary>
    public static readonly Permission UseApi = new(
        nameof(UseApi), "Tạo mã truy cập API cho phần mềm khác", Roles.Organizer);

    /// <inheritdoc />
    public IEnumerable<Permission> GetPermissions() => [ManageAccounts, ResetCodes, UseApi];
}
