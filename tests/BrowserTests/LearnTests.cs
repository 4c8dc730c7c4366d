using Microsoft.EntityFrameworkCore;
using TrainingSite.Courses.Models;

namespace TrainingSite.BrowserTests;

/// <summary>Learning with the network really off: a course is fetched before and read without signal, everything arrives once.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LearnTests(BrowserSite site)
{
    [Fact]
    public async Task Course_KeptThenBrowserRestartedOffline_ReadsAndSendsEverythingOnce()
    {
        var (user, person) = await site.LearnerAsync();
        var profile = Directory.CreateTempSubdirectory("phone").FullName;
        using var playwright = await Playwright.CreateAsync();
        await using (var first = await LaunchAsync(playwright, profile, offline: false))
        {
            var phone = await first.NewPageAsync();
            await site.SignInAsync(phone, user);
            await phone.GotoAsync(LearnPhone.Course);
            Assert.Matches(@"Tải về máy \(\d+ kB\)", await phone.InnerTextAsync("[data-keep]"));
            await BrowserSite.AssertAccessibleAsync(phone);
            await phone.KeepAsync();
            await BrowserSite.AssertAccessibleAsync(phone);
        }

        // The phone was off, and there is no signal where it is switched on.
        await using var second = await LaunchAsync(playwright, profile, offline: true);
        var again = await second.NewPageAsync();
        again.SetDefaultTimeout(15_000);
        await again.GotoAsync(LearnPhone.Course);
        await again.ReadyAsync();
        await again.Locator("[data-from-phone]", new() { HasText = "Không có mạng. Bản trên máy" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(again);
        await again.ClickAsync("[data-next-go]");
        await again.Locator("article.lesson").WaitForAsync();
        Assert.Equal($"{LearnPhone.Course}/nhan-ra-tro-lua", new Uri(again.Url).AbsolutePath);
        await BrowserSite.AssertAccessibleAsync(again);
        await again.ClickAsync("[data-finish]");
        await again.Locator("h1", new() { HasText = "Mật khẩu mạnh" }).WaitForAsync();
        await again.ReloadAsync();
        await again.ReadyAsync();
        Assert.Equal("Mật khẩu mạnh", await again.InnerTextAsync("h1"));
        await again.ClickAsync(".topline-back");
        await again.Locator("[data-row] [data-when=finished]").First.WaitForAsync();
        await Assertions.Expect(again.Locator("[data-next-go]")).ToHaveTextAsync("Học tiếp");
        await again.CountsAsync("Đã lưu trên máy 3 · Đã gửi 0");
        // Whoever opens the site somewhere else without signal finds the courses.
        await again.GotoAsync("/today");
        await again.Locator("[data-kept-courses] a", new() { HasText = "Giữ an toàn" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(again);

        await second.CloseAsync();
        await using var third = await LaunchAsync(playwright, profile, offline: false);
        var later = await third.NewPageAsync();
        await later.GotoAsync(LearnPhone.Course);
        await later.CountsAsync("Đã lưu trên máy 0 · Đã gửi 3");
        var progress = await site.QueryAsync(db => db.LessonProgress.Where(row => row.PersonId == person).OrderBy(row => row.Lesson.Position).ToListAsync());
        Assert.Equal([true, false], progress.Select(row => row.FinishedUtc is not null));
        Assert.Equal(3, await site.QueryAsync(db => db.LearningEvents.CountAsync(row => row.PersonId == person)));
        await third.CloseAsync();
        Directory.Delete(profile, recursive: true);
    }

    [Fact]
    public async Task Sync_CutAfterTheServerHadIt_IsSentAgainAndCountsOnce()
    {
        var (user, person) = await site.LearnerAsync();
        var phone = await site.KeptAsync(user);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(LearnPhone.Course + "/mat-khau");
        await phone.ReadyAsync();
        await phone.ClickAsync("[data-finish]");
        await phone.CountsAsync("Đã lưu trên máy 3 · Đã gửi 0");
        var cuts = site.Line.Cuts;
        site.Line.CutNext("/learn/sync");

        await phone.Context.SetOfflineAsync(false);
        // The page and the service worker both try by themselves; the answer is lost to whoever comes first.
        await phone.Locator("[data-counts]", new() { HasText = "Đã lưu trên máy 0 · Đã gửi 3" }).WaitForAsync(new() { Timeout = 40_000 });

        Assert.Equal(cuts + 1, site.Line.Cuts);
        Assert.Equal(3, await site.QueryAsync(db => db.LearningEvents.CountAsync(row => row.PersonId == person)));
        Assert.Equal(2, await site.QueryAsync(db => db.LessonProgress.CountAsync(row => row.PersonId == person)));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task SignIn_Expired_AsksAgainAndLosesNothing()
    {
        var (user, person) = await site.LearnerAsync();
        var phone = await site.KeptAsync(user);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(LearnPhone.Course + "/nhan-ra-tro-lua");
        await phone.ReadyAsync();
        await phone.ClickAsync("[data-finish]");
        await phone.Context.ClearCookiesAsync();
        await phone.Context.SetOfflineAsync(false);

        await phone.Locator("[data-sign-in]").WaitForAsync();
        await phone.CountsAsync("Đã lưu trên máy 3 · Đã gửi 0");
        await phone.ClickAsync(".topline-back");
        await phone.Locator("[data-next-go]").WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.GoBackAsync();
        await phone.Locator("h1", new() { HasText = "Mật khẩu mạnh" }).WaitForAsync();
        await phone.ClickAsync("[data-sign-in]");
        await phone.FillAsync("main [name=Login]", user);
        await phone.FillAsync("main [name=Password]", "Demo@12345");
        await phone.ClickAsync("main form button[type=submit]");
        await phone.WaitForURLAsync("**" + LearnPhone.Course + "/mat-khau");

        // Whatever page comes next sends what waits.
        await phone.HeldAsync("queue", "(all) => all.length === 0");
        Assert.Equal(2, await site.QueryAsync(db => db.LessonProgress.CountAsync(row => row.PersonId == person)));
        Assert.Equal(1, await site.QueryAsync(db => db.LessonProgress.CountAsync(row => row.PersonId == person && row.FinishedUtc != null)));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Lesson_NetworkGoneWhenFinished_IsKeptAndGoesOn()
    {
        var (user, person) = await site.LearnerAsync();
        var phone = await site.KeptAsync(user);
        await phone.GotoAsync(LearnPhone.Course + "/nhan-ra-tro-lua");
        Assert.Equal(0, await phone.Locator("[data-learn]").CountAsync());
        await phone.Context.SetOfflineAsync(true);

        await phone.ClickAsync(".lesson-nav form button");

        await phone.Locator("h1", new() { HasText = "Mật khẩu mạnh" }).WaitForAsync();
        await phone.ReadyAsync();
        await phone.CountsAsync("Đã lưu trên máy 2 · Đã gửi 0");
        await phone.Context.SetOfflineAsync(false);
        await phone.CountsAsync("Đã lưu trên máy 0 · Đã gửi 2");
        Assert.NotNull(await site.QueryAsync(db => db.LessonProgress.Where(row => row.PersonId == person && row.Lesson.Slug == "nhan-ra-tro-lua").Select(row => row.FinishedUtc).SingleAsync()));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Lesson_WithMarksInItsTitleNetworkGoneWhenFinished_IsKeptByThatTitle()
    {
        const string title = "Hỏi & đáp: \"Ai gọi?\"";
        var (user, _) = await site.LearnerAsync();
        var course = $"/courses/{await site.PlainCourseAsync(title)}";
        var phone = await site.KeptAsync(user, course);
        await phone.GotoAsync($"{course}/bai-1");
        await phone.Context.SetOfflineAsync(true);

        await phone.ClickAsync(".lesson-nav form button");

        await phone.Locator("h1", new() { HasText = "Bài sau" }).WaitForAsync();
        await phone.HeldAsync("queue", $"(all) => all.some((item) => item.kind === 'finish' && item.title === {System.Text.Json.JsonSerializer.Serialize(title)})");
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Course_WithoutAQuiz_IsFetchedOnceAndNotOnEachVisit()
    {
        var (user, _) = await site.LearnerAsync();
        var slug = await site.PlainCourseAsync("Bài đầu");
        var phone = await site.KeptAsync(user, $"/courses/{slug}");
        var asked = new List<string>();
        phone.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);

        for (var visit = 0; visit < 2; visit++)
        {
            await phone.GotoAsync($"/courses/{slug}");
            await phone.Locator("html[data-offline=ready]").WaitForAsync();
        }

        Assert.Equal(2, asked.Count(path => path == $"/learn/{slug}/mine"));
        Assert.DoesNotContain($"/learn/{slug}/papers", asked);
        Assert.DoesNotContain($"/learn/{slug}", asked);
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Pages_OfOnePersonsPhone_AskOnceWhoItIs()
    {
        var (user, _) = await site.LearnerAsync();
        var phone = await site.KeptAsync(user);
        var asked = new List<string>();
        phone.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        foreach (var page in (string[])["/today", "/me", "/courses"])
        {
            await phone.GotoAsync(page, new() { WaitUntil = WaitUntilState.NetworkIdle });
        }

        Assert.InRange(asked.Count(path => path == "/learn/sync"), 0, 1);
        Assert.True(await phone.EvaluateAsync<bool>("caches.match('/themes/community/dist/learn-send.js', { ignoreSearch: true }).then(Boolean)"));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Course_DrawnAnewWhenSomethingWasSent_KeepsTheFocus()
    {
        var (user, _) = await site.LearnerAsync();
        var phone = await site.KeptAsync(user);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(LearnPhone.Course + "/mat-khau");
        await phone.ReadyAsync();
        await phone.ClickAsync(".topline-back");
        var row = phone.Locator("[data-row] >> nth=1");
        await row.FocusAsync();
        await phone.EvaluateAsync("document.activeElement.dataset.before = ''");

        await phone.Context.SetOfflineAsync(false);
        await phone.CountsAsync("Đã lưu trên máy 0");
        await phone.Locator("[data-before]").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.True(await row.EvaluateAsync<bool>("(element) => element === document.activeElement"));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Worker_OfANewVersionOnASlowLine_IsThereBeforeTheKeptCourses()
    {
        var (user, _) = await site.LearnerAsync();
        var slug = await site.PlainCourseAsync("Bài đầu");
        var phone = await site.KeptAsync(user, $"/courses/{slug}");
        await phone.EvaluateAsync($"caches.open('learn').then((cache) => cache.delete('/learn/{slug}', {{ ignoreVary: true }}))");
        var end = new TaskCompletionSource();
        site.Line.Hold($"/learn/{slug}", end.Task);

        await phone.EvaluateAsync("navigator.serviceWorker.getRegistration().then((worker) => worker.unregister())");
        await phone.ReloadAsync();
        await phone.EvaluateAsync("navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then(() => null)");
        await phone.UntilAsync("The worker waits for the courses.", "navigator.serviceWorker.getRegistration().then((worker) => worker?.active?.state === 'activated')");

        var isKept = $"caches.match('/learn/{slug}', {{ ignoreVary: true }}).then(Boolean)";
        Assert.False(await phone.EvaluateAsync<bool>(isKept));
        end.SetResult();
        await phone.UntilAsync("The course was not fetched anew.", isKept);
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Course_PublishedAnew_OffersToUpdateAndCanBeRemoved()
    {
        var (user, _) = await site.LearnerAsync();
        var phone = await site.KeptAsync(user);
        await site.QueryAsync(db => db.Set<Course>().Where(course => course.Slug == "giu-an-toan").ExecuteUpdateAsync(set => set.SetProperty(course => course.Revision, course => course.Revision + 1)));

        await phone.GotoAsync(LearnPhone.Course);
        await phone.Locator("[data-kept]", new() { HasText = "đã được đăng lại" }).WaitForAsync();
        Assert.Equal("Cập nhật", (await phone.InnerTextAsync("[data-keep]")).Trim());
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.KeepAsync();
        await Assertions.Expect(phone.Locator("[data-keep]")).ToBeHiddenAsync();

        await phone.ClickAsync("[data-drop]");
        await phone.Locator("[data-kept]", new() { HasText = "Đã xóa khỏi máy." }).WaitForAsync();
        Assert.False(await phone.EvaluateAsync<bool>("caches.match('/learn/giu-an-toan').then(Boolean)"));
        Assert.Equal(0, await phone.EvaluateAsync<int>("caches.open('learn-parts').then((cache) => cache.keys()).then((keys) => keys.length)"));
        await phone.GotoAsync("/today");
        await phone.UntilAsync("The phone still believes that it keeps courses.", "localStorage.getItem('keeps-courses') === null");
        await phone.Context.CloseAsync();
    }

    private async Task<IBrowserContext> LaunchAsync(IPlaywright playwright, string profile, bool offline)
    {
        var context = await playwright.Chromium.LaunchPersistentContextAsync(profile, new()
        {
            ExecutablePath = BrowserSite.Chromium,
            // A proxy that is not there: the service worker too has no network, from its first moment.
            Args = offline ? ["--disable-dev-shm-usage", "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>"] : ["--disable-dev-shm-usage"],
            BaseURL = site.Address.ToString(),
            ViewportSize = new() { Width = 360, Height = 800 },
            HasTouch = true,
            Locale = "vi-VN",
            TimezoneId = "Asia/Ho_Chi_Minh",
            ReducedMotion = ReducedMotion.Reduce,
            Offline = offline,
        });
        await context.Clock.SetFixedTimeAsync(site.Clock.UtcNow());
        return context;
    }
}
