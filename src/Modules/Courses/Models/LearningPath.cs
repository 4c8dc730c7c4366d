using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Models;

/// <summary>Courses in an order that suits an audience: a role in a team of a level (R31). It recommends, it never locks.</summary>
public sealed class LearningPath : IVersioned
{
    internal LearningPath()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Its name in addresses and recipes: <c>to-truong-to-pho</c>.</summary>
    public string Slug { get; internal set; } = "";

    /// <summary>Title.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>One or two sentences: what one can do at its end.</summary>
    public string Summary { get; internal set; } = "";

    /// <summary>For members in these roles.</summary>
    public TeamRoles Roles { get; internal set; }

    /// <summary>For teams of these levels.</summary>
    public TeamLevels Levels { get; internal set; }

    /// <summary>Position among the paths; of two that fit equally well the lower is recommended.</summary>
    public int Order { get; internal set; }

    /// <summary>Whether others than its authors see it.</summary>
    public bool IsPublished { get; internal set; }

    /// <summary>When it was last changed, UTC.</summary>
    public DateTime UpdatedUtc { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    /// <summary>Its courses.</summary>
    public IReadOnlyCollection<LearningPathCourse> Courses { get; internal set; } = new List<LearningPathCourse>();

    internal sealed class Configuration : IEntityTypeConfiguration<LearningPath>
    {
        public void Configure(EntityTypeBuilder<LearningPath> builder)
        {
            builder.ToTable("Courses_LearningPath");
            builder.Property(path => path.Slug).HasMaxLength(100);
            builder.Property(path => path.Title).HasMaxLength(200);
            builder.Property(path => path.Summary).HasMaxLength(500);
            builder.Property(path => path.Roles).HasMaxLength(60);
            builder.Property(path => path.Version).IsConcurrencyToken();
            builder.HasIndex(path => path.Slug).IsUnique();
        }
    }
}

/// <summary>A course's place in a path.</summary>
public sealed class LearningPathCourse
{
    internal LearningPathCourse()
    {
    }

    /// <summary>Of which path.</summary>
    public Guid PathId { get; internal set; }

    /// <summary>Of which path.</summary>
    public LearningPath Path { get; internal set; } = null!;

    /// <summary>Which course.</summary>
    public Guid CourseId { get; internal set; }

    /// <summary>Which course.</summary>
    public Course Course { get; internal set; } = null!;

    /// <summary>Position in the path, from 1.</summary>
    public int Position { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<LearningPathCourse>
    {
        public void Configure(EntityTypeBuilder<LearningPathCourse> builder)
        {
            builder.ToTable("Courses_LearningPathCourse");
            builder.HasKey(step => new { step.PathId, step.CourseId });
            builder.HasOne(step => step.Path).WithMany(path => path.Courses).HasForeignKey(step => step.PathId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(step => step.Course).WithMany().HasForeignKey(step => step.CourseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(step => step.CourseId);
        }
    }
}
