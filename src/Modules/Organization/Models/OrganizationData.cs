namespace TrainingSite.Organization.Models;

/// <summary>The module's tables, and what was true on a day.</summary>
public static class OrganizationData
{
    extension(SiteDbContext db)
    {
        /// <summary>Administrative units of all periods.</summary>
        public DbSet<AdministrativeUnit> Units => db.Set<AdministrativeUnit>();

        /// <summary>Teams, past and present.</summary>
        public DbSet<CommunityTeam> Teams => db.Set<CommunityTeam>();

        /// <summary>People.</summary>
        public DbSet<Person> People => db.Set<Person>();

        /// <summary>Memberships, past and present.</summary>
        public DbSet<Membership> Memberships => db.Set<Membership>();

        /// <summary>Size limits by date and scope.</summary>
        public DbSet<TeamSizeLimit> TeamSizeLimits => db.Set<TeamSizeLimit>();
    }

    /// <summary>The units that existed on a day.</summary>
    public static IQueryable<AdministrativeUnit> On(this IQueryable<AdministrativeUnit> units, DateOnly day) =>
        units.Where(unit => unit.ValidFrom <= day && (unit.ValidTo == null || unit.ValidTo > day));

    /// <summary>The founded teams that existed on a day.</summary>
    public static IQueryable<CommunityTeam> On(this IQueryable<CommunityTeam> teams, DateOnly day) =>
        teams.Where(team => team.State == TeamState.Active && team.ValidFrom <= day && (team.ValidTo == null || team.ValidTo > day));

    /// <summary>The memberships that held on a day, collaborators included.</summary>
    public static IQueryable<Membership> On(this IQueryable<Membership> memberships, DateOnly day) =>
        memberships.Where(membership => membership.ValidFrom <= day && (membership.ValidTo == null || membership.ValidTo > day));
}
