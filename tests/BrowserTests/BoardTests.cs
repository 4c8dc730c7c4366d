using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Services;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.BrowserTests;

/// <summary>The live board fills up while marks come in; two devices disagree, and a person decides.</summary>
[Collection(BrowserCollection.Name)]
public sealed class BoardTests(BrowserSite site)
{
    [Fact]
    public async Task Board_WhileMarksComeIn_FillsUpByItself()
    {
        var code = await OpenAsync();
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        await desk.GotoAsync($"/sessions/{code}/live");
        await desk.Locator("[data-line]", new() { HasText = "trực tiếp" }).WaitForAsync();
        await desk.Locator("[data-call=P1] a[href^='tel:']").WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(desk);

        await MarkAsync(code, "phone-1", ("SL-000001", "in"), ("SL-000002", "in"));

        await desk.Locator("[data-point=P1] [data-present]", new() { HasTextRegex = new("^2$") }).WaitForAsync();
        await desk.Locator("[data-total=present]", new() { HasTextRegex = new("^2$") }).WaitForAsync();
        Assert.Equal("now", await desk.Locator("[data-point=P1]").GetAttributeAsync("data-tone"));
        await Assertions.Expect(desk.Locator("[data-call=P1]")).ToBeHiddenAsync();
        await desk.Locator("[data-call=P2]").WaitForAsync();

        // A point that lost its line before anybody was there takes no part: the page counts as the reports do.
        await site.WithAsync(async services => (await services.GetRequiredService<PointService>().ReportAsync(code, "P2", new(PointState.Lost))).Succeeded);
        await desk.Locator("[data-call=P2]").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.Equal("1", await desk.Locator("[data-total=points_present]").InnerTextAsync());
        Assert.Equal("1/2", (await desk.Locator(".board-sum b").First.InnerTextAsync()).Trim());

        await desk.ClickAsync("[data-wall]");
        await Assertions.Expect(desk.Locator(".page-head-actions")).ToBeHiddenAsync();
        await desk.Locator(".board-stats").WaitForAsync();
        await desk.Keyboard.PressAsync("Escape");
        await desk.Locator(".page-head-actions").WaitForAsync();

        await desk.ClickAsync("a[href$='/live/states']");
        await BrowserSite.AssertAccessibleAsync(desk);
        await desk.CheckAsync("[data-check-all]");
        await desk.SelectOptionAsync("#NewState", "Lost");
        await desk.SelectOptionAsync("#ReasonCode", "mat-dien");
        await desk.ClickAsync("main .action-bar .btn-primary");
        await desk.Locator(".toast-line", new() { HasText = "2 điểm cầu" }).WaitForAsync();
        await desk.Locator("[data-point=P2][data-tone=bad] [data-reason]", new() { HasText = "mất điện" }).WaitForAsync();

        var phone = await site.OpenAsAsync("xa.coordinator", phone: true);
        await phone.GotoAsync($"/sessions/{code}/live");
        await phone.Locator("[data-line]", new() { HasText = "trực tiếp" }).WaitForAsync();
        Assert.Equal(1, await phone.Locator("[data-point]").CountAsync());
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Context.CloseAsync();
        await desk.Context.CloseAsync();
    }

    [Fact]
    public async Task Conflict_OfTwoDevices_IsSettledWithOneTap()
    {
        var code = await OpenAsync();
        await MarkAsync(code, "phone-1", ("SL-000001", "in"));
        await MarkAsync(code, "phone-2", ("SL-000001", "absent"));
        var phone = await site.OpenAsAsync("xa.coordinator", phone: true);
        await phone.GotoAsync($"/sessions/{code}/points/P1/sheet");
        await phone.ClickAsync(".sheet-links a[href$='/conflicts']");
        await BrowserSite.AssertAccessibleAsync(phone);
        Assert.Equal(2, await phone.Locator(".review-side").CountAsync());

        await phone.Locator(".review-side").First.Locator("button").ClickAsync();

        await phone.Locator(".toast-line", new() { HasText = "Đã quyết định" }).WaitForAsync();
        Assert.Equal(0, await phone.Locator("[data-review]").CountAsync());
        await phone.GotoAsync($"/sessions/{code}/people/SL-000001/log");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Context.CloseAsync();
    }

    /// <summary>A session of the two wards that runs now.</summary>
    private async Task<string> OpenAsync()
    {
        var code = $"BANG-{Guid.NewGuid().ToString("N")[..8]}";
        var now = site.Clock.GetUtcNow();
        await SendAsync("/api/v1/sessions", new
        {
            code,
            title = "An toàn trên mạng",
            mode = "in_person",
            topics = new[] { "T7" },
            blocks = new[] { new { start = now.AddHours(-1), end = now.AddHours(1) } },
            points = new[] { new { code = "P1", unit = "03646", venue = "UBND phường Chiềng Lề" }, new { code = "P2", unit = "03649", venue = "UBND phường Tô Hiệu" } },
            invite = new { units = new[] { "116" } },
        });
        await SendAsync($"/api/v1/sessions/{code}/publish", new { });
        await SendAsync($"/api/v1/sessions/{code}/open", new { });
        return code;
    }

    private Task MarkAsync(string code, string device, params (string Member, string Kind)[] marks) => SendAsync($"/api/v1/sessions/{code}/attendance-events", new
    {
        device,
        events = marks.Select(mark => new { id = Guid.NewGuid(), member = mark.Member, point = "P1", kind = mark.Kind, method = "roster", at = site.Clock.GetUtcNow() }),
    });

    private async Task SendAsync(string path, object body)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", await site.WithAsync(async services =>
        {
            var id = await services.GetRequiredService<SiteDbContext>().Users.Where(row => row.UserName == "so.organizer").Select(row => row.Id).SingleAsync();
            return await services.GetRequiredService<TokenService>().CreateAsync(id, "test", 1);
        }));
        using var answer = await client.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
