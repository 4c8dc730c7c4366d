namespace TrainingSite.Courses.External;

/// <summary>The sub-feature's table.</summary>
public static class ExternalData
{
    extension(SiteDbContext db)
    {
        /// <summary>Courses completed elsewhere, undecided and refused ones too.</summary>
        public DbSet<ExternalCompletion> ExternalCompletions => db.Set<ExternalCompletion>();
    }
}
