using System.Text.Json;
using System.Text.Json.Serialization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Offline;

/// <summary>What a device sends: marks, reports of the point, guests without a code, in the order in which they were made.</summary>
/// <param name="Device">The device's own name.</param>
/// <param name="SentAt">Its clock at the moment of sending, by which a wrong clock is noticed.</param>
/// <param name="Items">The items, each as it is: one that cannot be read must not keep the others.</param>
public sealed record SheetBatch(string? Device, DateTimeOffset? SentAt, IReadOnlyList<JsonElement>? Items);

/// <summary>One item of a device's queue.</summary>
public sealed record SheetItem
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Made by the device; the same item sent twice counts once.</summary>
    public Guid Id { get; init; }

    /// <summary>A mark (in, out, late, left_early, absent, excused, none to take marks back), <c>report</c> or <c>guest</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>When, by the device's clock.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Code of the person whom a mark is about.</summary>
    public string? Member { get; init; }

    /// <summary>How the mark came about.</summary>
    public AttendanceMethod Method { get; init; }

    /// <summary>Minutes late or missed at the end.</summary>
    public int? Minutes { get; init; }

    /// <summary>Words.</summary>
    public string? Note { get; init; }

    /// <summary>Text of the card that was scanned.</summary>
    public string? Card { get; init; }

    /// <summary>Whether the person came without being on the list.</summary>
    public bool WalkIn { get; init; }

    /// <summary>What the point says of itself.</summary>
    public SheetReport? Report { get; init; }

    /// <summary>Name of a guest; of a marked person only for people who read the file.</summary>
    public string? Name { get; init; }

    /// <summary>Phone number of a guest.</summary>
    public string? Phone { get; init; }

    /// <summary>Village of a guest.</summary>
    public string? Village { get; init; }

    /// <summary>Device that made it, in a file that holds the queue of more than one.</summary>
    public string? Device { get; init; }

    /// <summary>Time to the millisecond, which both databases keep.</summary>
    [JsonIgnore]
    public DateTime AtUtc => At.UtcDateTime.AddTicks(-(At.UtcDateTime.Ticks % TimeSpan.TicksPerMillisecond));

    /// <summary>The item; null when it cannot be read as one.</summary>
    public static SheetItem? TryRead(JsonElement element)
    {
        try
        {
            return element.Deserialize<SheetItem>(Options) is { } item && item.Id != Guid.Empty ? item : null;
        }
        catch (JsonException)
        {
            // Written by another program or by hand: the answer says so for this item alone.
            return null;
        }
    }

    /// <summary>The id as far as it can be read, for the answer.</summary>
    public static Guid ReadId(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var value) ? value : Guid.Empty;

    /// <summary>The mark as the log knows it; null when the kind is none.</summary>
    public AttendanceInput? ToInput(string point) => SheetMark.Find(Kind) is not { } mark ? null : new(Id, Member ?? "", point, mark.Kind, Method, AtUtc)
    {
        Status = mark.Status,
        Minutes = Minutes,
        Note = Note,
        Card = Card,
        WalkIn = WalkIn,
    };
}

/// <summary>State, reason and head counts as the sheet's form says them.</summary>
/// <param name="State">How the point stands.</param>
/// <param name="Reason">Code from the list of reasons, or words.</param>
/// <param name="HeadCount">People counted in the room.</param>
/// <param name="OnlineCount">People counted on the line.</param>
public sealed record SheetReport(PointState? State, string? Reason, int? HeadCount, int? OnlineCount);

/// <summary>A mark on the sheet: the words of the page's buttons.</summary>
/// <param name="Kind">The event's kind.</param>
/// <param name="Status">For a correction: what is right.</param>
/// <param name="Shown">How it looks on the sheet.</param>
public sealed record SheetMark(AttendanceKind Kind, AttendanceStatus? Status, AttendanceStatus Shown)
{
    /// <summary>The mark of a button; null for an unknown word.</summary>
    public static SheetMark? Find(string word) => word switch
    {
        "in" => new(AttendanceKind.In, null, AttendanceStatus.Present),
        "out" => new(AttendanceKind.Out, null, AttendanceStatus.Present),
        "late" => new(AttendanceKind.Late, null, AttendanceStatus.Late),
        "left_early" => new(AttendanceKind.LeftEarly, null, AttendanceStatus.LeftEarly),
        "absent" => new(AttendanceKind.Absent, null, AttendanceStatus.Absent),
        "excused" => new(AttendanceKind.Excused, null, AttendanceStatus.Excused),
        "none" => new(AttendanceKind.Correction, null, AttendanceStatus.Unmarked),
        _ => null,
    };
}
