namespace TrainingSite.Organization;

/// <summary>What people may do with units, teams and members.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>See units and teams with the names of their members.</summary>
    public static readonly Permission ViewUnits = new(nameof(ViewUnits), "Xem đơn vị, Tổ và tên thành viên trong phạm vi",
        Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader, Roles.Member, Roles.Police, Roles.MassOrganization);

    /// <summary>See people's profiles: phone, year of birth, occupation.</summary>
    public static readonly Permission ViewPeople = new(nameof(ViewPeople), "Xem hồ sơ thành viên trong phạm vi",
        Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader);

    /// <summary>Take people into teams, change roles, end memberships; a leader those of the own team.</summary>
    public static readonly Permission ManageTeams = new(nameof(ManageTeams), "Cập nhật Tổ và thành viên trong phạm vi",
        Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader);

    /// <summary>Found teams, edit them, import lists.</summary>
    public static readonly Permission ImportRosters = new(nameof(ImportRosters), "Lập Tổ, nhập danh sách trong phạm vi",
        Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator);

    /// <summary>See the statistics of teams and members.</summary>
    public static readonly Permission ViewTeamStatistics = new(nameof(ViewTeamStatistics), "Xem thống kê Tổ và thành viên trong phạm vi",
        Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader, Roles.Police, Roles.MassOrganization);

    /// <inheritdoc />
    public IEnumerable<Permission> GetPermissions() => [ViewUnits, ViewPeople, ManageTeams, ImportRosters, ViewTeamStatistics];
}
