using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Cards;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Api;

/// <summary>A session as the API shows it.</summary>
public sealed record SessionView(
    string Code,
    string Title,
    string Description,
    SessionMode Mode,
    SessionState State,
    string? Reason,
    string Organizer,
    string Organizers,
    string Trainers,
    DateTime Start,
    DateTime End,
    IReadOnlyList<string> Topics,
    IReadOnlyList<BlockView> Blocks,
    InviteView Invite,
    int Invited,
    DateTime? PublishedAt,
    DateTime? ClosedAt,
    int Version,
    IReadOnlyList<PointView> Points)
{
    /// <summary>Whether it is a rehearsal, which counts nowhere.</summary>
    public bool Rehearsal { get; init; }

    /// <summary>Code of the session that it makes up for.</summary>
    public string? MakeupOf { get; init; }

    /// <summary>When it closes and when sheets are due.</summary>
    public required DeadlinesView Deadlines { get; init; }
}

/// <summary>When a session closes and when its sheets are due.</summary>
/// <param name="CloseAfterMinutes">Minutes after the end; null when a person closes it.</param>
/// <param name="HandInHours">Hours after the end; null when there is no limit.</param>
/// <param name="ClosesAt">When the clock closes it.</param>
/// <param name="HandInBy">Until when points hand in, unless they have a time of their own.</param>
public sealed record DeadlinesView(int? CloseAfterMinutes, int? HandInHours, DateTime? ClosesAt, DateTime? HandInBy);

/// <summary>A part of a session.</summary>
public sealed record BlockView(int Number, DateTime Start, DateTime End, string Title);

/// <summary>Who is invited.</summary>
public sealed record InviteView(IReadOnlyList<string> Units, IReadOnlyList<TeamLevels> Levels, IReadOnlyList<TeamRoles> Roles);

/// <summary>A point.</summary>
public sealed record PointView(
    string Code, string? Unit, string Name, string? Venue, int? Capacity, string? Link, PointState State, string? ReasonCode, string? Reason, int? HeadCount, int? OnlineCount, DateTime? ClosedAt, int Version)
{
    /// <summary>Hours after the end in which it hands in its sheet, where it has a time of its own.</summary>
    public int? HandInHours { get; init; }

    /// <summary>Until when it hands in its sheet.</summary>
    public DateTime? HandInBy { get; init; }
}

/// <summary>What a point needs to take attendance without a signal.</summary>
public sealed record SheetView(
    string Session, string Title, SessionState State, IReadOnlyList<string> Topics, IReadOnlyList<BlockView> Blocks, PointView Point, IReadOnlyList<SheetMember> Members, DateTime GeneratedAt)
{
    /// <summary>From when marks are taken; a sheet fetched earlier opens by itself then.</summary>
    public required DateTime OpensAt { get; init; }

    /// <summary>Checks members' cards without a signal: ECDSA P-256, base64 of the SubjectPublicKeyInfo. The signature is r and s in 64 bytes, base64url.</summary>
    public required string CardKey { get; init; }

    /// <summary>Reasons for an absent point.</summary>
    public required IReadOnlyList<ReasonView> Reasons { get; init; }
}

/// <summary>A reason to choose from.</summary>
public sealed record ReasonView(string Code, string Name);

/// <summary>A person on a sheet; the notice tells why they said beforehand that they would not come, empty without words.</summary>
public sealed record SheetMember(
    string Member, string Name, string Team, string TeamName, TeamRole Role, bool WalkIn, AttendanceStatus? Status, int Minutes, DateTime? FirstIn, DateTime? LastOut, bool Conflict, string? Notice)
{
    /// <summary>Number of the card that counts; a scanned card with another number is void.</summary>
    public int CardIssue { get; init; } = CardService.FirstIssue;

    /// <summary>Number and check letter on the point's printed list; null for whoever stands on another point's.</summary>
    public string? PaperCode { get; init; }
}

/// <summary>A person's attendance.</summary>
public sealed record AttendanceView(
    string Member,
    string Name,
    string Team,
    string TeamName,
    string? Commune,
    string Point,
    AttendanceStatus Status,
    int Minutes,
    DateTime? FirstIn,
    DateTime? LastOut,
    AttendanceMethod? Method,
    bool Conflict,
    bool WalkIn);

/// <summary>Counts.</summary>
public sealed record FiguresView(
    int Invited, int Present, int Late, int LeftEarly, int Absent, int Excused, int Unmarked, int WalkIns, int Attended, int? HeadCount, int? OnlineCount)
{
    /// <summary>Of those not there: people who were there in a make-up.</summary>
    public int MadeUp { get; init; }

    /// <summary>As the API shows it.</summary>
    internal static FiguresView From(AttendanceFigures figures) => new(
        figures.Invited, figures.Present, figures.Late, figures.LeftEarly, figures.Absent, figures.Excused, figures.Unmarked, figures.WalkIns, figures.Attended, figures.HeadCount, figures.OnlineCount)
    {
        MadeUp = figures.MadeUp,
    };
}

/// <summary>Counts of a point.</summary>
public sealed record PointSummary(string Code, string Name, string? Commune, PointState State, string? Reason, bool Mismatch, FiguresView Counts);

/// <summary>Counts of a commune or district.</summary>
public sealed record UnitSummary(string Code, string Name, int Points, int PointsPresent, int Communes, int CommunesPresent, string? Reason, FiguresView Counts);

/// <summary>Counts of the whole.</summary>
public sealed record WholeSummary(
    int Points, int PointsPresent, int Communes, int CommunesPresent, int? TeamsPresent, IReadOnlyDictionary<string, int> PointsByState, FiguresView Counts);

/// <summary>All counts of a session.</summary>
public sealed record SummaryView(
    string Code, SessionState State, WholeSummary Whole, IReadOnlyList<UnitSummary> Districts, IReadOnlyList<UnitSummary> Communes, IReadOnlyList<PointSummary> Points);
