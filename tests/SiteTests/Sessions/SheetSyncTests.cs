using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Offline;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>What a device that was without a network brings later: marks, reports, guests without a code, by the page's script or as a file.</summary>
public abstract class SheetSyncTests(SiteFixture site)
{
    [Fact]
    public async Task Batch_SentTwice_CountsOnceAndKeepsDeviceAndTime()
    {
        var (coordinator, code) = await OpenAsync();
        var mark = Item("in", "SL-000001");

        Assert.Equal("recorded", await SendOneAsync(coordinator, code, mark));
        Assert.Equal("duplicate", await SendOneAsync(coordinator, code, mark));

        var stored = await site.QueryAsync(db => db.AttendanceEvents.SingleAsync(row => row.Id == (Guid)mark["id"]!));
        Assert.Equal("phone-a", stored.Device);
        Assert.Equal(new DateTime(2026, 11, 22, 1, 30, 0), stored.AtUtc);
    }

    [Fact]
    public async Task Batch_OneItemUnreadable_TakesTheOthers()
    {
        var (coordinator, code) = await OpenAsync();
        var broken = Item("in", "SL-000002");
        broken["at"] = "hôm qua";

        var results = await SendAsync(coordinator, code, broken, Item("in", "SL-000001"), Item("dance", "SL-000001"));

        Assert.Equal(["recorded", "rejected", "rejected"], results.Select(result => result.GetProperty("outcome").GetString()).Order(StringComparer.Ordinal));
        Assert.All(results.Where(result => result.GetProperty("outcome").GetString() == "rejected"), result => Assert.NotEqual("", result.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Batch_WalkIn_GetsAPlaceOnTheList()
    {
        var (coordinator, code) = await OpenAsync();
        var mark = Item("in", "SL-000002");
        mark["walk_in"] = true;

        Assert.Equal("recorded", await SendOneAsync(coordinator, code, mark));

        Assert.Equal("in", (await SheetAsync(coordinator, code)).QuerySelector("[data-person=SL-000002]")!.GetAttribute("data-state"));
    }

    [Fact]
    public async Task Report_OlderOneArrivesLater_IsLoggedAndDoesNotWin()
    {
        var (coordinator, code) = await OpenAsync();
        var lost = Report("Lost", "mat-dien", 10, "08:40");
        var connected = Report("Connected", "", 25, "08:20");

        Assert.Equal("recorded", await SendOneAsync(coordinator, code, lost));
        Assert.Equal("recorded", await SendOneAsync(coordinator, code, connected));
        Assert.Equal("recorded", await SendOneAsync(coordinator, code, lost));

        var point = await site.QueryAsync(db => db.SessionPoints.SingleAsync(row => row.Session.Code == code && row.Code == "P1"));
        Assert.Equal((PointState.Lost, "mat-dien", 10), (point.State, point.ReasonCode, point.HeadCount));
        var log = await site.QueryAsync(db => db.PointStateChanges.Where(row => row.PointId == point.Id).OrderBy(row => row.AtUtc).ToListAsync());
        Assert.Equal([(PointState.Connected, 25), (PointState.Lost, 10)], log.Select(row => (row.To, row.HeadCount!.Value)));
        Assert.All(log, row => Assert.Equal("phone-a", row.Device));
    }

    [Fact]
    public async Task Report_WithPeopleOnTheLine_TheLaterCountStands()
    {
        var (coordinator, code) = await OpenAsync();
        var later = Report("Connected", "", 10, "08:40", onlineCount: 3);
        var earlier = Report("Connected", "", 25, "08:20", onlineCount: 9);

        Assert.Equal("recorded", await SendOneAsync(coordinator, code, later));
        Assert.Equal("recorded", await SendOneAsync(coordinator, code, earlier));

        var point = await site.QueryAsync(db => db.SessionPoints.SingleAsync(row => row.Session.Code == code && row.Code == "P1"));
        Assert.Equal((10, 3), (point.HeadCount, point.OnlineCount));
        Assert.Equal([9, 3], await site.QueryAsync(db => db.PointStateChanges.Where(row => row.PointId == point.Id).OrderBy(row => row.AtUtc).Select(row => row.OnlineCount).ToListAsync()));
    }

    [Fact]
    public async Task Report_FromAPhoneThreeHoursAhead_DoesNotFreezeThePoint()
    {
        var (coordinator, code) = await OpenAsync();
        Assert.Equal("recorded", Outcome(Assert.Single(await SendAtAsync(coordinator, code, "2026-11-22T12:00:00+07:00", Report("Lost", "mat-dien", 10, "11:30")))));

        Assert.Equal("recorded", await SendOneAsync(coordinator, code, Report("Connected", "", 25, "08:50")));

        var point = await site.QueryAsync(db => db.SessionPoints.SingleAsync(row => row.Session.Code == code && row.Code == "P1"));
        Assert.Equal((PointState.Connected, 25), (point.State, point.HeadCount));
        Assert.Equal([new DateTime(2026, 11, 22, 1, 30, 0), new DateTime(2026, 11, 22, 1, 50, 0)], await site.QueryAsync(db => db.PointStateChanges.Where(row => row.PointId == point.Id).OrderBy(row => row.AtUtc).Select(row => row.AtUtc).ToListAsync()));
    }

    [Fact]
    public async Task ReportAndGuest_OfAPhoneAheadThatDoesNotTellItsTime_AreNoLaterThanTheirReceipt()
    {
        var (coordinator, code) = await OpenAsync();
        var guest = Guest("Lò Văn Mai");
        guest["at"] = "2027-11-22T08:30:00+07:00";

        await SendAtAsync(coordinator, code, null, Report("Lost", "mat-dien", 10, "12:30"), guest);

        var report = await site.QueryAsync(db => db.PointStateChanges.SingleAsync(row => db.Set<SessionPoint>().Any(point => point.Id == row.PointId && point.Session.Code == code)));
        Assert.Equal(report.ReceivedUtc, report.AtUtc);
        var note = await site.QueryAsync(db => db.Set<Guest>().SingleAsync(row => row.Id == (Guid)guest["id"]!));
        Assert.Equal(note.ReceivedUtc, note.AtUtc);
    }

    [Fact]
    public async Task Guest_FromAPhoneOfTheWrongYear_CanBeSettled()
    {
        var (coordinator, code) = await OpenAsync();
        var guest = Guest("Lò Thị Năm");
        guest["at"] = "2024-11-22T08:30:00+07:00";
        await SendAtAsync(coordinator, code, "2024-11-22T09:00:00+07:00", guest);
        var address = $"/sessions/{code}/points/P1/sheet/guests/{guest["id"]}";

        await coordinator.PostFormAsync(address, new() { ["member"] = "SL-000002" }, page: $"{address}?q=SL-000002");

        var note = await site.QueryAsync(db => db.Set<Guest>().SingleAsync(row => row.Id == (Guid)guest["id"]!));
        Assert.Equal(new DateTime(2026, 11, 22, 1, 30, 0), note.AtUtc);
        Assert.NotNull(note.SettledUtc);
        Assert.Equal("in", (await SheetAsync(coordinator, code)).QuerySelector("[data-person=SL-000002]")!.GetAttribute("data-state"));
    }

    [Fact]
    public async Task Batch_WithAMethodThatIsNone_RefusesThatItemInWords()
    {
        var (coordinator, code) = await OpenAsync();
        var odd = Item("in", "SL-000001");
        odd["method"] = 99;

        var result = Assert.Single(await SendAsync(coordinator, code, odd));

        Assert.Equal("rejected", Outcome(result));
        Assert.NotEqual("", result.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Report_AbsentWithoutReason_IsRefusedInWords()
    {
        var (coordinator, code) = await OpenAsync();

        var result = Assert.Single(await SendAsync(coordinator, code, Report("Absent", "", null, "08:40")));

        Assert.Equal("rejected", result.GetProperty("outcome").GetString());
        Assert.Contains("lý do", result.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guest_SettledAsMember_IsPresentAndTheNoteStays()
    {
        var (coordinator, code) = await OpenAsync();
        var guest = Guest("Lò Thị Khách");
        await SendOneAsync(coordinator, code, guest);
        Assert.Equal("duplicate", await SendOneAsync(coordinator, code, guest));
        var address = $"/sessions/{code}/points/P1/sheet/guests/{guest["id"]}";
        Assert.NotNull((await SheetAsync(coordinator, code)).QuerySelector($"a[href='{address}']"));
        Assert.False(await site.QueryAsync(db => db.AttendanceEvents.AnyAsync(row => row.Note != null && row.Note.Contains("Khách"))));

        await coordinator.PostFormAsync(address, new() { ["member"] = "SL-000002" }, page: $"{address}?q=SL-000002");

        var note = await site.QueryAsync(db => db.Set<Guest>().Include(row => row.Person).SingleAsync(row => row.Id == (Guid)guest["id"]!));
        Assert.Equal("SL-000002", note.Person!.Code);
        Assert.NotNull(note.SettledUtc);
        var sheet = await SheetAsync(coordinator, code);
        Assert.Null(sheet.QuerySelector($"a[href='{address}']"));
        Assert.Equal("in", sheet.QuerySelector("[data-person=SL-000002]")!.GetAttribute("data-state"));
        await coordinator.GetPageAsync(address, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Guest_OfNoTeam_IsSettledAndCountsForNothing()
    {
        var (coordinator, code) = await OpenAsync();
        var guest = Guest("Ông khách");
        await SendOneAsync(coordinator, code, guest);
        var address = $"/sessions/{code}/points/P1/sheet/guests/{guest["id"]}";

        await coordinator.PostFormAsync(address, []);

        var note = await site.QueryAsync(db => db.Set<Guest>().SingleAsync(row => row.Id == (Guid)guest["id"]!));
        Assert.Null(note.PersonId);
        Assert.NotNull(note.SettledUtc);
        Assert.False(await site.QueryAsync(db => db.AttendanceEvents.AnyAsync(row => row.PointId == note.PointId)));
    }

    [Fact]
    public async Task File_ImportedTwiceByTheOrganizer_KeepsDeviceAndCountsOnce()
    {
        var (_, code) = await OpenAsync();
        var organizer = await site.SignInAsync("so.organizer");
        var items = new[] { Item("in", "SL-000001"), Item("in", "SL-999999"), Report("Lost", "mat-mang", 7, "08:40") };

        var first = await ImportAsync(organizer, code, JsonSerializer.Serialize(FileOf(code, "P1", items)));
        Assert.Equal((2, 1), (first.QuerySelectorAll("main .state-good").Length, first.QuerySelectorAll("main .state-bad").Length));
        Assert.Contains("không có", first.QuerySelector("main .rows")!.TextContent, StringComparison.Ordinal);
        var second = await ImportAsync(organizer, code, JsonSerializer.Serialize(FileOf(code, "P1", items)));
        Assert.Single(second.QuerySelectorAll("main .state-bad"));

        var stored = await site.QueryAsync(db => db.AttendanceEvents.Where(row => db.Set<TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code)).SingleAsync());
        Assert.Equal(("phone-x", new DateTime(2026, 11, 22, 1, 30, 0)), (stored.Device, stored.AtUtc));
    }

    [Theory]
    [InlineData("ảnh chụp, không phải JSON", "không phải tệp điểm danh")]
    [InlineData("{\"format\":\"khác\",\"device\":\"x\",\"items\":[]}", "không phải tệp điểm danh")]
    [InlineData("{\"format\":\"trainingsite-attendance\",\"version\":1,\"device\":\"x\",\"session\":\"KHAC\",\"point\":\"P1\",\"items\":[]}", "của buổi KHAC")]
    [InlineData("{\"format\":\"trainingsite-attendance\",\"version\":9,\"device\":\"x\",\"session\":\"KHAC\",\"point\":\"P1\",\"items\":[]}", "bản mới hơn")]
    public async Task File_Wrong_IsRefusedInWordsAndRecordsNothing(string text, string message)
    {
        var (coordinator, code) = await OpenAsync();

        var page = await ImportAsync(coordinator, code, text);

        Assert.Contains(message, page.QuerySelector("#toasts")!.TextContent, StringComparison.Ordinal);
        Assert.False(await site.QueryAsync(db => db.AttendanceEvents.AnyAsync(row => db.Set<TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code))));
    }

    [Fact]
    public async Task Session_OfAVisitor_NamesNobodyAndIsNeverKept()
    {
        var visitor = await site.CreateClient().GetAsync("/sheets/session");
        Assert.Equal(JsonValueKind.Null, (await visitor.ReadJsonAsync()).GetProperty("user").ValueKind);
        Assert.True(visitor.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Batch_WithoutAFreshToken_IsRefused()
    {
        var (coordinator, code) = await OpenAsync();

        var answer = await coordinator.PostAsJsonAsync($"/sessions/{code}/points/P1/sheet/events", new { device = "phone-a", items = new[] { Item("in", "SL-000001") } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("member")]
    [InlineData("to.truong")]
    public async Task Everything_OfAnotherPoint_IsRefused(string user)
    {
        var (_, code) = await OpenAsync();
        var client = await site.SignInAsync(user);

        var answer = await PostAsync(client, $"/sessions/{code}/points/P2/sheet/events", JsonContent.Create(new { device = "phone-a", items = new[] { Item("in", "SL-000012") } }));
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        Assert.NotEqual("", (await answer.ReadJsonAsync()).GetProperty("message").GetString());
        Assert.Contains((await client.GetAsync($"/sessions/{code}/points/P2/sheet/people")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        Assert.Contains((await PostAsync(client, $"/sessions/{code}/points/P2/sheet/import", FileContent(JsonSerializer.Serialize(FileOf(code, "P2"))))).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
    }

    [Fact]
    public async Task People_ForWalkIns_AreThoseOfTheAreaWhoAreNotListed()
    {
        var (coordinator, code) = await OpenAsync();

        var people = (await coordinator.GetJsonAsync($"/sessions/{code}/points/P1/sheet/people")).EnumerateArray().Select(person => person[0].GetString()).ToList();

        var listed = await site.QueryAsync(db => db.Invitations.Where(row => row.Session.Code == code).Select(row => row.Person.Code).ToListAsync());
        Assert.Contains("SL-000002", people);
        Assert.Empty(people.Intersect(listed));
    }

    [Fact]
    public async Task Person_ByCode_IsNamedToWhoServesThePointAlone()
    {
        var (coordinator, code) = await OpenAsync();
        var name = await site.QueryAsync(db => db.People.Where(row => row.Code == "SL-000012").Select(row => row.FullName).SingleAsync());
        var person = (await coordinator.GetJsonAsync($"/sessions/{code}/points/P1/sheet/people/SL-000012")).EnumerateArray().Select(part => part.GetString()!).ToList();

        Assert.EndsWith(", Phường Tô Hiệu", person[2], StringComparison.Ordinal);
        Assert.Equal(["SL-000012", name], person.Take(2));
        Assert.Empty((await coordinator.GetJsonAsync($"/sessions/{code}/points/P1/sheet/people/SL-999999")).EnumerateArray());
        Assert.Contains((await (await site.SignInAsync("member")).GetAsync($"/sessions/{code}/points/P1/sheet/people/SL-000012")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
    }

    [Fact]
    public async Task Sheet_BeforeTheTime_CanBeFetchedAndOpensByItself()
    {
        var code = $"SO-{Guid.NewGuid().ToString("N")[..8]}";
        var body = Body(code);
        body["blocks"] = new object[] { new { start = "2026-11-23T08:00:00+07:00", end = "2026-11-23T11:00:00+07:00" } };
        var organizer = await site.ApiAsync("so.organizer");
        Assert.Equal(HttpStatusCode.Created, (await organizer.PostAsJsonAsync("/api/v1/sessions", body)).StatusCode);
        await organizer.DoAsync(code, "publish");

        var sheet = await SheetAsync(await site.SignInAsync("xa.coordinator"), code);

        Assert.NotEmpty(sheet.QuerySelectorAll(".sheet-mark"));
        Assert.True(sheet.QuerySelector("[data-sheet]")!.HasAttribute("data-waits"));
        Assert.StartsWith("2026-11-23T00:00:00", sheet.QuerySelector("[data-early]")!.GetAttribute("data-early"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServiceWorker_AtTheRoot_IsAskedForEachTime()
    {
        var answer = await site.CreateClient().GetAsync("/sw.js");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.CacheControl!.NoCache);
    }

    private async Task<(HttpClient Coordinator, string Code)> OpenAsync()
    {
        var code = $"SO-{Guid.NewGuid().ToString("N")[..8]}";
        var body = Body(code);
        body["invite"] = new { units = new[] { "116" }, roles = new[] { "leader" } };
        await (await site.ApiAsync("so.organizer")).OpenSessionAsync(code, body);
        return (await site.SignInAsync("xa.coordinator"), code);
    }

    private static Dictionary<string, object?> Item(string kind, string? member = null, string at = "08:30") =>
        new() { ["id"] = Guid.NewGuid(), ["kind"] = kind, ["member"] = member, ["at"] = $"2026-11-22T{at}:00+07:00" };

    private static Dictionary<string, object?> Report(string state, string reason, int? headCount, string at, int? onlineCount = null)
    {
        var item = Item("report", at: at);
        item["report"] = new { state, reason, head_count = headCount, online_count = onlineCount };
        return item;
    }

    private static Dictionary<string, object?> Guest(string name)
    {
        var item = Item("guest");
        (item["name"], item["village"], item["phone"]) = (name, "Bản Cá", "0900000000");
        return item;
    }

    private static object FileOf(string session, string point, params object[] items) => new { format = "trainingsite-attendance", version = 1, session, point, device = "phone-x", items };

    private static MultipartFormDataContent FileContent(string text)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new() { { file, "file", "diem-danh.json" } };
    }

    private static async Task<IDocument> ImportAsync(HttpClient client, string code, string text)
    {
        var answer = await PostAsync(client, $"/sessions/{code}/points/P1/sheet/import", FileContent(text));
        return answer.StatusCode == HttpStatusCode.Redirect ? await client.GetPageAsync(answer.Headers.Location!.OriginalString) : await answer.ReadPageAsync();
    }

    private static Task<IReadOnlyList<JsonElement>> SendAsync(HttpClient client, string code, params object[] items) => SendAtAsync(client, code, "2026-11-22T09:00:00+07:00", items);

    /// <summary>Sends from a phone whose clock shows this.</summary>
    private static async Task<IReadOnlyList<JsonElement>> SendAtAsync(HttpClient client, string code, string? sent, params object[] items)
    {
        var answer = await PostAsync(client, $"/sessions/{code}/points/P1/sheet/events", JsonContent.Create(new { device = "phone-a", sent_at = sent, items }));
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return [.. (await answer.ReadJsonAsync()).GetProperty("results").EnumerateArray()];
    }

    private static async Task<string?> SendOneAsync(HttpClient client, string code, object item) => Outcome(Assert.Single(await SendAsync(client, code, item)));

    private static string? Outcome(JsonElement result) => result.GetProperty("outcome").GetString();

    /// <summary>Asks for a fresh token first, as the script does.</summary>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string address, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Add("RequestVerificationToken", (await client.GetJsonAsync("/sheets/session")).GetProperty("token").GetString());
        return await client.SendAsync(request);
    }

    private static async Task<IDocument> SheetAsync(HttpClient coordinator, string code) => await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet");
}

public sealed class SqliteSheetSyncTests(SqliteSite site) : SheetSyncTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSheetSyncTests(PostgreSqlSite site) : SheetSyncTests(site), IClassFixture<PostgreSqlSite>;
