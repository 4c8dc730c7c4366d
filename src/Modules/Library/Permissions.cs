namespace TrainingSite.Library;

/// <summary>What people may do in the library.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Adds, changes and deletes documents, and reviews those that others propose.</summary>
    public static readonly Permission ManageLibrary = new(nameof(ManageLibrary), "Thêm, sửa, xóa văn bản và tài liệu", Roles.Organizer, Roles.Partner);

    /// <summary>Proposes documents, which wait for those who keep the library.</summary>
    public static readonly Permission ProposeDocuments = new(nameof(ProposeDocuments), "Đề xuất tài liệu cho thư viện", Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader, Roles.Police);

    /// <summary>Reads what is not for everybody; public documents need no permission.</summary>
    public static readonly Permission ViewLibrary = new(nameof(ViewLibrary), "Xem văn bản, tài liệu nội bộ", [.. Roles.All]);

    /// <inheritdoc />
    public IEnumerable<Permission> GetPermissions() => [ManageLibrary, ProposeDocuments, ViewLibrary];
}
