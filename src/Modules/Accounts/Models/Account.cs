using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Accounts.Models;

/// <summary>What the site knows of an account beside <see cref="SiteUser"/>: whose it is, how to find it, whether it is in use.</summary>
public sealed class Account
{
    internal Account()
    {
    }

    /// <summary>Key; that of the <see cref="SiteUser"/>.</summary>
    public Guid UserId { get; internal set; }

    /// <summary>
    /// The person (a member of a team) that the account belongs to; null for staff who are in no team. Without a foreign key:
    /// people belong to a module further down, which this one does not know.
    /// </summary>
    public Guid? PersonId { get; internal set; }

    /// <summary>The display name without accents, to search by on a phone.</summary>
    public string NameFolded { get; internal set; } = "";

    /// <summary>Given name first, without accents: "nga lo thi". Vietnamese lists are sorted by given name.</summary>
    public string SortName { get; internal set; } = "";

    /// <summary>Since when nobody may sign in with it; null while it is in use.</summary>
    public DateTime? DisabledUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> builder)
        {
            builder.ToTable("Accounts_Account");
            builder.HasKey(account => account.UserId);
            builder.Property(account => account.UserId).ValueGeneratedNever();
            builder.Property(account => account.NameFolded).HasMaxLength(200);
            builder.Property(account => account.SortName).HasMaxLength(200);
            builder.HasOne<SiteUser>().WithOne().HasForeignKey<Account>(account => account.UserId).OnDelete(DeleteBehavior.Cascade);
            // One person, one account, also when two leaders press the button at once.
            builder.HasIndex(account => account.PersonId).IsUnique();
            builder.HasIndex(account => account.SortName);
        }
    }
}
