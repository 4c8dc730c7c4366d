namespace TrainingSite.Notifications;

/// <summary>What people may do with messages.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>See what was sent and what was not, retry, copy the text for Zalo.</summary>
    public static readonly Permission ManageMessages = new(nameof(ManageMessages), "Xem tình trạng gửi thông báo và gửi lại", Roles.Organizer);

    /// <summary>Read which setting sends mail and where it is kept meanwhile: of the installation, so the administrators' alone.</summary>
    public static readonly Permission ViewMailSettings = new(nameof(ViewMailSettings), "Xem cài đặt gửi thư của hệ thống");

    /// <inheritdoc />
    public IEnumerable<Permission> GetPermissions() => [ManageMessages, ViewMailSettings];
}
