using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using TrainingSite.SiteTests.Accounts;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Who missed a session catches up in a make-up (R43): the right people, credited once, to the original.</summary>
public abstract class MakeupTests(SiteFixture site)
{
    /// <summary>One block of two hours a week later.</summary>
    private static readonly object[] Later = [new { start = "2026-11-29T08:00:00+07:00", end = "2026-11-29T10:00:00+07:00" }];

    [Fact]
    public async Task Create_AfterTheSession_InvitesExactlyThoseWhoWereNotThere()
    {
        var organizer = await HoldAsync("MU-LIST");
        var original = await ListAsync("MU-LIST");

        var made = await MakeupAsync(organizer, "MU-LIST", new { blocks = Later, publish = true });

        Assert.Equal(("MU-LIST-HB", "Học bù: An toàn trên mạng", "MU-LIST", "published"), (Text(made, "code"), Text(made, "title"), Text(made, "makeup_of"), Text(made, "state")));
        // Present, late, left early, and who came uninvited are not invited; who was excused, absent or never marked is.
        Assert.Equal(original.Where(row => row.Split(' ')[0] is not ("SL-000001" or "SL-000002" or "SL-000012" or "SL-014986")), await ListAsync("MU-LIST-HB"));
        Assert.Equal(29, made.GetProperty("invited").GetInt32());
    }

    [Fact]
    public async Task Create_AfterTransferAndMerger_KeepsTeamAndPointOfTheOriginalsDay()
    {
        var organizer = await HoldAsync("MU-MOVED");
        var before = (await ListAsync("MU-MOVED")).Single(row => row.StartsWith("SL-000003 ", StringComparison.Ordinal));
        var (membership, team) = await site.QueryAsync(async db =>
        {
            var row = await db.Set<Membership>().SingleAsync(row => row.Person.Code == "SL-000003" && row.ValidTo == null);
            var other = await db.Set<CommunityTeam>().FirstAsync(other => other.Code == "T-04225");
            return (row.Id, (From: row.TeamId, To: other.Id));
        });
        await SetTeamAsync(team.To);
        await EndAsync(site.Clock.Today());

        await MakeupAsync(organizer, "MU-MOVED", new { blocks = Later, publish = true });

        await SetTeamAsync(team.From);
        await EndAsync(null);
        Assert.Equal(before, (await ListAsync("MU-MOVED-HB")).Single(row => row.StartsWith("SL-000003 ", StringComparison.Ordinal)));
        Assert.Equal(14, (await ListAsync("MU-MOVED-HB")).Count(row => row.EndsWith(" P2 03649", StringComparison.Ordinal)));

        Task<int> SetTeamAsync(Guid id) => site.QueryAsync(db => db.Set<Membership>().Where(row => row.Id == membership).ExecuteUpdateAsync(set => set.SetProperty(row => row.TeamId, id)));
        Task<int> EndAsync(DateOnly? day) => site.QueryAsync(db => db.Set<AdministrativeUnit>().Where(unit => unit.Code == "03649").ExecuteUpdateAsync(set => set.SetProperty(unit => unit.ValidTo, day)));
    }

    [Fact]
    public async Task Publish_SomebodyCaughtUpMeanwhile_IsNotInvitedAgain()
    {
        var organizer = await HoldAsync("MU-TWICE");
        await MakeupAsync(organizer, "MU-TWICE", new { code = "MU-TWICE-A", blocks = Later, publish = true });
        await MakeupAsync(organizer, "MU-TWICE", new { code = "MU-TWICE-B", blocks = Later });
        await organizer.DoAsync("MU-TWICE-A", "open");

        Assert.Equal("recorded", (await organizer.SendOneAsync("MU-TWICE-A", Event("SL-000003", "in"))).Outcome);
        await organizer.DoAsync("MU-TWICE-B", "publish");

        Assert.DoesNotContain(await ListAsync("MU-TWICE-B"), row => row.StartsWith("SL-000003", StringComparison.Ordinal));
        Assert.Equal(28, (await ListAsync("MU-TWICE-B")).Count);
    }

