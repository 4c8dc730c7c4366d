using Microsoft.Extensions.DependencyInjection;
using QRCoder;
using TrainingSite.Sessions.Cards;
using TrainingSite.Sessions.Models;

namespace TrainingSite.BrowserTests;

/// <summary>Members' cards before a coordinator's phone that has no signal: by camera, and by hand where there is none.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ScannerTests(BrowserSite site)
{
    [Fact]
    public async Task Scanner_WithoutCamera_TakesCardsAndCodesByHand()
    {
        var (code, phone) = await site.FetchSheetAsync();
        await phone.Context.SetOfflineAsync(true);
        await phone.ReopenAsync();
        var member = await phone.FirstAsync();
        await phone.ClickAsync("[data-scan]");
        await phone.Locator("[data-scan-camera]", new() { HasText = "Không dùng được máy ảnh" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);

        var card = await CardAsync(member);
        await ScanAsync(phone, card[..^6] + "AAAAAA", "bad", "Thẻ giả");
        await ScanAsync(phone, card, "good", "có mặt");
        await ScanAsync(phone, card, "warning", "đã ghi có mặt rồi");
        await ScanAsync(phone, "SL-000002", "warning", "không có trong danh sách");
        await phone.ClickAsync("[data-scan-add]");
        await phone.Locator("[data-person=SL-000002][data-state=in]").WaitForAsync();
        await phone.Locator("#scan label", new() { HasText = "Ra" }).ClickAsync();
        await ScanAsync(phone, card, "good", "đã ra");
        await phone.ClickAsync("#scan [data-close]");

        await phone.Context.SetOfflineAsync(false);
        await phone.SentAsync(3);
        Assert.Equal([AttendanceKind.In, AttendanceKind.Out], (await site.EventsAsync(code)).Where(fact => fact.Method == AttendanceMethod.Card).Select(fact => fact.Kind).Order());
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Scanner_BeforeACamera_ReadsTheCardWithoutNetwork()
    {
        const string member = "SL-000209";
        var film = Path.Combine(site.DataPath, $"{Guid.NewGuid():N}.y4m");
        await WriteFilmAsync(film, await CardAsync(member));
        var code = await site.OpenSessionAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserSite.Chromium,
            Args = ["--disable-dev-shm-usage", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={film}"],
        });
        var context = await browser.NewContextAsync(new() { BaseURL = site.Address.ToString(), ViewportSize = new() { Width = 360, Height = 800 }, Locale = "vi-VN", Permissions = ["camera"] });
        await context.Clock.SetFixedTimeAsync(site.Clock.UtcNow());
        var phone = await context.NewPageAsync();
        phone.SetDefaultTimeout(30_000);
        await site.SignInAsync(phone, "xa.coordinator");
        await phone.KeepSheetAsync(code);
        await context.SetOfflineAsync(true);
        await phone.ReopenAsync();

        await phone.ClickAsync("[data-scan]");
        await phone.Locator("[data-scan-result][data-tone=good]", new() { HasText = "có mặt" }).WaitForAsync();
        await phone.Locator($"[data-person={member}][data-state=in]").WaitForAsync();
        await phone.ClickAsync("#scan [data-close]");
        await context.SetOfflineAsync(false);
        await phone.SentAsync(1);
        Assert.Equal(AttendanceMethod.Card, Assert.Single(await site.EventsAsync(code)).Method);
    }

    /// <summary>What a camera before the card would film: raw frames, which Chromium takes for its pretended camera.</summary>
    private static async Task WriteFilmAsync(string path, string text)
    {
        const int width = 640, height = 480, scale = 8;
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var frame = new byte[(width * height) + (width * height / 2)];
        Array.Fill(frame, (byte)235, 0, width * height);
        Array.Fill(frame, (byte)128, width * height, width * height / 2);
        var (left, top) = ((width - (modules.Count * scale)) / 2, (height - (modules.Count * scale)) / 2);
        for (var y = 0; y < modules.Count * scale; y++)
        {
            for (var x = 0; x < modules.Count * scale; x++)
            {
                frame[((top + y) * width) + left + x] = modules[y / scale][x / scale] ? (byte)16 : (byte)235;
            }
        }

        await using var film = File.Create(path);
        await film.WriteAsync("YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420mpeg2\n"u8.ToArray());
        for (var number = 0; number < 10; number++)
        {
            await film.WriteAsync("FRAME\n"u8.ToArray());
            await film.WriteAsync(frame);
        }
    }

    private static async Task ScanAsync(IPage page, string text, string tone, string words)
    {
        await page.FillAsync("#scan-code", text);
        await page.ClickAsync("#scan .scan-form button");
        await page.Locator($"[data-scan-result][data-tone={tone}]", new() { HasText = words }).WaitForAsync();
    }

    private Task<string> CardAsync(string member) => site.WithAsync(services => Task.FromResult(services.GetRequiredService<CardService>().TextOf(member, CardService.FirstIssue)));
}
