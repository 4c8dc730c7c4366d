using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Makeup;

/// <summary>For whom a make-up is.</summary>
public enum MakeupScope
{
    /// <summary>Everybody on the list who was not there.</summary>
    People,

    /// <summary>Those of points that did not take part, lost the line or have no attendance.</summary>
    Points,
}

/// <summary>A make-up as its organizer asks for it.</summary>
/// <param name="Blocks">Parts in order.</param>
public sealed record MakeupDraft(IReadOnlyList<BlockDraft> Blocks)
{
    /// <summary>Code; null for a free one after the original's.</summary>
    public string? Code { get; init; }

    /// <summary>Title; null for one after the original's.</summary>
    public string? Title { get; init; }

    /// <summary>For whom.</summary>
    public MakeupScope Scope { get; init; }

    /// <summary>Codes of the original's points to which it is limited; null or empty for all that the scope holds.</summary>
    public IReadOnlyList<string>? Points { get; init; }

    /// <summary>Whether it is published at once.</summary>
    public bool Publish { get; init; }

    /// <summary>Whether times that are over are refused: who publishes at once sees no page that would say so.</summary>
    public bool MustBeAhead { get; init; }
}

/// <summary>What came of it.</summary>
/// <param name="Session">The make-up.</param>
/// <param name="People">People for whom it is.</param>
/// <param name="Points">Points of the original that they belong to.</param>
public sealed record MakeupOutcome(TrainingSession Session, int People, int Points);

/// <summary>Whom a session missed, and what is planned for them.</summary>
/// <param name="Original">The session.</param>
/// <param name="Points">Its points with somebody missed, in order of code.</param>
/// <param name="Reasons">How many for which reason, the most first.</param>
/// <param name="Makeups">Its make-ups by day.</param>
public sealed record MakeupOverview(TrainingSession Original, IReadOnlyList<MissedPoint> Points, IReadOnlyList<MissedReason> Reasons, IReadOnlyList<PlannedMakeup> Makeups)
{
    /// <summary>People missed.</summary>
    public int People => Points.Sum(point => point.People);

    /// <summary>The points that a make-up of that scope is for.</summary>
    public IReadOnlyList<MissedPoint> For(MakeupScope scope) => [.. Points.Where(point => scope == MakeupScope.People || point.IsMissed)];
}

/// <summary>A point of whose people some were not there.</summary>
/// <param name="Id">Key.</param>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="State">How it stood.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="IsMissed">Whether the point as a whole was missed.</param>
/// <param name="People">How many of its people.</param>
public sealed record MissedPoint(Guid Id, string Code, string Name, PointState State, string? Reason, bool IsMissed, int People);

/// <summary>Why people were missed.</summary>
/// <param name="Text">In words.</param>
/// <param name="People">How many.</param>
/// <param name="Points">At how many points.</param>
public sealed record MissedReason(string Text, int People, int Points);

/// <summary>A make-up that is planned or was held.</summary>
/// <param name="Code">Code.</param>
/// <param name="Title">Title.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="StartUtc">Start.</param>
/// <param name="Invited">People on its list; 0 while it is a draft.</param>
/// <param name="Attended">Of these there.</param>
public sealed record PlannedMakeup(string Code, string Title, SessionState State, DateTime StartUtc, int Invited, int Attended);
