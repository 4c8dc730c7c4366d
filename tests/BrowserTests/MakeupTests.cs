using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.BrowserTests;

/// <summary>Whom a session missed: one step makes another for them, and being there counts for the first. On the way, the pages that no other walk opens.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MakeupTests(BrowserSite site)
{
    [Fact]
    public async Task Makeup_MadeInOneStep_CreditsTheOriginal()
    {
        var code = await MissedAsync();
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        await desk.GotoAsync($"/sessions/{code}");
        await desk.ClickAsync("a[href$='/makeup']");
        await BrowserSite.AssertAccessibleAsync(desk);
        var now = VietnamTime.ToLocal(site.Clock.UtcNow());
        await desk.FillAsync("#day0", now.ToString("yyyy-MM-dd"));
        await desk.FillAsync("#from0", now.ToString("HH:mm"));
        await desk.FillAsync("#to0", now.AddHours(2).ToString("HH:mm"));
        await desk.ClickAsync("button[name=Publish][value=true]");
        await desk.Locator(".toast-line", new() { HasText = "Đã phát hành buổi học bù" }).WaitForAsync();
        var makeup = desk.Url.Split('/')[^1];
        await desk.ClickAsync("details:has(form[action$='/open']) > summary");
        await desk.ClickAsync("form[action$='/open'] button");
        await desk.Locator("details:has(form[action$='/close'])").WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(desk);

        var coordinator = await site.OpenAsAsync("xa.coordinator", phone: true);
        await coordinator.GotoAsync($"/sessions/{makeup}");
        await coordinator.ClickAsync(".page-head-actions .btn-primary");
        await coordinator.FillAsync("[data-sheet-search]", "vi ngoc la");
        await coordinator.Locator(".sheet-row:visible .sheet-mark").First.ClickAsync();
        await coordinator.Locator("[data-sync]", new() { HasText = "Đã gửi 1" }).WaitForAsync();
        await coordinator.Context.CloseAsync();

        var credit = await site.QueryAsync(db => db.Set<AttendanceCredit>().SingleAsync(row => row.SessionCode == code && row.TopicCode == "T7" && db.Set<TrainingSite.Organization.Models.Person>().Any(person => person.Id == row.PersonId && person.Code == "SL-000210")));
        Assert.True(credit.AttendedMinutes > 0);
        await desk.GotoAsync($"/sessions/{code}");
        Assert.Contains("1/", await desk.InnerTextAsync("section[aria-labelledby=makeups] .row-sub"), StringComparison.Ordinal);
        await desk.Context.CloseAsync();
        var member = await site.OpenAsAsync("member", phone: true);
        await member.GotoAsync($"/sessions/{code}");
        Assert.Contains("Bạn đã học bù", await member.InnerTextAsync(".notice-good"), StringComparison.Ordinal);
        await BrowserSite.AssertAccessibleAsync(member);
        await member.Context.CloseAsync();
    }

    [Fact]
    public async Task CopyRehearsalAndCalls_OnAPhone_AreAccessible()
    {
        var code = await MissedAsync(rehearsal: true);
        var organizer = await site.OpenAsAsync("so.organizer", phone: true);
        await organizer.GotoAsync($"/sessions/{code}");
        Assert.Contains("Buổi diễn tập", await organizer.InnerTextAsync("main"), StringComparison.Ordinal);
        await organizer.ClickAsync("details:has(form[action$='/copy']) summary");
        await BrowserSite.AssertAccessibleAsync(organizer);
        await organizer.ClickAsync("form[action$='/copy'] button");
        await organizer.WaitForURLAsync("**/edit");
        await BrowserSite.AssertAccessibleAsync(organizer);
        await organizer.Context.CloseAsync();

        var coordinator = await site.OpenAsAsync("xa.coordinator", phone: true);
        await coordinator.GotoAsync("/calls");
        Assert.True(await coordinator.Locator("button[value=Reached]").CountAsync() > 0);
        await BrowserSite.AssertAccessibleAsync(coordinator);
        await coordinator.Context.CloseAsync();
    }

    /// <summary>A session of this morning, over, at which nobody of the ward was.</summary>
    private Task<string> MissedAsync(bool rehearsal = false) => site.WithAsync(async services =>
    {
        var code = $"BU-{Guid.NewGuid().ToString("N")[..8]}";
        var end = site.Clock.UtcNow().AddMinutes(-10);
        var made = await services.GetRequiredService<SessionService>().CreateAsync(new SessionDraft
        {
            Code = code,
            Title = "An toàn trên mạng cho người cao tuổi",
            Topics = ["T7"],
            IsRehearsal = rehearsal,
            Blocks = [new(end.AddHours(-2), end)],
            Points = [new("P1", "03646", Venue: "UBND phường Chiềng Lề")],
            Invite = new(["03646"]),
        });
        Assert.True(made.Succeeded);
        var lifecycle = services.GetRequiredService<SessionLifecycle>();
        Assert.True((await lifecycle.PublishAsync(code)).Succeeded);
        Assert.True((await lifecycle.CloseAsync(code)).Succeeded);
        return code;
    });
}
