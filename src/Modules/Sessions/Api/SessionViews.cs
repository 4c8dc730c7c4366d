using TrainingSite.Organization.Models;
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
}

/// <summary>A part of a session.</summary>
public sealed record BlockView(int Number, DateTime Start, DateTime End, string Title);

/// <summary>Who is invited.</summary>
public sealed record InviteView(IReadOnlyList<string> Units, IReadOnlyList<TeamLevels> Levels, IReadOnlyList<TeamRoles> Roles);

/// <summary>A point.</summary>
public sealed record PointView(
    string Code, string? Unit, string Name, string? Venue, int? Capacity, string? Link, PointState State, string? ReasonCode, string? Reason, int? HeadCount, int? OnlineCount, DateTime? ClosedAt, int Version);

/// <summary>What a point needs to take attendance without a signal.</summary>
public sealed record SheetView(
    string Session, string Title, SessionState State, IReadOnlyList<string> Topics, IReadOnlyList<BlockView> Blocks, PointView Point, IReadOnlyList<SheetMember> Members, DateTime GeneratedAt);

/// <summary>A person on a sheet; the notice tells why they said beforehand that they would not come, empty without words.</summary>
public sealed record SheetMember(
    string Member, string Name, string Team, string TeamName, TeamRole Role, bool WalkIn, AttendanceStatus? Status, int Minutes, DateTime? FirstIn, DateTime? LastOut, bool Conflict, string? Notice);

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
