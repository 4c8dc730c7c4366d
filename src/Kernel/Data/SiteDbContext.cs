using System.Reflection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace TrainingSite.Kernel;

/// <summary>
/// The one context of the site. Each installed module adds its entities by <see cref="IEntityTypeConfiguration{T}"/>; tables are
/// called <c>Module_Entity</c>. Conventions: times are UTC, enums are words, text is NFC (R98).
/// </summary>
public sealed class SiteDbContext(DbContextOptions<SiteDbContext> options, ModuleCatalog catalog)
    : IdentityUserContext<SiteUser, Guid>(options)
{
    /// <summary>Whether the database is SQLite (else PostgreSQL).</summary>
    public bool IsSqlite => Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(30);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<SiteUser>(user =>
        {
            user.ToTable("Kernel_User");
            user.Property(u => u.DisplayName).HasMaxLength(200);
            user.Property(u => u.PhoneNumber).HasMaxLength(20);
            user.HasIndex(u => u.PhoneNumber).HasDatabaseName("IX_Kernel_User_PhoneNumber");
            user.HasIndex(u => u.NormalizedUserName).HasDatabaseName("IX_Kernel_User_NormalizedUserName").IsUnique();
            user.HasIndex(u => u.NormalizedEmail).HasDatabaseName("IX_Kernel_User_NormalizedEmail");
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("Kernel_UserClaim");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("Kernel_UserLogin");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("Kernel_UserToken");
        foreach (var assembly in catalog.Modules.Select(module => module.Assembly).Where(HasEntities))
        {
            builder.ApplyConfigurationsFromAssembly(assembly);
        }
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        PrepareChanges();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        PrepareChanges();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private static bool HasEntities(Assembly assembly) =>
        assembly.DefinedTypes.Any(type => type.ImplementedInterfaces.Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>)));

    private void PrepareChanges()
    {
        foreach (var entry in ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified))
        {
            if (entry is { State: EntityState.Modified, Entity: IVersioned versioned })
            {
                entry.Property(nameof(IVersioned.Version)).CurrentValue = versioned.Version + 1;
            }

            foreach (var property in entry.Properties)
            {
                if (property.CurrentValue is string text && VietnameseText.Normalize(text) is var normalized && !ReferenceEquals(normalized, text))
                {
                    property.CurrentValue = normalized;
                }
            }
        }
    }

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc),
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}

/// <summary>
/// A row that two people may edit at once. Map <see cref="Version"/> with <c>IsConcurrencyToken()</c>; it grows by one with each change,
/// and saving over somebody else's change throws <see cref="DbUpdateConcurrencyException"/>.
/// </summary>
public interface IVersioned
{
    /// <summary>Number of changes so far.</summary>
    int Version { get; }
}
