namespace TrainingSite.Search;

/// <summary>What may be done here.</summary>
internal sealed class Permissions : IPermissionProvider
{
    public static readonly Permission ManageSearch = new(nameof(ManageSearch), "Sửa chữ viết tắt, từ đồng nghĩa dùng khi tìm kiếm, xem những câu tìm chưa thấy", Roles.Organizer) { IsForProvince = true };

    public IEnumerable<Permission> GetPermissions() => [ManageSearch];
}
