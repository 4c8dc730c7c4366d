using Microsoft.Extensions.Localization;
using TrainingSite.Media.Models;

namespace TrainingSite.Media.Services;

/// <summary>Writes folders.</summary>
public sealed class MediaFolders(SiteDbContext db, IEnumerable<IMediaUnits> units, CurrentUser user, IStringLocalizer<Strings> T)
{
    /// <summary>The folders in which the user may upload; on an empty site the first is made.</summary>
    public async Task<List<MediaFolder>> ManagedAsync(CancellationToken cancellationToken)
    {
        if (!await db.MediaFolders.AnyAsync(cancellationToken))
        {
            var (id, name) = (Guid.CreateVersion7(), T["Dùng chung"].Value);
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "Media_Folder" ("Id", "Name", "Version") VALUES ({id}, {name}, 0) ON CONFLICT DO NOTHING""", cancellationToken);
        }

        return await db.MediaFolders.AsNoTracking().ManagedBy(user).OrderBy(folder => folder.Name).Take(200).ToListAsync(cancellationToken);
    }

    /// <summary>Adds a folder, or changes one.</summary>
    public async Task<Result<MediaFolder>> WriteAsync(MediaFolder? folder, int version, string name, string? unitCode, CancellationToken cancellationToken)
    {
        name = VietnameseText.Clean(name);
        if (name.Length is 0 or > 100 || await db.MediaFolders.AnyAsync(row => row.Name == name && (folder == null || row.Id != folder.Id), cancellationToken))
        {
            return new Fault("folder_name", T["Hãy đặt tên khác: tên trống, quá 100 chữ, hoặc đã có thư mục dùng."], "Name");
        }

        MediaUnit? unit = null;
        if (!string.IsNullOrWhiteSpace(unitCode))
        {
            if (folder is { UnitPath: null })
            {
                return new Fault("folder_shared", T["Thư mục này là của mọi đơn vị, không giao riêng cho một đơn vị được. Hãy tạo thư mục mới cho đơn vị rồi chuyển tệp sang."], "UnitCode");
            }

            unit = units.FirstOrDefault() is { } source ? await source.FindAsync(unitCode.Trim(), cancellationToken) : null;
            if (unit is null || !user.Can(Permissions.ManageMedia, unit.Path))
            {
                return new Fault("unit_not_found", T["Không có đơn vị mã “{0}” trong phạm vi của bạn.", unitCode], "UnitCode");
            }
        }

        if (unit is null && !user.ScopeOf(Permissions.ManageMedia).HoldsProvince)
        {
            return new Fault("unit_missing", T["Hãy chọn đơn vị của thư mục. Thư mục dùng chung do cấp tỉnh tạo."], "UnitCode");
        }

        if (folder is null)
        {
            folder = new();
            db.MediaFolders.Add(folder);
        }
        else
        {
            db.Entry(folder).Property(row => row.Version).OriginalValue = version;
        }

        (folder.Name, folder.UnitPath, folder.UnitName) = (name, unit?.Path, unit?.Name);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return folder;
        }
        catch (DbUpdateException)
        {
            // Somebody changed the folder, or took the name, in between.
            return new Fault("folder_changed_meanwhile", T["Có người vừa sửa thư mục này. Chưa lưu phần của bạn; hãy mở lại trang."], Kind: FaultKind.Conflict);
        }
    }

    /// <summary>Deletes an empty folder.</summary>
    public async Task<Result<MediaFolder>> DeleteAsync(MediaFolder folder, CancellationToken cancellationToken)
    {
        if (await db.MediaFiles.AnyAsync(file => file.FolderId == folder.Id, cancellationToken))
        {
            return new Fault("folder_not_empty", T["Thư mục còn tệp. Hãy chuyển hoặc xóa các tệp trước."], Kind: FaultKind.Conflict);
        }

        db.MediaFolders.Remove(folder);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return folder;
        }
        catch (DbUpdateException)
        {
            // Somebody deleted it, or put a file in, at the same moment.
            return new Fault("folder_changed_meanwhile", T["Có người vừa xóa hoặc dùng thư mục này. Hãy mở lại trang."], Kind: FaultKind.Conflict);
        }
    }
}
