using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TrainingSite.Sessions.Cards;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Api;

/// <summary>
/// <c>POST /api/v1/sessions/{code}/attendance-events</c>. Not a controller: at thousands of requests a second the time goes into what
/// surrounds the work, so this one reads and writes its JSON directly.
/// </summary>
internal static partial class AttendanceEvents
{
    private const int MostEvents = 1000;

    private static readonly FrozenDictionary<string, AttendanceKind> Kinds = Words<AttendanceKind>();
    private static readonly FrozenDictionary<string, AttendanceMethod> Methods = Words<AttendanceMethod>();
    private static readonly FrozenDictionary<string, AttendanceStatus> Statuses = Words<AttendanceStatus>();

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/sessions/{code}/attendance-events", HandleAsync)
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = ApiController.Scheme })
            .Accepts<Body>("application/json")
            .Produces<Answer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithTags("Sessions");

    private static async Task<IResult> HandleAsync(string code, HttpContext context)
    {
        Body? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, Json.Default.Body, context.RequestAborted);
        }
        catch (JsonException invalid)
        {
            return Invalid("json_invalid", $"Nội dung không phải JSON đúng mẫu: {invalid.Message}");
        }

        if (body?.Events is not { } events)
        {
            return Invalid("events_missing", "Thiếu danh sách 'events'.");
        }

        if (events.Count > MostEvents)
        {
            return Invalid("too_many_events", $"Mỗi lần gửi nhiều nhất {MostEvents} sự kiện; lần này có {events.Count}.");
        }

        if (body.Device?.Length > 60)
        {
            return Invalid("device_invalid", "Tên thiết bị dài quá 60 ký tự.");
        }

        DateTime? sent = null;
        if (body.SentAt is not null)
        {
            if (!TryReadTime(body.SentAt, out var time))
            {
                return Invalid("sent_at_invalid", "'sent_at' không phải thời điểm dạng RFC 3339, như 2026-11-22T08:05:00+07:00.");
            }

            sent = time;
        }

        var results = new ResultBody[events.Count];
        var inputs = new List<AttendanceInput>(events.Count);
        var places = new List<int>(events.Count);
        for (var index = 0; index < results.Length; index++)
        {
            var (input, reason) = Read(events[index]);
            if (input is null)
            {
                results[index] = new(events[index]?.Id ?? "", "rejected", reason);
                continue;
            }

            inputs.Add(input);
            places.Add(index);
        }

        var service = (CheckInService)context.RequestServices.GetService(typeof(CheckInService))!;
        var recorded = await service.RecordAsync(code, body.Device ?? "", inputs, sent, context.RequestAborted);
        if (!recorded.Succeeded)
        {
            return Fail(recorded.Faults[0]);
        }

        for (var number = 0; number < places.Count; number++)
        {
            var result = recorded.Value[number];
            results[places[number]] = new(events[places[number]].Id!, OutcomeText(result.Outcome), result.Reason);
        }

        return TypedResults.Json(new Answer(results), Json.Default.Answer);
    }

    /// <summary>One event as far as it can be understood, or why it cannot.</summary>
    private static (AttendanceInput? Input, string? Reason) Read(EventBody? fact)
    {
        if (fact is null || !Guid.TryParse(fact.Id, out var id))
        {
            return (null, "id_invalid");
        }

        if (fact.Kind is null || !Kinds.TryGetValue(fact.Kind, out var kind))
        {
            return (null, "unknown_kind");
        }

        var method = AttendanceMethod.Roster;
        if (fact.Method is not null && !Methods.TryGetValue(fact.Method, out method))
        {
            return (null, "unknown_method");
        }

        if (!TryReadTime(fact.At, out var at))
        {
            return (null, "time_invalid");
        }

        if (fact.Note?.Length > 500)
        {
            return (null, "note_too_long");
        }

        if (fact.Card?.Length > CardService.MostLength)
        {
            return (null, "card_too_long");
        }

        var status = ReadStatus(fact, out var known);
        return !known ? (null, "unknown_status") : (new AttendanceInput(id, fact.Member ?? "", fact.Point ?? "", kind, method, at)
        {
            Block = fact.Block,
            Minutes = fact.Minutes,
            Status = status,
            Note = fact.Note,
            WalkIn = fact.WalkIn == true,
            Card = fact.Card,
        }, null);
    }

    /// <summary>A correction's status stands in <c>status</c>, else at the head of <c>note</c>, else minutes alone mean presence.</summary>
    private static AttendanceStatus? ReadStatus(EventBody fact, out bool known)
    {
        known = true;
        if (fact.Status is { } word)
        {
            known = Statuses.TryGetValue(word, out var status);
            return known ? status : null;
        }

        if (fact.Note is { } note && Statuses.TryGetValue(note.Split([':', ' ', ','], 2)[0], out var noted))
        {
            return noted;
        }

        return fact.Minutes switch
        {
            null => null,
            0 => AttendanceStatus.Absent,
            _ => AttendanceStatus.Present,
        };
    }

    /// <summary>To the millisecond, which both databases keep.</summary>
    private static bool TryReadTime(string? text, out DateTime utc)
    {
        utc = default;
        if (text is null || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return false;
        }

        utc = SessionBody.ToUtc(time);
        utc = utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMillisecond));
        return true;
    }

    private static ProblemHttpResult Invalid(string code, string message) => Fail(new(code, message));

    private static ProblemHttpResult Fail(Fault fault) => TypedResults.Problem(
        statusCode: fault.Kind switch
        {
            FaultKind.Invalid => StatusCodes.Status400BadRequest,
            FaultKind.Forbidden => StatusCodes.Status403Forbidden,
            FaultKind.NotFound => StatusCodes.Status404NotFound,
            FaultKind.Conflict => StatusCodes.Status409Conflict,
        },
        title: fault.Message,
        extensions: new Dictionary<string, object?> { ["code"] = fault.Code });

    private static string OutcomeText(EventOutcome outcome) => outcome switch
    {
        EventOutcome.Recorded => "recorded",
        EventOutcome.Duplicate => "duplicate",
        EventOutcome.Conflict => "conflict",
        EventOutcome.Rejected => "rejected",
    };

    private static FrozenDictionary<string, T> Words<T>() where T : struct, Enum =>
        Enum.GetValues<T>().ToFrozenDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

    /// <summary>What a device sends.</summary>
    /// <param name="Device">Its name, made once by the device.</param>
    /// <param name="Events">The events.</param>
    /// <param name="SentAt">What its clock says now; a clock that is wrong is put right by it.</param>
    internal sealed record Body(string? Device, IReadOnlyList<EventBody>? Events, string? SentAt = null);

    /// <summary>One event. A note has at most 500 characters, the text of a card 200.</summary>
    internal sealed record EventBody(string? Id, string? Member, string? Point, string? Kind, string? Method, string? At, int? Block, int? Minutes, string? Note, string? Status, bool? WalkIn, string? Card);

    /// <summary>The answer, in the order of the events.</summary>
    internal sealed record Answer(IReadOnlyList<ResultBody> Results);

    /// <summary>What became of one event.</summary>
    internal sealed record ResultBody(string Id, string Outcome, string? Reason);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Body))]
    [JsonSerializable(typeof(Answer))]
    internal sealed partial class Json : JsonSerializerContext;
}
