namespace TrainingSite.BrowserTests;

/// <summary>Who comes, at a phone: a member confirms and changes their mind, the leader names who has the team's seats, whoever waited gets one.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AnswerTests(BrowserSite site)
{
    [Fact]
    public async Task Seats_FromTheLeaderToWhoeverWaits_AreNeverLost()
    {
        var code = $"TL-{Guid.NewGuid().ToString("N")[..8]}";
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        await PublishAsync(desk, code);

        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync($"/sessions/{code}");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync("text=Xác nhận tôi sẽ đến");
        await phone.Locator("section", new() { HasText = "Sẽ đến" }).First.WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);

        var leader = await site.OpenAsAsync("to.truong", phone: true);
        await leader.GotoAsync($"/sessions/{code}/team");
        await BrowserSite.AssertAccessibleAsync(leader);
        await leader.UncheckAsync("#seat-SL-000210");
        await leader.CheckAsync("#seat-SL-000211");
        await leader.ClickAsync("form[action$='/seats'] button");
        await leader.Locator("[data-person=SL-000211]", new() { HasText = "Sẽ đến" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(leader);

        await phone.ReloadAsync();
        Assert.Contains("trong danh sách chờ", await phone.InnerTextAsync("main"), StringComparison.Ordinal);

        var row = leader.Locator("[data-person=SL-000211]");
        await row.Locator("summary", new() { HasText = "Trả lời thay" }).ClickAsync();
        await row.Locator("summary", new() { HasText = "Báo vắng" }).ClickAsync();
        await BrowserSite.AssertAccessibleAsync(leader);
        await row.Locator("text=Gửi báo vắng").ClickAsync();
        await leader.Locator("[data-person=SL-000211]", new() { HasText = "Báo vắng" }).WaitForAsync();

        await phone.GotoAsync($"/sessions/{code}/answers/point");
        await BrowserSite.AssertAccessibleAsync(phone);
        await desk.GotoAsync($"/sessions/{code}/answers");
        await BrowserSite.AssertAccessibleAsync(desk);
        Assert.Equal(1, await desk.Locator(".table-stack td .state-good").CountAsync());
        await desk.GotoAsync($"/sessions/{code}/repeat");
        await BrowserSite.AssertAccessibleAsync(desk);
        await desk.FillAsync("#day0", VietnamTime.ToLocal(site.Clock.UtcNow()).AddDays(20).ToString("yyyy-MM-dd"));
        await desk.ClickAsync("main form button");
        await desk.WaitForURLAsync($"**/series/{code}");
        await BrowserSite.AssertAccessibleAsync(desk);
        await phone.GotoAsync($"/series/{code}");
        await BrowserSite.AssertAccessibleAsync(phone);

        await phone.Context.CloseAsync();
        await leader.Context.CloseAsync();
        await desk.Context.CloseAsync();
    }

    /// <summary>A session in ten days with one seat for each team, published.</summary>
    private async Task PublishAsync(IPage desk, string code)
    {
        var day = VietnamTime.ToLocal(site.Clock.UtcNow()).AddDays(10);
        await desk.GotoAsync("/sessions/new");
        await desk.FillAsync("#Title", $"Thanh toán, buổi {code}");
        await desk.FillAsync("#Code", code);
        await desk.FillAsync("#day0", day.ToString("yyyy-MM-dd"));
        await desk.FillAsync("#from0", "08:00");
        await desk.FillAsync("#to0", "10:00");
        await desk.CheckAsync("[name=Units][value='116']");
        await desk.FillAsync("#SeatsPerTeam", "1");
        await desk.ClickAsync(".side-summary button[type=submit]");
        await desk.ClickAsync("form[action$='/publish'] button");
        await desk.Locator(".toast-line", new() { HasText = "Đã phát hành" }).WaitForAsync();
    }
}
