using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>A rehearsal takes attendance like a real session and counts nowhere.</summary>
public abstract class RehearsalTests(SiteFixture site)
{
    [Fact]
    public async Task Schedule_AsRehearsal_IsSaidOnEveryPageOfIt()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostFormAsync("/sessions/new", new(Form("DT-FORM")) { ["IsRehearsal"] = "true" });
        Assert.True((await organizer.GetPageAsync("/sessions/DT-FORM/edit")).QuerySelector<IHtmlInputElement>("#IsRehearsal")!.IsChecked);

        await organizer.PostFormAsync("/sessions/DT-FORM/publish", [], page: "/sessions/DT-FORM");

        var member = await site.SignInAsync("member");
        foreach (var (reader, page) in new[] { (organizer, "/sessions/DT-FORM"), (member, "/sessions/DT-FORM"), (member, "/sessions"), (organizer, "/sessions/DT-FORM/points/PT-001/sheet") })
        {
            Assert.Contains("Diễn tập", (await reader.GetPageAsync(page)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }

        Assert.Contains("SUMMARY:[Diễn tập] An toàn trên mạng", await (await member.GetAsync("/sessions/DT-FORM/calendar.ics")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True((await (await site.ApiAsync("so.organizer")).GetJsonAsync("/api/v1/sessions/DT-FORM")).GetProperty("rehearsal").GetBoolean());
    }

    [Fact]
    public async Task Edit_Published_CannotTurnItIntoARealOne()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostFormAsync("/sessions/new", new(Form("DT-FIXED")) { ["IsRehearsal"] = "true" });
        await organizer.PostFormAsync("/sessions/DT-FIXED/publish", [], page: "/sessions/DT-FIXED");

        await organizer.PostFormAsync("/sessions/DT-FIXED/edit", new(Form("DT-FIXED")) { ["Title"] = "Đổi tên" });

        var saved = await site.QueryAsync(db => db.Sessions.AsNoTracking().SingleAsync(session => session.Code == "DT-FIXED"));
        Assert.Equal((true, "Đổi tên"), (saved.IsRehearsal, saved.Title));
    }

    [Fact]
    public async Task Attendance_AtARehearsal_IsTakenAndCreditsNothing()
    {
        var (topic, course) = await CourseAsync();
        var organizer = await OpenAsync("DT-CREDIT", topic);

        Assert.Equal("recorded", (await organizer.SendOneAsync("DT-CREDIT", Event("SL-000001", "in"))).Outcome);

        Assert.Equal("present", (await organizer.AttendanceOfAsync("DT-CREDIT", "SL-000001")).GetProperty("status").GetString());
        Assert.Equal(1, (await organizer.GetJsonAsync("/api/v1/sessions/DT-CREDIT/summary")).GetProperty("whole").GetProperty("counts").GetProperty("attended").GetInt32());
        Assert.False(await site.QueryAsync(db => db.AttendanceCredits.AnyAsync(credit => credit.TopicCode == topic)));
        Assert.False(await site.QueryAsync(db => db.Completions.AnyAsync(completion => completion.CourseId == course)));
    }

    [Fact]
    public async Task Lists_OfWhatCounts_DoNotShowIt()
    {
        var organizer = await OpenAsync("DT-LISTS", "T7", "Thử đường truyền Mường Hung");
        await organizer.DoAsync("DT-LISTS", "close");
        await organizer.OpenSessionAsync("DT-REAL", new(Body("DT-REAL")) { ["title"] = "Buổi thật Mường Hung" });
        var pages = await site.SignInAsync("so.organizer");
        var member = await site.SignInAsync("member");

        var choices = (await pages.GetPageAsync("/reports/session-attendance")).QuerySelectorAll("option").Select(option => option.TextContent).ToList();
        Assert.Contains(choices, choice => choice.Contains("Buổi thật Mường Hung", StringComparison.Ordinal));
        Assert.DoesNotContain(choices, choice => choice.Contains("Thử đường truyền", StringComparison.Ordinal));
        var found = (await (await site.ApiAsync("member")).GetStringAsync("/api/v1/search?q=M%C6%B0%E1%BB%9Dng+Hung&kind=session"));
        Assert.Contains("DT-REAL", found, StringComparison.Ordinal);
        Assert.DoesNotContain("DT-LISTS", found, StringComparison.Ordinal);
        Assert.DoesNotContain("DT-LISTS", (await member.GetPageAsync("/sessions")).Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("DT-LISTS", (await pages.GetPageAsync("/sessions")).Body!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_ForVisitors_ShowsRealSessionsOnly()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostFormAsync("/sessions/new", new(Form("DT-HOME")) { ["Title"] = "Thử phòng họp", ["IsRehearsal"] = "true", ["Blocks[0].Date"] = "2026-11-24" });
        await organizer.PostFormAsync("/sessions/DT-HOME/publish", [], page: "/sessions/DT-HOME");

        var home = (await site.CreateClient().GetPageAsync("/")).Body!.TextContent;

        Assert.Contains("Buổi tập huấn sắp tới", home, StringComparison.Ordinal);
        Assert.DoesNotContain("Thử phòng họp", home, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitation_ToARehearsalOrMakeup_SaysSo()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var person = await site.QueryAsync(db => db.Set<TrainingSite.Organization.Models.Person>().Where(row => row.Code == "SL-000003").Select(row => row.Id).SingleAsync());
        await organizer.PostAsJsonAsync("/api/v1/sessions", new Dictionary<string, object?>(Body("DT-MAIL")) { ["rehearsal"] = true, ["blocks"] = new[] { new { start = "2026-12-05T08:00:00+07:00", end = "2026-12-05T11:00:00+07:00" } } });
        await organizer.DoAsync("DT-MAIL", "publish");
        await organizer.OpenSessionAsync("DT-ORIGINAL");
        await organizer.DoAsync("DT-ORIGINAL", "close");
        await organizer.PostAsJsonAsync("/api/v1/sessions/DT-ORIGINAL/makeup", new { code = "DT-MAKEUP", publish = true, blocks = new[] { new { start = "2026-12-05T08:00:00+07:00", end = "2026-12-05T11:00:00+07:00" } } });

        var rehearsal = await RenderAsync("session-invitation", "DT-MAIL");
        var makeup = await RenderAsync("session-invitation", "DT-MAKEUP");

        Assert.Contains("[Diễn tập] An toàn trên mạng", rehearsal.Title, StringComparison.Ordinal);
        Assert.Contains("Đây là buổi diễn tập", rehearsal.Text, StringComparison.Ordinal);
        Assert.StartsWith("[Diễn tập]", rehearsal.Calendar!.Summary, StringComparison.Ordinal);
        Assert.Contains("Đây là buổi học bù", makeup.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("iễn tập", makeup.Text, StringComparison.Ordinal);

        Task<MessageContent> RenderAsync(string rule, string code) => site.WithAsync(async services =>
            (await services.GetServices<IReminderSource>().Single(source => source.Rule == rule).RenderAsync(code, [person], CancellationToken.None))[person]);
    }

    private async Task<HttpClient> OpenAsync(string code, string topic, string title = "Diễn tập")
    {
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body(code);
        (body["topics"], body["title"], body["rehearsal"]) = (new[] { topic }, title, true);
        await organizer.OpenSessionAsync(code, body);
        return organizer;
    }

    private async Task<(string Topic, Guid Course)> CourseAsync() => await site.QueryAsync(async db =>
    {
        var topic = $"R{Guid.NewGuid():N}"[..10];
        var course = new Course { Slug = topic, TopicCode = topic, Title = "Khóa thử", State = CourseState.Published, CompletionMode = CompletionMode.Any, UpdatedUtc = site.Clock.UtcNow() };
        db.Topics.Add(new() { Code = topic, Name = "Thử", Icon = "book" });
        db.Courses.Add(course);
        await db.SaveChangesAsync();
        return (topic, course.Id);
    });
}

public sealed class SqliteRehearsalTests(SqliteSite site) : RehearsalTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlRehearsalTests(PostgreSqlSite site) : RehearsalTests(site), IClassFixture<PostgreSqlSite>;
