using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrainingSite.Courses.Offline;

/// <summary>What a device sends: what one person did there, in the order in which it was done.</summary>
/// <param name="Device">The device's own name.</param>
/// <param name="User">The account that it was done with; another one that is signed in now must not get it.</param>
/// <param name="SentAt">The device's clock at the moment of sending, by which a wrong clock is noticed.</param>
/// <param name="Items">The items, each as it is: one that cannot be read must not keep the others.</param>
public sealed record LearningBatch(string? Device, Guid? User, DateTimeOffset? SentAt, IReadOnlyList<JsonElement>? Items);

/// <summary>One item of a device's queue.</summary>
public sealed record LearningItem
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Made by the device; the same item sent twice counts once.</summary>
    public Guid Id { get; init; }

    /// <summary>What was done.</summary>
    public required LearningKind Kind { get; init; }

    /// <summary>When, by the device's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The lesson that was read.</summary>
    public Guid? Lesson { get; init; }

    /// <summary>The section that was reached; null for the beginning.</summary>
    public string? Anchor { get; init; }

    /// <summary>The paper that was answered.</summary>
    public Guid? Paper { get; init; }

    /// <summary>When the paper was begun, by the device's clock.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>For each question in order, the fields of its form as a browser would send them: names and values.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>>? Answers { get; init; }

    /// <summary>The item; null when it cannot be read as one.</summary>
    public static LearningItem? TryRead(JsonElement element)
    {
        try
        {
            return element.Deserialize<LearningItem>(Options) is { } item && item.Id != Guid.Empty ? item : null;
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
}

/// <summary>What became of an item.</summary>
public enum LearningOutcome
{
    /// <summary>Taken.</summary>
    Recorded,

    /// <summary>Was taken before.</summary>
    Duplicate,

    /// <summary>Not taken, and will not be if it is sent again as it is.</summary>
    Rejected,
}

/// <summary>The score of an attempt, as its person may know it.</summary>
/// <param name="Number">The person's first, second … attempt.</param>
/// <param name="Correct">Right answers.</param>
/// <param name="Total">Questions.</param>
/// <param name="Passed">Whether it passed.</param>
public sealed record LearningScore(int Number, int Correct, int Total, bool Passed);

/// <summary>The answer for one item.</summary>
/// <param name="Id">The item.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was refused, for programs.</param>
/// <param name="Message">Why it was refused, for people.</param>
/// <param name="Score">Of an attempt that was taken.</param>
public sealed record LearningAnswer(Guid Id, LearningOutcome Outcome, string? Reason = null, string? Message = null, LearningScore? Score = null);
