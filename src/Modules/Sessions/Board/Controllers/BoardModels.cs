using TrainingSite.Sessions.Board.Services;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Board.Controllers;

/// <summary>Which points a page of the board shows.</summary>
public sealed record BoardFilter
{
    /// <summary>Word of <see cref="State"/> for points without any sign of life.</summary>
    public const string NotStarted = "none";

    /// <summary>Word of <see cref="State"/> for points whose head count and marks differ.</summary>
    public const string Mismatch = "mismatch";

    /// <summary>Code of a district.</summary>
    public string? District { get; init; }

    /// <summary>A <see cref="PointState"/>, <see cref="NotStarted"/> or <see cref="Mismatch"/>.</summary>
    public string? State { get; init; }

    /// <summary>Part of a name, with or without accents, or of a code.</summary>
    public string? Q { get; init; }

    public bool IsEmpty => string.IsNullOrEmpty(District) && string.IsNullOrEmpty(State) && string.IsNullOrWhiteSpace(Q);

    internal bool Matches(BoardPoint point) =>
        (string.IsNullOrEmpty(District) || point.District == District)
        && (State is null or "" || (State == NotStarted ? !point.HasStarted : State == Mismatch ? point.HasMismatch : point.State.ToString() == State))
        && (string.IsNullOrWhiteSpace(Q) || VietnameseText.Fold(point.Place).Contains(VietnameseText.Fold(Q), StringComparison.Ordinal) || point.Code.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase));

    internal IReadOnlyDictionary<string, string> Route(string code) =>
        new Dictionary<string, string?> { ["code"] = code, ["district"] = District, ["state"] = State, ["q"] = Q }.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value!);
}

/// <summary>The live board.</summary>
public sealed class BoardModel
{
    public required TrainingSession Session { get; init; }

    /// <summary>All points that the reader may see; the counts at the top are of these.</summary>
    public required IReadOnlyList<BoardPoint> All { get; init; }

    /// <summary>Those that pass the filter.</summary>
    public required IReadOnlyList<BoardPoint> Shown { get; init; }

    /// <summary>Points that the reader takes care of.</summary>
    public required IReadOnlySet<Guid> Served { get; init; }

    public required BoardFilter Filter { get; init; }

    public required bool IsWall { get; init; }

    /// <summary>Whom to call about the points that have not started.</summary>
    public required ILookup<Guid, PointCall> Calls { get; init; }

    /// <summary>What a person should look at again.</summary>
    public required int Reviews { get; init; }

    public BoardTotals Totals => BoardTotals.Of(All);

    public IReadOnlyList<BoardPoint> NotStarted => [.. Shown.Where(point => !point.HasStarted)];

    public IEnumerable<IGrouping<(string Code, string Name), BoardPoint>> Groups => Shown.GroupBy(point => (point.District, point.DistrictName));

    public IEnumerable<(string Code, string Name)> Districts => All.Select(point => (point.District, point.DistrictName)).Where(district => district.District.Length > 0).Distinct();
}

/// <summary>One point on the board.</summary>
public sealed record TileModel(string Session, BoardPoint Point, bool IsServed);

/// <summary>One state for many points.</summary>
public sealed class StatesForm
{
    public List<string> Points { get; set; } = [];

    public PointState NewState { get; set; } = PointState.Absent;

    public string? ReasonCode { get; set; }

    public string? ReasonText { get; set; }

    /// <summary>Words win over the list: whoever wrote some meant them.</summary>
    internal string? Reason => !string.IsNullOrWhiteSpace(ReasonText) ? ReasonText : ReasonCode is { Length: > 0 } && ReasonCode != AbsenceReason.Other ? ReasonCode : null;
}

public sealed record StatesModel(TrainingSession Session, IReadOnlyList<BoardPoint> All, IReadOnlyList<BoardPoint> Shown, BoardFilter Filter, StatesForm Form, IReadOnlyList<AbsenceReason> Reasons, IReadOnlyList<Fault> Faults);
