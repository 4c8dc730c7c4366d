using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using TrainingSite.Notifications.Models;
using TrainingSite.Notifications.Services;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Conflicts.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>A member appeals against an absence; the coordinator answers; the member reads it.</summary>
public abstract class AppealTests(SiteFixture site)
{
    /// <summary>Person of the account "member", invited to P1.</summary>
    private const string Person = "SL-000210";

    private DateTimeOffset Now => site.Clock.GetUtcNow();

    [Fact]
    public async Task Appeal_Accepted_CorrectsTheAttendanceAndTellsTheMember()
    {
        var (organizer, code) = await CloseAsync();
        var member = await site.SignInAsync("member");
        await AppealAsync(member, code, "Tôi đến muộn 10 phút, ngồi cuối phòng.");
        var coordinator = await site.SignInAsync("xa.coordinator");
        var page = await coordinator.GetPageAsync($"/sessions/{code}/conflicts?kind=Appeal");
        Assert.Contains("ngồi cuối phòng", page.QuerySelector($"[data-review={Person}]")!.TextContent, StringComparison.Ordinal);

        await AnswerAsync(coordinator, page, accept: true, "Đã hỏi lại, đúng là bạn có mặt.", status: "Late", minutes: "110");

        var row = await organizer.AttendanceOfAsync(code, Person);
        Assert.Equal(("late", 110), (row.GetProperty("status").GetString(), row.GetProperty("minutes").GetInt32()));
        var shown = (await member.GetPageAsync($"/sessions/{code}")).QuerySelector("[aria-labelledby=appeal]")!.TextContent;
        Assert.Contains("Đã hỏi lại", shown, StringComparison.Ordinal);
        Assert.Contains("Cán bộ phường Chiềng Lề", shown, StringComparison.Ordinal);
        Assert.Empty((await coordinator.GetPageAsync($"/sessions/{code}/conflicts")).QuerySelectorAll("[data-review]"));
        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<SweepRemindersTask>().ExecuteAsync(CancellationToken.None);
            await services.GetRequiredService<SendMessagesTask>().ExecuteAsync(CancellationToken.None);
            return true;
        });
        Assert.Contains("đã được sửa", (await member.GetPageAsync("/me/notices")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_WithAnOpenAppeal_TellsWhoAnswersItAndNobodyElse()
    {
        var (_, code) = await CloseAsync();
        var member = await site.SignInAsync("member");
        var coordinator = await site.SignInAsync("xa.coordinator");
        var link = $"a[href='/sessions/{code}/conflicts?kind=Appeal']";
        Assert.Null((await coordinator.GetPageAsync("/today")).QuerySelector(link));
        await AppealAsync(member, code, "Tôi có mặt.");

        Assert.Contains("1 khiếu nại", (await coordinator.GetPageAsync("/today")).QuerySelector($".notice:has({link})")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await member.GetPageAsync("/today")).QuerySelector(link));
        Assert.Null((await (await site.SignInAsync("to.truong")).GetPageAsync("/today")).QuerySelector(link));

        await AnswerAsync(coordinator, await coordinator.GetPageAsync($"/sessions/{code}/conflicts?kind=Appeal"), accept: false, "Không đúng.");
        Assert.Null((await coordinator.GetPageAsync("/today")).QuerySelector(link));
    }

    [Fact]
    public async Task Appeal_AcceptedWithMoreMinutesThanTheSessionHas_IsRefusedWithTheMost()
    {
        var (organizer, code) = await CloseAsync();
        await AppealAsync(await site.SignInAsync("member"), code, "Tôi có mặt.");
        var coordinator = await site.SignInAsync("xa.coordinator");
        var before = await organizer.AttendanceOfAsync(code, Person);

        await AnswerAsync(coordinator, await coordinator.GetPageAsync($"/sessions/{code}/conflicts?kind=Appeal"), accept: true, "Đúng.", minutes: "9999");

        Assert.Contains("nhiều nhất 120 phút", (await coordinator.GetPageAsync($"/sessions/{code}/conflicts")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before.GetProperty("status").GetString(), (await organizer.AttendanceOfAsync(code, Person)).GetProperty("status").GetString());
        Assert.Equal(AppealState.Open, Assert.Single(await AppealsAsync(code)).State);
    }

    [Fact]
    public async Task Appeal_Refused_LeavesTheAttendanceAndSaysWhy()
    {
        var (organizer, code) = await CloseAsync();
        var member = await site.SignInAsync("member");
        await AppealAsync(member, code, "Tôi có mặt.");
        var coordinator = await site.SignInAsync("xa.coordinator");
        var page = await coordinator.GetPageAsync($"/sessions/{code}/conflicts");

        await AnswerAsync(coordinator, page, accept: false, "");
        Assert.Equal(AppealState.Open, (await AppealsAsync(code)).Single().State);
        await AnswerAsync(coordinator, page, accept: false, "Cả phòng không ai thấy bạn.");
        await AnswerAsync(coordinator, page, accept: true, "Nghĩ lại rồi.");

        var appeal = (await AppealsAsync(code)).Single();
        Assert.Equal((AppealState.Refused, "Cả phòng không ai thấy bạn."), (appeal.State, appeal.Answer));
        Assert.Equal("absent", (await organizer.AttendanceOfAsync(code, Person)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Appeal_TwiceTooLateOrNeedless_IsRefused()
    {
        var (organizer, code) = await CloseAsync();
        var member = await site.SignInAsync("member");

        await AppealAsync(member, code, "   ");
        Assert.Empty(await AppealsAsync(code));
        await AppealAsync(member, code, "Lần một.");
        await AppealAsync(member, code, "Lần hai.");
        Assert.Equal("Lần một.", (await AppealsAsync(code)).Single().Text);

        var (_, second) = await CloseAsync();
        site.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        var late = await site.SignInAsync("member");
        Assert.NotNull((await late.GetPageAsync($"/sessions/{second}")).QuerySelector("#appeal-text"));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await late.GetPageAsync($"/sessions/{second}")).QuerySelector("#appeal-text"));
        await AppealAsync(late, second, "Muộn rồi.");
        Assert.Empty(await AppealsAsync(second));

        var (_, third) = await CloseAsync(present: true);
        Assert.Null((await late.GetPageAsync($"/sessions/{third}")).QuerySelector("#appeal-text"));
        await AppealAsync(late, third, "Không cần.");
        Assert.Empty(await AppealsAsync(third));
        await organizer.DoAsync(code, "open");
        Assert.Null((await late.GetPageAsync($"/sessions/{code}")).QuerySelector("#appeal"));
    }

    [Fact]
    public async Task Declined_BeforeASessionNowClosed_IsExcusedForTheMemberTooAndAppealsNothing()
    {
        var code = $"KN-{Guid.NewGuid().ToString("N")[..8]}";
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body(code);
        body["blocks"] = new object[] { new { start = Now.AddHours(1), end = Now.AddHours(2) } };
        Assert.Equal(HttpStatusCode.Created, (await organizer.PostAsJsonAsync("/api/v1/sessions", body)).StatusCode);
        await organizer.DoAsync(code, "publish");
        await organizer.AnswerAsync(code, Person, "declined", "Con ốm");
        site.Clock.Advance(TimeSpan.FromHours(2));
        await organizer.DoAsync(code, "close");
        Assert.Equal("excused", (await organizer.AttendanceOfAsync(code, Person)).GetProperty("status").GetString());
        var member = await site.SignInAsync("member");

        Assert.Null((await member.GetPageAsync($"/sessions/{code}")).QuerySelector("#appeal-text"));
        await AppealAsync(member, code, "Tôi đã xin phép.");

        Assert.Empty(await AppealsAsync(code));
        var row = (await (await site.SignInAsync("xa.coordinator")).GetPageAsync($"/people/{Person}")).QuerySelector($"a[href='/sessions/{code}']")!;
        Assert.Equal("Vắng có phép", row.QuerySelector(".state")!.TextContent.Trim());
    }

    [Fact]
    public async Task Appeal_AnsweredByOthersThanItsCoordinator_IsRefused()
    {
        var (_, code) = await CloseAsync();
        await AppealAsync(await site.SignInAsync("member"), code, "Tôi có mặt.");
        var id = (await AppealsAsync(code)).Single().Id;

        foreach (var other in new[] { "to.truong", "member" })
        {
            var client = await site.SignInAsync(other);
            var answer = await client.PostFormFromAsync(await client.GetPageAsync("/today"), $"/sessions/{code}/conflicts/appeals/{id}", new() { ["accept"] = "true", ["answer"] = "được", ["status"] = "Present" });
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        }

        var stranger = await site.SignInAsync("so.organizer");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostFormFromAsync(await stranger.GetPageAsync("/today"), $"/sessions/{code}/appeal", new() { ["text"] = "không được mời" })).StatusCode);
        Assert.Equal(AppealState.Open, (await AppealsAsync(code)).Single().State);
    }

    /// <summary>A session that was held and closed; the member was not marked unless told.</summary>
    private async Task<(HttpClient Organizer, string Code)> CloseAsync(bool present = false)
    {
        var code = $"KN-{Guid.NewGuid().ToString("N")[..8]}";
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body(code);
        body["blocks"] = new object[] { new { start = Now.AddHours(-2), end = Now } };
        await organizer.OpenSessionAsync(code, body);
        if (present)
        {
            await organizer.SendOneAsync(code, new(Event(Person, "in")) { ["at"] = Now });
        }

        await organizer.DoAsync(code, "close");
        return (organizer, code);
    }

    private static async Task AppealAsync(HttpClient member, string code, string text) =>
        Assert.Equal(HttpStatusCode.Redirect, (await member.PostFormFromAsync(await member.GetPageAsync($"/sessions/{code}"), $"/sessions/{code}/appeal", new() { ["text"] = text })).StatusCode);

    private static async Task AnswerAsync(HttpClient client, IDocument page, bool accept, string answer, string status = "Present", string? minutes = null)
    {
        var form = page.QuerySelector("form[action*='/appeals/']")!;
        var sent = await client.PostFormFromAsync(page, form.GetAttribute("action")!, new() { ["accept"] = accept ? "true" : "false", ["answer"] = answer, ["status"] = status, ["minutes"] = minutes });
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
    }

    private Task<List<Appeal>> AppealsAsync(string code) => site.QueryAsync(db => db.Set<Appeal>().AsNoTracking()
        .Where(appeal => db.Set<TrainingSite.Sessions.Models.TrainingSession>().Any(session => session.Id == appeal.SessionId && session.Code == code)).ToListAsync());
}

public sealed class SqliteAppealTests(SqliteSite site) : AppealTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlAppealTests(PostgreSqlSite site) : AppealTests(site), IClassFixture<PostgreSqlSite>;
