using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Offline;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Controllers;

/// <summary>The attendance sheet of one point.</summary>
public sealed class SheetModel
{
    public required SessionPoint Point { get; init; }

    public required TrainingSession Session { get; init; }

    /// <summary>Whose page it is: what this device keeps belongs to the account.</summary>
    public required Guid? UserId { get; init; }

    public required string UserName { get; init; }

    /// <summary>When the page was made: a device shows over it only what it learnt since.</summary>
    public required DateTime GeneratedUtc { get; init; }

    /// <summary>Why no marks are taken; null while they are.</summary>
    public string? ClosedBecause { get; init; }

    public bool IsOpen => ClosedBecause is null;

    /// <summary>Whether the list can be handed in: also after the session was closed, which the clock may do before the list is due.</summary>
    public bool MayHandIn => Point.ClosedUtc is null && Session.State is not (SessionState.Draft or SessionState.Cancelled);

    /// <summary>Whether the list can be taken up again: marks are taken only while the session is not closed.</summary>
    public bool MayReopen => Point.ClosedUtc is not null && Session.State is (SessionState.Published or SessionState.Open);

    /// <summary>From when marks are taken; null when they are now. A page fetched the day before opens by itself.</summary>
    public DateTime? OpensUtc { get; init; }

    /// <summary>Public key of the members' cards, base64 of its SPKI; null while there are no cards.</summary>
    public string? CardKey { get; init; }

    /// <summary>Who came and whose code nobody knew.</summary>
    public required IReadOnlyList<Guest> Guests { get; init; }

    public required IReadOnlyList<SheetRow> Rows { get; init; }

    public required IReadOnlyList<AbsenceReason> Reasons { get; init; }

    /// <summary>Whether people on the line are counted here too: nobody is asked for them where all sit in the room.</summary>
    public bool CountsOnline => Session.Mode != SessionMode.InPerson || Point.OnlineCount is not null;

    /// <summary>People counted in the room and on the line; null when nobody counted.</summary>
    public int? Counted => Point.HeadCount is null && Point.OnlineCount is null ? null : (Point.HeadCount ?? 0) + (Point.OnlineCount ?? 0);

    public int Count(params AttendanceStatus[] statuses) => Rows.Count(row => row.Elsewhere is null && statuses.Contains(row.Status));

    public int Unmarked => Count(AttendanceStatus.Unmarked);

    public int Present => Count(AttendanceStatus.Present, AttendanceStatus.Late, AttendanceStatus.LeftEarly);
}

/// <summary>One person on the sheet.</summary>
public sealed record SheetRow(string Code, string Name, string Team, AttendanceStatus Status, bool IsWalkIn, bool HasConflict)
{
    /// <summary>Last time out; null when the person stayed.</summary>
    public DateTime? OutUtc { get; init; }

    /// <summary>Why the person said beforehand that they would not come: empty without words, null when they said nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>The other point to which the person is invited, who is here; null for this one.</summary>
    public string? InvitedTo { get; init; }

    /// <summary>The other point where the person is; null when they are here or nowhere.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>The word of <c>data-state</c>.</summary>
    public string Mark => Elsewhere is null ? Status.ToMark() : "elsewhere";

    /// <summary>Number of the valid card: older ones are void.</summary>
    public int CardIssue { get; init; } = 1;

    /// <summary>Code on the printed list of the point; null when none was printed.</summary>
    public string? PaperCode { get; init; }
}

/// <summary>A row with what its markup needs.</summary>
/// <param name="Row">The person.</param>
/// <param name="IsOpen">Whether marks are taken.</param>
public sealed record SheetRowModel(SheetRow Row, bool IsOpen)
{
    /// <summary>What the page's script fills in for who came without being on the list.</summary>
    public static SheetRowModel Blank(bool isOpen) => new(new SheetRow("", "", "", AttendanceStatus.Unmarked, IsWalkIn: true, HasConflict: false), isOpen);
}

/// <summary>Somebody who came uninvited, and who else could be meant by what was typed.</summary>
public sealed record WalkInModel(string SessionCode, SessionPoint Point, string Query, IReadOnlyList<WalkInCandidate> Candidates);

public sealed record WalkInCandidate(string Code, string Name, string Team, string Unit);
