using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using TrainingSite.Sessions.Board.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Board.Api;

/// <summary>
/// <c>GET /api/v1/sessions/{code}/live</c> by bearer token or the page's own sign-in: server-sent events, first the whole
/// (<c>snapshot</c>), then only what changed (<c>points</c>), a <c>heartbeat</c> when nothing does. With <c>Accept: application/json</c>
/// the whole once, for those who ask again and again.
/// </summary>
internal static class LiveApi
{
    /// <summary>Without news for so many seconds the line is shown to be alive.</summary>
    private const int QuietSeconds = 10;

    /// <summary>Then the reader connects again, and proves again who they are and what they may see.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/sessions/{code}/live", HandleAsync)
            // The page's sign-in is the default scheme; it hands requests with a token over to that of tokens.
            .RequireAuthorization(new AuthorizeAttribute())
            .Produces<LiveView>(StatusCodes.Status200OK, "text/event-stream", "application/json")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithTags("Sessions");

    private static async Task<IResult> HandleAsync(string code, HttpContext context, BoardAccess boards, SessionAccess access, BoardCounter counter, TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        var found = await boards.FindAsync(code, context.RequestAborted);
        if (!found.Succeeded)
        {
            return Fail(found.Faults[0]);
        }

        var reader = new Reader(code, found.Value, access, counter, clock);
        if (!WantsEvents(context.Request))
        {
            return await reader.LookAsync(context.RequestAborted) is { } picture
                ? TypedResults.Text(reader.Show(picture).ToJson(), "application/json; charset=utf-8")
                : Fail(access.NoSession(code));
        }

        return TypedResults.ServerSentEvents(StreamAsync(reader, context.Request.Headers["Last-Event-ID"].ToString(), clock, lifetime.ApplicationStopping, context.RequestAborted));
    }

    private static bool WantsEvents(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return !accept.Contains("application/json", StringComparison.OrdinalIgnoreCase) || accept.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
    }

    private static async IAsyncEnumerable<SseItem<string>> StreamAsync(Reader reader, string lastId, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        using var timer = new PeriodicTimer(BoardCounter.Pause, clock);
        var seen = Mark.Parse(lastId);
        var start = clock.GetTimestamp();
        var quiet = 0;
        do
        {
            if (await reader.LookAsync(ends.Token) is not { } picture)
            {
                yield break;
            }

            var now = new Mark(picture.Epoch, picture.Version);
            var whole = seen?.Epoch != now.Epoch;
            var news = whole || seen!.Version < now.Version ? reader.Show(picture, whole ? 0 : seen!.Version) : null;
            seen = now;
            if (news is not null && (whole || news.Points.Count > 0))
            {
                quiet = 0;
                yield return new SseItem<string>(news.ToJson(), whole ? "snapshot" : "points") { EventId = now.ToString() };
            }
            else if (++quiet >= QuietSeconds)
            {
                quiet = 0;
                yield return new SseItem<string>("{}", "heartbeat") { EventId = now.ToString() };
            }
        }
        while (clock.GetElapsedTime(start) < Longest && await TickAsync(timer, ends.Token));
    }

    /// <summary>False when the site stops or the reader is gone.</summary>
    private static async ValueTask<bool> TickAsync(PeriodicTimer timer, CancellationToken ends)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ends);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static ProblemHttpResult Fail(Fault fault) => TypedResults.Problem(
        statusCode: fault.Kind == FaultKind.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound,
        title: fault.Message,
        extensions: new Dictionary<string, object?> { ["code"] = fault.Code });

    /// <summary>What a viewer has seen: the id of an event.</summary>
    private sealed record Mark(string Epoch, long Version)
    {
        public static Mark? Parse(string text) =>
            text.Split('.') is [{ Length: > 0 } epoch, var version] && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(epoch, number) : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}.{Version}");
    }

    /// <summary>One viewer, who sees their own points of the picture that all share.</summary>
    private sealed class Reader(string code, BoardAccess.Board board, SessionAccess access, BoardCounter counter, TimeProvider clock)
    {
        private HashSet<Guid>? _visible;
        private int _revision;

        public async Task<BoardPicture?> LookAsync(CancellationToken cancellationToken)
        {
            var picture = await counter.LookAsync(board.Session.Id, cancellationToken);
            if (picture is not null && !board.SeesAll && (_visible is null || _revision != picture.Revision))
            {
                _visible = [.. await access.VisiblePoints(board.Session).Select(point => point.Id).ToListAsync(cancellationToken)];
                _revision = picture.Revision;
            }

            return picture;
        }

        public LiveView Show(BoardPicture picture, long since = 0)
        {
            var mine = picture.Entries.Where(entry => _visible?.Contains(entry.Point.Id) ?? true).ToList();
            return new(
                code,
                picture.State,
                clock.UtcNow(),
                LiveTotals.From(BoardTotals.Of(mine.ConvertAll(entry => entry.Point))),
                [.. mine.Where(entry => entry.Version > since).Select(entry => LivePoint.From(entry.Point))]);
        }
    }
}
