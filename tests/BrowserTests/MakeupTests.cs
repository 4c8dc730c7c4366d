using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.BrowserTests;

/// <summary>The pages of a session that no other walk opens.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MakeupTests(BrowserSite site)
{
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
