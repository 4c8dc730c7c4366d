using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Accounts.Models;

/// <summary>A code that a leader hands out, with which the person sets a password once (R97).</summary>
public sealed class ActivationCode
{
    internal ActivationCode()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The account that it opens.</summary>
    public Guid UserId { get; internal set; }

    /// <summary>The code, hashed as slowly as a password: eight letters alone would be found by trying.</summary>
    public string CodeHash { get; internal set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; internal set; }

    /// <summary>Until when it works, UTC.</summary>
    public DateTime ExpiresUtc { get; internal set; }

    /// <summary>When a password was set with it; null while it was not.</summary>
    public DateTime? UsedUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ActivationCode>
    {
        public void Configure(EntityTypeBuilder<ActivationCode> builder)
        {
            builder.ToTable("Accounts_ActivationCode");
            builder.Property(code => code.CodeHash).HasMaxLength(200);
            builder.HasOne<SiteUser>().WithMany().HasForeignKey(code => code.UserId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(code => code.UserId);
        }
    }
}
