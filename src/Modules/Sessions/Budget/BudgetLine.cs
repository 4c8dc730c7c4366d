using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Budget;

/// <summary>What money is spent on.</summary>
public enum BudgetKind
{
    /// <summary>Hall, power, cleaning.</summary>
    Venue,

    /// <summary>Water and food.</summary>
    Catering,

    /// <summary>Ways of people.</summary>
    Travel,

    /// <summary>Who teaches.</summary>
    Training,

    /// <summary>Paper and printing.</summary>
    Printing,

    /// <summary>Hire and repair of devices, line.</summary>
    Equipment,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>One line of a session's budget (R46), for a point or for the session as a whole.</summary>
public sealed class BudgetLine
{
    internal BudgetLine()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>The point; null for the session as a whole.</summary>
    public Guid? PointId { get; internal set; }

    /// <summary>What it is spent on.</summary>
    public BudgetKind Kind { get; internal set; }

    /// <summary>In words: "Nước uống cho 40 người".</summary>
    public string Text { get; internal set; } = "";

    /// <summary>How many.</summary>
    public int Quantity { get; internal set; }

    /// <summary>What the line costs in all, in đồng.</summary>
    public long Amount { get; internal set; }

    /// <summary>Who wrote it down.</summary>
    public string EnteredBy { get; internal set; } = "";

    /// <summary>When.</summary>
    public DateTime EnteredUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<BudgetLine>
    {
        public void Configure(EntityTypeBuilder<BudgetLine> builder)
        {
            builder.ToTable("Sessions_BudgetLine");
            builder.Property(line => line.Text).HasMaxLength(200);
            builder.Property(line => line.EnteredBy).HasMaxLength(200);
            builder.HasOne<TrainingSession>().WithMany().HasForeignKey(line => line.SessionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<SessionPoint>().WithMany().HasForeignKey(line => line.PointId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A device that a point needs (R46).</summary>
public sealed class PointEquipment
{
    internal PointEquipment()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The point.</summary>
    public Guid PointId { get; internal set; }

    /// <summary>What: "Máy chiếu".</summary>
    public string Name { get; internal set; } = "";

    /// <summary>How many.</summary>
    public int Quantity { get; internal set; }

    /// <summary>Whether it is there and works.</summary>
    public bool IsReady { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PointEquipment>
    {
        public void Configure(EntityTypeBuilder<PointEquipment> builder)
        {
            builder.ToTable("Sessions_Equipment");
            builder.Property(equipment => equipment.Name).HasMaxLength(200);
            builder.HasOne<SessionPoint>().WithMany().HasForeignKey(equipment => equipment.PointId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
