using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Notifications.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Reports, API and reminders over learning; each within the reader's scope.</summary>
public abstract class FigureTests(SiteFixture site)
{
    [Fact]
    public async Task Report_MemberCompletion_AddsUpFromTheProvinceDown()
    {
        var learner = await site.LearnerAsync();
        await CompleteAsync(learner);
        var api = await site.ApiAsync("so.organizer");

        var province = await api.GetJsonAsync("/api/v1/reports/member-completion");
        var commune = await api.GetJsonAsync("/api/v1/reports/member-completion?unit=03646");
        var village = await api.GetJsonAsync($"/api/v1/reports/member-completion?unit={CoursesArrange.Village}");

        var members = await site.QueryAsync(db => db.Memberships.On(site.Clock.Today()).Select(membership => membership.PersonId).Distinct().CountAsync());
        Assert.Equal(members, province.GetProperty("summary").GetProperty("members").GetInt32());
        Assert.Equal(members, Rows(province).Sum(row => row.GetProperty("members").GetInt32()));
        Assert.Equal(commune.GetProperty("summary").GetProperty("members").GetInt32(), Rows(commune).Sum(row => row.GetProperty("members").GetInt32()));
        Assert.Equal(Rows(commune).Sum(row => row.GetProperty("giu_an_toan_done").GetInt32()), Rows(province).Sum(row => row.GetProperty("giu_an_toan_done").GetInt32()));
        var own = Rows(village).Single(row => row.GetProperty("member_code").GetString() == learner.Code);
        Assert.Equal("2026-11-20", own.GetProperty("giu_an_toan_completed").GetString());
        Assert.Equal(1, own.GetProperty("completed").GetInt32());
    }

    [Fact]
    public async Task Report_MemberCompletion_OnAPastDay_ShowsWhatHeldThen()
    {
        var learner = await site.LearnerAsync();
        await CompleteAsync(learner);
        var api = await site.ApiAsync("so.organizer");

        var before = await api.GetJsonAsync($"/api/v1/reports/member-completion?unit={CoursesArrange.Village}&as_of=2026-11-19");

        Assert.Equal(0, Rows(before).Single(row => row.GetProperty("member_code").GetString() == learner.Code).GetProperty("completed").GetInt32());
    }

    [Fact]
    public async Task Report_OutsideTheScope_IsNotThere()
    {
        var leader = await site.ApiAsync("to.truong");

        var own = await leader.GetJsonAsync("/api/v1/reports/member-completion");
        await leader.GetJsonAsync("/api/v1/reports/member-completion?unit=14", HttpStatusCode.NotFound);

        var team = await site.QueryAsync(db => db.Memberships.On(site.Clock.Today()).Where(membership => membership.Team.Unit.Code == CoursesArrange.Village).Select(membership => membership.Person.Code).Distinct().CountAsync());
        Assert.Equal(team, Rows(own).Count);
        await (await site.ApiAsync("member")).GetJsonAsync("/api/v1/reports/member-completion", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Report_CourseProgress_CountsPeopleNotRows()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        var api = await site.ApiAsync("so.organizer");
        var before = await RowAsync();

        await client.PostFormAsync("/courses/giu-an-toan/nhan-ra-tro-lua", []);
        await client.PostFormAsync("/courses/giu-an-toan/mat-khau", []);
        await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 3);
        await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 3);

        var after = await RowAsync();
        foreach (var column in new[] { "started", "read_all", "passed_quiz", "completed" })
        {
            Assert.Equal(before.GetProperty(column).GetInt32() + 1, after.GetProperty(column).GetInt32());
        }

