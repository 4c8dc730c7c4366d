using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Paper;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>No power: a printed sheet with codes, typed in afterwards, its photographs.</summary>
public abstract class PaperTests(SiteFixture site)
{
    [Fact]
    public async Task Print_OfAPoint_NumbersPeopleInOrderAndKeepsRoomForWalkIns()
    {
        var (coordinator, code) = await OpenAsync();

        var page = await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet/print");

        var codes = page.QuerySelectorAll("tbody th").Select(cell => cell.TextContent).ToList();
        Assert.Equal(17, codes.Count);
        Assert.Equal(Enumerable.Range(1, 17), codes.Select(text => int.Parse(text[..^1])));
        Assert.All(codes, text => Assert.Matches("^[0-9]+[B-Z]$", text));
        Assert.Equal(PaperModel.EmptyRows, page.QuerySelectorAll(".paper-empty").Length);
        var sheet = (await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet")).QuerySelectorAll(".sheet-name").Select(name => name.TextContent);
        Assert.Equal(sheet, page.QuerySelectorAll("tbody th").Select(cell => cell.NextElementSibling!.TextContent));
    }

    [Fact]
    public async Task Enter_AfterTheSheetWasClosed_TakesWhoSignedBefore()
    {
        var (coordinator, code) = await OpenAsync();
        var first = (await CodesAsync(coordinator, code))[0];
        await coordinator.PostFormAsync($"/sessions/{code}/points/P1/sheet/close", [], page: $"/sessions/{code}/points/P1/sheet");
        Assert.Contains("ký trước đó vẫn nhập được", (await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet")).QuerySelector("main .notice-warning")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Danh sách đã chốt", (await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet/paper")).QuerySelector("main .notice")!.TextContent, StringComparison.Ordinal);

        var answer = await EnterAsync(coordinator, code, first);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(1, await site.QueryAsync(db => db.Attendances.CountAsync(row => row.SessionId == db.Set<TrainingSession>().Single(session => session.Code == code).Id && row.Status == AttendanceStatus.Present)));
    }

    [Fact]
    public async Task Numbers_AfterAWalkInAndAMove_StayAndGoOn()
    {
        var (coordinator, code) = await OpenAsync(roles: "leader");
        var before = await CodesAsync(coordinator, code);
        Assert.Equal(3, before.Count);
        await coordinator.PostFormAsync($"/sessions/{code}/points/P1/sheet/walk-in", new() { ["member"] = "SL-000002" }, page: $"/sessions/{code}/points/P1/sheet");
        Assert.Equal(before.Append("4"), (await CodesAsync(coordinator, code)).Select((text, index) => index < 3 ? text : text[..^1]));

        await site.QueryAsync(async db =>
        {
            var to = await db.SessionPoints.Where(point => point.Session.Code == code && point.Code == "P2").Select(point => new { point.Id, point.SessionId }).SingleAsync();
            var person = await db.People.Where(row => row.Code == "SL-000002").Select(row => row.Id).SingleAsync();
            return await db.Invitations.Where(row => row.SessionId == to.SessionId && row.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(row => row.PointId, to.Id));
        });
        await coordinator.PostFormAsync($"/sessions/{code}/points/P1/sheet/walk-in", new() { ["member"] = "SL-000003" }, page: $"/sessions/{code}/points/P1/sheet");

        Assert.Equal(before.Append("5"), (await CodesAsync(coordinator, code)).Select((text, index) => index < 3 ? text : text[..^1]));
    }

    [Fact]
    public async Task Numbers_GivenByManyAtOnce_AreEachGivenOnce()
    {
        var (_, code) = await OpenAsync();
        var point = await site.QueryAsync(async db =>
        {
            await db.Set<PaperNumber>().ExecuteDeleteAsync();
            return await db.SessionPoints.Where(row => row.Session.Code == code && row.Code == "P1").Select(row => row.Id).SingleAsync();
        });

        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.WithAsync(services => services.GetRequiredService<PaperNumbers>().OfAsync(point))));

        Assert.All(all, numbers => Assert.Equal(Enumerable.Range(1, 17), numbers.Values.Order()));
    }

    [Fact]
    public async Task Enter_Codes_RecordsThemFromPaperAtTheStart()
    {
        var (coordinator, code) = await OpenAsync();
        var codes = await CodesAsync(coordinator, code);

        var answer = await EnterAsync(coordinator, code, $"{codes[0]} {codes[1].ToLowerInvariant()}+15,{codes[2]}-\n{codes[3]}");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var facts = await EventsAsync(code);
        Assert.Equal(4, facts.Count);
        Assert.All(facts, fact => Assert.Equal((AttendanceMethod.Paper, new DateTime(2026, 11, 22, 1, 0, 0, DateTimeKind.Utc)), (fact.Method, fact.AtUtc)));
        Assert.Equal(15, facts.Single(fact => fact.Kind == AttendanceKind.Late).Minutes);
        Assert.Single(facts, fact => fact.Kind == AttendanceKind.Absent);
    }

    [Fact]
    public async Task Enter_CodesWithoutSpaces_AreTakenApart()
    {
        var (coordinator, code) = await OpenAsync();
        var codes = await CodesAsync(coordinator, code);

        await EnterAsync(coordinator, code, string.Concat(codes[0], codes[1].ToLowerInvariant(), codes[2], "-", codes[10], "+5"));

        var facts = await EventsAsync(code);
        Assert.Equal(4, facts.Count);
        Assert.Single(facts, fact => fact.Kind == AttendanceKind.Absent);
        Assert.Equal(5, Assert.Single(facts, fact => fact.Kind == AttendanceKind.Late).Minutes);
        Assert.Equal(HttpStatusCode.BadRequest, (await EnterAsync(coordinator, code, $"{codes[3]}+1{codes[4]}")).StatusCode);
    }

    [Fact]
    public async Task Enter_TimeTyped_IsTheEventsTime()
    {
        var (coordinator, code) = await OpenAsync();
        var codes = await CodesAsync(coordinator, code);

        Assert.Equal(HttpStatusCode.BadRequest, (await EnterAsync(coordinator, code, codes[0], "23:30")).StatusCode);
        await EnterAsync(coordinator, code, codes[0], "08:20");

        Assert.Equal(new DateTime(2026, 11, 22, 1, 20, 0, DateTimeKind.Utc), Assert.Single(await EventsAsync(code)).AtUtc);
    }

    [Fact]
    public async Task Enter_OneWrongAmongMany_NamesEachAndRecordsNothing()
    {
        var (coordinator, code) = await OpenAsync();
        var codes = await CodesAsync(coordinator, code);
        var wrongLetter = codes[1][..^1] + (codes[1][^1] == 'B' ? 'C' : 'B');
        var unknown = await site.WithAsync(async services =>
        {
            var point = await services.GetRequiredService<SiteDbContext>().SessionPoints.Where(row => row.Session.Code == code && row.Code == "P1").Select(row => row.Id).SingleAsync();
            return PaperCode.Of(point, 400);
        });

        var answer = await EnterAsync(coordinator, code, $"{codes[0]} {codes[0]} {wrongLetter} {unknown} 12 xyz {codes[3]}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.ReadPageAsync();
        var faults = page.QuerySelectorAll(".error-summary li").Select(item => item.TextContent).ToList();
        Assert.Equal(5, faults.Count);
        Assert.Contains(faults, fault => fault.Contains("gõ hai lần", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains(wrongLetter, StringComparison.Ordinal) && fault.Contains("chữ cái không khớp", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("không có số 400", StringComparison.Ordinal));
        Assert.Equal(2, faults.Count(fault => fault.Contains("không phải mã", StringComparison.Ordinal)));
        Assert.Contains(codes[3], page.QuerySelector<IHtmlTextAreaElement>("textarea")!.Value, StringComparison.Ordinal);
        Assert.Empty(await EventsAsync(code));
    }

    [Fact]
    public async Task Enter_AfterTheSessionClosed_IsStillTaken()
    {
        var (coordinator, code) = await OpenAsync();
        var codes = await CodesAsync(coordinator, code);
        await (await site.ApiAsync("so.organizer")).DoAsync(code, "close");

        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(coordinator, code, codes[0])).StatusCode);

        Assert.Single(await EventsAsync(code));
    }

    [Fact]
    public async Task Enter_AtAnotherPoint_IsRefused()
    {
        var (coordinator, code) = await OpenAsync();

        var answer = await coordinator.PostFormAsync($"/sessions/{code}/points/P2/sheet/paper", new() { ["text"] = "1B" }, page: $"/sessions/{code}/points/P1/sheet");

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
    }

    [Theory]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("89504E470D0A1A0A0000000D49484452", "image/png")]
    [InlineData("524946460A00000057454250565038", "image/webp")]
    public async Task Photo_Sent_IsKeptOnceAndShownToWhoServesThePoint(string head, string type)
    {
        var (coordinator, code) = await OpenAsync();
        var bytes = Convert.FromHexString(head).Concat(Guid.NewGuid().ToByteArray()).ToArray();

        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(coordinator, code, bytes)).StatusCode);
        await SendAsync(coordinator, code, bytes);

        var page = await coordinator.GetPageAsync($"/sessions/{code}/points/P1/photos");
        var address = Assert.Single(page.QuerySelectorAll(".photo-list img")).GetAttribute("src")!;
        var photo = await coordinator.GetAsync(address);
        Assert.Equal(type, photo.Content.Headers.ContentType!.MediaType);
        Assert.Equal(bytes, await photo.Content.ReadAsByteArrayAsync());
        Assert.Equal("nosniff", photo.Headers.GetValues("X-Content-Type-Options").Single());
        foreach (var other in new[] { "member", "to.truong" })
        {
            Assert.Contains((await (await site.SignInAsync(other)).GetAsync(address)).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        }

        await coordinator.PostFormFromAsync(page, $"{address}/remove", []);
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.GetAsync(address)).StatusCode);
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(site.DataPath, "point-photos"), "*", SearchOption.AllDirectories), path => File.ReadAllBytes(path).SequenceEqual(bytes));
    }

    [Fact]
    public async Task Photo_SomethingElse_IsRefusedInWords()
    {
        var (coordinator, code) = await OpenAsync();

        var answer = await SendAsync(coordinator, code, "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray(), "a.jpg");

        Assert.Contains("không phải ảnh", (await coordinator.GetPageAsync(answer.Headers.Location!.OriginalString)).QuerySelector("#toasts")!.TextContent, StringComparison.Ordinal);
        Assert.False(await site.QueryAsync(db => db.Set<PointPhoto>().AnyAsync(photo => db.Set<SessionPoint>().Any(point => point.Id == photo.PointId && point.Session.Code == code))));
    }

    [Fact]
    public async Task Sheet_HasLinksToCodeAndPaper()
    {
        var (coordinator, code) = await OpenAsync();
        var links = (await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet")).QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ToList();

        foreach (var path in new[] { "code", "sheet/print", "sheet/paper", "photos" })
        {
            Assert.Contains($"/sessions/{code}/points/P1/{path}", links);
        }

        Assert.Contains($"/sessions/{code}/points/P1/code", (await coordinator.GetPageAsync($"/sessions/{code}")).QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
    }

    private async Task<(HttpClient Coordinator, string Code)> OpenAsync(string? roles = null)
    {
        var code = $"PA-{Guid.NewGuid().ToString("N")[..8]}";
        var body = Body(code);
        if (roles is not null)
        {
            body["invite"] = new { units = new[] { "116" }, roles = new[] { roles } };
        }

        await (await site.ApiAsync("so.organizer")).OpenSessionAsync(code, body);
        return (await site.SignInAsync("xa.coordinator"), code);
    }

    private Task<List<AttendanceEvent>> EventsAsync(string code) =>
        site.QueryAsync(db => db.AttendanceEvents.AsNoTracking().Where(row => db.Set<TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code)).ToListAsync());

    private static async Task<List<string>> CodesAsync(HttpClient coordinator, string code) =>
        [.. (await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet/print")).QuerySelectorAll("tbody th").Select(cell => cell.TextContent)];

    private static Task<HttpResponseMessage> EnterAsync(HttpClient coordinator, string code, string text, string? time = null) =>
        coordinator.PostFormAsync($"/sessions/{code}/points/P1/sheet/paper", new() { ["text"] = text, ["time"] = time });

    private static async Task<HttpResponseMessage> SendAsync(HttpClient coordinator, string code, byte[] bytes, string name = "to.jpg")
    {
        var page = await coordinator.GetPageAsync($"/sessions/{code}/points/P1/photos");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value), "__RequestVerificationToken" },
            { new ByteArrayContent(bytes), "pictures", name },
        };
        return await coordinator.PostAsync($"/sessions/{code}/points/P1/photos", content);
    }
}

