using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.SelfCheckIn;
using static TrainingSite.SiteTests.Sessions.SelfCheckInClient;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>People who mark themselves with a point's code, and those who try without being there.</summary>
public abstract class SelfCheckInTests(SiteFixture site)
{
    [Fact]
    public async Task Open_FreshToken_AsksThenRecords()
    {
        var (member, code) = await site.BeginAsync();
        var token = await site.TokenAsync(code, "P1");
        var page = await member.GetPageAsync($"/check-in/{token}");
        Assert.Contains("Điểm danh ở", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await site.EventsAsync(code));

        var done = await FollowAsync(member, await member.PostFormFromAsync(page, $"/check-in/{token}", []));

        Assert.Contains($"Đã ghi: Vì Ngọc Lả có mặt lúc {site.Clock.GetUtcNow().UtcDateTime.ToTimeText()}", done.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        var fact = Assert.Single(await site.EventsAsync(code));
        Assert.Equal((AttendanceKind.In, AttendanceMethod.Self, null), (fact.Kind, fact.Method, fact.Flag));
    }

    [Fact]
    public async Task Open_NotSignedIn_ComesBackWithTheSameTokenForFiveMinutes()
    {
        var (_, code) = await site.BeginAsync();
        var token = await site.TokenAsync(code, "P1");
        var phone = site.CreateClient();
        var first = await phone.GetAsync($"/check-in/{token}");
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Contains(Uri.EscapeDataString($"/check-in/{token}"), first.Headers.Location!.OriginalString, StringComparison.OrdinalIgnoreCase);

        site.Clock.Advance(TimeSpan.FromMinutes(4.5));
        var signedIn = await phone.PostFormAsync("/account/sign-in", new() { ["Login"] = "member", ["Password"] = SiteClient.DemoPassword, ["ReturnUrl"] = $"/check-in/{token}" });
        var page = await phone.GetPageAsync(signedIn.Headers.Location!.OriginalString);
        await FollowAsync(phone, await phone.PostFormFromAsync(page, $"/check-in/{token}", []));

        Assert.Single(await site.EventsAsync(code));
        var other = await site.SignInAsync("member");
        await other.GetPageAsync($"/check-in/{token}", HttpStatusCode.BadRequest);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull((await phone.GetPageAsync($"/check-in/{token}", HttpStatusCode.BadRequest)).QuerySelector("input[name=letters]"));
    }

    [Fact]
    public async Task Open_StaleToken_IsRefusedInWordsAndRecordsNothing()
    {
        var (member, code) = await site.BeginAsync();
        var token = await site.TokenAsync(code, "P1");
        site.Clock.Advance(TimeSpan.FromMinutes(4));

        var page = await member.GetPageAsync($"/check-in/{token}", HttpStatusCode.BadRequest);
        Assert.Contains("Mã này đã đổi", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        var answer = await member.PostFormFromAsync(page, $"/check-in/{token}", []);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await site.EventsAsync(code));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(26)]
    [InlineData(39)]
    public async Task Open_AlteredToken_IsRefusedInWordsAndRecordsNothing(int place)
    {
        var (member, code) = await site.BeginAsync();
        var token = (await site.TokenAsync(code, "P1")).ToCharArray();
        token[place] = token[place] == 'A' ? 'B' : 'A';
        var altered = new string(token);

        var page = await member.GetPageAsync($"/check-in/{altered}", HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.BadRequest, (await member.PostFormFromAsync(page, $"/check-in/{altered}", [])).StatusCode);

        Assert.Contains("Mã này không đúng", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await site.EventsAsync(code));
    }

    [Fact]
    public async Task Open_TokenOfOnePointMadeIntoAnothers_IsRefused()
    {
        var (member, code) = await site.BeginAsync();
        var (first, second) = (await site.TokenAsync(code, "P1"), await site.TokenAsync(code, "P2"));
        // The first 16 bytes name the point: 21 characters and a part of the 22nd.
        var mixed = second[..21] + first[21..];

        await member.GetPageAsync($"/check-in/{mixed}", HttpStatusCode.BadRequest);

        Assert.Empty(await site.EventsAsync(code));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("TS1:SL-000210:1:AAAA")]
    public async Task Open_Nonsense_IsRefused(string token) => await (await site.SignInAsync("member")).GetPageAsync($"/check-in/{Uri.EscapeDataString(token)}", HttpStatusCode.BadRequest);

    [Fact]
    public async Task Open_SessionOfOthers_IsRefused()
    {
        var body = Body($"SC-{Guid.NewGuid().ToString("N")[..8]}");
        body["invite"] = new { units = new[] { "03649" } };
        var code = await (await site.ApiAsync("so.organizer")).OpenSessionAsync((string)body["code"]!, body);
        var member = await site.SignInAsync("member");
        var token = await site.TokenAsync(code, "P2");

        var page = await member.GetPageAsync($"/check-in/{token}", HttpStatusCode.BadRequest);
        var answer = await member.PostFormAsync($"/check-in/{token}", [], page: "/check-in");

        Assert.Contains("không có trong danh sách", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await site.EventsAsync(code));
    }

    [Fact]
    public async Task Open_OtherRoom_IsRecordedAndFlagged()
    {
        var (member, code) = await site.BeginAsync();
        var token = await site.TokenAsync(code, "P2");
        var page = await member.GetPageAsync($"/check-in/{token}");
        Assert.Contains("Bạn được mời ở", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);

        var done = await FollowAsync(member, await member.PostFormFromAsync(page, $"/check-in/{token}", []));

        Assert.Contains("báo người phụ trách", done.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(AttendanceFlag.WrongRoom, Assert.Single(await site.EventsAsync(code)).Flag);
    }

    [Fact]
    public async Task Open_TokenPassedOnAndSentAgain_MarksOnlyWhoHoldsThePhoneAndOnce()
    {
        var (member, code) = await site.BeginAsync();
        var token = await site.TokenAsync(code, "P1");
        var page = await member.GetPageAsync($"/check-in/{token}");
        for (var time = 0; time < 3; time++)
        {
            // Whoever else is named in the form is not marked.
            await FollowAsync(member, await member.PostFormFromAsync(page, $"/check-in/{token}", new() { ["member"] = "SL-000001", ["person"] = "SL-000001", ["point"] = "P2" }));
            site.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        var leader = await site.SignInAsync("to.truong");
        await FollowAsync(leader, await leader.PostFormAsync($"/check-in/{token}", []));

        var marked = await (await site.ApiAsync("so.organizer")).GetJsonAsync($"/api/v1/sessions/{code}/attendance?status=present&take=1000");
        Assert.Equal([Member, await CodeOfAsync("to.truong")], marked.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("member").GetString()).OrderBy(person => person != Member));
        Assert.All(marked.GetProperty("items").EnumerateArray(), row => Assert.Equal("P1", row.GetProperty("point").GetString()));

        Task<string> CodeOfAsync(string user) => site.QueryAsync(db => db.People.Where(person => db.Users.Any(account => account.Id == person.UserId && account.UserName == user)).Select(person => person.Code).SingleAsync());
    }

    [Theory]
    [InlineData("self")]
    [InlineData("code")]
    public async Task Api_MemberSendsASelfMarkWithoutACode_IsRefused(string method)
    {
        var (_, code) = await site.BeginAsync();

        var answer = await (await site.ApiAsync("member")).PostAsync($"/api/v1/sessions/{code}/attendance-events",
            System.Net.Http.Json.JsonContent.Create(new { device = "self", events = new[] { Event(Member, "in", method: method) } }));

        Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            || (await answer.ReadJsonAsync()).GetProperty("results")[0].GetProperty("outcome").GetString() == "rejected", $"{(int)answer.StatusCode}");
        Assert.Empty(await site.EventsAsync(code));
    }

    [Fact]
    public async Task Open_AfterTheRoomBeganToNoteWhoLeaves_LetsThePersonLeave()
    {
        var (member, code) = await site.BeginAsync();
        var token = await site.TokenAsync(code, "P1");
        var page = await member.GetPageAsync($"/check-in/{token}");
        await member.PostFormFromAsync(page, $"/check-in/{token}", []);
        Assert.Null((await member.GetPageAsync($"/check-in/{token}")).QuerySelector("input[name=leaving]"));

        await (await site.ApiAsync("xa.coordinator")).SendOneAsync(code, Event("SL-000001", "out", site.Clock.GetUtcNow().UtcDateTime.ToTimeText()));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await member.GetPageAsync($"/check-in/{token}");
        Assert.NotNull(again.QuerySelector("input[name=leaving]"));
        var done = await FollowAsync(member, await member.PostFormFromAsync(again, $"/check-in/{token}", new() { ["leaving"] = "true" }));

        Assert.Contains("ra về lúc", done.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_OfTheOwnPoint_AreTakenAsPeopleTypeThem()
    {
        var (member, code) = await site.BeginAsync();
        var letters = (await site.CodeAsync(code, "P1")).Letters;

        var done = await FollowAsync(member, await TypeAsync(member, $" {letters[..3].ToLowerInvariant()}-{letters[3..]} "));

        Assert.Contains("Đã ghi: Vì Ngọc Lả", done.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(AttendanceMethod.Code, Assert.Single(await site.EventsAsync(code)).Method);
    }

    [Fact]
    public async Task Letters_OfTheMinuteBefore_AreTakenAndOlderOnesAreNot()
    {
        var (member, code) = await site.BeginAsync();
        var letters = (await site.CodeAsync(code, "P1")).Letters;
        site.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(HttpStatusCode.BadRequest, (await TypeAsync(member, letters)).StatusCode);
        Assert.Empty(await site.EventsAsync(code));

        letters = (await site.CodeAsync(code, "P1")).Letters;
        site.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(HttpStatusCode.Redirect, (await TypeAsync(member, letters)).StatusCode);
    }

    [Fact]
    public async Task Letters_OfAnotherPoint_AreRecordedThereAndFlagged()
    {
        var (member, code) = await site.BeginAsync();

        await FollowAsync(member, await TypeAsync(member, (await site.CodeAsync(code, "P2")).Letters));

        Assert.Equal(AttendanceFlag.WrongRoom, Assert.Single(await site.EventsAsync(code)).Flag);
    }

    [Fact]
    public async Task Open_ClosedSession_IsRefused()
    {
        var (member, code) = await site.BeginAsync();
        var token = await site.TokenAsync(code, "P1");
        await (await site.ApiAsync("so.organizer")).DoAsync(code, "close");

        var page = await member.GetPageAsync($"/check-in/{token}", HttpStatusCode.BadRequest);

        Assert.Contains("đã đóng", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await member.PostFormAsync($"/check-in/{token}", [], page: "/check-in")).StatusCode);
        Assert.Empty(await site.EventsAsync(code));
    }

    [Fact]
    public async Task Open_MoreThanAnHourBefore_IsRefused()
    {
        var body = Body($"SC-{Guid.NewGuid().ToString("N")[..8]}");
        body["blocks"] = new[] { new { start = "2026-11-30T08:00:00+07:00", end = "2026-11-30T11:00:00+07:00" } };
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.PostAsync("/api/v1/sessions", System.Net.Http.Json.JsonContent.Create(body));
        var code = (string)body["code"]!;
        await organizer.DoAsync(code, "publish");

        var page = await (await site.SignInAsync("member")).GetPageAsync($"/check-in/{await site.TokenAsync(code, "P1")}", HttpStatusCode.BadRequest);

        Assert.Contains("07:00", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Screen_ForWhoServesThePoint_ShowsTheCodeAndFetchesTheNextOnes()
    {
        var (_, code) = await site.BeginAsync();
        var coordinator = await site.SignInAsync("xa.coordinator");
        var page = await coordinator.GetPageAsync($"/sessions/{code}/points/P1/code");
        Assert.Equal((await site.CodeAsync(code, "P1")).Letters, page.QuerySelector("[data-letters]")!.TextContent);
        Assert.NotNull(page.QuerySelector("svg.qr"));

        var next = await coordinator.GetJsonAsync($"/sessions/{code}/points/P1/code/next");
        var codes = next.GetProperty("codes").EnumerateArray().ToList();

        Assert.Equal(6, codes.Select(one => one.GetProperty("letters").GetString()).Distinct().Count());
        Assert.All(codes.Zip(codes.Skip(1)), pair => Assert.Equal(pair.First.GetProperty("until").GetInt64(), pair.Second.GetProperty("from").GetInt64()));
        Assert.True(codes[0].GetProperty("from").GetInt64() <= next.GetProperty("now").GetInt64());
        var seed = await site.QueryAsync(db => db.SessionPoints.Where(point => point.Session.Code == code && point.Code == "P1").Select(point => EF.Property<byte[]>(point, "CodeSeed")).SingleAsync());
        var told = next.GetRawText() + await coordinator.GetStringAsync($"/sessions/{code}/points/P1/code");
        Assert.DoesNotContain(Convert.ToBase64String(seed), told, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(seed), told, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("member", "P1")]
    [InlineData("to.truong", "P1")]
    [InlineData("xa.coordinator", "P2")]
    public async Task Screen_OfOthers_IsRefused(string user, string point)
    {
        var (_, code) = await site.BeginAsync();
        var client = await site.SignInAsync(user);

        foreach (var path in new[] { "code", "code/next", "sheet/print", "sheet/paper", "photos" })
        {
            Assert.Contains((await client.GetAsync($"/sessions/{code}/points/{point}/{path}")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Redirect });
        }
    }

    [Fact]
    public async Task Links_WhileTheSessionRuns_LeadTheMemberToTheLetters()
    {
        var (member, code) = await site.BeginAsync();

        Assert.NotNull((await member.GetPageAsync($"/sessions/{code}")).QuerySelector("main a[href='/check-in']"));
        Assert.NotNull((await member.GetPageAsync("/today")).QuerySelector("main a[href='/check-in']"));
    }
}

public sealed class SqliteSelfCheckInTests(SqliteSite site) : SelfCheckInTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSelfCheckInTests(PostgreSqlSite site) : SelfCheckInTests(site), IClassFixture<PostgreSqlSite>;
