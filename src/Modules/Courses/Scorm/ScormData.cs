namespace TrainingSite.Courses.Scorm;

/// <summary>The sub-feature's tables.</summary>
public static class ScormData
{
    extension(SiteDbContext db)
    {
        /// <summary>SCORM packages.</summary>
        public DbSet<ScormPackage> ScormPackages => db.Set<ScormPackage>();

        /// <summary>What packages remember of people.</summary>
        public DbSet<ScormState> ScormStates => db.Set<ScormState>();
    }
}
