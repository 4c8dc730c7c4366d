using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using QRCoder;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Cards;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Offline;
using TrainingSite.Sessions.Services;

namespace TrainingSite.BrowserTests;

/// <summary>Attendance at a point with the network really off: fetched before, opened again without signal, everything arrives once.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OfflineTests(BrowserSite site)
{
    [Fact]
    public async Task Sheet_FetchedThenOffline_OpensMarksAndSendsEverythingOnce()
    {
        var (code, phone) = await FetchAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Context.SetOfflineAsync(true);
        await ReopenAsync(phone);

        var members = await phone.Locator(".sheet-row").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.person)");
        await MarkAsync(phone, members[0]);
        await phone.Locator($"[data-person={members[1]}] summary").ClickAsync();
        await phone.Locator($"[data-person={members[1]}] button[value=late]").ClickAsync();
        await phone.ClickAsync("#minutes button[value='15']");
        await phone.Locator($"[data-person={members[1]}][data-state=late]").WaitForAsync();
        await phone.ClickAsync(".sheet-links [data-open-walk-in]");
        await phone.FillAsync("#walk-in [type=search]", "SL-000002");
        await phone.Locator("#walk-in [data-results] button").ClickAsync();
        await phone.Locator("[data-person=SL-000002][data-state=in]").WaitForAsync();
        await phone.ClickAsync(".sheet-links [data-open-walk-in]");
        await phone.FillAsync("#guest-name", "Lò Văn Khách");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync("[data-guest] button");
        await phone.SelectOptionAsync("#state", "Lost");
        await phone.SelectOptionAsync("#reasonCode", "mat-dien");
        await phone.FillAsync("#headCount", "12");
        await phone.ClickAsync("[data-report] button");
        await CountsAsync(phone, "Đã lưu trên máy 5 · Đã gửi 0");

        // The phone was off: from the home screen, without signal, to the list and to the sheet.
        var opened = await phone.Context.NewPageAsync();
        await phone.CloseAsync();
        await opened.GotoAsync("/sheets");
        await opened.Locator("[data-kept-sheets] [data-counts]", new() { HasText = "Đã lưu trên máy 5" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(opened);
        await opened.ClickAsync("[data-kept-sheets] a");
        await ReadyAsync(opened);
        Assert.Equal("late", await opened.Locator($"[data-person={members[1]}]").GetAttributeAsync("data-state"));
        Assert.Equal("Lost", await opened.InputValueAsync("#state"));

        await opened.Context.SetOfflineAsync(false);
        await CountsAsync(opened, "Đã lưu trên máy 0 · Đã gửi 5");
        var events = await EventsAsync(code);
        Assert.Equal(3, events.Count);
        Assert.Equal(15, Assert.Single(events, fact => fact.Kind == AttendanceKind.Late).Minutes);
        var point = await PointAsync(code);
        Assert.Equal((PointState.Lost, "mat-dien", 12), (point.State, point.ReasonCode, point.HeadCount));
        Assert.Equal("Lò Văn Khách", (await site.QueryAsync(db => db.Set<Guest>().SingleAsync(guest => guest.PointId == point.Id))).Name);
        await opened.Context.CloseAsync();
    }

    [Fact]
    public async Task Sync_CutAfterTheServerHadIt_IsSentAgainAndCountsOnce()
    {
        var (code, phone) = await FetchAsync();
        var cuts = 0;
        await phone.Context.RouteAsync("**/sheet/events", async route =>
        {
            if (cuts++ == 0)
            {
                await route.FetchAsync();
                await route.AbortAsync();
                return;
            }

            await route.ContinueAsync();
        });
        await MarkAsync(phone, await FirstAsync(phone));

        // The page or the service worker tries again by itself.
        await phone.Locator("[data-counts]", new() { HasText = "Đã lưu trên máy 0 · Đã gửi 1" }).WaitForAsync(new() { Timeout = 40_000 });
        Assert.True(cuts >= 1, "Nothing was cut.");
        Assert.Single(await EventsAsync(code));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task SignIn_Expired_AsksAgainAndLosesNothing()
    {
        var (code, phone) = await FetchAsync();
        await phone.Context.ClearCookiesAsync();
        await MarkAsync(phone, await FirstAsync(phone));
        await phone.Locator("[data-sign-in]").WaitForAsync();
        await CountsAsync(phone, "Đã lưu trên máy 1 · Đã gửi 0");

        await phone.ClickAsync("[data-sign-in]");
        await phone.FillAsync("main [name=Login]", "xa.coordinator");
        await phone.FillAsync("main [name=Password]", "Demo@12345");
        await phone.ClickAsync("main form button[type=submit]");
        await ReadyAsync(phone);
        await CountsAsync(phone, "Đã lưu trên máy 0 · Đã gửi 1");
        Assert.Single(await EventsAsync(code));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Refused_StaysInTheListAndGoesOutAsAFile()
    {
        var (code, phone) = await FetchAsync();
        await phone.ClickAsync(".sheet-links [data-open-walk-in]");
        await phone.FillAsync("#walk-in [type=search]", "SL-999999");
        await phone.Locator("#walk-in [data-results] button").ClickAsync();
        await phone.Locator("[data-refused] li", new() { HasText = "không có thành viên" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Context.SetOfflineAsync(true);
        var first = await FirstAsync(phone);
        await MarkAsync(phone, first);
        await CountsAsync(phone, "Đã lưu trên máy 2 · Đã gửi 0");
        var download = await phone.RunAndWaitForDownloadAsync(() => phone.ClickAsync("[data-export]"));
        var file = await download.PathAsync();

        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        for (var time = 0; time < 2; time++)
        {
            await desk.GotoAsync($"/sessions/{code}/points/P1/sheet");
            await desk.SetInputFilesAsync("#file", file);
            await desk.ClickAsync("form[action$='/import'] button");
            await desk.Locator("h1", new() { HasText = "Kết quả nhập tệp" }).WaitForAsync();
            Assert.Equal(1, await desk.Locator(".state-bad").CountAsync());
        }

        await BrowserSite.AssertAccessibleAsync(desk);
        Assert.NotEqual("", Assert.Single(await EventsAsync(code)).Device);
        await phone.Context.SetOfflineAsync(false);
        await CountsAsync(phone, "Đã lưu trên máy 1 · Đã gửi 1");
        Assert.Single(await EventsAsync(code));
        await phone.Context.CloseAsync();
        await desk.Context.CloseAsync();
    }

    [Fact]
    public async Task Session_ClosedMeanwhile_LateMarkIsTakenAndFlagged()
    {
        var (code, phone) = await FetchAsync();
        await phone.Context.SetOfflineAsync(true);
        await ReopenAsync(phone);
        // The service worker tells the machine's time, which is not the test's: here only the page sends.
        await phone.EvaluateAsync("() => Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', { value: undefined })");
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        await desk.GotoAsync($"/sessions/{code}/points/P1/sheet");
        await ReadyAsync(desk);
        await desk.ClickAsync("form[action$='/close'] button");
        await desk.Locator(".toast-line", new() { HasText = "Đã chốt" }).WaitForAsync();
        await phone.Context.Clock.SetFixedTimeAsync(site.Clock.UtcNow().AddMinutes(2));
        await MarkAsync(phone, await FirstAsync(phone));
        await CountsAsync(phone, "Đã lưu trên máy 1");
        site.Clock.Advance(TimeSpan.FromMinutes(20));
        await phone.Context.Clock.SetFixedTimeAsync(site.Clock.UtcNow());

        await phone.Context.SetOfflineAsync(false);
        await CountsAsync(phone, "Đã lưu trên máy 0 · Đã gửi 1");
        Assert.Equal(AttendanceFlag.AfterClosing, Assert.Single(await EventsAsync(code)).Flag);
        await phone.Context.CloseAsync();
        await desk.Context.CloseAsync();
    }

    [Fact]
    public async Task TwoDevices_Disagreeing_ShowTheConflictOnTheRow()
    {
        var (_, first) = await FetchAsync();
        var second = await site.OpenAsAsync("xa.coordinator", phone: true);
        await second.GotoAsync(first.Url);
        await ReadyAsync(second);
        var member = await FirstAsync(first);
        await MarkAsync(first, member);
        await CountsAsync(first, "Đã lưu trên máy 0 · Đã gửi 1");

        await second.Locator($"[data-person={member}] summary").ClickAsync();
        await second.Locator($"[data-person={member}] button[value=absent]").ClickAsync();
        await second.Locator($"[data-person={member}] .sheet-notes", new() { HasText = "Hai máy ghi khác nhau" }).WaitForAsync();
        await first.Context.CloseAsync();
        await second.Context.CloseAsync();
    }

    [Fact]
    public async Task Scanner_WithoutCamera_TakesCardsAndCodesByHand()
    {
        var (code, phone) = await FetchAsync();
        await phone.Context.SetOfflineAsync(true);
        await ReopenAsync(phone);
        var member = await FirstAsync(phone);
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
        await CountsAsync(phone, "Đã lưu trên máy 0 · Đã gửi 3");
        Assert.Equal([AttendanceKind.In, AttendanceKind.Out], (await EventsAsync(code)).Where(fact => fact.Method == AttendanceMethod.Card).Select(fact => fact.Kind).Order());
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Scanner_BeforeACamera_ReadsTheCardWithoutNetwork()
    {
        const string member = "SL-000209";
        var film = Path.Combine(site.DataPath, $"{Guid.NewGuid():N}.y4m");
        await WriteFilmAsync(film, await CardAsync(member));
        var code = await OpenSessionAsync();
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
        await KeepAsync(phone, code);
        await context.SetOfflineAsync(true);
        await ReopenAsync(phone);

        await phone.ClickAsync("[data-scan]");
        await phone.Locator("[data-scan-result][data-tone=good]", new() { HasText = "có mặt" }).WaitForAsync();
        await phone.Locator($"[data-person={member}][data-state=in]").WaitForAsync();
        await phone.ClickAsync("#scan [data-close]");
        await context.SetOfflineAsync(false);
        await CountsAsync(phone, "Đã lưu trên máy 0 · Đã gửi 1");
        Assert.Equal(AttendanceMethod.Card, Assert.Single(await EventsAsync(code)).Method);
    }

    [Fact]
    public async Task SignOut_WithUnsentMarks_WarnsAndKeepsThem()
    {
        var (_, phone) = await FetchAsync();
        await phone.Context.SetOfflineAsync(true);
        await MarkAsync(phone, await FirstAsync(phone));
        await CountsAsync(phone, "Đã lưu trên máy 1");
        var question = new TaskCompletionSource<string>();
        phone.Dialog += async (_, dialog) =>
        {
            question.TrySetResult(dialog.Message);
            await dialog.DismissAsync();
        };

        await phone.ClickAsync(".topline summary");
        await phone.ClickAsync("[data-forget] button");

        Assert.Contains("1 dấu điểm danh chưa gửi", await question.Task.WaitAsync(TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
        await CountsAsync(phone, "Đã lưu trên máy 1");
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Card_SeenOnce_OpensWithoutNetworkUntilSignedOut()
    {
        var phone = await site.PhoneAsync();
        await site.SignInAsync(phone, "member");
        await phone.GotoAsync("/me/card");
        await phone.Locator("[data-kept-card]").WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Context.SetOfflineAsync(true);

        await phone.GotoAsync("/me/card");
        await ReadyAsync(phone);
        Assert.True(await phone.Locator(".member-card svg.qr").IsVisibleAsync());
        Assert.True(await phone.Locator("[data-network]").IsVisibleAsync());
        Assert.True(await phone.EvaluateAsync<double>("document.querySelector('.member-card svg.qr').getBoundingClientRect().width") > 150);
        await BrowserSite.AssertAccessibleAsync(phone);
        // Whoever opens the site somewhere else without signal, and keeps no sheets, finds the card too.
        await phone.GotoAsync("/today");
        Assert.True(await phone.Locator(".member-card").IsVisibleAsync());

        await phone.Context.SetOfflineAsync(false);
        await phone.GotoAsync("/me");
        await phone.EvaluateAsync("document.querySelector('form[action$=\"sign-out\"]').requestSubmit()");
        await phone.WaitForURLAsync(url => !url.EndsWith("/me", StringComparison.Ordinal));
        Assert.False(await phone.EvaluateAsync<bool>("caches.match('/me/card').then(Boolean)"));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Parts_OfAnEarlierVersion_GoWhenNoKeptPageNeedsThem()
    {
        var (code, phone) = await FetchAsync();
        await phone.EvaluateAsync("""
            (async () => {
                const cache = await caches.open('sheets-parts');
                const put = (name, age) => cache.put(`/themes/community/dist/${name}.js`, new Response('', { headers: { date: new Date(Date.now() - age).toUTCString() } }));
                await put('sheet.aaaaaaaaaa', 7_200_000);
                await put('sheet.bbbbbbbbbb', 60_000);
            })()
            """);

        await phone.ClickAsync("[data-keep-sheet]");

        await phone.WaitForFunctionAsync("caches.open('sheets-parts').then((cache) => cache.match('/themes/community/dist/sheet.aaaaaaaaaa.js')).then((found) => !found)");
        var kept = await phone.EvaluateAsync<string[]>("caches.open('sheets-parts').then((cache) => cache.keys()).then((keys) => keys.map((key) => new URL(key.url).pathname))");
        Assert.Contains("/themes/community/dist/sheet.bbbbbbbbbb.js", kept);
        await phone.Context.SetOfflineAsync(true);
        await ReopenAsync(phone);
        await MarkAsync(phone, await FirstAsync(phone));
        Assert.Equal(code, phone.Url.Split('/')[4]);
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task FormerQueue_InLocalStorage_MovesAndIsSent()
    {
        var (code, phone) = await FetchAsync();
        var member = await FirstAsync(phone);
        await phone.EvaluateAsync("""
            ([path, member, at]) => {
              localStorage.setItem('device', 'old-phone');
              localStorage.setItem(`sheet:${path}/events`, JSON.stringify([{ id: crypto.randomUUID(), member, kind: 'in', at }]));
            }
            """, new[] { new Uri(phone.Url).AbsolutePath, member, site.Clock.UtcNow().ToString("O") });

        await phone.ReloadAsync();
        await ReadyAsync(phone);
        await CountsAsync(phone, "Đã lưu trên máy 0 · Đã gửi 1");
        Assert.Equal(AttendanceKind.In, Assert.Single(await EventsAsync(code)).Kind);
        Assert.False(await phone.EvaluateAsync<bool>("Object.keys(localStorage).some(key => key.startsWith('sheet:'))"));
        await phone.Context.CloseAsync();
    }

    /// <summary>An open session of leaders in commune 03646, and a coordinator's phone that has fetched its sheet.</summary>
    private async Task<(string Code, IPage Phone)> FetchAsync()
    {
        var code = await OpenSessionAsync();
        var phone = await site.OpenAsAsync("xa.coordinator", phone: true);
        await KeepAsync(phone, code);
        return (code, phone);
    }

    private static async Task KeepAsync(IPage phone, string code)
    {
        await phone.GotoAsync($"/sessions/{code}/points/P1/sheet");
        await ReadyAsync(phone);
        await phone.ClickAsync("[data-keep-sheet]");
        await phone.Locator("[data-kept-sheet]", new() { HasText = "kB" }).WaitForAsync();
    }

    private async Task<string> OpenSessionAsync()
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
                Mode = SessionMode.InPerson,
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

    private static Task ReadyAsync(IPage page) => page.Locator("html[data-ready]").WaitForAsync();

    private static async Task ReopenAsync(IPage page)
    {
        await page.ReloadAsync();
        await ReadyAsync(page);
    }

    private static async Task<string> FirstAsync(IPage page) => (await page.Locator(".sheet-row").First.GetAttributeAsync("data-person"))!;

    private static async Task MarkAsync(IPage page, string member)
    {
        await page.Locator($"[data-person={member}] .sheet-mark").ClickAsync();
        await page.Locator($"[data-person={member}][data-state=in]").WaitForAsync();
    }

    private static Task CountsAsync(IPage page, string text) => page.Locator("[data-counts]", new() { HasText = text }).First.WaitForAsync();

    private static async Task ScanAsync(IPage page, string text, string tone, string words)
    {
        await page.FillAsync("#scan-code", text);
        await page.ClickAsync("#scan .scan-form button");
        await page.Locator($"[data-scan-result][data-tone={tone}]", new() { HasText = words }).WaitForAsync();
    }

    private Task<string> CardAsync(string member) => site.WithAsync(services => Task.FromResult(services.GetRequiredService<CardService>().TextOf(member, CardService.FirstIssue)));

    private Task<List<AttendanceEvent>> EventsAsync(string code) => site.QueryAsync(db => db.AttendanceEvents.AsNoTracking()
        .Where(fact => db.Set<TrainingSession>().Any(session => session.Id == fact.SessionId && session.Code == code)).ToListAsync());

    private Task<SessionPoint> PointAsync(string code) => site.QueryAsync(db => db.SessionPoints.AsNoTracking().SingleAsync(point => point.Session.Code == code));
}
