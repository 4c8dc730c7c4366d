namespace TrainingSite.Courses.Apps;

/// <summary>The sub-feature's table, and who may see and change what.</summary>
public static class AppData
{
    extension(SiteDbContext db)
    {
        /// <summary>Recommended apps, also those that nobody has looked at yet.</summary>
        public DbSet<RecommendedApp> RecommendedApps => db.Set<RecommendedApp>();
    }

    /// <summary>The apps for the whole province, and those of units above, at and below the reader's. What nobody has looked at is left out.</summary>
    public static IQueryable<RecommendedApp> VisibleTo(this IQueryable<RecommendedApp> apps, CurrentUser reader) => apps.Around(reader).Where(app => app.ReviewedOn != null);

    /// <summary>Those, and what the reader may change.</summary>
    public static IQueryable<RecommendedApp> OpenTo(this IQueryable<RecommendedApp> apps, CurrentUser reader)
    {
        var whole = reader.CanManageApps(unitPath: null);
        return apps.Around(reader).InScope(reader.ScopeOf(Permissions.ManageApps), app => app.UnitPath!, app => app.ReviewedOn != null || (whole && app.UnitPath == null));
    }

    /// <summary>Whether the user may change an app of that unit. What is for the whole province takes a right over a province.</summary>
    /// <param name="user">The user.</param>
    /// <param name="unitPath">The unit; null for the whole province.</param>
    public static bool CanManageApps(this CurrentUser user, string? unitPath) =>
        unitPath is not null ? user.Can(Permissions.ManageApps, unitPath) : user.ScopeOf(Permissions.ManageApps).HoldsProvince;

    /// <summary>The apps for which <see cref="CanManageApps"/> is true.</summary>
    public static IQueryable<RecommendedApp> ManagedBy(this IQueryable<RecommendedApp> apps, CurrentUser user)
    {
        var whole = user.CanManageApps(unitPath: null);
        return apps.InScope(user.ScopeOf(Permissions.ManageApps), app => app.UnitPath!, app => whole && app.UnitPath == null);
    }

    /// <summary>The apps that the user should look at: theirs to change, and reviewed by nobody or too long ago.</summary>
    public static IQueryable<RecommendedApp> DueFor(this IQueryable<RecommendedApp> apps, CurrentUser user, DateOnly today) =>
        apps.ManagedBy(user).Where(app => app.ReviewedOn == null || app.NextReviewOn < today);

    /// <summary>The apps that people of a unit can use: those of the whole province, of the unit and of those above it.</summary>
    public static IQueryable<RecommendedApp> UsedIn(this IQueryable<RecommendedApp> apps, string unitPath)
    {
        var paths = new UnitScope([unitPath]).WithAbove();
        return apps.Where(app => app.UnitPath == null || paths.Contains(app.UnitPath!));
    }

    private static IQueryable<RecommendedApp> Around(this IQueryable<RecommendedApp> apps, CurrentUser reader) => apps.AroundScope(reader.Units, app => app.UnitPath!, app => app.UnitPath == null);
}
