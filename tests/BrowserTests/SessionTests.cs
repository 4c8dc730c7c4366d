using TrainingSite.Notifications.Services;

namespace TrainingSite.BrowserTests;

/// <summary>Flows 2 and 3: an organizer schedules and publishes a session; the coordinator takes attendance with one thumb.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SessionTests(BrowserSite site)
{
    [Fact]
    public async Task Session_FromScheduleToClosedSheet_CountsWhoCame()
    {
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        var code = await ScheduleAsync(desk);

        var phone = await site.OpenAsAsync("xa.coordinator", phone: true);
        await phone.GotoAsync($"/sessions/{code}");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync(".page-head-actions .btn-primary");
        await phone.WaitForURLAsync("**/sheet");
        await BrowserSite.AssertAccessibleAsync(phone);

        var first = phone.Locator(".sheet-row").First;
        var name = await first.Locator(".sheet-name").InnerTextAsync();
        await phone.FillAsync("[data-sheet-search]", VietnameseText.Fold(name).Split(' ')[^1]);
        Assert.True(await first.IsVisibleAsync(), $"'{name}' is found without accents.");
        await first.Locator(".sheet-mark").ClickAsync();
        await phone.Locator("[data-sync]", new() { HasText = "Đã gửi 1" }).WaitForAsync();
        Assert.Contains(name, await phone.InnerTextAsync("#toasts"), StringComparison.Ordinal);
        await phone.FillAsync("[data-sheet-search]", "");

        var second = phone.Locator(".sheet-row").Nth(1);
        await second.Locator("summary").ClickAsync();
        await second.Locator("button[value=excused]").ClickAsync();
        await phone.Locator("[data-sync]", new() { HasText = "Đã gửi 2" }).WaitForAsync();

        await phone.ReloadAsync();
        Assert.Equal("in", await phone.Locator(".sheet-row").First.GetAttributeAsync("data-state"));
        Assert.Equal("excused", await phone.Locator(".sheet-row").Nth(1).GetAttributeAsync("data-state"));

        await phone.SelectOptionAsync("#state", "Lost");
        await phone.SelectOptionAsync("#reasonCode", "mat-dien");
        await phone.ClickAsync("form[action$='/state'] button");
        await phone.SentAsync(3);
        // Two of the list have a mark, the others would be absent: that is asked, with the number as it is on the device.
        var unmarked = await phone.Locator("[data-sheet] .sheet-row[data-state=none]").CountAsync();
        await Assertions.Expect(phone.Locator("label[for=unmarked]")).ToHaveTextAsync($"Tính {unmarked} người chưa có dấu là vắng");
        await phone.ClickAsync("form[action$='/close'] button");
        Assert.True(await phone.EvalOnSelectorAsync<bool>("#unmarked", "box => box.matches(':invalid')"));
        await phone.CheckAsync("#unmarked");
        await phone.ClickAsync("form[action$='/close'] button");
        await phone.Locator(".toast-line", new() { HasText = "Đã chốt danh sách" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        Assert.Equal(0, await phone.Locator(".sheet-mark").CountAsync());

        await desk.GotoAsync($"/sessions/{code}/points");
        await BrowserSite.AssertAccessibleAsync(desk);
        Assert.Contains("mất điện", await desk.Locator("main").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Sheet_WithoutNetwork_KeepsMarksAndSendsThemLater()
    {
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        var code = await ScheduleAsync(desk);
        var phone = await site.OpenAsAsync("xa.coordinator", phone: true);
        await phone.GotoAsync($"/sessions/{code}");
        await phone.ClickAsync(".page-head-actions .btn-primary");

        await phone.Context.SetOfflineAsync(true);
        await phone.Locator(".sheet-mark").First.ClickAsync();
        await phone.Locator("[data-sync].sync-wait", new() { HasText = "Đã lưu trên máy 1" }).WaitForAsync();
        await phone.Context.SetOfflineAsync(false);
        await phone.SentAsync(1);

        await phone.ReloadAsync();
        Assert.Equal("in", await phone.Locator(".sheet-row").First.GetAttributeAsync("data-state"));
    }

    [Fact]
    public async Task Schedule_ClosedHalfWay_BringsBackWhatWasTypedUntilItIsSaved()
    {
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        await desk.GotoAsync("/sessions/new");
        await desk.FillAsync("#Title", "Buổi viết dở");
        await desk.Locator("[name=Topics][value=T3]").CheckAsync();
        await InviteCommuneAsync(desk, "03646");
        await desk.Locator("[data-kept]", new() { HasText = "Đã giữ trên máy này" }).WaitForAsync();

        await desk.GotoAsync("/today");
        await desk.GotoAsync("/sessions/new");
        Assert.Equal("Buổi viết dở", await desk.InputValueAsync("#Title"));
        Assert.True(await desk.Locator("[name=Topics][value=T3]").IsCheckedAsync());
        Assert.True(await desk.Locator("[name=Units][value='03646']").IsVisibleAsync());
        await desk.Locator("[data-count]", new() { HasTextRegex = new(@"[1-9]\d* người") }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(desk);

        await desk.ClickAsync(".side-summary button[type=submit]");
        await desk.WaitForURLAsync(url => !url.EndsWith("/new", StringComparison.Ordinal));
        await desk.GotoAsync("/sessions/new");
        Assert.Equal("", await desk.InputValueAsync("#Title"));
        await desk.Context.CloseAsync();
    }

    /// <summary>Flow 5: the invitation finds the member in the site, and the organizer sees that it went out.</summary>
    [Fact]
    public async Task Session_Published_InvitesTheMemberWhoReadsIt()
    {
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        var code = await ScheduleAsync(desk, ahead: TimeSpan.FromHours(5));
        await site.RunAsync<SweepRemindersTask>();
        await site.RunAsync<SendMessagesTask>();

        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync("/me/notices");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Locator("main .row-link", new() { HasText = code }).First.ClickAsync();
        await phone.WaitForURLAsync($"**/sessions/{code}");
        await BrowserSite.AssertAccessibleAsync(phone);

        await desk.GotoAsync("/messages");
        Assert.Contains($"An toàn trên mạng, buổi {code}", await desk.InnerTextAsync("main"), StringComparison.Ordinal);
        await BrowserSite.AssertAccessibleAsync(desk);
        await phone.Context.CloseAsync();
        await desk.Context.CloseAsync();
    }

    /// <summary>Fills in "Lên lịch" for now or later today, at commune 03646, publishes, and gives the code.</summary>
    private async Task<string> ScheduleAsync(IPage desk, TimeSpan ahead = default)
    {
        var code = $"TH-{Guid.NewGuid().ToString("N")[..8]}";
        var now = VietnamTime.ToLocal(site.Clock.UtcNow()) + ahead;
        await desk.GotoAsync("/sessions/new");
        await BrowserSite.AssertAccessibleAsync(desk);
        await desk.FillAsync("#Title", $"An toàn trên mạng, buổi {code}");
        await desk.FillAsync("#Code", code);
        await desk.Locator("[name=Topics][value=T7]").CheckAsync();
        await desk.FillAsync("#day0", now.ToString("yyyy-MM-dd"));
        await desk.FillAsync("#from0", now.ToString("HH:mm"));
        await desk.FillAsync("#to0", now.AddHours(2).ToString("HH:mm"));
        await InviteCommuneAsync(desk, "03646");
        await desk.Locator("[data-count]", new() { HasTextRegex = new(@"[1-9]\d* người") }).WaitForAsync();
        await desk.ClickAsync(".side-summary button[type=submit]");
        // Not before the answer is there: axe would look at the page that is being left, and keep it from leaving.
        await desk.WaitForURLAsync($"**/sessions/{code}");
        await BrowserSite.AssertAccessibleAsync(desk);
        await desk.ClickAsync("form[action$='/publish'] button");
        await desk.Locator(".toast-line", new() { HasText = "Đã phát hành" }).WaitForAsync();
        return code;
    }

    private static async Task InviteCommuneAsync(IPage desk, string commune)
    {
        foreach (var fold in await desk.Locator($"#Invited details:has([value='{commune}']) > summary").AllAsync())
        {
            await fold.ClickAsync();
        }

        await desk.CheckAsync($"[name=Units][value='{commune}']");
    }
}
