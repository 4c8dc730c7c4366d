using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Sessions.Models;
using TrainingSite.SiteTests.Notifications;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Sessions that are over are entered on purpose only, and nothing is promised or sent for what has passed.</summary>
public abstract class PastEntryTests(SiteFixture site)
{
    [Fact]
    public async Task New_InThePast_IsAskedForAndSavedOnceTicked()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var form = new Dictionary<string, string?>(Form("QUA-1")) { ["Blocks[0].Date"] = "2026-11-10" };

        var page = await (await organizer.PostFormAsync("/sessions/new", form)).ReadPageAsync();

        Assert.Contains("đã qua", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.False(page.QuerySelector<IHtmlInputElement>("input[name=IsPast][type=checkbox]")!.IsChecked);
        Assert.False(await site.QueryAsync(db => db.Sessions.AnyAsync(session => session.Code == "QUA-1")));
        form["IsPast"] = "true";
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostFormAsync("/sessions/new", form)).StatusCode);
        var draft = await organizer.GetPageAsync("/sessions/QUA-1");
        Assert.Contains("đã qua", draft.QuerySelector(".next-card")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("lịch nhắc", draft.QuerySelector(".next-card")!.TextContent, StringComparison.Ordinal);

        await organizer.PostFormFromAsync(draft, "/sessions/QUA-1/publish", []);
        await site.SweepAsync();
        Assert.Empty(await site.QueryAsync(db => db.Set<TrainingSite.Notifications.Models.Message>().Where(row => row.Subject.StartsWith("QUA-1")).Select(row => row.Rule).ToListAsync()));
    }

    [Theory]
    [InlineData(1, "2 giờ", "1 ngày")]
    [InlineData(3, "1 ngày và 2 giờ", "7 ngày")]
    [InlineData(9, "7 ngày, 1 ngày và 2 giờ", null)]
    public async Task Show_OfADraft_PromisesOnlyTheRemindersStillAhead(int days, string promised, string? not)
    {
        // The fixture's day begins at nine: a session at eight tomorrow is less than a day away.
        var code = await site.PublishAsync(days: days, publish: false);
        var organizer = await site.SignInAsync("so.organizer");

        var text = (await organizer.GetPageAsync($"/sessions/{code}")).QuerySelector(".next-card")!.TextContent;

        Assert.Contains(promised, text, StringComparison.Ordinal);
        if (not is not null)
        {
            Assert.DoesNotContain(not, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Copy_ToADayThatIsOver_IsRefusedWithTheReason()
    {
        var code = await site.PublishAsync();
        var organizer = await site.SignInAsync("so.organizer");
        var count = await site.QueryAsync(db => db.Sessions.CountAsync());

        await organizer.PostFormAsync($"/sessions/{code}/copy", new() { ["firstDay"] = "2026-11-10" }, page: $"/sessions/{code}");

        Assert.Equal(count, await site.QueryAsync(db => db.Sessions.CountAsync()));
        Assert.Contains("10/11/2026 đã qua", (await organizer.GetPageAsync($"/sessions/{code}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makeup_PublishedAtOnceForATimeThatIsOver_IsRefusedAndKeepsTheForm()
    {
        var api = await site.ApiAsync("so.organizer");
        var code = await site.HoldAsync(api, "QUA-HB");
        await api.DoAsync(code, "close");
        var organizer = await site.SignInAsync("so.organizer");
        var form = new Dictionary<string, string?> { ["Scope"] = "People", ["Blocks[0].Date"] = "2026-11-10", ["Blocks[0].Start"] = "08:00", ["Blocks[0].End"] = "10:00", ["Publish"] = "true" };

        var answer = await organizer.PostFormAsync($"/sessions/{code}/makeup", form);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.ReadPageAsync();
        Assert.Contains("đã qua", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2026-11-10", page.QuerySelector<IHtmlInputElement>("#day0")!.Value);
        Assert.False(await site.QueryAsync(db => db.Sessions.AnyAsync(session => db.Set<TrainingSession>().Any(original => original.Id == session.MakeupOfId && original.Code == code))));
    }

    [Fact]
    public async Task New_OnePointPerCommune_SaysHowManyPointsSavingMakes()
    {
        var organizer = await site.SignInAsync("so.organizer");

        var page = await (await organizer.PostFormAsync("/sessions/new", new(Form("QUA-DIEM")) { ["Title"] = "" })).ReadPageAsync();
        var count = await (await organizer.PostFormFromAsync(page, "/sessions/count", new() { ["Code"] = "X", ["Units"] = "116", ["Levels"] = "Commune", ["Roles"] = "Leader", ["OnePointPerCommune"] = "true" })).Content.ReadAsStringAsync();

        Assert.Contains("sẽ tạo 2 điểm cầu", WebUtility.HtmlDecode(count), StringComparison.Ordinal);
        Assert.DoesNotContain("0 điểm cầu", page.QuerySelector(".side-summary")!.TextContent, StringComparison.Ordinal);
    }
}

public sealed class SqlitePastEntryTests(SqliteSite site) : PastEntryTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlPastEntryTests(PostgreSqlSite site) : PastEntryTests(site), IClassFixture<PostgreSqlSite>;
