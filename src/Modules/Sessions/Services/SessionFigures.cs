using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>Counts of one session, over a point, a commune, a district or the whole.</summary>
public sealed record AttendanceFigures
{
    /// <summary>People on the frozen list, or as reported where there are no names.</summary>
    public int Invited { get; init; }

    /// <summary>Marked present from beginning to end.</summary>
    public int Present { get; init; }

    /// <summary>There, but late.</summary>
    public int Late { get; init; }

    /// <summary>There, but left early.</summary>
    public int LeftEarly { get; init; }

    /// <summary>Marked absent; once the session is closed, without a mark too.</summary>
    public int Absent { get; init; }

    /// <summary>Absent, and had asked before; once the session is closed, without a mark but with a notice too.</summary>
    public int Excused { get; init; }

    /// <summary>Without a mark while the session is not closed.</summary>
    public int Unmarked { get; init; }

    /// <summary>Who came uninvited; they count as attended, not as invited.</summary>
    public int WalkIns { get; init; }

    /// <summary>People counted in rooms and on lines; null where nobody counted.</summary>
    public int? HeadCount { get; init; }

    /// <summary>Of these on lines; null where nobody counted.</summary>
    public int? OnlineCount { get; init; }

    /// <summary>People who took part: by name where there are names, else as counted.</summary>
    public int Attended { get; init; }

    /// <summary>Teams of which somebody took part.</summary>
    public int Teams { get; init; }

    /// <summary>Of the invited who were not there: those who were in a make-up since. They stay absent or excused here, and count nowhere twice.</summary>
    public int MadeUp { get; init; }

    /// <summary>Marks by name.</summary>
    public int Named => Present + Late + LeftEarly;

    /// <summary>Two parts of the whole together.</summary>
    public static AttendanceFigures operator +(AttendanceFigures left, AttendanceFigures right) => new()
    {
        Invited = left.Invited + right.Invited,
        Present = left.Present + right.Present,
        Late = left.Late + right.Late,
        LeftEarly = left.LeftEarly + right.LeftEarly,
        Absent = left.Absent + right.Absent,
        Excused = left.Excused + right.Excused,
        Unmarked = left.Unmarked + right.Unmarked,
        WalkIns = left.WalkIns + right.WalkIns,
        HeadCount = Sum(left.HeadCount, right.HeadCount),
        OnlineCount = Sum(left.OnlineCount, right.OnlineCount),
        Attended = left.Attended + right.Attended,
        Teams = left.Teams + right.Teams,
        MadeUp = left.MadeUp + right.MadeUp,
    };

    private static int? Sum(int? left, int? right) => left is null ? right : left + (right ?? 0);
}

/// <summary>A point and its counts.</summary>
/// <param name="Id">Key.</param>
/// <param name="Code">Code in the session.</param>
/// <param name="Name">Name.</param>
/// <param name="CommuneCode">The commune it lies in; null for a hall of the whole.</param>
/// <param name="State">How it stands.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="IsClosed">Whether its sheet is closed.</param>
/// <param name="Figures">Its counts.</param>
public sealed record PointFigures(Guid Id, string Code, string Name, string? CommuneCode, PointState State, string? Reason, bool IsClosed, AttendanceFigures Figures)
{
    /// <summary>Whether it takes or took part.</summary>
    public bool IsPresent => TakesPart(State, Figures.Attended);

    /// <summary>
    /// The rule for reports and the live board. People who are there say more than any state: a point that lost its line took part, and one
    /// that was called absent over their heads too.
    /// </summary>
    /// <param name="state">How it stands.</param>
    /// <param name="people">Who is there, by name or as counted.</param>
    internal static bool TakesPart(PointState state, int people) => people > 0 || state is PointState.Connected or PointState.Late;

    /// <summary>Whether the head count and the marks by name differ, where there are both.</summary>
    public bool HasMismatch => Figures is { HeadCount: { } counted, Named: > 0 and var named } && counted != named;
}

/// <summary>A commune or district and its counts.</summary>
/// <param name="Code">Code of the unit.</param>
/// <param name="Name">Name.</param>
/// <param name="Path">Path.</param>
/// <param name="Points">Its points.</param>
/// <param name="PointsPresent">Of these present.</param>
/// <param name="Communes">Communes with a point or somebody invited (1 for a commune).</param>
/// <param name="CommunesPresent">Of these present.</param>
/// <param name="Reason">Of an absent commune: why, in words.</param>
/// <param name="Figures">Its counts.</param>
public sealed record UnitFigures(string Code, string Name, string Path, int Points, int PointsPresent, int Communes, int CommunesPresent, string? Reason, AttendanceFigures Figures)
{
    /// <summary>Whether anybody of it took part.</summary>
    public bool IsPresent => CommunesPresent > 0;
}

/// <summary>All counts of a session.</summary>
/// <param name="Whole">The whole that the reader may see.</param>
/// <param name="Districts">Its districts in order of code.</param>
/// <param name="Communes">Its communes in order of code.</param>
/// <param name="Points">Its points in order of code.</param>
/// <param name="HasTeams">Whether teams are known: past lists may not tell.</param>
/// <param name="HasBegun">Whether its time has come, or it is closed: before that nobody is absent but who said so, however early it was opened.</param>
public sealed record SessionFigures(AttendanceFigures Whole, IReadOnlyList<UnitFigures> Districts, IReadOnlyList<UnitFigures> Communes, IReadOnlyList<PointFigures> Points, bool HasTeams, bool HasBegun)
{
    /// <summary>Points that take or took part.</summary>
    public int PointsPresent => Points.Count(point => point.IsPresent);

    /// <summary>Communes that take or took part.</summary>
    public int CommunesPresent => Communes.Count(commune => commune.IsPresent);

    /// <summary>Communes that do not.</summary>
    public IEnumerable<UnitFigures> CommunesAbsent => Communes.Where(commune => !commune.IsPresent && (HasBegun || commune.Reason is not null));
}
