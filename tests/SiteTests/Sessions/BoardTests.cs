using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Sessions.Board.Models;
using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>The live board: what the stream tells, who sees what, whom to call, one state for many points.</summary>
public abstract class BoardTests(SiteFixture site)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private DateTimeOffset Now => site.Clock.GetUtcNow();

    [Fact]
    public async Task Stream_WhileMarksComeIn_TellsTheWholeAndThenWhatChanged()
    {
        var (organizer, code) = await OpenAsync();
        await using var stream = await StreamAsync(organizer, code);

        var whole = await stream.NextAsync("snapshot");
        Assert.Equal(["P1", "P2"], Points(whole).Select(point => point.GetProperty("code").GetString()!));
        Assert.Equal((2, 0, 2), Totals(whole));
        await organizer.SendAsync(code, "phone-1", Mark("SL-000001"), Mark("SL-000002"));

        // A contact may be told before or with the marks, so wait for the figure itself.
        var changed = await stream.NextAsync("points", board => Points(board).Any(point => point.GetProperty("present").GetInt32() == 2));
        var point = Assert.Single(Points(changed));
        Assert.Equal(("P1", 2, "planned", true), (point.GetProperty("code").GetString(), point.GetProperty("present").GetInt32(), point.GetProperty("state").GetString(), point.GetProperty("started").GetBoolean()));
        Assert.Equal((2, 1, 1), Totals(changed));
    }

    [Fact]
    public async Task Stream_ReconnectedWithTheLastId_TellsOnlyWhatWasMissed()
    {
        var (organizer, code) = await OpenAsync();
        string id;
        await using (var first = await StreamAsync(organizer, code))
        {
            await first.NextAsync("snapshot");
            id = first.LastId;
        }

        await ReportAsync(organizer, code, "P2", "connected");

        await using (var again = await StreamAsync(organizer, code, id))
        {
            Assert.Equal("P2", Assert.Single(Points(await again.NextAsync("points"))).GetProperty("code").GetString());
        }

        await using var stranger = await StreamAsync(organizer, code, "0123abcd.7");
        Assert.Equal(2, Points(await stranger.NextAsync("snapshot")).Count);
    }

    [Fact]
    public async Task Poll_WithoutEvents_GivesTheSame()
    {
        var (organizer, code) = await OpenAsync();
        await ReportAsync(organizer, code, "P1", "absent", reason: "mat-dien");
        await ReportAsync(organizer, code, "P2", "connected", headCount: 5);

        var board = await PollAsync(organizer, code);

        Assert.Equal((2, 1, 0), Totals(board));
        var first = Points(board)[0];
        Assert.Equal(("absent", "mất điện", true), (first.GetProperty("state").GetString(), first.GetProperty("reason").GetString(), first.GetProperty("started").GetBoolean()));
        // Without names those counted are those present.
        Assert.Equal((5, false), (Points(board)[1].GetProperty("present").GetInt32(), Points(board)[1].GetProperty("mismatch").GetBoolean()));
        await organizer.SendOneAsync(code, Mark("SL-000012", "P2"));
        board = await PollUntilAsync(organizer, code, now => Points(now)[1].GetProperty("marked").GetInt32() == 1);
        Assert.Equal((1, 5, true), (Points(board)[1].GetProperty("present").GetInt32(), Points(board)[1].GetProperty("counted").GetInt32(), Points(board)[1].GetProperty("mismatch").GetBoolean()));
    }

    [Fact]
    public async Task Poll_OfACoordinator_HoldsTheirPointsAndTheirCounts()
    {
        var (organizer, code) = await OpenAsync();
        await organizer.SendAsync(code, "phone-1", Mark("SL-000001"), Mark("SL-000012", "P2"));
        var page = await site.SignInAsync("xa.coordinator");

        // By the page's own sign-in, as its script asks.
        var board = await PollUntilAsync(page, code, now => Points(now)[0].GetProperty("present").GetInt32() == 1);

        Assert.Equal("P1", Assert.Single(Points(board)).GetProperty("code").GetString());
        Assert.Equal((1, 1, 0), Totals(board));
        Assert.Equal(1, board.GetProperty("totals").GetProperty("present").GetInt32());
    }

    [Fact]
    public async Task Poll_WithoutRight_IsRefused()
    {
        var (organizer, code) = await OpenAsync();
        var member = await site.SignInAsync("member");

        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(member, code)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(organizer, "KHONG-CO")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(site.CreateClient(), code)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"/sessions/{code}/live")).StatusCode);
    }

    [Fact]
    public async Task Contact_WhenTheSheetIsOpenedOrMarksArrive_IsWrittenAtMostEveryHalfMinute()
    {
        var (organizer, code) = await OpenAsync();
        var coordinator = await site.SignInAsync("xa.coordinator");
        var boss = await site.SignInAsync("so.organizer");

        await boss.GetPageAsync($"/sessions/{code}/points/P2/sheet");
        await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet");
        var opened = await ContactAsync(code, "P1");
        Assert.Equal(Now.UtcDateTime, opened.AtUtc);

        site.Clock.Advance(TimeSpan.FromSeconds(20));
        await organizer.SendOneAsync(code, Mark("SL-000001"), "phone-7");
        site.Clock.Advance(TimeSpan.FromSeconds(20));
        await organizer.SendOneAsync(code, Mark("SL-000002"), "phone-8");
        await UntilAsync(async () => (await ContactAsync(code, "P1")).Device == "phone-8");
        Assert.Equal(Now.UtcDateTime, (await ContactAsync(code, "P1")).AtUtc);
        // Whoever holds the session only looked from above; and refused marks are no sign of the point either.
        await (await site.ApiAsync("xa.coordinator")).SendOneAsync(code, Mark("SL-000012", "P2"));
        Assert.Equal(1, await site.QueryAsync(db => db.Set<PointContact>().CountAsync(contact => db.Set<SessionPoint>().Any(point => point.Id == contact.PointId && point.Session.Code == code))));
    }

    [Fact]
    public async Task Page_BeforeAnybodyIsHeardOf_SaysWhomToCall()
    {
        var (_, code) = await OpenAsync();
        var organizer = await site.SignInAsync("so.organizer");

        var page = await organizer.GetPageAsync($"/sessions/{code}/live");

        Assert.Equal("0/2", Flat(page.QuerySelector(".board-stats dd")!));
        // The commune's coordinator has no number, so the leader of its team is called; the other commune has only a leader.
        Assert.Equal(["tel:+84500112648", "tel:+84500199757"], page.QuerySelectorAll("[data-call] a").Select(link => link.GetAttribute("href")));
        Assert.Contains("Hoàng Anh Lâm", page.QuerySelector("[data-call=P1]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Thành phố Sơn La", page.QuerySelector(".board-group h2")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("15", page.QuerySelector("noscript meta[http-equiv=refresh]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task Page_OfAPointWithACoordinator_NamesThemFirst()
    {
        var (organizer, code) = await OpenAsync();
        await site.QueryAsync(async db =>
        {
            var user = await db.Users.AsTracking().SingleAsync(row => row.UserName == "to.truong");
            user.PhoneNumber = "+84500759800";
            var point = await db.SessionPoints.SingleAsync(row => row.Session.Code == code && row.Code == "P2");
            await db.SaveChangesAsync();
            return await db.Database.ExecuteSqlAsync($"""INSERT INTO "Sessions_PointCoordinator" ("PointId", "UserId") VALUES ({point.Id}, {user.Id})""");
        });
        var page = await (await site.SignInAsync("so.organizer")).GetPageAsync($"/sessions/{code}/live?q=to+hieu");

        Assert.Equal(["P2"], page.QuerySelectorAll("[data-point]").Select(tile => tile.GetAttribute("data-point")));
        Assert.Equal(["tel:+84500759800"], page.QuerySelectorAll("[data-call] a").Select(link => link.GetAttribute("href")));
        // The filter cuts the tiles, not the counts at the top.
        Assert.Equal("0/2", Flat(page.QuerySelector(".board-stats dd")!));
        await organizer.DoAsync(code, "close");
    }

    [Fact]
    public async Task Page_Filtered_ShowsWhatMatches()
    {
        var (organizer, code) = await OpenAsync();
        await ReportAsync(organizer, code, "P1", "lost", reason: "sét đánh");
        var page = await site.SignInAsync("so.organizer");

        async Task<string> ShownAsync(string query) => string.Join(",", (await page.GetPageAsync($"/sessions/{code}/live?{query}")).QuerySelectorAll("[data-point]").Select(tile => tile.GetAttribute("data-point")));

        Assert.Equal("P1", await ShownAsync("state=Lost"));
        Assert.Equal("P2", await ShownAsync("state=none"));
        Assert.Equal("P1,P2", await ShownAsync("district=116"));
        Assert.Equal("", await ShownAsync("district=127"));
        Assert.Equal("P1", await ShownAsync("q=chieng+le"));
        var tile = (await page.GetPageAsync($"/sessions/{code}/live")).QuerySelector("[data-point=P1]")!;
        Assert.Equal(("bad", "sét đánh"), (tile.GetAttribute("data-tone"), tile.QuerySelector("[data-reason]")!.TextContent));
        Assert.NotNull((await page.GetPageAsync($"/sessions/{code}/live?wall=true")).QuerySelector("body.wall"));
    }

    [Fact]
    public async Task States_ForManyPoints_AreSetWithALogRowEach()
    {
        var (_, code) = await OpenAsync();
        var organizer = await site.SignInAsync("so.organizer");

        await SetStatesAsync(organizer, code, ["P1", "P2"], "Absent", ("ReasonCode", "mat-dien"));
        await SetStatesAsync(organizer, code, ["P2"], "Lost", ("ReasonText", "cột điện đổ"));

        var points = await site.QueryAsync(db => db.SessionPoints.AsNoTracking().Where(row => row.Session.Code == code).OrderBy(row => row.Code).ToListAsync());
        Assert.Equal((PointState.Absent, "mat-dien", null), (points[0].State, points[0].ReasonCode, points[0].ReasonText));
        Assert.Equal((PointState.Lost, "khac", "cột điện đổ"), (points[1].State, points[1].ReasonCode, points[1].ReasonText));
        var log = await site.QueryAsync(db => db.PointStateChanges.Where(row => db.Set<SessionPoint>().Any(point => point.Id == row.PointId && point.Session.Code == code)).OrderBy(row => row.Id).ToListAsync());
        Assert.Equal([PointState.Absent, PointState.Absent, PointState.Lost], log.Select(row => row.To));
        Assert.All(log, row => Assert.Equal("Cán bộ Sở Thông tin và Truyền thông", row.UserName));
    }

    [Fact]
    public async Task States_AbsentWherePeopleAre_AreRefusedByName()
    {
        var (_, code) = await OpenAsync();
        await (await site.ApiAsync("so.organizer")).SendOneAsync(code, Event("SL-000210", "in"));
        var organizer = await site.SignInAsync("so.organizer");

        var answer = await SetStatesAsync(organizer, code, ["P1", "P2"], "Absent", ("ReasonCode", "mat-dien"));

        Assert.Contains("Chiềng Lề", (await answer.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.True(await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code).AllAsync(row => row.State == PointState.Planned)));
        await SetStatesAsync(organizer, code, ["P2"], "Absent", ("ReasonCode", "mat-dien"));
        Assert.Equal(1, await site.QueryAsync(db => db.SessionPoints.CountAsync(row => row.Session.Code == code && row.State == PointState.Absent)));
    }

    [Fact]
    public async Task States_WithoutReasonPointsOrRight_ChangeNothing()
    {
        var (_, code) = await OpenAsync();
        var organizer = await site.SignInAsync("so.organizer");
        var coordinator = await site.SignInAsync("xa.coordinator");

        Assert.Contains("lý do", (await (await SetStatesAsync(organizer, code, ["P1"], "Absent")).ReadPageAsync()).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("ít nhất một", (await (await SetStatesAsync(organizer, code, [], "Connected")).ReadPageAsync()).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await SetStatesAsync(coordinator, code, ["P1", "P2"], "Connected")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.SignInAsync("to.truong")).GetAsync($"/sessions/{code}/live/states")).StatusCode);
        Assert.All(await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code).Select(row => row.State).ToListAsync()), state => Assert.Equal(PointState.Planned, state));
        Assert.Equal(HttpStatusCode.Redirect, (await SetStatesAsync(coordinator, code, ["P1"], "Connected")).StatusCode);
    }

    [Fact]
    public async Task SessionPage_ForStaff_LeadsToTheBoard()
    {
        var (_, code) = await OpenAsync();

        var page = await (await site.SignInAsync("so.organizer")).GetPageAsync($"/sessions/{code}");
        var member = await (await site.SignInAsync("member")).GetPageAsync($"/sessions/{code}");

        Assert.NotNull(page.QuerySelector($"a[href='/sessions/{code}/live']"));
        Assert.NotNull(page.QuerySelector($"a[href='/sessions/{code}/conflicts']"));
        Assert.Null(member.QuerySelector($"a[href='/sessions/{code}/live']"));
    }

    private async Task<(HttpClient Organizer, string Code)> OpenAsync()
    {
        var code = $"BANG-{Guid.NewGuid().ToString("N")[..8]}";
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body(code);
        body["blocks"] = new object[] { new { start = Now.AddHours(-1), end = Now.AddHours(1) } };
        return (organizer, await organizer.OpenSessionAsync(code, body));
    }

    private Dictionary<string, object?> Mark(string member, string point = "P1") => new(Event(member, "in", point: point)) { ["at"] = Now };

    private static async Task ReportAsync(HttpClient client, string code, string point, string state, string? reason = null, int? headCount = null)
    {
        var answer = await client.PutAsJsonAsync($"/api/v1/sessions/{code}/points/{point}/state", new { state, reason, head_count = headCount });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sessions/{code}/live");
        request.Headers.Accept.ParseAdd("application/json");
        return await client.SendAsync(request);
    }

    private static async Task<JsonElement> PollAsync(HttpClient client, string code)
    {
        var answer = await AskAsync(client, code);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadJsonAsync();
    }

    /// <summary>The count is shared by all viewers and up to some seconds old.</summary>
    private static async Task<JsonElement> PollUntilAsync(HttpClient client, string code, Func<JsonElement, bool> wanted)
    {
        JsonElement board = default;
        await UntilAsync(async () => wanted(board = await PollAsync(client, code)));
        return board;
    }

    private Task<PointContact> ContactAsync(string code, string point) => site.QueryAsync(async db =>
    {
        PointContact? contact = null;
        await UntilAsync(async () => (contact = await db.Set<PointContact>().AsNoTracking().SingleOrDefaultAsync(row => db.Set<SessionPoint>().Any(one => one.Id == row.PointId && one.Session.Code == code && one.Code == point))) is not null);
        return contact!;
    });

    /// <summary>Waits for what happens behind the answers.</summary>
    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await done())
        {
            await Task.Delay(50, limit.Token);
        }
    }

    private static async Task<HttpResponseMessage> SetStatesAsync(HttpClient client, string code, string[] points, string state, params (string Name, string Value)[] reason)
    {
        var form = await client.GetPageAsync($"/sessions/{code}/live/states");
        var token = form.QuerySelector<IHtmlInputElement>("main form[method=post] input[name=__RequestVerificationToken]")!.Value;
        using var content = new FormUrlEncodedContent([
            .. points.Select(point => KeyValuePair.Create("Points", point)), new("NewState", state), .. reason.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)), new("__RequestVerificationToken", token)]);
        return await client.PostAsync($"/sessions/{code}/live/states", content);
    }

    private static List<JsonElement> Points(JsonElement board) => [.. board.GetProperty("points").EnumerateArray()];

    private static (int Points, int Present, int NotStarted) Totals(JsonElement board)
    {
        var totals = board.GetProperty("totals");
        return (totals.GetProperty("points").GetInt32(), totals.GetProperty("points_present").GetInt32(), totals.GetProperty("not_started").GetInt32());
    }

    private static string Flat(IElement element) => string.Concat(element.TextContent.Where(letter => !char.IsWhiteSpace(letter)));

    private static async Task<BoardStream> StreamAsync(HttpClient client, string code, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sessions/{code}/live");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>An open stream; closed with it.</summary>
    private sealed class BoardStream : IAsyncDisposable
    {
        private readonly HttpResponseMessage _answer;
        private readonly IAsyncEnumerator<SseItem<string>> _events;
        private readonly CancellationTokenSource _limit = new(Patience);

        public BoardStream(HttpResponseMessage answer, Stream stream) =>
            (_answer, _events) = (answer, SseParser.Create(stream).EnumerateAsync(_limit.Token).GetAsyncEnumerator());

        public string LastId { get; private set; } = "";

        /// <summary>The next event; of this kind, and heartbeats and other changes before it do not count.</summary>
        public async Task<JsonElement> NextAsync(string kind, Func<JsonElement, bool>? wanted = null)
        {
            while (true)
            {
                Assert.True(await _events.MoveNextAsync(), $"The stream ended before a '{kind}'.");
                LastId = _events.Current.EventId ?? "";
                if (_events.Current.EventType == "heartbeat")
                {
                    continue;
                }

                Assert.Equal(kind, _events.Current.EventType);
                using var document = JsonDocument.Parse(_events.Current.Data);
                if (wanted?.Invoke(document.RootElement) ?? true)
                {
                    return document.RootElement.Clone();
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _limit.CancelAsync();
            _answer.Dispose();
            _limit.Dispose();
        }
    }
}

public sealed class SqliteBoardTests(SqliteSite site) : BoardTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlBoardTests(PostgreSqlSite site) : BoardTests(site), IClassFixture<PostgreSqlSite>;
