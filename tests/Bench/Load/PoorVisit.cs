using Microsoft.Playwright;

namespace TrainingSite.Bench.Load;

/// <summary>
/// <c>poor-visit URL --path P</c>: a first and a repeated visit in Chromium as on a cheap phone with bad signal: 400 kbit/s, 400 ms,
/// a processor four times slower. With <c>--user</c> as somebody signed in who has nothing of the site on the phone. The page is usable
/// when the element that <c>--ready</c> names is there; without it, when the page has been read.
/// </summary>
internal sealed class PoorVisit : IMeasure
{
    private const int BytesPerSecond = 400_000 / 8;

    public string Name => "poor-visit";

    public string Usage => "URL --path P [--user U] [--ready SELECTOR] [--most BYTES] [--within MS] [--turns 5]";

    public async Task<int> RunAsync(Arguments arguments)
    {
        var (address, path) = (arguments.Word(0)!, arguments.Option("path")!);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--disable-dev-shm-usage", "--no-sandbox"] });
        var state = arguments.Option("user") is { } user ? await SignInAsync(browser, address, user) : null;
        var (first, again) = (new List<Visit>(), new List<Visit>());
        for (var turn = 0; turn < arguments.Number("turns", 5); turn++)
        {
            await using var phone = await browser.NewContextAsync(new() { BaseURL = address, StorageState = state, ViewportSize = new() { Width = 360, Height = 800 }, HasTouch = true, Locale = "vi-VN" });
            first.Add(await VisitAsync(phone, path, arguments.Option("ready")));
            again.Add(await VisitAsync(phone, path, arguments.Option("ready")));
        }

        var reached = Tell("first", first);
        Tell("again", again);
        return reached.Bytes <= arguments.Number("most", int.MaxValue) && reached.Usable <= arguments.Number("within", int.MaxValue) ? 0 : 1;
    }

    private static Visit Tell(string name, List<Visit> visits)
    {
        var middle = new Visit(Middle(visits.ConvertAll(visit => visit.Bytes)), Middle(visits.ConvertAll(visit => visit.Painted)), Middle(visits.ConvertAll(visit => visit.Usable)));
        Console.WriteLine($"{name}   {middle.Bytes,8:#,0} bytes   first contentful paint {middle.Painted,6:#,0} ms   usable {middle.Usable,6:#,0} ms   (middle of {visits.Count})");
        return middle;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<string> SignInAsync(IBrowser browser, string address, string user)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = address });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/sign-in");
        await page.FillAsync("main [name=Login]", user);
        await page.FillAsync("main [name=Password]", "Demo@12345");
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForURLAsync("**/today");
        return await context.StorageStateAsync();
    }

    /// <summary>Bytes count until the page is usable, or has gone quiet when that is later.</summary>
    private static async Task<Visit> VisitAsync(IBrowserContext phone, string path, string? ready)
    {
        var page = await phone.NewPageAsync();
        var tools = await phone.NewCDPSessionAsync(page);
        double bytes = 0;
        tools.Event("Network.loadingFinished").OnEvent += (_, told) => bytes += told!.Value.GetProperty("encodedDataLength").GetDouble();
        await tools.SendAsync("Network.enable");
        await tools.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 400, ["downloadThroughput"] = BytesPerSecond, ["uploadThroughput"] = BytesPerSecond });
        await tools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        if (ready is not null)
        {
            await page.Locator(ready).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        var usable = await page.EvaluateAsync<double>("performance.now()");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var painted = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0");
        await page.CloseAsync();
        return new(bytes, painted, usable);
    }

    /// <param name="Bytes">Over the wire, headers too; what the service worker fetches for later is not among them.</param>
    /// <param name="Painted">First contentful paint, in milliseconds.</param>
    /// <param name="Usable">In milliseconds.</param>
    private sealed record Visit(double Bytes, double Painted, double Usable);
}