public sealed class SqlitePaperTests(SqliteSite site) : PaperTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlPaperTests(PostgreSqlSite site) : PaperTests(site), IClassFixture<PostgreSqlSite>;

/// <summary>The check letter of a paper code.</summary>
public sealed class PaperCodeTests
{
    [Fact]
    public void Letter_OneDigitWrongOrTwoChangedPlaces_IsAnother()
    {
        var point = Guid.NewGuid();
        for (var number = 1; number < 1000; number++)
        {
            var digits = number.ToString();
            var slips = Enumerable.Range(0, digits.Length).SelectMany(place => "0123456789".Where(digit => digit != digits[place]).Select(digit => digits[..place] + digit + digits[(place + 1)..]))
                .Concat(Enumerable.Range(0, digits.Length - 1).Where(place => digits[place] != digits[place + 1]).Select(place => digits[..place] + digits[place + 1] + digits[place] + digits[(place + 2)..]));
            Assert.All(slips, slip => Assert.NotEqual(PaperCode.LetterOf(point, number), PaperCode.LetterOf(point, int.Parse(slip))));
        }
    }

    [Fact]
    public void Letter_AtAnotherPoint_IsMostlyAnother()
    {
        var letters = Enumerable.Range(0, 1000).Select(_ => PaperCode.LetterOf(Guid.NewGuid(), 7)).GroupBy(letter => letter).ToList();

        Assert.Equal(19, letters.Count);
        Assert.All(letters, letter => Assert.True(letter.Count() < 150));
    }
}
