namespace TrainingSite.Search.Models;

/// <summary>The module's tables.</summary>
public static class SearchData
{
    extension(SiteDbContext db)
    {
        /// <summary>Documents in the index.</summary>
        public DbSet<IndexedDocument> IndexedDocuments => db.Set<IndexedDocument>();

        /// <summary>Their passages.</summary>
        public DbSet<IndexedPassage> IndexedPassages => db.Set<IndexedPassage>();

        /// <summary>Stored counts of features.</summary>
        public DbSet<FeatureStatistic> FeatureStatistics => db.Set<FeatureStatistic>();

        /// <summary>How far the index is.</summary>
        public DbSet<IndexState> IndexStates => db.Set<IndexState>();

        /// <summary>Abbreviations.</summary>
        public DbSet<Abbreviation> Abbreviations => db.Set<Abbreviation>();

        /// <summary>Groups of words that mean the same.</summary>
        public DbSet<SynonymGroup> SynonymGroups => db.Set<SynonymGroup>();

        /// <summary>What was looked for and not found.</summary>
        public DbSet<MissedSearch> MissedSearches => db.Set<MissedSearch>();
    }
}