        async Task<JsonElement> RowAsync() => Rows(await api.GetJsonAsync("/api/v1/reports/course-progress")).Single(row => row.GetProperty("course").GetString() == CoursesArrange.Safety);
    }

    [Fact]
    public async Task Api_Courses_ListsAndShowsPublishedOnes()
    {
        var api = await site.ApiAsync("member");

        var list = await api.GetJsonAsync("/api/v1/courses?topic=T7&take=1000");
        var course = await api.GetJsonAsync("/api/v1/courses/giu-an-toan");

        Assert.Contains(list.GetProperty("items").EnumerateArray(), item => item.GetProperty("slug").GetString() == CoursesArrange.Safety);
        Assert.Equal(2, course.GetProperty("lessons").GetArrayLength());
        Assert.Equal("after_each", course.GetProperty("quiz").GetProperty("explain").GetString());
        Assert.Equal("any", course.GetProperty("completion").GetProperty("mode").GetString());
        await api.GetJsonAsync("/api/v1/courses/khong-co", HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.CreateClient().GetAsync("/api/v1/courses")).StatusCode);
    }

    [Fact]
    public async Task Api_Completions_AreForThePersonAndThoseInScope()
    {
        var learner = await site.LearnerAsync();
        await CompleteAsync(learner);
        var url = $"/api/v1/members/{learner.Code}/completions";

        foreach (var user in new[] { learner.User, "to.truong", "xa.coordinator", "so.organizer", "admin" })
        {
            var completion = Assert.Single((await (await site.ApiAsync(user)).GetJsonAsync(url)).GetProperty("items").EnumerateArray());
            Assert.Equal("giu-an-toan", completion.GetProperty("course").GetString());
            Assert.Equal("TH-THU", completion.GetProperty("basis")[0].GetProperty("reference").GetString());
        }

        await (await site.ApiAsync("member")).GetJsonAsync(url, HttpStatusCode.NotFound);
        var elsewhere = await site.LearnerAsync(await site.QueryAsync(db => db.Teams.Where(team => !team.Unit.Path.StartsWith("14/116/03646/")).Select(team => team.Code).FirstAsync()));
        await (await site.ApiAsync("to.truong")).GetJsonAsync($"/api/v1/members/{elsewhere.Code}/completions", HttpStatusCode.NotFound);
        await (await site.ApiAsync("xa.coordinator")).GetJsonAsync($"/api/v1/members/{elsewhere.Code}/completions", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nudge_AfterAWeekAway_IsDueOnceAndNotAfterGoingOn()
    {
        var learner = await site.LearnerAsync();
        var done = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        await client.PostFormAsync("/courses/giu-an-toan/nhan-ra-tro-lua", []);
        await (await site.SignInAsync(done.User)).PostFormAsync("/courses/giu-an-toan/nhan-ra-tro-lua", []);
        await CompleteAsync(done);
        var start = site.Clock.UtcNow();

        Assert.Empty(await DueAsync(start.AddDays(6)));
        var due = Assert.Single(await DueAsync(start.AddDays(8)));
        Assert.Equal(start.AddDays(7), due.DueUtc, TimeSpan.FromSeconds(1));
        var words = await site.WithAsync(async services => (await services.GetRequiredService<IEnumerable<IReminderSource>>().Single(source => source.Rule == "course-nudge")
            .RenderAsync(due.Subject, [learner.PersonId, done.PersonId], TestContext.Current.CancellationToken)).Count);
        Assert.Equal(0, words);

        Task<List<DueReminder>> DueAsync(DateTime now) => site.WithAsync(services => services.GetRequiredService<IEnumerable<IReminderSource>>().Single(source => source.Rule == "course-nudge")
            .GetDue(now).Where(reminder => reminder.PersonId == learner.PersonId || reminder.PersonId == done.PersonId).ToListAsync());
    }

    [Fact]
    public async Task Team_Page_ShowsTheLeaderWhoLacksWhat()
    {
        var learner = await site.LearnerAsync();
        await CompleteAsync(learner);
        var leader = await site.SignInAsync("to.truong");
        var team = await site.QueryAsync(db => db.Teams.Where(row => row.Unit.Code == CoursesArrange.Village).Select(row => row.Code).SingleAsync());

        var page = await leader.GetPageAsync($"/teams/{team}");

        var row = page.QuerySelectorAll("table tr").Single(line => line.QuerySelector("a")?.GetAttribute("href") == $"/people/{learner.Code}" && line.QuerySelector(".state") is not null);
        Assert.Contains("Đã xong", row.TextContent);
        Assert.Contains("Chưa học", row.TextContent);
    }

    private static List<JsonElement> Rows(JsonElement report) => [.. report.GetProperty("items").EnumerateArray()];

    private Task<int> CompleteAsync(Learner learner) => site.WithAsync(async services =>
    {
        await services.GetRequiredService<CompletionService>().RecordAttendanceAsync(
            [new(Guid.CreateVersion7(), "TH-THU", learner.PersonId, new(2026, 11, 20), ["T7"], 90, 100)], TestContext.Current.CancellationToken);
        return await services.GetRequiredService<SiteDbContext>().SaveChangesAsync(TestContext.Current.CancellationToken);
    });
}

public sealed class SqliteFigureTests(SqliteSite site) : FigureTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlFigureTests(PostgreSqlSite site) : FigureTests(site), IClassFixture<PostgreSqlSite>;
