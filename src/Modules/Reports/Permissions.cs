namespace TrainingSite.Reports;

/// <summary>What people may do with reports as such. Each report names its own permission besides.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Sees the list of reports in the menu.</summary>
    public static readonly Permission ViewReports = new(nameof(ViewReports), "Xem danh sách báo cáo",
        Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader, Roles.Police, Roles.MassOrganization);

    /// <inheritdoc />
    public IEnumerable<Permission> GetPermissions() => [ViewReports];
}
