using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.BrowserTests;

/// <summary>Attendance without the coordinator's thumb: the member's own phone, the card, the paper.</summary>
[Collection(BrowserCollection.Name)]
public sealed class CodeTests(BrowserSite site)
{
    [Fact]
    public async Task CheckIn_ByTypedLetters_FromTheScreenToTheMember()
    {
        var code = await BeginAsync();
        var screen = await site.OpenAsAsync("xa.coordinator", phone: false);
        await screen.GotoAsync($"/sessions/{code}/points/P1/code");
        await BrowserSite.AssertAccessibleAsync(screen);
        var letters = await screen.InnerTextAsync("[data-letters]");

        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync($"/sessions/{code}");
        await phone.ClickAsync("main a[href='/check-in']");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.FillAsync("#letters", "BBBBBB");
        await phone.ClickAsync("main button");
        await Assertions.Expect(phone.Locator("[role=alert]")).ToContainTextAsync("chưa ghi gì");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.FillAsync("#letters", letters.ToLowerInvariant());
        await phone.ClickAsync("main button");

        await Assertions.Expect(phone.Locator("h1")).ToContainTextAsync($"Đã ghi: Vì Ngọc Lả có mặt lúc {site.Clock.UtcNow().ToTimeText()}");
        await BrowserSite.AssertAccessibleAsync(phone);
        await screen.Context.CloseAsync();
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task CheckIn_ByTheQrCode_SignsInAndComesBack()
    {
        var code = await BeginAsync();
        var address = await site.WithAsync(async services =>
        {
            var point = await services.GetRequiredService<SiteDbContext>().SessionPoints.Where(row => row.Session.Code == code && row.Code == "P1").Select(row => row.Id).SingleAsync();
            return $"/check-in/{(await services.GetRequiredService<TrainingSite.Sessions.SelfCheckIn.PointCodes>().NextAsync(point, 1))[0].Token}";
        });

        var phone = await site.PhoneAsync();
        await phone.GotoAsync(address);
        await phone.FillAsync("main [name=Login]", "to.truong");
        await phone.FillAsync("main [name=Password]", "Demo@12345");
        await phone.ClickAsync("main form button[type=submit]");
        await phone.WaitForURLAsync($"**{address}");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync("main button");

        await Assertions.Expect(phone.Locator("h1")).ToContainTextAsync($"Đã ghi: Quàng Văn Inh có mặt lúc {site.Clock.UtcNow().ToTimeText()}");
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Screen_CutOff_HoldsTheNextCodesThenSaysThatItIsStale()
    {
        var code = await BeginAsync();
        var screen = await site.OpenAsAsync("xa.coordinator", phone: true);
        var next = await screen.RunAndWaitForResponseAsync(() => screen.GotoAsync($"/sessions/{code}/points/P1/code"), answer => answer.Url.EndsWith("/code/next", StringComparison.Ordinal));
        await next.FinishedAsync();
        await BrowserSite.AssertAccessibleAsync(screen);
        var first = await screen.InnerTextAsync("[data-letters]");
        await screen.Context.SetOfflineAsync(true);

        await screen.Context.Clock.SetFixedTimeAsync(site.Clock.UtcNow().AddMinutes(3));
        await Assertions.Expect(screen.Locator("[data-letters]")).Not.ToHaveTextAsync(first);
        Assert.True(await screen.IsVisibleAsync("[data-code]"));

        await screen.Context.Clock.SetFixedTimeAsync(site.Clock.UtcNow().AddMinutes(8));
        await screen.Locator("[data-stale]").WaitForAsync();
        Assert.False(await screen.IsVisibleAsync("[data-code]"));
        await screen.Context.CloseAsync();
    }

    [Fact]
    public async Task Paper_TypedCodes_NameThePeopleAtOnceAndAreRecorded()
    {
        var code = await BeginAsync();
        var desk = await site.OpenAsAsync("xa.coordinator", phone: false);
        await desk.GotoAsync($"/sessions/{code}/points/P1/sheet/print");
        await BrowserSite.AssertAccessibleAsync(desk);
        var codes = await desk.Locator("tbody th").AllInnerTextsAsync();
        var names = await desk.Locator("tbody th + td").AllInnerTextsAsync();

        await desk.GotoAsync($"/sessions/{code}/points/P1/sheet/paper");
        await desk.FillAsync("#text", $"{codes[0].ToLowerInvariant()} {codes[1]}+10 {codes[0]} 999Z ");
        var lines = await desk.Locator("[data-read] li").AllInnerTextsAsync();
        Assert.Equal(4, lines.Count);
        Assert.Contains(lines, line => line.Contains(names[0], StringComparison.Ordinal) && line.EndsWith("có mặt", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(names[1], StringComparison.Ordinal) && line.Contains("muộn 10 phút", StringComparison.Ordinal));
        Assert.Equal(2, await desk.Locator("[data-read] .paper-fault").CountAsync());
        await BrowserSite.AssertAccessibleAsync(desk);

        await desk.FillAsync("#text", $"{codes[0]} {codes[1]}+10");
        await desk.ClickAsync("main .btn-primary");
        await desk.Locator(".toast-line", new() { HasText = "Đã ghi 2 người từ giấy" }).WaitForAsync();
        Assert.Equal("late", await desk.Locator(".sheet-row").Nth(1).GetAttributeAsync("data-state"));
        await desk.Context.CloseAsync();
    }

    [Fact]
    public async Task Photo_FromThePhone_IsScaledDownAndShown()
    {
        var code = await BeginAsync();
        var phone = await site.OpenAsAsync("xa.coordinator", phone: true);
        await phone.GotoAsync($"/sessions/{code}/points/P1/photos");
        var picture = Convert.FromBase64String(await phone.EvaluateAsync<string>("""
            async () => {
              const canvas = Object.assign(document.createElement('canvas'), { width: 3000, height: 1500 });
              canvas.getContext('2d').fillRect(0, 0, 3000, 1500);
              const blob = await new Promise(done => canvas.toBlob(done, 'image/png'));
              return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
            }
            """));
        await phone.SetInputFilesAsync("#pictures", new FilePayload { Name = "to.png", MimeType = "image/png", Buffer = picture });
        await phone.ClickAsync("main .btn-primary");
        await phone.Locator(".toast-line", new() { HasText = "Đã lưu 1 ảnh" }).WaitForAsync();

        await phone.Locator(".photo-list img").EvaluateAsync("image => image.decode()");
        Assert.Equal(2000, await phone.Locator(".photo-list img").EvaluateAsync<int>("image => image.naturalWidth"));
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Context.CloseAsync();
    }

    /// <summary>A session of commune 03646 that runs now.</summary>
    private Task<string> BeginAsync() => site.WithAsync(async services =>
    {
        var code = $"CO-{Guid.NewGuid().ToString("N")[..8]}";
        var start = site.Clock.UtcNow();
        var created = await services.GetRequiredService<SessionService>().CreateAsync(new()
        {
            Code = code,
            Title = $"Thanh toán không dùng tiền mặt, buổi {code}",
            Mode = SessionMode.InPerson,
            OrganizerUnit = "14",
            Topics = ["T3"],
            Blocks = [new(start, start.AddHours(2))],
            Points = [new("P1", "03646", Venue: "UBND phường Chiềng Lề")],
            Invite = new(["03646"]),
        });
        Assert.Empty(created.Faults);
        Assert.Empty((await services.GetRequiredService<SessionLifecycle>().PublishAsync(code)).Faults);
        return code;
    });
}
