using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.BrowserTests;

/// <summary>What coordinators do on a phone that keeps an attendance sheet.</summary>
internal static class SheetPhone
{
    /// <summary>An open session of leaders in commune 03646, and a coordinator's phone that has fetched its sheet.</summary>
    public static async Task<(string Code, IPage Phone)> FetchSheetAsync(this BrowserSite site, SessionMode mode = SessionMode.InPerson)
    {
        var code = await site.OpenSessionAsync(mode);
        var phone = await site.OpenAsAsync("xa.coordinator", phone: true);
        await phone.KeepSheetAsync(code);
        return (code, phone);
    }

    /// <summary>Fetches the sheet of a session's point.</summary>
    public static async Task KeepSheetAsync(this IPage phone, string code)
    {
        await phone.GotoAsync($"/sessions/{code}/points/P1/sheet");
        await phone.ReadyAsync();
        await phone.ClickAsync("[data-keep-sheet]");
        await phone.Locator("[data-kept-sheet]", new() { HasText = "kB" }).WaitForAsync();
    }

    /// <summary>An open session of leaders in commune 03646.</summary>
    public static async Task<string> OpenSessionAsync(this BrowserSite site, SessionMode mode = SessionMode.InPerson)
    {
        var code = $"OF-{Guid.NewGuid().ToString("N")[..8]}";
        await site.WithAsync(async services =>
        {
            var now = site.Clock.UtcNow();
            var sessions = services.GetRequiredService<SessionService>();
            var created = await sessions.CreateAsync(new SessionDraft
            {
                Code = code,
                Title = $"An toàn trên mạng, buổi {code}",
                Mode = mode,
                Topics = ["T7"],
                Blocks = [new BlockDraft(now.AddMinutes(-10), now.AddHours(3))],
                Points = [new PointDraft("P1", "03646", "Điểm cầu UBND phường Chiềng Lề", "UBND phường Chiềng Lề")],
                Invite = new InviteDraft(["03646"], Roles: TeamRoles.Leader),
                OrganizerUnit = "14",
            });
            Assert.True(created.Succeeded, string.Join(' ', created.Faults.Select(fault => fault.Message)));
            var lifecycle = services.GetRequiredService<SessionLifecycle>();
            Assert.True((await lifecycle.PublishAsync(code)).Succeeded);
            Assert.True((await lifecycle.OpenAsync(code)).Succeeded);
            return true;
        });
        return code;
    }

    /// <summary>Loads the page again and waits until it shows what the phone has.</summary>
    public static async Task ReopenAsync(this IPage page)
    {
        await page.ReloadAsync();
        await page.ReadyAsync();
    }

    /// <summary>Code of the first person on the sheet.</summary>
    public static async Task<string> FirstAsync(this IPage page) => (await page.Locator(".sheet-row").First.GetAttributeAsync("data-person"))!;

    /// <summary>Marks somebody as there.</summary>
    public static async Task MarkAsync(this IPage page, string member)
    {
        await page.Locator($"[data-person={member}] .sheet-mark").ClickAsync();
        await page.Locator($"[data-person={member}][data-state=in]").WaitForAsync();
    }

    /// <summary>Waits until nothing of the sheet waits on the phone and the page says how much the server has of it.</summary>
    public static Task SentAsync(this IPage page, int count, float? timeout = null) =>
        page.Locator("[data-counts]", new() { HasTextRegex = new($"^Đã gửi {count} · ") }).First.WaitForAsync(new() { Timeout = timeout });

    /// <summary>What the server was told of a session.</summary>
    public static Task<List<AttendanceEvent>> EventsAsync(this BrowserSite site, string code) => site.QueryAsync(db => db.AttendanceEvents.AsNoTracking()
        .Where(fact => db.Set<TrainingSession>().Any(session => session.Id == fact.SessionId && session.Code == code)).ToListAsync());
}
