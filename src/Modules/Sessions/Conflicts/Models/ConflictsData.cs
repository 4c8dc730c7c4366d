namespace TrainingSite.Sessions.Conflicts.Models;

/// <summary>The sub-feature's tables.</summary>
public static class ConflictsData
{
    extension(SiteDbContext db)
    {
        /// <summary>Events that a person has looked at.</summary>
        public DbSet<ReviewedEvent> ReviewedEvents => db.Set<ReviewedEvent>();

        /// <summary>Appeals.</summary>
        public DbSet<Appeal> Appeals => db.Set<Appeal>();
    }
}
