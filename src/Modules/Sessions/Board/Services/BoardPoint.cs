using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Board.Services;

/// <summary>A point as the live board shows it. Two that are equal look the same.</summary>
public sealed record BoardPoint
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Code in the session.</summary>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the unit that it serves; the point's own name where it serves none.</summary>
    public required string Place { get; init; }

    /// <summary>Path of the unit.</summary>
    public required string Path { get; init; }

    /// <summary>Code of the district; empty for a hall of the whole and where there are no districts.</summary>
    public required string District { get; init; }

    /// <summary>Name of the district.</summary>
    public required string DistrictName { get; init; }

    /// <summary>People invited to it.</summary>
    public int Invited { get; init; }

    /// <summary>People who are there: by name where there are names, else as counted.</summary>
    public int Present { get; init; }

    /// <summary>People with any mark here.</summary>
    public int Marked { get; init; }

    /// <summary>Of these, people about whom two devices disagree.</summary>
    public int Conflicts { get; init; }

    /// <summary>People counted in the room and on the line; null when nobody counted.</summary>
    public int? Counted { get; init; }

    /// <summary>Of these on the line; null when nobody counted.</summary>
    public int? Online { get; init; }

    /// <summary>How it stands.</summary>
    public PointState State { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was last heard of, to the minute; null when never.</summary>
    public DateTime? ContactUtc { get; init; }

    /// <summary>Whether its sheet is closed.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Whether anything was heard of it: a mark, a state, a contact.</summary>
    public bool HasStarted => State != PointState.Planned || Marked > 0 || Present > 0 || ContactUtc is not null;

    /// <summary>Whether it takes or took part.</summary>
    public bool IsPresent => PointFigures.TakesPart(State, Present);

    /// <summary>Whether the head count and the marks by name differ, where there are both.</summary>
    public bool HasMismatch => Counted is { } counted && Marked > 0 && Present > 0 && counted != Present;
}

/// <summary>Counts of some points.</summary>
/// <param name="Points">Points.</param>
/// <param name="PointsPresent">Of these present.</param>
/// <param name="NotStarted">Of these without any sign of life.</param>
/// <param name="Invited">People invited.</param>
/// <param name="Present">People there.</param>
public sealed record BoardTotals(int Points, int PointsPresent, int NotStarted, int Invited, int Present)
{
    /// <summary>The counts of these points.</summary>
    public static BoardTotals Of(IReadOnlyCollection<BoardPoint> points) => new(
        points.Count, points.Count(point => point.IsPresent), points.Count(point => !point.HasStarted), points.Sum(point => point.Invited), points.Sum(point => point.Present));
}

/// <summary>All points of a session at one moment.</summary>
/// <param name="Epoch">Names the run of counting; versions of another run mean nothing here.</param>
/// <param name="Version">Grows with each change.</param>
/// <param name="Revision">The session's revision: points and rights may differ in another.</param>
/// <param name="State">Where the session is in its life.</param>
/// <param name="Entries">The points in order of district and code, each with the version in which it last changed.</param>
public sealed record BoardPicture(string Epoch, long Version, int Revision, SessionState State, IReadOnlyList<BoardEntry> Entries);

/// <summary>A point and the version in which it last changed.</summary>
/// <param name="Point">The point.</param>
/// <param name="Version">The version.</param>
public sealed record BoardEntry(BoardPoint Point, long Version);
