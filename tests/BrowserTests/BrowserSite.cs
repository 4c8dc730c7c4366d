using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace TrainingSite.BrowserTests;

/// <summary>One site on SQLite that listens on loopback, and one Chromium (Debian's), for all browser tests.</summary>
public sealed class BrowserSite : SqliteSite
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private readonly Dictionary<string, string> _signedIn = [];

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
        var axe = await page.RunAxe();
        var violations = axe.Violations.Select(violation => $"{violation.Id}: {violation.Help} → {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}");
        Assert.True(axe.Violations.Length == 0, $"{page.Url}\n{string.Join('\n', violations)}");
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
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--disable-dev-shm-usage"] });
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