    [Fact]
    public async Task Create_ScopePoints_TakesOnlyPointsThatWereMissed()
    {
        var organizer = await HoldAsync("MU-POINTS");
        await organizer.PutAsJsonAsync("/api/v1/sessions/MU-POINTS/points/P2/state", new { state = "lost", reason = "mat-dien" });

        Assert.Equal("point_not_missed", await ProblemAsync(organizer, "MU-POINTS", new { blocks = Later, scope = "points", points = new[] { "P1" } }));
        Assert.Equal("point_unknown", await ProblemAsync(organizer, "MU-POINTS", new { blocks = Later, scope = "people", points = new[] { "P9" } }));
        var made = await MakeupAsync(organizer, "MU-POINTS", new { blocks = Later, scope = "points", publish = true });
        var one = await MakeupAsync(organizer, "MU-POINTS", new { blocks = Later, points = new[] { "P1" }, publish = true });

        Assert.Equal(["P2"], made.GetProperty("points").EnumerateArray().Select(point => Text(point, "code")));
        Assert.All(await ListAsync("MU-POINTS-HB"), row => Assert.EndsWith(" P2 03649", row, StringComparison.Ordinal));
        Assert.Equal(14, made.GetProperty("invited").GetInt32());
        Assert.Equal(("MU-POINTS-HB-2", 15), (Text(one, "code"), one.GetProperty("invited").GetInt32()));
    }

