namespace TrainingSite.Search;

/// <summary>What may be done here.</summary>
internal sealed class Permissions : IPermissionProvider
{
    public static readonly Permission ManageSearch = new(nameof(ManageSearch), "Sửa danh sách chữ viết tắt dùng khi tìm kiếm", Roles.Organizer);

    public IEnumerable<Permission> GetPermissions() => [ManageSearch];
}
