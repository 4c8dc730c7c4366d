using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using TrainingSite.Sessions.Trainers;
using TrainingSite.SiteTests.Accounts;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>The trainer's view: who attended, who lacks the skill, and only of sessions that they teach (R47).</summary>
public abstract class TrainerTests(SiteFixture site)
{
    [Fact]
    public async Task Trainer_Named_SeesThisSessionAndNoOther()
    {
        var (organizer, code, trainer) = await ArrangeAsync();
        var api = await site.ApiAsync("so.organizer");
        var other = await site.HoldAsync(api, "GV");
        await trainer.GetPageAsync($"/sessions/{code}", HttpStatusCode.NotFound);

        Assert.Equal(HttpStatusCode.Redirect, await organizer.PostAsync($"/sessions/{code}/trainer", new() { ["names"] = "doi.tac" }, $"/sessions/{code}"));

        Assert.Contains("Ai đã dự", (await trainer.GetPageAsync($"/sessions/{code}")).QuerySelector("#trainers")!.ParentElement!.TextContent, StringComparison.Ordinal);
        await trainer.GetPageAsync($"/sessions/{code}/trainer");
        await trainer.GetPageAsync($"/sessions/{other}/trainer", HttpStatusCode.NotFound);
        var list = (await trainer.GetPageAsync("/sessions")).QuerySelector("main")!;
        Assert.NotNull(list.QuerySelector($"a[href='/sessions/{code}']"));
        Assert.Null(list.QuerySelector($"a[href='/sessions/{other}']"));
        Assert.NotEqual(HttpStatusCode.OK, (await trainer.GetAsync($"/sessions/{code}/points/P1/sheet")).StatusCode);

        await organizer.PostAsync($"/sessions/{code}/trainer", new() { ["names"] = "" }, $"/sessions/{code}");
        await trainer.GetPageAsync($"/sessions/{code}/trainer", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Trainer_Draft_IsNotShown()
    {
        var (organizer, _, trainer) = await ArrangeAsync();
        var draft = $"GV-{Guid.NewGuid().ToString("N")[..8]}";
        await organizer.PostFormAsync("/sessions/new", Form(draft));
        await organizer.PostAsync($"/sessions/{draft}/trainer", new() { ["names"] = "doi.tac" }, $"/sessions/{draft}");

        await trainer.GetPageAsync($"/sessions/{draft}/trainer", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Assign_AccountNoLongerInUse_IsRefusedByName()
    {
        var (organizer, code, _) = await ArrangeAsync();
        var gone = $"nghi.{Guid.NewGuid().ToString("N")[..6]}";
        await site.AccountAsync(gone, Roles.Coordinator, "127");
        await site.DisableAsync(await site.QueryAsync(db => db.Users.Where(row => row.UserName == gone).Select(row => row.Id).SingleAsync()));

        var answer = await organizer.PostFormAsync($"/sessions/{code}/trainer", new() { ["names"] = gone }, page: $"/sessions/{code}");
        var named = await site.WithAsync(services => services.GetRequiredService<PointService>().AssignCoordinatorsAsync(code, "P1", [gone]));

        Assert.Contains($"Tài khoản {gone} đã ngừng dùng", (await answer.ReadPageAsync()).QuerySelector(".invalid-feedback")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("disabled_user", "Coordinators"), (named.Faults[0].Code, named.Faults[0].Field));
        Assert.Equal((0, 0), await site.QueryAsync(async db => (
            await db.Set<SessionTrainer>().CountAsync(row => db.Users.Any(login => login.Id == row.UserId && login.UserName == gone)),
            await db.Set<PointCoordinator>().CountAsync(row => db.Users.Any(login => login.Id == row.UserId && login.UserName == gone)))));
    }

    [Fact]
    public async Task Assign_ByOthersOrUnknownNames_IsRefused()
    {
        var (organizer, code, _) = await ArrangeAsync();
        var coordinator = await site.SignInAsync("xa.coordinator");

        Assert.Equal(HttpStatusCode.Forbidden, await coordinator.PostAsync($"/sessions/{code}/trainer", new() { ["names"] = "xa.coordinator" }, $"/sessions/{code}/points/P1/sheet"));
        var answer = await organizer.PostFormAsync($"/sessions/{code}/trainer", new() { ["names"] = "doi.tac khong.co" }, page: $"/sessions/{code}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.ReadPageAsync();
        Assert.Equal("doi.tac khong.co", page.QuerySelector("#trainer-names")!.GetAttribute("value"));
        Assert.Equal("true", page.QuerySelector("#trainer-names")!.GetAttribute("aria-invalid"));
        Assert.Contains("Không có tài khoản khong.co", page.QuerySelector(".field .invalid-feedback")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await site.QueryAsync(db => db.Set<TrainingSite.Sessions.Trainers.SessionTrainer>().CountAsync(row => db.Set<TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code))));
        await coordinator.GetPageAsync($"/sessions/{code}/trainer", HttpStatusCode.Forbidden);
        await (await site.SignInAsync("member")).GetPageAsync($"/sessions/{code}/trainer", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Page_OfATrainer_TellsAttendedAndLackingByPoint()
    {
        var (organizer, code, trainer) = await ArrangeAsync();
        await organizer.PostAsync($"/sessions/{code}/trainer", new() { ["names"] = "doi.tac" }, $"/sessions/{code}");
        var api = await site.ApiAsync("so.organizer");
        await site.MarkPresentAsync(api, code, "P1", "SL-000001", "SL-000002");
        Assert.Contains("người được mời đã dự, ở 1/2 điểm cầu", (await trainer.GetPageAsync($"/sessions/{code}/trainer")).QuerySelector(".report-answer")!.TextContent, StringComparison.Ordinal);
        var second = await site.QueryAsync(db => db.Invitations.Where(row => row.Session.Code == code && row.Point.Code == "P2").OrderBy(row => row.Person.Code).Select(row => row.Person.Code).FirstAsync());
        await site.MarkPresentAsync(api, code, "P2", second);
        var (invited, name) = await site.QueryAsync(async db => (await db.Invitations.CountAsync(row => row.Session.Code == code), await db.Set<TrainingSite.Organization.Models.Person>().Where(person => person.Code == "SL-000001").Select(person => person.FullName).SingleAsync()));

        var page = await trainer.GetPageAsync($"/sessions/{code}/trainer");
        Assert.Contains($"3/{invited} người được mời đã dự, ở 2/2 điểm cầu", page.QuerySelector(".report-answer")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.QuerySelectorAll("ul.rows > li").Length);
        Assert.Contains("60/60 phút", page.QuerySelector("ul.rows")!.TextContent, StringComparison.Ordinal);

        page = await trainer.GetPageAsync($"/sessions/{code}/trainer?point=P2");
        Assert.DoesNotContain(name, page.QuerySelector("ul.rows")!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("ul.rows > li"));

        // Who attended the whole session has completed the course of its topic; the others still lack the skill.
        page = await trainer.GetPageAsync($"/sessions/{code}/trainer?show=lacking&point=P1");
        Assert.DoesNotContain(name, page.QuerySelector("ul.rows")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Còn thiếu: Nghề thử", page.QuerySelector("ul.rows li")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfATrainer_CountsWhatHasExpiredAsLacking()
    {
        var (organizer, code, trainer) = await ArrangeAsync();
        await organizer.PostAsync($"/sessions/{code}/trainer", new() { ["names"] = "doi.tac" }, $"/sessions/{code}");
        await site.MarkPresentAsync(await site.ApiAsync("so.organizer"), code, "P1", "SL-000001");
        var name = await site.QueryAsync(db => db.Set<TrainingSite.Organization.Models.Person>().Where(person => person.Code == "SL-000001").Select(person => person.FullName).SingleAsync());
        Assert.DoesNotContain(name, await LackingAsync());

        var topic = await site.QueryAsync(db => db.Set<SessionTopic>().Where(row => db.Set<TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code)).Select(row => row.Topic).SingleAsync());
        await site.QueryAsync(db => db.Completions.Where(row => row.TopicCode == topic).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresUtc, site.Clock.UtcNow())));

        Assert.Contains($"{name}", await LackingAsync());

        async Task<string> LackingAsync() => string.Concat((await trainer.GetPageAsync($"/sessions/{code}/trainer?show=lacking&point=P1")).QuerySelectorAll("ul.rows li").Where(row => row.TextContent.Contains("Còn thiếu: Nghề thử", StringComparison.Ordinal)).Select(row => row.TextContent));
    }

    private async Task<(HttpClient Organizer, string Code, HttpClient Trainer)> ArrangeAsync()
    {
        await site.AccountAsync("doi.tac", Roles.Partner, "127");
        var topic = $"G{Guid.NewGuid():N}"[..10];
        await site.CourseAsync(topic, "Nghề thử");
        var code = await site.HoldAsync(await site.ApiAsync("so.organizer"), "GV", body => body["topics"] = new[] { topic });
        return (await site.SignInAsync("so.organizer"), code, await site.SignInAsync("doi.tac"));
    }
}

public sealed class SqliteTrainerTests(SqliteSite site) : TrainerTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlTrainerTests(PostgreSqlSite site) : TrainerTests(site), IClassFixture<PostgreSqlSite>;