    [Theory]
    [InlineData("MU-BUSY", "people", 29)]
    [InlineData("MU-BUSY-P2", "points", 14)]
    public async Task Draft_WhoIsBusyElsewhere_CountsThoseWhomItWillInvite(string code, string scope, int people)
    {
        var organizer = await HoldAsync(code);
        await organizer.PutAsJsonAsync($"/api/v1/sessions/{code}/points/P2/state", new { state = "lost", reason = "mat-dien" });
        var other = Body($"{code}-KHAC");
        other["blocks"] = Later;
        Assert.Equal(HttpStatusCode.Created, (await organizer.PostAsJsonAsync("/api/v1/sessions", other)).StatusCode);
        await organizer.DoAsync($"{code}-KHAC", "publish");

        await MakeupAsync(organizer, code, new { blocks = Later, scope });

        var page = await (await site.SignInAsync("so.organizer")).GetPageAsync($"/sessions/{code}-HB");
        Assert.Contains($"{people} người sẽ được mời bận buổi khác cùng giờ", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        // The other one is not to stand in the way of other tests at that time.
        await organizer.DoAsync($"{code}-KHAC", "cancel", new { reason = "Thử xong" });
    }

    [Fact]
    public async Task Publish_OneHallForAll_SendsEverybodyThere()
    {
        var organizer = await HoldAsync("MU-HALL");
        await MakeupAsync(organizer, "MU-HALL", new { blocks = Later });
        await site.WithAsync(async services =>
        {
            var points = services.GetRequiredService<PointPlanService>();
            await points.RemoveAsync("MU-HALL-HB", "P2");
            return true;
        });

        Assert.Equal("people_without_point", await (await organizer.PostAsJsonAsync("/api/v1/sessions/MU-HALL-HB/publish", new { })).ProblemCodeAsync(HttpStatusCode.BadRequest));
        await site.WithAsync(async services => (await services.GetRequiredService<PointPlanService>().AddAsync("MU-HALL-HB", new("HT", Venue: "Hội trường Sở"))).Succeeded);
        await organizer.DoAsync("MU-HALL-HB", "publish");

        Assert.Equal([("HT", 14), ("P1", 15)], (await ListAsync("MU-HALL-HB")).GroupBy(row => row.Split(' ')[2]).Select(group => (group.Key, group.Count())).Order());
    }

    [Fact]
    public async Task Create_FromAMakeup_MakesUpForTheOriginal()
    {
        var organizer = await HoldAsync("MU-CHAIN");
        await MakeupAsync(organizer, "MU-CHAIN", new { blocks = Later, publish = true });
        await organizer.DoAsync("MU-CHAIN-HB", "open");
        await organizer.SendOneAsync("MU-CHAIN-HB", Event("SL-000003", "in"));
        await organizer.DoAsync("MU-CHAIN-HB", "close");

        var second = await MakeupAsync(organizer, "MU-CHAIN-HB", new { blocks = Later, publish = true });

        Assert.Equal(("MU-CHAIN-HB-2", "MU-CHAIN", 28), (Text(second, "code"), Text(second, "makeup_of"), second.GetProperty("invited").GetInt32()));
    }

    [Fact]
    public async Task Attendance_InOriginalAndMakeup_CreditsTheBetterShareToTheOriginalOnce()
    {
        var (topic, course) = await CourseAsync();
        var organizer = await HoldAsync("MU-CREDIT", topic);
        await MakeupAsync(organizer, "MU-CREDIT", new { blocks = Later, publish = true });
        await organizer.DoAsync("MU-CREDIT-HB", "open");

        // The whole make-up of 120 minutes, after nothing of the original.
        await organizer.SendOneAsync("MU-CREDIT-HB", Event("SL-000003", "in"));
        Assert.Contains("MU-CREDIT SL-000003 120/120 2026-11-29", await CreditsAsync(topic));
        Assert.Contains("SL-000003", await CompletedAsync(course));

        // A late paper list says that the person was in the original for the last half hour: the make-up is still better.
        await organizer.SendOneAsync("MU-CREDIT", Correction("SL-000003", "present", 30));
        Assert.Contains("MU-CREDIT SL-000003 120/120 2026-11-29", await CreditsAsync(topic));

        // The make-up is taken back: what the original gave stands again, and is too little.
        await organizer.SendOneAsync("MU-CREDIT-HB", Correction("SL-000003", "absent"));
        Assert.Contains("MU-CREDIT SL-000003 30/300 2026-11-22", await CreditsAsync(topic));
        Assert.DoesNotContain("SL-000003", await CompletedAsync(course));

        await organizer.SendOneAsync("MU-CREDIT", new(Correction("SL-000003", "absent")) { ["at"] = "2026-11-22T09:00:00+07:00" });
        Assert.DoesNotContain(await CreditsAsync(topic), credit => credit.Contains("SL-000003", StringComparison.Ordinal));
        Assert.All(await CreditsAsync(topic), credit => Assert.StartsWith("MU-CREDIT SL-", credit, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Summary_AfterMakeup_ShowsThemApartAndNeverTwice()
    {
        var organizer = await HoldAsync("MU-SUM");
        var before = await WholeAsync("MU-SUM");
        await MakeupAsync(organizer, "MU-SUM", new { blocks = Later, publish = true });
        await organizer.DoAsync("MU-SUM-HB", "open");
        await organizer.SendAsync("MU-SUM-HB", "phone-1", Event("SL-000003", "in"), Event("SL-000013", "late", point: "P2"), Event("SL-000014", "absent", point: "P2"));

        Assert.Equal(before with { MadeUp = 2 }, await WholeAsync("MU-SUM"));
        var summary = await organizer.GetJsonAsync("/api/v1/sessions/MU-SUM/summary");
        Assert.Equal([1, 1], summary.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("counts").GetProperty("made_up").GetInt32()));
        // The third commune is that of who came uninvited.
        Assert.Equal([1, 1, 0], summary.GetProperty("communes").EnumerateArray().Select(unit => unit.GetProperty("counts").GetProperty("made_up").GetInt32()));
        Assert.Equal(2, (await WholeAsync("MU-SUM-HB")).Attended);
        Assert.Equal(0, (await WholeAsync("MU-SUM-HB")).MadeUp);

        // It turns out that one of them was in the original: there, and no longer made up.
        await organizer.SendOneAsync("MU-SUM", Correction("SL-000003", "present"));
        Assert.Equal(before with { MadeUp = 1, Attended = before.Attended + 1, Absent = before.Absent - 1 }, await WholeAsync("MU-SUM"));

        async Task<Whole> WholeAsync(string code)
        {
            var counts = (await organizer.GetJsonAsync($"/api/v1/sessions/{code}/summary")).GetProperty("whole").GetProperty("counts");
            return new(counts.GetProperty("invited").GetInt32(), counts.GetProperty("attended").GetInt32(), counts.GetProperty("absent").GetInt32(), counts.GetProperty("made_up").GetInt32());
        }
    }

    [Fact]
    public async Task Create_NotPossible_SaysWhy()
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.OpenSessionAsync("MU-EARLY");
        await organizer.OpenSessionAsync("MU-DRY", new(Body("MU-DRY")) { ["rehearsal"] = true });
        await organizer.DoAsync("MU-DRY", "close");

        Assert.Equal("session_not_over", await ProblemAsync(organizer, "MU-EARLY", new { blocks = Later }, HttpStatusCode.Conflict));
        Assert.Equal("makeup_of_rehearsal", await ProblemAsync(organizer, "MU-DRY", new { blocks = Later }, HttpStatusCode.Conflict));
        await HoldAsync("MU-WHY");
        Assert.Equal("session_without_blocks", await ProblemAsync(organizer, "MU-WHY", new { }));
        Assert.Equal("session_ends_before_start", await ProblemAsync(organizer, "MU-WHY", new { blocks = new[] { new { start = "2026-11-29T10:00:00+07:00", end = "2026-11-29T08:00:00+07:00" } } }));
        Assert.Equal("code_taken", await ProblemAsync(organizer, "MU-WHY", new { code = "MU-EARLY", blocks = Later }, HttpStatusCode.Conflict));
        var everybody = (await ListAsync("MU-WHY")).Select(row => row.Split(' ')).ToList();
        await organizer.SendAsync("MU-WHY", "phone-9", [.. everybody.Select(person => Correction(person[0], "present", point: person[2]))]);
        Assert.Equal("nobody_missed", await ProblemAsync(organizer, "MU-WHY", new { blocks = Later }, HttpStatusCode.Conflict));
        Assert.Equal(0, await site.QueryAsync(db => db.Sessions.CountAsync(session => session.Code.StartsWith("MU-WHY-") || session.Code.StartsWith("MU-DRY-"))));
    }

    [Fact]
    public async Task Create_WithoutTheRight_IsRefused()
    {
        await HoldAsync("MU-RIGHT");
        var district = await site.QueryAsync(db => db.Set<AdministrativeUnit>().SingleAsync(unit => unit.Code == "127"));
        var officer = await site.AccountAsync(Roles.DistrictOfficer, new DirectoryUnit(district.Code, district.Path, district.Name));

        foreach (var user in new[] { "member", "to.truong", "xa.coordinator", officer.UserName })
        {
            var answer = await (await site.ApiAsync(user)).PostAsJsonAsync("/api/v1/sessions/MU-RIGHT/makeup", new { blocks = Later });
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
            Assert.Contains((await (await site.SignInAsync(user)).GetAsync("/sessions/MU-RIGHT/makeup")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        }

        Assert.False(await site.QueryAsync(db => db.Sessions.AnyAsync(session => session.Code == "MU-RIGHT-HB")));
    }

    [Fact]
    public async Task Page_FromButtonToList_MakesADraftUnderTheOriginal()
    {
        var api = await HoldAsync("MU-PAGE");
        await api.PutAsJsonAsync("/api/v1/sessions/MU-PAGE/points/P2/state", new { state = "absent", reason = "mat-dien" });
        var organizer = await site.SignInAsync("so.organizer");
        Assert.NotNull((await organizer.GetPageAsync("/sessions/MU-PAGE")).QuerySelector("a[href='/sessions/MU-PAGE/makeup']"));

        var page = await organizer.GetPageAsync("/sessions/MU-PAGE/makeup");
        var text = page.QuerySelector("main")!.TextContent;
        Assert.Contains("29 người ở 2 điểm cầu chưa dự", text, StringComparison.Ordinal);
        Assert.Contains("điểm cầu mất điện", text, StringComparison.Ordinal);
        Assert.Equal("2026-11-29", page.QuerySelector<IHtmlInputElement>("#day0")!.Value);
        var form = new Dictionary<string, string?>
        {
            ["Scope"] = "Points",
            ["Title"] = "Học lại phường Tô Hiệu",
            ["Publish"] = "false",
            ["Blocks[0].Date"] = "2026-11-29",
            ["Blocks[0].Start"] = "09:00",
            ["Blocks[0].End"] = "08:00",
        };
        var refused = await (await organizer.PostFormFromAsync(page, "/sessions/MU-PAGE/makeup", form)).ReadPageAsync();
        Assert.Single(refused.QuerySelectorAll(".error-summary li"));
        Assert.Equal("Học lại phường Tô Hiệu", refused.QuerySelector<IHtmlInputElement>("#Title")!.Value);

        form["Blocks[0].End"] = "11:00";
        var made = await organizer.PostFormFromAsync(page, "/sessions/MU-PAGE/makeup", form);
        Assert.Equal("/sessions/MU-PAGE-HB", made.Headers.Location?.OriginalString);
        var draft = await organizer.GetPageAsync("/sessions/MU-PAGE-HB");
        Assert.Contains("Buổi học bù", draft.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        // Its own form leaves the list alone.
        var edit = await organizer.GetPageAsync("/sessions/MU-PAGE-HB/edit");
        var fields = edit.QuerySelectorAll<IHtmlInputElement>("main form input[name]").Where(input => input.Name != "__RequestVerificationToken" && input.Type is not ("checkbox" or "radio") || input.IsChecked).GroupBy(input => input.Name!).ToDictionary(group => group.Key, group => (string?)group.Last().Value);
        fields["Title"] = "Học lại";
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostFormFromAsync(edit, "/sessions/MU-PAGE-HB/edit", fields)).StatusCode);
        await organizer.PostFormAsync("/sessions/MU-PAGE-HB/publish", [], page: "/sessions/MU-PAGE-HB");
        Assert.Equal(14, (await ListAsync("MU-PAGE-HB")).Count);
        Assert.Equal(["P2"], await site.QueryAsync(db => db.SessionPoints.Where(point => point.Session.Code == "MU-PAGE-HB").Select(point => point.Code).ToListAsync()));

        var rows = (await organizer.GetPageAsync("/sessions")).QuerySelectorAll("ul.rows a.row-link").Select(link => link.GetAttribute("href")).ToList();
        Assert.Equal(rows.IndexOf("/sessions/MU-PAGE") + 1, rows.IndexOf("/sessions/MU-PAGE-HB"));
    }

    [Fact]
    public async Task Report_OfTheMissed_NamesThemWithReasonAndMakeup()
    {
        var organizer = await HoldAsync("MU-REPORT");
        await organizer.PutAsJsonAsync("/api/v1/sessions/MU-REPORT/points/P2/state", new { state = "absent", reason = "mat-dien" });
        await MakeupAsync(organizer, "MU-REPORT", new { blocks = Later, scope = "points", publish = true });

        var rows = (await organizer.GetJsonAsync("/api/v1/reports/session-missed?session=MU-REPORT")).GetProperty("items").EnumerateArray().ToList();
        var own = (await (await site.ApiAsync("xa.coordinator")).GetJsonAsync("/api/v1/reports/session-missed?session=MU-REPORT")).GetProperty("items").EnumerateArray().ToList();
        var csv = await organizer.GetStringAsync("/api/v1/reports/session-missed?session=MU-REPORT&format=csv");
        await (await site.ApiAsync("member")).GetJsonAsync("/api/v1/reports/session-missed?session=MU-REPORT", HttpStatusCode.Forbidden);

        Assert.Equal(29, rows.Count);
        Assert.Equal(15, own.Count);
        Assert.All(own, row => Assert.Equal("03646", Text(row, "commune_code")));
        var excused = rows.Single(row => Text(row, "member_code") == "SL-000013");
        Assert.Equal(("P2", "excused", "mất điện", "MU-REPORT-HB", "2026-11-29"), (Text(excused, "point_code"), Text(excused, "status"), Text(excused, "point_reason"), Text(excused, "makeup_code"), Text(excused, "makeup_date")));
        Assert.Equal(JsonValueKind.Null, rows.Single(row => Text(row, "member_code") == "SL-000003").GetProperty("makeup_code").ValueKind);
        Assert.Equal(30, csv.Trim().Split('\n').Length);
    }

    /// <summary>A session of 32: two there at P1, one late at P2, one excused, one uninvited, the rest without a mark; closed.</summary>
    private async Task<HttpClient> HoldAsync(string code, string topic = "T7")
    {
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body(code);
        body["topics"] = new[] { topic };
        await organizer.OpenSessionAsync(code, body);
        await site.WithAsync(async services => (await services.GetRequiredService<PointService>().AddWalkInAsync(code, "P1", "SL-014986")).Succeeded);
        await organizer.SendAsync(code, "phone-1", Event("SL-000001", "in"), Event("SL-000002", "left_early"), Event("SL-014986", "in"), Event("SL-000012", "late", point: "P2"), Event("SL-000013", "excused", point: "P2"));
        await organizer.DoAsync(code, "close");
        return organizer;
    }

    private static async Task<JsonElement> MakeupAsync(HttpClient organizer, string code, object body)
    {
        var answer = await organizer.PostAsJsonAsync($"/api/v1/sessions/{code}/makeup", body);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.ReadJsonAsync();
    }

    private static async Task<string> ProblemAsync(HttpClient organizer, string code, object body, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        await (await organizer.PostAsJsonAsync($"/api/v1/sessions/{code}/makeup", body)).ProblemCodeAsync(status);

    private static Dictionary<string, object?> Correction(string member, string status, int? minutes = null, string point = "P1") =>
        new(Event(member, "correction", "08:59", point)) { ["status"] = status, ["minutes"] = minutes };

    private async Task<(string Topic, Guid Course)> CourseAsync() => await site.QueryAsync(async db =>
    {
        var topic = $"M{Guid.NewGuid():N}"[..10];
        var course = new Course { Slug = topic, TopicCode = topic, Title = "Khóa thử", State = CourseState.Published, CompletionMode = CompletionMode.Any, UpdatedUtc = site.Clock.UtcNow() };
        db.Topics.Add(new() { Code = topic, Name = "Thử", Icon = "book" });
        db.Courses.Add(course);
        await db.SaveChangesAsync();
        return (topic, course.Id);
    });

    private Task<List<string>> CreditsAsync(string topic) => site.QueryAsync(async db => (await db.AttendanceCredits.Where(credit => credit.TopicCode == topic)
        .Join(db.Set<Person>(), credit => credit.PersonId, person => person.Id, (credit, person) => new { credit.SessionCode, person.Code, credit.AttendedMinutes, credit.TotalMinutes, credit.Date }).ToListAsync())
        .ConvertAll(row => $"{row.SessionCode} {row.Code} {row.AttendedMinutes}/{row.TotalMinutes} {row.Date:yyyy-MM-dd}"));

    private Task<List<string>> CompletedAsync(Guid course) => site.QueryAsync(db => db.Completions.NotRevoked().Where(completion => completion.CourseId == course)
        .Join(db.Set<Person>(), completion => completion.PersonId, person => person.Id, (_, person) => person.Code).ToListAsync());

    /// <summary>The list: person, team, point, commune.</summary>
    private Task<List<string>> ListAsync(string code) => site.QueryAsync(db => db.Invitations.Where(invitation => invitation.Session.Code == code).OrderBy(invitation => invitation.Person.Code)
        .Select(invitation => invitation.Person.Code + " " + invitation.TeamCode + " " + invitation.Point.Code + " " + invitation.CommuneCode).ToListAsync());

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private sealed record Whole(int Invited, int Attended, int Absent, int MadeUp);
}

public sealed class SqliteMakeupTests(SqliteSite site) : MakeupTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlMakeupTests(PostgreSqlSite site) : MakeupTests(site), IClassFixture<PostgreSqlSite>;
