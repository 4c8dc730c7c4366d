namespace TrainingSite.Jobs;

/// <summary>What people may do with background tasks.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>See what runs in the background, when, and with what result.</summary>
    public static readonly Permission ViewJobs = new(nameof(ViewJobs), "Xem các tác vụ nền", Roles.Organizer);

    /// <summary>Run a task at once. The administrator's alone.</summary>
    public static readonly Permission ManageJobs = new(nameof(ManageJobs), "Chạy các tác vụ nền");

    /// <inheritdoc />
    public IEnumerable<Permission> GetPermissions() => [ViewJobs, ManageJobs];
}
