using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Controllers;

/// <summary>The attendance sheet of one point.</summary>
public sealed class SheetModel
{
    public required SessionPoint Point { get; init; }

    public required TrainingSession Session { get; init; }

    /// <summary>Why no marks are taken now; null while they are.</summary>
    public string? ClosedBecause { get; init; }

    public bool IsOpen => ClosedBecause is null;

    public required IReadOnlyList<SheetRow> Rows { get; init; }

    public required IReadOnlyList<AbsenceReason> Reasons { get; init; }

    public int Count(params AttendanceStatus[] statuses) => Rows.Count(row => statuses.Contains(row.Status));

    public int Present => Count(AttendanceStatus.Present, AttendanceStatus.Late, AttendanceStatus.LeftEarly);
}

/// <summary>One person on the sheet.</summary>
public sealed record SheetRow(string Code, string Name, string Team, AttendanceStatus Status, bool IsWalkIn, bool HasConflict);

/// <summary>Marks as the page's script sends them.</summary>
/// <param name="Device">The browser's own id.</param>
/// <param name="Events">The marks, oldest first.</param>
/// <param name="SentAt">What the device's clock says while it sends; a clock that is wrong is put right by it.</param>
public sealed record SheetEvents(string Device, IReadOnlyList<SheetEvent> Events, DateTimeOffset? SentAt = null);

/// <summary>One mark.</summary>
/// <param name="Id">Made by the browser; the same mark sent twice counts once.</param>
/// <param name="Member">Code of the person.</param>
/// <param name="Kind">in, late, left_early, absent, excused, or none to take a mark back.</param>
/// <param name="At">When, by the device's clock.</param>
public sealed record SheetEvent(Guid Id, string Member, string Kind, DateTimeOffset At);

/// <summary>Somebody who came uninvited, and who else could be meant by what was typed.</summary>
public sealed record WalkInModel(string SessionCode, SessionPoint Point, string Query, IReadOnlyList<WalkInCandidate> Candidates);

public sealed record WalkInCandidate(string Code, string Name, string Team, string Unit);
