namespace TrainingSite.Accounts.Models;

/// <summary>The module's tables. The accounts themselves are <c>db.Users</c>.</summary>
public static class AccountsData
{
    extension(SiteDbContext db)
    {
        /// <summary>What the site knows of each account beside <see cref="SiteUser"/>.</summary>
        public DbSet<Account> Accounts => db.Set<Account>();

        /// <summary>Rights, past and present.</summary>
        public DbSet<Grant> Grants => db.Set<Grant>();

        /// <summary>Activation codes.</summary>
        public DbSet<ActivationCode> ActivationCodes => db.Set<ActivationCode>();

        /// <summary>PINs of people who share a phone.</summary>
        public DbSet<DevicePin> DevicePins => db.Set<DevicePin>();

        /// <summary>Tokens of the API.</summary>
        public DbSet<ApiToken> ApiTokens => db.Set<ApiToken>();
    }

    /// <summary>The rights that held on a day.</summary>
    public static IQueryable<Grant> On(this IQueryable<Grant> grants, DateOnly day) =>
        grants.Where(grant => grant.ValidFrom <= day && (grant.ValidTo == null || grant.ValidTo > day));
}
