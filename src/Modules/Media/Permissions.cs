namespace TrainingSite.Media;

/// <summary>What people may do in the media library.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Uploads and changes files, in folders of their units and in those of no unit.</summary>
    public static readonly Permission ManageMedia = new(nameof(ManageMedia), "Tải lên và sửa hình, tiếng, phim", Roles.Organizer, Roles.Partner);

    /// <inheritdoc />
    public IEnumerable<Permission> GetPermissions() => [ManageMedia];
}
