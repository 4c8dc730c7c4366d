using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrainingSite.Sessions.Board.Services;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Board.Api;

/// <summary>The live board as programs read it: all points, or only those that changed since the event before.</summary>
internal sealed record LiveView(string Code, SessionState State, DateTime At, LiveTotals Totals, IReadOnlyList<LivePoint> Points)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>On one line, as an event's data must be.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);
}

/// <summary>Counts of all points that the reader may see.</summary>
internal sealed record LiveTotals(int Points, int PointsPresent, int NotStarted, int Invited, int Present)
{
    public static LiveTotals From(BoardTotals totals) => new(totals.Points, totals.PointsPresent, totals.NotStarted, totals.Invited, totals.Present);
}

/// <summary>A point.</summary>
internal sealed record LivePoint(
    string Code, string Name, string District, int Invited, int Present, int Marked, int Conflicts, int? Counted, int? OnlineCount, bool Mismatch, PointState State, string? Reason, DateTime? ContactAt, bool Started, bool Closed)
{
    public static LivePoint From(BoardPoint point) => new(
        point.Code, point.Place, point.District, point.Invited, point.Present, point.Marked, point.Conflicts, point.Counted, point.Online, point.HasMismatch, point.State, point.Reason, point.ContactUtc, point.HasStarted, point.IsClosed);
}
