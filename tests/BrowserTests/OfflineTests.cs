using Microsoft.EntityFrameworkCore;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Offline;

namespace TrainingSite.BrowserTests;

/// <summary>Attendance at a point with the network really off: fetched before, opened again without signal, everything arrives once.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OfflineTests(BrowserSite site)
{
    [Fact]
    public async Task Sheet_FetchedThenOffline_OpensMarksAndSendsEverythingOnce()
    {
        var (code, phone) = await site.FetchSheetAsync(SessionMode.Mixed);
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Context.SetOfflineAsync(true);
        await phone.ReopenAsync();

        var members = await phone.Locator(".sheet-row").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.person)");
        await phone.MarkAsync(members[0]);
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
        await phone.FillAsync("#onlineCount", "3");
        await phone.ClickAsync("[data-report] button");
        await phone.CountsAsync("Đã lưu trên máy 5 · Chưa gửi lần nào");

        // The phone was off: from the home screen, without signal, to the list and to the sheet.
        var opened = await phone.Context.NewPageAsync();
        await phone.CloseAsync();
        await opened.GotoAsync("/sheets");
        await opened.Locator("[data-kept-sheets] [data-counts]", new() { HasText = "Đã lưu trên máy 5" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(opened);
        await opened.ClickAsync("[data-kept-sheets] a");
        await opened.ReadyAsync();
        Assert.Equal("late", await opened.Locator($"[data-person={members[1]}]").GetAttributeAsync("data-state"));
        Assert.Equal("Lost", await opened.InputValueAsync("#state"));
        Assert.Equal("3", await opened.InputValueAsync("#onlineCount"));

        await opened.Context.SetOfflineAsync(false);
        await opened.SentAsync(5);
        var events = await site.EventsAsync(code);
        Assert.Equal(3, events.Count);
        Assert.Equal(15, Assert.Single(events, fact => fact.Kind == AttendanceKind.Late).Minutes);
        var point = await PointAsync(code);
        Assert.Equal((PointState.Lost, "mat-dien", 12, 3), (point.State, point.ReasonCode, point.HeadCount, point.OnlineCount));
        Assert.Equal("Lò Văn Khách", (await site.QueryAsync(db => db.Set<Guest>().SingleAsync(guest => guest.PointId == point.Id))).Name);
        await opened.Context.CloseAsync();
    }

    [Fact]
    public async Task Sync_CutAfterTheServerHadIt_IsSentAgainAndCountsOnce()
    {
        var (code, phone) = await site.FetchSheetAsync();
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
        await phone.MarkAsync(await phone.FirstAsync());

        // The page or the service worker tries again by itself.
        await phone.SentAsync(1, timeout: 40_000);
        Assert.True(cuts >= 1, "Nothing was cut.");
        Assert.Single(await site.EventsAsync(code));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task SignIn_Expired_AsksAgainAndLosesNothing()
    {
        var (code, phone) = await site.FetchSheetAsync();
        await phone.Context.ClearCookiesAsync();
        await phone.MarkAsync(await phone.FirstAsync());
        await phone.Locator("[data-sign-in]").WaitForAsync();
        await phone.CountsAsync("Đã lưu trên máy 1 · Chưa gửi lần nào");

        await phone.ClickAsync("[data-sign-in]");
        await phone.FillAsync("main [name=Login]", "xa.coordinator");
        await phone.FillAsync("main [name=Password]", "Demo@12345");
        await phone.ClickAsync("main form button[type=submit]");
        await phone.ReadyAsync();
        await phone.SentAsync(1);
        Assert.Single(await site.EventsAsync(code));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task WalkIn_ClumsyTyping_IsToldAndNotedOnce()
    {
        var (code, phone) = await site.FetchSheetAsync();
        var listed = await phone.Locator(".sheet-row .sheet-name").First.InnerTextAsync();
        await phone.ClickAsync(".sheet-links [data-open-walk-in]");
        await phone.FillAsync("#walk-in [type=search]", listed);
        await phone.Locator("#walk-in [data-results] li", new() { HasText = "Có trong danh sách rồi" }).WaitForAsync();
        await phone.FillAsync("#walk-in [type=search]", "SL-999999");
        // With a network a code has a name before anybody is marked, or belongs to nobody.
        await phone.Locator("#walk-in [data-results] li", new() { HasText = "Không có thành viên nào mang mã này" }).WaitForAsync();
        Assert.Equal(0, await phone.Locator("#walk-in [data-results] button").CountAsync());
        var (other, name) = await site.QueryAsync(async db =>
        {
            var far = await db.Memberships.Where(row => !row.Team.Unit.Path.StartsWith(db.Set<SessionPoint>().Single(point => point.Session.Code == code && point.Code == "P1").Path) && row.ValidTo == null)
                .OrderBy(row => row.Person.Code).Select(row => new { row.Person.Code, row.Person.FullName }).FirstAsync();
            return (far.Code, far.FullName);
        });
        await phone.FillAsync("#walk-in [type=search]", other);
        await phone.Locator("#walk-in [data-results] li", new() { HasText = name }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);

        await phone.FillAsync("#guest-name", "   ");
        await phone.ClickAsync("[data-guest] button");
        Assert.True(await phone.Locator("#walk-in").EvaluateAsync<bool>("dialog => dialog.open"));
        await phone.FillAsync("#guest-name", "Lò Văn Một");
        await phone.Locator("[data-guest] button").EvaluateAsync("button => { button.click(); button.click(); }");
        await phone.SentAsync(1);

        Assert.Equal(["Lò Văn Một"], await site.QueryAsync(db => db.Set<Guest>().Where(guest => db.Set<SessionPoint>().Any(point => point.Id == guest.PointId && point.Session.Code == code)).Select(guest => guest.Name).ToListAsync()));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task State_Saved_ShowsInTheBadgeAtOnce()
    {
        var (_, phone) = await site.FetchSheetAsync();
        await phone.SelectOptionAsync("#state", "Late");

        await phone.ClickAsync("[data-report] button");

        var expected = await phone.Locator("#state option[value=Late]").InnerTextAsync();
        await Assertions.Expect(phone.Locator("[data-point-state] .state")).ToHaveTextAsync(expected);
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Refused_StaysInTheListAndGoesOutAsAFile()
    {
        var (code, phone) = await site.FetchSheetAsync();
        await phone.Context.SetOfflineAsync(true);
        await phone.ClickAsync(".sheet-links [data-open-walk-in]");
        await phone.FillAsync("#walk-in [type=search]", "SL-999999");
        await phone.Locator("#walk-in [data-results] li", new() { HasText = "máy chưa biết mã này" }).WaitForAsync();
        await phone.Locator("#walk-in [data-results] button").ClickAsync();
        await phone.CountsAsync("Đã lưu trên máy 1");
        await phone.Context.SetOfflineAsync(false);
        await Assertions.Expect(phone.Locator("[data-refusals]")).ToHaveTextAsync("1 dấu chưa được nhận");
        await phone.Locator("[data-refused] li", new() { HasText = "không có thành viên" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Context.SetOfflineAsync(true);
        var first = await phone.FirstAsync();
        await phone.MarkAsync(first);
        await phone.CountsAsync("Đã lưu trên máy 2 · Đã gửi 0");
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
        Assert.NotEqual("", Assert.Single(await site.EventsAsync(code)).Device);
        await phone.Context.SetOfflineAsync(false);
        await phone.CountsAsync("Đã lưu trên máy 1 · Đã gửi 1");
        Assert.Single(await site.EventsAsync(code));
        await phone.Context.CloseAsync();
        await desk.Context.CloseAsync();
    }

    [Fact]
    public async Task Session_ClosedMeanwhile_LateMarkIsTakenAndFlagged()
    {
        var (code, phone) = await site.FetchSheetAsync();
        await phone.Context.SetOfflineAsync(true);
        await phone.ReopenAsync();
        // The service worker tells the machine's time, which is not the test's: here only the page sends.
        await phone.EvaluateAsync("() => Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', { value: undefined })");
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        await desk.GotoAsync($"/sessions/{code}/points/P1/sheet");
        await desk.ReadyAsync();
        await desk.CheckAsync("#unmarked");
        await desk.ClickAsync("form[action$='/close'] button");
        await desk.Locator(".toast-line", new() { HasText = "Đã chốt" }).WaitForAsync();
        await phone.Context.Clock.SetFixedTimeAsync(site.Clock.UtcNow().AddMinutes(2));
        await phone.MarkAsync(await phone.FirstAsync());
        await phone.CountsAsync("Đã lưu trên máy 1");
        site.Clock.Advance(TimeSpan.FromMinutes(20));
        await phone.Context.Clock.SetFixedTimeAsync(site.Clock.UtcNow());

        await phone.Context.SetOfflineAsync(false);
        await phone.SentAsync(1);
        Assert.Equal(AttendanceFlag.AfterClosing, Assert.Single(await site.EventsAsync(code)).Flag);
        await phone.Context.CloseAsync();
        await desk.Context.CloseAsync();
    }

    [Fact]
    public async Task TwoDevices_Disagreeing_ShowTheConflictOnTheRow()
    {
        var (_, first) = await site.FetchSheetAsync();
        var second = await site.OpenAsAsync("xa.coordinator", phone: true);
        await second.GotoAsync(first.Url);
        await second.ReadyAsync();
        var member = await first.FirstAsync();
        await first.MarkAsync(member);
        await first.SentAsync(1);

        await second.Locator($"[data-person={member}] summary").ClickAsync();
        await second.Locator($"[data-person={member}] button[value=absent]").ClickAsync();
        await second.Locator($"[data-person={member}] .sheet-notes", new() { HasText = "Hai máy ghi khác nhau" }).WaitForAsync();
        await first.Context.CloseAsync();
        await second.Context.CloseAsync();
    }

    [Fact]
    public async Task SignOut_WithUnsentMarks_WarnsAndKeepsThem()
    {
        var (_, phone) = await site.FetchSheetAsync();
        await phone.Context.SetOfflineAsync(true);
        await phone.MarkAsync(await phone.FirstAsync());
        await phone.CountsAsync("Đã lưu trên máy 1");
        var question = new TaskCompletionSource<string>();
        phone.Dialog += async (_, dialog) =>
        {
            question.TrySetResult(dialog.Message);
            await dialog.DismissAsync();
        };

        await phone.ClickAsync(".topline summary");
        await phone.ClickAsync("[data-forget] button");

        Assert.Contains("1 dấu điểm danh chưa gửi", await question.Task.WaitAsync(TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
        await phone.CountsAsync("Đã lưu trên máy 1");
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
        await phone.ReadyAsync();
        await phone.Locator(".member-card svg.qr").WaitForAsync();
        await phone.Locator("[data-network]").WaitForAsync();
        Assert.True(await phone.EvaluateAsync<double>("document.querySelector('.member-card svg.qr').getBoundingClientRect().width") > 150);
        await BrowserSite.AssertAccessibleAsync(phone);
        // Whoever opens the site somewhere else without signal, and keeps no sheets, finds the card too.
        await phone.GotoAsync("/today");
        await phone.Locator(".member-card").WaitForAsync();

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
        var (code, phone) = await site.FetchSheetAsync();
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
        await phone.ReopenAsync();
        await phone.MarkAsync(await phone.FirstAsync());
        Assert.Equal(code, phone.Url.Split('/')[4]);
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task FormerQueue_InLocalStorage_MovesAndIsSent()
    {
        var (code, phone) = await site.FetchSheetAsync();
        var member = await phone.FirstAsync();
        await phone.EvaluateAsync("""
            ([path, member, at]) => {
              localStorage.setItem('device', 'old-phone');
              localStorage.setItem(`sheet:${path}/events`, JSON.stringify([{ id: crypto.randomUUID(), member, kind: 'in', at }]));
            }
            """, new[] { new Uri(phone.Url).AbsolutePath, member, site.Clock.UtcNow().ToString("O") });

        await phone.ReloadAsync();
        await phone.ReadyAsync();
        await phone.SentAsync(1);
        Assert.Equal(AttendanceKind.In, Assert.Single(await site.EventsAsync(code)).Kind);
        Assert.False(await phone.EvaluateAsync<bool>("Object.keys(localStorage).some(key => key.startsWith('sheet:'))"));
        await phone.Context.CloseAsync();
    }

    private Task<SessionPoint> PointAsync(string code) => site.QueryAsync(db => db.SessionPoints.AsNoTracking().SingleAsync(point => point.Session.Code == code));
}
