using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Controllers;

/// <summary>A session in a list, with the reader's own place and mark.</summary>
public sealed record SessionCard(string Code, string Title, SessionState State, SessionMode Mode, DateTime StartUtc, DateTime EndUtc, string? Reason, int Points, string? MyPlace, AttendanceStatus? MyStatus)
{
    /// <summary>Whether it is a rehearsal.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>Code of the session that it makes up for.</summary>
    public string? MakeupOf { get; init; }
}

/// <param name="Makeups">Make-ups of the past sessions shown, by the original's code.</param>
public sealed record SessionListModel(Page<SessionCard> Coming, Page<SessionCard> Past, ILookup<string, SessionCard> Makeups, bool CanSchedule);

/// <summary>Where the reader is invited to.</summary>
public sealed record MyInvitation(string PointName, string? Venue, string? Link, PointState PointState, string? PointReason, AttendanceStatus? Status);

public sealed record PointLink(string Code, string Name);

/// <summary>A session's page: what everybody sees, what the reader is to do, and what its organizer steers.</summary>
public sealed class SessionShowModel
{
    public required TrainingSession Session { get; init; }

    public required IReadOnlyList<SessionBlock> Blocks { get; init; }

    public required IReadOnlyList<TopicChoice> Topics { get; init; }

    public required MyInvitation? Mine { get; init; }

    public required bool CanManage { get; init; }

    public required int Points { get; init; }

    public required int Invited { get; init; }

    /// <summary>Counts within the reader's scope; null for those who only take part.</summary>
    public required SessionFigures? Figures { get; init; }

    /// <summary>Points whose sheet the reader keeps.</summary>
    public required IReadOnlyList<PointLink> MyPoints { get; init; }

    /// <summary>How long before the start people would be reminded, if it were published now.</summary>
    public required IReadOnlyList<TimeSpan> RemindersAhead { get; init; }

    /// <summary>Whether the reader may let it wait for its time again.</summary>
    public bool MayWait { get; init; }

    /// <summary>What the organizer just asked for and could not have; null otherwise.</summary>
    public RefusedPostponement? Refused { get; init; }
}

/// <summary>A postponement as it was typed, with what is wrong with it.</summary>
public sealed record RefusedPostponement(IReadOnlyList<ScheduleBlock> Blocks, string? Reason, IReadOnlyList<Fault> Faults);
