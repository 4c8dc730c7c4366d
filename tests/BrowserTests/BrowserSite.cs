using Deque.AxeCore.Commons;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace TrainingSite.BrowserTests;

/// <summary>One site on SQLite that listens on loopback, and one Chromium without a window (Debian's), for all browser tests.</summary>
public sealed class BrowserSite : SqliteSite
{
    /// <summary>Chromium made for running without a screen: the full one draws its own window for each new person as well, which takes more time than the pages.</summary>
    public const string Chromium = "/usr/bin/chromium-headless-shell";

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private readonly Dictionary<string, string> _signedIn = [];
    private readonly Dictionary<(string User, bool Phone), IPage> _walkers = [];

    /// <summary>The browser throws away cookies by the machine's clock, so the site stands at nine in the morning of the machine's day.</summary>
    public BrowserSite() => Clock.Set(VietnamTime.ToUtc(TimeProvider.System.Today().ToDateTime(new TimeOnly(9, 0))));

    protected override bool Listens => true;

    /// <summary>What browsers send passes through it.</summary>
    public CutLine Line { get; } = new();

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<IStartupFilter>(Line);

    /// <summary>A new person at a phone of 360 × 800.</summary>
    public Task<IPage> PhoneAsync() => OpenAsync(360, 800, touch: true);

    /// <summary>A new person at a desk.</summary>
    public Task<IPage> DesktopAsync() => OpenAsync(1280, 800, touch: false);

    /// <summary>A new person at a phone or a desk who has signed in before: the form is filled in once for each account.</summary>
    public async Task<IPage> OpenAsAsync(string user, bool phone)
    {
        if (user.Length > 0 && !_signedIn.ContainsKey(user))
        {
            var page = await PhoneAsync();
            await SignInAsync(page, user);
            _signedIn[user] = await page.Context.StorageStateAsync();
            await page.Context.CloseAsync();
        }

        var state = user.Length > 0 ? _signedIn[user] : null;
        return phone ? await OpenAsync(360, 800, touch: true, state) : await OpenAsync(1280, 800, touch: false, state);
    }

    /// <summary>The page of somebody who goes from page to page and only looks; the same one for each call.</summary>
    public async Task<IPage> WalkAsAsync(string user, bool phone)
    {
        if (!_walkers.TryGetValue((user, phone), out var page))
        {
            page = _walkers[(user, phone)] = await OpenAsAsync(user, phone);
        }

        return page;
    }

    /// <summary>Signs a demo account in by the form.</summary>
    public async Task SignInAsync(IPage page, string user)
    {
        await page.GotoAsync("/account/sign-in");
        await page.FillAsync("main [name=Login]", user);
        await page.FillAsync("main [name=Password]", "Demo@12345");
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForURLAsync("**/today");
    }

    /// <summary>Runs a background task once, as the scheduler would.</summary>
    public Task RunAsync<T>() where T : IBackgroundTask => WithAsync(async services =>
    {
        await services.GetRequiredService<T>().ExecuteAsync(CancellationToken.None);
        return true;
    });

    /// <summary>No violation of WCAG 2.2 AA that axe can find, and nothing wider than the screen.</summary>
    public static async Task AssertAccessibleAsync(IPage page)
    {
        foreach (var frame in page.Frames)
        {
            await frame.EvaluateAsync(Axe);
        }

        // Only what is asked for leaves the page: axe's whole answer takes longer to bring over than axe to find it.
        var violations = await page.EvaluateAsync<string[]>(
            """
            axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations.map((violation) =>
                `${violation.id}: ${violation.help} → ${violation.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`))
            """);
        Assert.True(violations.Length == 0, $"{page.Url}\n{string.Join('\n', violations)}");
        await AssertFitsAsync(page);
    }

    /// <summary>Nothing is wider than the screen.</summary>
    public static async Task AssertFitsAsync(IPage page)
    {
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{page.Url} is {overflow} px wider than the screen.");
    }

    private async Task<IPage> OpenAsync(int width, int height, bool touch, string? state = null)
    {
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--disable-dev-shm-usage"] });
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            StorageState = state,
            ViewportSize = new() { Width = width, Height = height },
            HasTouch = touch,
            Locale = "vi-VN",
            TimezoneId = "Asia/Ho_Chi_Minh",
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.Clock.SetFixedTimeAsync(Clock.UtcNow());
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        return page;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await base.DisposeAsync();
    }
}

/// <summary>All browser tests share one site.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserSite>
{
    public const string Name = "browser";
}
