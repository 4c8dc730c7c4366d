using TrainingSite.Courses.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Minutes from event to completion: late, out and in again, corrections, the share that a course asks for.</summary>
public abstract class MinutesTests(SiteFixture site)
{
    private const string Member = "SL-000210";

    [Fact]
    public async Task LateInTheSecondBlock_CountsTheRest()
    {
        var (organizer, code, course) = await ArrangeAsync(percent: 95);
        await organizer.SendAsync(code, "phone-1", Event(Member, "in"), With(Event(Member, "late", "14:20"), block: 2, minutes: 20));

        Assert.Equal(280, (await organizer.AttendanceOfAsync(code, Member)).GetProperty("minutes").GetInt32());
        Assert.False(await IsCompleteAsync(course));
        await organizer.DoAsync(code, "close");
        Assert.Contains("Bạn dự 280/300 phút, chưa đủ 95%", await MinePageAsync(code), StringComparison.Ordinal);

        await organizer.SendOneAsync(code, With(Event(Member, "correction", "16:00"), minutes: 290, status: "late"));

        Assert.True(await IsCompleteAsync(course));
        Assert.Contains("Bạn dự 290/300 phút, đủ 95%", await MinePageAsync(code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutAndInAgain_LeavesTheTimeBetweenOut()
    {
        var (organizer, code, course) = await ArrangeAsync(percent: 80);
        // Out from 9 to 10 in the morning: 120 of 180 minutes, and the whole afternoon.
        await organizer.SendAsync(code, "phone-1", With(Event(Member, "in", "08:00", method: "card"), block: 1), With(Event(Member, "out", "09:00", method: "card"), block: 1), With(Event(Member, "in", "10:00", method: "card"), block: 1), With(Event(Member, "in", "14:00"), block: 2));
        Assert.Equal(240, (await organizer.AttendanceOfAsync(code, Member)).GetProperty("minutes").GetInt32());
        Assert.True(await IsCompleteAsync(course));

        // One minute less is less than 80 %: the completion is taken back, and given again by who came back for it.
        await organizer.SendOneAsync(code, With(Event(Member, "out", "15:59", method: "card"), block: 2));
        Assert.Equal(239, (await organizer.AttendanceOfAsync(code, Member)).GetProperty("minutes").GetInt32());
        Assert.False(await IsCompleteAsync(course));

        await organizer.SendOneAsync(code, With(Event(Member, "correction", "16:00"), minutes: 240, status: "left_early"));
        Assert.True(await IsCompleteAsync(course));
    }

    [Fact]
    public async Task ArrivingInAnotherOrder_GivesTheSame()
    {
        var (organizer, code, course) = await ArrangeAsync(percent: 80);
        foreach (var fact in new[]
        {
            With(Event(Member, "in", "14:00"), block: 2), With(Event(Member, "in", "10:00", method: "card"), block: 1),
            With(Event(Member, "out", "09:00", method: "card"), block: 1), With(Event(Member, "in", "08:00", method: "card"), block: 1),
        })
        {
            await organizer.SendOneAsync(code, fact);
        }

        Assert.Equal(240, (await organizer.AttendanceOfAsync(code, Member)).GetProperty("minutes").GetInt32());
        Assert.True(await IsCompleteAsync(course));
    }

    [Fact]
    public async Task PersonPage_ShowsTheMinutesToWhoMayKnow()
    {
        var (organizer, code, _) = await ArrangeAsync(percent: 80);
        await organizer.SendOneAsync(code, With(Event(Member, "late", "14:20"), block: 2, minutes: 20));
        Assert.DoesNotContain("phút", (await RowAsync()).TextContent, StringComparison.Ordinal);
        await organizer.DoAsync(code, "close");

        var row = await RowAsync();
        Assert.Contains("100/300 phút, chưa đủ 80%", row.TextContent, StringComparison.Ordinal);

        Assert.NotNull((await (await site.SignInAsync("to.truong")).GetPageAsync($"/people/{Member}")).QuerySelector($"a[href='/sessions/{code}']"));

        async Task<AngleSharp.Dom.IElement> RowAsync() => (await (await site.SignInAsync("xa.coordinator")).GetPageAsync($"/people/{Member}")).QuerySelector($"a[href='/sessions/{code}']")!;
    }

    [Fact]
    public async Task SessionPage_WhileTheSessionRuns_SaysNothingOfMinutesYet()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = await site.HoldAsync(organizer, "PHUT");
        await site.MarkPresentAsync(organizer, code, "P1", Member);

        var running = await MinePageAsync(code);
        site.Clock.Advance(TimeSpan.FromHours(1));

        Assert.DoesNotContain("Bạn dự", running, StringComparison.Ordinal);
        Assert.Contains("Có mặt", running, StringComparison.Ordinal);
        Assert.Contains("Bạn dự 60/60 phút", await MinePageAsync(code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionPage_WithoutCourse_SaysTheMinutesAlone()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = $"PHUT-{Guid.NewGuid().ToString("N")[..8]}";
        var body = Body(code);
        body["topics"] = Array.Empty<string>();
        await organizer.OpenSessionAsync(code, body);
        await organizer.SendOneAsync(code, Event(Member, "in"));
        await organizer.DoAsync(code, "close");

        Assert.Contains("Bạn dự 300/300 phút.", await MinePageAsync(code), StringComparison.Ordinal);
    }

    private async Task<(HttpClient Organizer, string Code, Guid Course)> ArrangeAsync(int percent)
    {
        var topic = $"M{Guid.NewGuid():N}"[..10];
        var course = await site.CourseAsync(topic, "Khóa thử", percent);
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body($"PHUT-{topic}");
        body["topics"] = new[] { topic };
        return (organizer, await organizer.OpenSessionAsync($"PHUT-{topic}", body), course);
    }

    private static Dictionary<string, object?> With(Dictionary<string, object?> fact, int? block = null, int? minutes = null, string? status = null)
    {
        (fact["block"], fact["minutes"], fact["status"]) = (block, minutes, status);
        return fact;
    }

    private async Task<string> MinePageAsync(string code) => (await (await site.SignInAsync("member")).GetPageAsync($"/sessions/{code}")).QuerySelector("main")!.TextContent;

    private Task<bool> IsCompleteAsync(Guid course) => site.QueryAsync(db => db.Completions.NotRevoked().AnyAsync(completion => completion.CourseId == course && db.Set<TrainingSite.Organization.Models.Person>().Any(person => person.Id == completion.PersonId && person.Code == Member)));
}

public sealed class SqliteMinutesTests(SqliteSite site) : MinutesTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlMinutesTests(PostgreSqlSite site) : MinutesTests(site), IClassFixture<PostgreSqlSite>;
