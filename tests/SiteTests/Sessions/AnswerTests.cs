using System.Net;
using TrainingSite.Notifications.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Models;
using TrainingSite.SiteTests.Notifications;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Who comes, said beforehand: by members, by leaders and coordinators for them; seats of rooms and the queue for them.</summary>
public abstract class AnswerTests(SiteFixture site)
{
    [Fact]
    public async Task Answer_ByTheMember_IsTakenAndMayChangeUntilTheSessionBegins()
    {
        var code = await site.PublishAsync();
        var member = await site.SignInAsync("member");
        var page = await member.GetPageAsync($"/sessions/{code}");
        Assert.Contains("Bạn có đến được không?", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await member.PostFormFromAsync(page, $"/sessions/{code}/answer", new() { ["Comes"] = "true" });
        Assert.Equal(InvitationResponse.Confirmed, (await site.InvitationAsync(code, "SL-000210")).Response);

        await member.PostFormFromAsync(page, $"/sessions/{code}/answer", new() { ["Comes"] = "false", ["Reason"] = "Ốm đau" });
        var declined = await site.InvitationAsync(code, "SL-000210");
        Assert.Equal((InvitationResponse.Declined, "Ốm đau"), (declined.Response, declined.ResponseReason));
        Assert.Contains("Ốm đau", (await member.GetPageAsync($"/sessions/{code}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        var now = site.Clock.UtcNow();
        await site.QueryAsync(db => db.Sessions.Where(session => session.Code == code).ExecuteUpdateAsync(set => set.SetProperty(session => session.StartUtc, now)));
        await member.PostFormFromAsync(page, $"/sessions/{code}/answer", new() { ["Comes"] = "true" });
        Assert.Equal(InvitationResponse.Declined, (await site.InvitationAsync(code, "SL-000210")).Response);
    }

    [Fact]
    public async Task Answer_OnToday_IsAskedOnceAndReturnsThere()
    {
        // Nearer than the session that the recipe plans.
        var code = await site.PublishAsync(days: 1);
        var member = await site.SignInAsync("member");
        var page = await member.GetPageAsync("/today");
        Assert.NotNull(page.QuerySelector($"#today-answer ~ p a[href$='{code}']"));

        var answered = await member.PostFormFromAsync(page, $"/sessions/{code}/answer", new() { ["Comes"] = "true", ["Back"] = "today" });

        Assert.Equal("/today", answered.Headers.Location?.OriginalString);
        Assert.Null((await member.GetPageAsync("/today")).QuerySelector($"#today-answer ~ p a[href$='{code}']"));
    }

    [Theory]
    [InlineData("member", "SL-000211", HttpStatusCode.Forbidden)]
    [InlineData("to.truong", "SL-000211", HttpStatusCode.OK)]
    [InlineData("to.truong", "SL-000124", HttpStatusCode.Forbidden)]
    [InlineData("xa.coordinator", "SL-000124", HttpStatusCode.OK)]
    [InlineData("xa.coordinator", "SL-000012", HttpStatusCode.Forbidden)]
    [InlineData("so.organizer", "SL-000012", HttpStatusCode.OK)]
    [InlineData("so.organizer", "SL-999999", HttpStatusCode.NotFound)]
    public async Task Answer_ForSomebodyElse_OnlyWithinOnesTeamOrPoints(string user, string who, HttpStatusCode status)
    {
        var code = await site.PublishAsync();
        var client = await site.ApiAsync(user);

        Assert.Equal(status, (await client.RespondAsync(code, who, "confirmed")).StatusCode);

        if (status == HttpStatusCode.OK)
        {
            var invitation = await site.InvitationAsync(code, who);
            var account = await site.QueryAsync(db => db.Users.SingleAsync(row => row.UserName == user));
            Assert.Equal((InvitationResponse.Confirmed, account.Id), (invitation.Response, invitation.RespondedBy));
            Assert.NotEmpty(invitation.RespondedByName!);
        }
    }

    [Fact]
    public async Task Confirm_ManyAtOnceForTheLastSeat_GivesItToOne()
    {
        var code = await site.PublishAsync(capacity: 2);
        var coordinator = await site.ApiAsync("xa.coordinator");
        string[] people = [.. Enumerable.Range(1, 10).Select(number => $"SL-{number:000000}")];

        var answers = await Task.WhenAll(people.Select(person => coordinator.AnswerAsync(code, person, "confirmed")));

        Assert.Equal(2, answers.Count(answer => answer == "confirmed"));
        Assert.Equal(2, (await site.WhoAsync(code, InvitationResponse.Confirmed)).Count);
        var numbers = await site.QueryAsync(db => db.Invitations.Where(row => row.Session.Code == code && row.Response == InvitationResponse.Waiting).Select(row => row.QueueNumber).ToListAsync());
        Assert.Equal(8, numbers.Distinct().Count());
    }

    [Fact]
    public async Task Decline_OfASeat_GivesItToTheFirstWhoWaitsAndTellsThem()
    {
        var code = await site.PublishAsync(capacity: 1);
        var coordinator = await site.ApiAsync("xa.coordinator");
        Assert.Equal("confirmed", await coordinator.AnswerAsync(code, "SL-000001", "confirmed"));
        Assert.Equal("waiting", await coordinator.AnswerAsync(code, "SL-000211", "confirmed"));
        Assert.Equal("waiting", await coordinator.AnswerAsync(code, "SL-000210", "confirmed"));
        var page = await (await site.SignInAsync("member")).GetPageAsync($"/sessions/{code}");
        Assert.Contains("Bạn đứng thứ 2 trong danh sách chờ", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await coordinator.AnswerAsync(code, "SL-000001", "declined", "Đi xa");

        Assert.Equal(["SL-000211"], await site.WhoAsync(code, InvitationResponse.Confirmed));
        Assert.Equal(["SL-000210"], await site.WhoAsync(code, InvitationResponse.Waiting));
        await site.SweepAsync();
        await site.SweepAsync();
        var told = await site.QueryAsync(db => db.Messages.Where(row => row.Rule == "session-promoted" && row.Subject.StartsWith(code)).ToListAsync());
        var person = await site.QueryAsync(db => db.People.Where(row => row.Code == "SL-000211").Select(row => row.Id).SingleAsync());
        Assert.Equal([person], told.Select(row => row.PersonId).Distinct());
    }

    [Fact]
    public async Task Confirm_Again_KeepsThePlaceInTheQueue()
    {
        var code = await site.PublishAsync(capacity: 1);
        var coordinator = await site.ApiAsync("xa.coordinator");
        await coordinator.AnswerAsync(code, "SL-000001", "confirmed");
        await coordinator.AnswerAsync(code, "SL-000002", "confirmed");
        await coordinator.AnswerAsync(code, "SL-000003", "confirmed");

        await coordinator.AnswerAsync(code, "SL-000002", "confirmed");
        await coordinator.AnswerAsync(code, "SL-000001", "declined");

        Assert.Equal(["SL-000002"], await site.WhoAsync(code, InvitationResponse.Confirmed));
    }

    [Fact]
    public async Task Capacity_Raised_GivesSeatsToThoseWhoWait()
    {
        var code = await site.PublishAsync(capacity: 1);
        var coordinator = await site.ApiAsync("xa.coordinator");
        foreach (var person in new[] { "SL-000001", "SL-000002", "SL-000003", "SL-000004" })
        {
            await coordinator.AnswerAsync(code, person, "confirmed");
        }

        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostFormAsync($"/sessions/{code}/points/P1", new() { ["Name"] = "Điểm cầu 1", ["Venue"] = "UBND", ["Capacity"] = "3", ["Unit"] = "03646" });

        Assert.Equal(["SL-000001", "SL-000002", "SL-000003"], await site.WhoAsync(code, InvitationResponse.Confirmed));
        Assert.Equal(["SL-000004"], await site.WhoAsync(code, InvitationResponse.Waiting));
    }

    [Fact]
    public async Task ChangePoint_WithRoom_MovesAndFreesTheSeat()
    {
        var code = await site.PublishAsync(capacity: 1, otherCapacity: 1);
        var coordinator = await site.ApiAsync("xa.coordinator");
        await coordinator.AnswerAsync(code, "SL-000210", "confirmed");
        await coordinator.AnswerAsync(code, "SL-000211", "confirmed");
        var member = await site.SignInAsync("member");
        var page = await member.GetPageAsync($"/sessions/{code}/answers/point");
        Assert.Contains("còn 1 chỗ", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await member.PostFormFromAsync(page, $"/sessions/{code}/answer", new() { ["Comes"] = "true", ["Point"] = "P2" });

        Assert.Equal(["SL-000210", "SL-000211"], await site.WhoAsync(code, InvitationResponse.Confirmed));
        var mine = await site.QueryAsync(db => db.Invitations.Include(row => row.Point).SingleAsync(row => row.Session.Code == code && row.Person.Code == "SL-000210"));
        Assert.Equal("P2", mine.Point.Code);
        Assert.Equal("point_full", await (await coordinator.RespondAsync(code, "SL-000211", "confirmed", point: "P2")).ProblemCodeAsync(HttpStatusCode.Conflict));
        Assert.Contains("chuyển từ", (await (await site.SignInAsync("xa.coordinator")).GetPageAsync($"/sessions/{code}/answers?q=SL-000210")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangePoint_ToAClosedOrUnknownOne_IsRefused()
    {
        var code = await site.PublishAsync();
        var organizer = await site.ApiAsync("so.organizer");
        await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code && row.Code == "P2").ExecuteUpdateAsync(change => change.SetProperty(row => row.State, PointState.Absent)));

        Assert.Equal("point_closed", await (await organizer.RespondAsync(code, "SL-000001", "confirmed", point: "P2")).ProblemCodeAsync(HttpStatusCode.Conflict));
        Assert.Equal("point_unknown", await (await organizer.RespondAsync(code, "SL-000001", "confirmed", point: "P9")).ProblemCodeAsync(HttpStatusCode.NotFound));
        Assert.Equal(InvitationResponse.None, (await site.InvitationAsync(code, "SL-000001")).Response);
    }

    [Fact]
    public async Task Notice_OfAbsence_CountsAsExcusedOnceTheSessionIsClosed()
    {
        var code = await site.PublishAsync(days: 0, publish: false);
        await site.QueryAsync(db => db.Sessions.Where(row => row.Code == code).ExecuteUpdateAsync(change => change.SetProperty(row => row.StartUtc, site.Clock.UtcNow().AddMinutes(30))));
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.DoAsync(code, "publish");
        await organizer.AnswerAsync(code, "SL-000001", "declined", "Ốm đau");
        await organizer.AnswerAsync(code, "SL-000002", "declined");
        await organizer.DoAsync(code, "open");
        var sheet = await organizer.GetJsonAsync($"/api/v1/sessions/{code}/points/P1/sheet");
        var row = sheet.GetProperty("members").EnumerateArray().Single(member => member.GetProperty("member").GetString() == "SL-000001");
        Assert.Equal("Ốm đau", row.GetProperty("notice").GetString());
        await organizer.SendOneAsync(code, new(SessionClient.Event("SL-000002", "in")) { ["at"] = site.Clock.GetUtcNow() });

        var before = (await organizer.GetJsonAsync($"/api/v1/sessions/{code}/summary")).GetProperty("whole").GetProperty("counts");
        Assert.Equal(0, before.GetProperty("excused").GetInt32());
        await organizer.DoAsync(code, "close");

        var counts = (await organizer.GetJsonAsync($"/api/v1/sessions/{code}/summary")).GetProperty("whole").GetProperty("counts");
        Assert.Equal((1, 1, counts.GetProperty("invited").GetInt32() - 2), (counts.GetProperty("excused").GetInt32(), counts.GetProperty("present").GetInt32(), counts.GetProperty("absent").GetInt32()));
        Assert.Equal("excused", (await organizer.AttendanceOfAsync(code, "SL-000001")).GetProperty("status").GetString());
        Assert.Equal("absent", (await organizer.AttendanceOfAsync(code, "SL-000003")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Clash_IsShownToTheMemberAndCountedForTheOrganizerBeforePublishing()
    {
        var first = await site.PublishAsync(days: 30);
        var second = await site.PublishAsync(days: 30, publish: false);
        var desk = await site.SignInAsync("so.organizer");
        var invited = await site.QueryAsync(db => db.Invitations.CountAsync(row => row.Session.Code == first));
        Assert.Contains($"{invited} người sẽ được mời bận buổi khác cùng giờ", (await desk.GetPageAsync($"/sessions/{second}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await (await site.ApiAsync("so.organizer")).DoAsync(second, "publish");
        var member = await site.SignInAsync("member");
        Assert.NotNull((await member.GetPageAsync($"/sessions/{second}")).QuerySelector($"main .notice-warning a[href$='{first}']"));
        Assert.Contains("bận buổi khác", (await desk.GetPageAsync($"/sessions/{second}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await (await site.ApiAsync("member")).AnswerAsync(first, null, "declined");
        Assert.Null((await member.GetPageAsync($"/sessions/{second}")).QuerySelector($"main .notice-warning a[href$='{first}']"));
    }

    [Fact]
    public async Task Answers_WhoClash_AreListedByNameAndInTheFile()
    {
        var first = await site.PublishAsync(days: 37);
        var second = await site.PublishAsync(days: 37);
        var organizer = await site.ApiAsync("so.organizer");
        var invited = await site.QueryAsync(db => db.Invitations.CountAsync(row => row.Session.Code == second));
        await organizer.AnswerAsync(first, "SL-000001", "declined");
        var desk = await site.SignInAsync("so.organizer");

        var notice = (await desk.GetPageAsync($"/sessions/{second}")).QuerySelector("section[aria-labelledby=answers] .notice-warning a")!;
        var page = await desk.GetPageAsync(notice.GetAttribute("href")!);
        var file = await desk.GetStringAsync(page.QuerySelector(".page-head-actions a")!.GetAttribute("href")!);

        // All but the one who does not go to the other.
        Assert.Equal(Math.Min(50, invited - 1), page.QuerySelectorAll("table[class*=stack] tbody tr").Length);
        Assert.Equal(invited - 1, file.TrimEnd().Split('\n').Length - 1);
        Assert.DoesNotContain("SL-000001", file, StringComparison.Ordinal);
        Assert.Contains("SL-000002", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ForSomebodyFromAFilteredList_ReturnsToThatList()
    {
        var code = await site.PublishAsync();
        var desk = await site.SignInAsync("so.organizer");
        var list = await desk.GetPageAsync($"/sessions/{code}/answers?response=None&q=lo");
        var address = list.QuerySelector("table[class*=stack] tbody tr a")!.GetAttribute("href")!;
        var form = (await desk.GetPageAsync(address)).QuerySelector("main form[method=post]")!;

        var answered = await desk.PostFormFromAsync(await desk.GetPageAsync(address), $"/sessions/{code}/answer", form.QuerySelectorAll("input[name]").Where(input => !input.GetAttribute("name")!.StartsWith("__", StringComparison.Ordinal))
            .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")));

        Assert.Equal($"/sessions/{code}/answers?response=None&q=lo", answered.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Answers_OfACoordinator_HoldTheirPeopleOnly()
    {
        var code = await site.PublishAsync();
        var api = await site.ApiAsync("xa.coordinator");
        await (await site.ApiAsync("so.organizer")).AnswerAsync(code, "SL-000012", "declined", "=cmd");
        await api.AnswerAsync(code, "SL-000001", "declined", "=cmd");
        var coordinator = await site.SignInAsync("xa.coordinator");

        var page = await coordinator.GetPageAsync($"/sessions/{code}/answers?response=Declined");
        var csv = await coordinator.GetStringAsync($"/sessions/{code}/answers.csv?response=Declined");
        var list = await api.GetJsonAsync($"/api/v1/sessions/{code}/responses?response=declined");

        Assert.Single(page.QuerySelectorAll("table[class*=stack] tbody tr"));
        Assert.Contains("SL-000001", csv, StringComparison.Ordinal);
        Assert.Contains("'=cmd", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("SL-000012", csv, StringComparison.Ordinal);
        Assert.Equal(["SL-000001"], list.Members());
        Assert.Equal(["SL-000012"], (await (await site.ApiAsync("so.organizer")).GetJsonAsync($"/api/v1/sessions/{code}/responses?response=declined&point=P2")).Members());
        await (await site.SignInAsync("member")).GetPageAsync($"/sessions/{code}/answers", HttpStatusCode.NotFound);
        Assert.Equal("response_unknown", await (await api.GetAsync($"/api/v1/sessions/{code}/responses?response=maybe")).ProblemCodeAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Reminder_ThreeDaysBefore_AsksThoseWhoHaveNotAnswered()
    {
        var code = await site.PublishAsync(days: 5);
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.AnswerAsync(code, "SL-000209", "confirmed");
        await site.SweepAsync();
        Assert.Empty(await site.AskedAsync(code));

        site.Clock.Advance(TimeSpan.FromDays(2.1));
        await site.SweepAsync();

        var asked = await site.AskedAsync(code);
        Assert.Contains("SL-000210", asked);
        Assert.DoesNotContain("SL-000209", asked);
    }
}

public sealed class SqliteAnswerTests(SqliteSite site) : AnswerTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlAnswerTests(PostgreSqlSite site) : AnswerTests(site), IClassFixture<PostgreSqlSite>;
