using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Library.Models;
using TrainingSite.Sessions.Materials;

namespace TrainingSite.Sessions.QuestionEntries;

/// <summary>That an answered question was brought into the library (R91). It goes with either of the two.</summary>
public sealed class SessionQuestionEntry
{
    internal SessionQuestionEntry()
    {
    }

    /// <summary>The question.</summary>
    public Guid QuestionId { get; internal set; }

    /// <summary>What it became.</summary>
    public Guid DocumentId { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<SessionQuestionEntry>
    {
        public void Configure(EntityTypeBuilder<SessionQuestionEntry> builder)
        {
            builder.ToTable("Sessions_QuestionEntry");
            builder.HasKey(entry => entry.QuestionId);
            builder.HasOne<SessionQuestion>().WithOne().HasForeignKey<SessionQuestionEntry>(entry => entry.QuestionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Document>().WithMany().HasForeignKey(entry => entry.DocumentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(entry => entry.DocumentId);
        }
    }
}
