using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Accounts.Models;

/// <summary>A bearer token of the API. Only its hash is kept; the token itself is shown once.</summary>
public sealed class ApiToken
{
    internal ApiToken()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The account in whose name it acts.</summary>
    public Guid UserId { get; internal set; }

    /// <summary>What its owner calls it.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>SHA-256 in hexadecimal; enough for a secret of 256 random bits.</summary>
    public string TokenHash { get; internal set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; internal set; }

    /// <summary>Until when it works, UTC.</summary>
    public DateTime ExpiresUtc { get; internal set; }

    /// <summary>When it was last used, to within a few minutes; null when never.</summary>
    public DateTime? LastUsedUtc { get; internal set; }

    /// <summary>When its owner took it back; null while it works.</summary>
    public DateTime? RevokedUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ApiToken>
    {
        public void Configure(EntityTypeBuilder<ApiToken> builder)
        {
            builder.ToTable("Accounts_ApiToken");
            builder.Property(token => token.Name).HasMaxLength(100);
            builder.Property(token => token.TokenHash).HasMaxLength(64);
            builder.HasOne<SiteUser>().WithMany().HasForeignKey(token => token.UserId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(token => token.TokenHash).IsUnique();
            builder.HasIndex(token => token.UserId);
        }
    }
}
