namespace TrainingSite.Media.Models;

/// <summary>The module's tables, and who may change what.</summary>
public static class MediaData
{
    extension(SiteDbContext db)
    {
        /// <summary>Files that pages show.</summary>
        public DbSet<MediaFile> MediaFiles => db.Set<MediaFile>();

        /// <summary>Their folders.</summary>
        public DbSet<MediaFolder> MediaFolders => db.Set<MediaFolder>();
    }

    /// <summary>The folders in which the user may upload and change.</summary>
    public static IQueryable<MediaFolder> ManagedBy(this IQueryable<MediaFolder> folders, CurrentUser user)
    {
        var scope = user.ScopeOf(Permissions.ManageMedia);
        return folders.InScope(scope, folder => folder.UnitPath!, scope.HoldsProvince ? folder => folder.UnitPath == null : null);
    }

    /// <summary>Whether the user may upload and change in the folder.</summary>
    public static bool CanManage(this CurrentUser user, MediaFolder folder) =>
        folder.UnitPath is { } path ? user.Can(Permissions.ManageMedia, path) : user.ScopeOf(Permissions.ManageMedia).HoldsProvince;
}
