namespace TrainingSite.Courses.Mastery;

/// <summary>The sub-feature's table.</summary>
public static class MasteryData
{
    extension(SiteDbContext db)
    {
        /// <summary>Who can do what, by their own word and by their leader's.</summary>
        public DbSet<SkillMastery> SkillMasteries => db.Set<SkillMastery>();
    }
}
