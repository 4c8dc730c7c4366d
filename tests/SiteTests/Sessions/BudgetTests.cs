using System.Net;
using AngleSharp.Dom;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Money and devices of points and of a session, and their sums (R46).</summary>
public abstract class BudgetTests(SiteFixture site)
{
    [Fact]
    public async Task Lines_OfPointsAndTheWhole_AreSummed()
    {
        var (organizer, coordinator, code) = await ArrangeAsync();
        Assert.Equal(HttpStatusCode.Redirect, await AddAsync(coordinator, $"/sessions/{code}/points/P1/budget", "Nước uống cho 40 người", "1500000"));
        Assert.Equal(HttpStatusCode.Redirect, await AddAsync(organizer, $"/sessions/{code}/points/P2/budget", "Thuê loa", "3000000000"));
        Assert.Equal(HttpStatusCode.Redirect, await AddAsync(organizer, $"/sessions/{code}/budget", "Thù lao", "2000000"));

        var page = await organizer.GetPageAsync($"/sessions/{code}/budget");
        Assert.Contains("3.003.500.000 đồng", page.QuerySelector(".page-head-sub")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1.500.000 đồng", page.QuerySelector("#points")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("3.003.500.000 đồng", (await organizer.GetPageAsync($"/sessions/{code}")).QuerySelector("#budget")!.Closest("section")!.TextContent, StringComparison.Ordinal);

        var api = await site.ApiAsync("so.organizer");
        var csv = (await api.GetStringAsync($"/api/v1/reports/session-budget?session={code}&format=csv")).TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal("code,name,points,lines,amount,equipment,equipment_ready", csv[0]);
        Assert.StartsWith("116,Thành phố Sơn La,2,2,3001500000,0,0", csv[1], StringComparison.Ordinal);
        Assert.Contains("Chung cả buổi,0,1,2000000", csv[2], StringComparison.Ordinal);
        csv = (await api.GetStringAsync($"/api/v1/reports/session-budget?session={code}&unit=116&format=csv")).TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries);
        Assert.StartsWith("P1,", csv[1], StringComparison.Ordinal);
        Assert.Contains(",1500000,", csv[1], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync($"/api/v1/reports/session-budget?session={code}&format=xlsx")).StatusCode);
        Assert.Contains("1.500.000", (await coordinator.GetPageAsync($"/reports/session-budget?session={code}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("3.000.000.000", (await coordinator.GetPageAsync($"/reports/session-budget?session={code}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_OfAnotherPointOrTheWhole_AreNotACoordinators()
    {
        var (organizer, coordinator, code) = await ArrangeAsync();
        await AddAsync(organizer, $"/sessions/{code}/budget", "Thù lao", "2000000");
        var remove = (await organizer.GetPageAsync($"/sessions/{code}/budget")).QuerySelector("form[action$=remove]")!.GetAttribute("action")!;

        Assert.Equal(HttpStatusCode.NotFound, await AddAsync(coordinator, $"/sessions/{code}/points/P2/budget", "X", "1", page: $"/sessions/{code}/points/P1/budget"));
        Assert.Equal(HttpStatusCode.Forbidden, await AddAsync(coordinator, $"/sessions/{code}/budget", "X", "1", page: $"/sessions/{code}/points/P1/budget"));
        Assert.Equal(HttpStatusCode.Forbidden, await coordinator.PostAsync(remove, [], $"/sessions/{code}/points/P1/budget"));
        // A line of the whole is not removed by way of a point either.
        await coordinator.PostAsync(remove.Replace("/budget/", "/points/P1/budget/", StringComparison.Ordinal), [], $"/sessions/{code}/points/P1/budget");
        Assert.Contains("2.000.000 đồng", (await organizer.GetPageAsync($"/sessions/{code}/budget")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await (await site.SignInAsync("member")).GetPageAsync($"/sessions/{code}/points/P1/budget", HttpStatusCode.NotFound);

        await organizer.PostAsync(remove, [], $"/sessions/{code}/budget");
        Assert.Contains("0 đồng", (await organizer.GetPageAsync($"/sessions/{code}/budget")).QuerySelector(".page-head-sub")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("Nước", "-1")]
    [InlineData("Nước", "200000000000")]
    [InlineData("Nước", "một triệu")]
    [InlineData("Nước", "")]
    public async Task Line_ThatIsNone_SavesNothingAndSaysWhy(string text, string amount)
    {
        var (_, coordinator, code) = await ArrangeAsync();

        await AddAsync(coordinator, $"/sessions/{code}/points/P1/budget", text, amount);

        var page = await coordinator.GetPageAsync($"/sessions/{code}/points/P1/budget");
        Assert.Null(page.QuerySelector("form[action*='/lines/'][action$=remove]"));
    }

    [Fact]
    public async Task Equipment_IsListedAndMadeReady()
    {
        var (organizer, coordinator, code) = await ArrangeAsync();
        var url = $"/sessions/{code}/points/P1/budget";
        await coordinator.PostAsync($"{url}/equipment", new() { ["name"] = "Máy chiếu", ["quantity"] = "1" }, url);
        await coordinator.PostAsync($"{url}/equipment", new() { ["name"] = "Loa", ["quantity"] = "2" }, url);
        var page = await coordinator.GetPageAsync(url);
        Assert.Contains("0/2 thiết bị đã sẵn sàng", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await coordinator.PostAsync(page.QuerySelector("form[action$=ready]")!.GetAttribute("action")!, new() { ["ready"] = "true" }, url);

        Assert.Contains("1/2 thiết bị đã sẵn sàng", (await organizer.GetPageAsync($"/sessions/{code}/budget")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet")).QuerySelector($"a[href='{url}']"));
    }

    private async Task<(HttpClient Organizer, HttpClient Coordinator, string Code)> ArrangeAsync() =>
        (await site.SignInAsync("so.organizer"), await site.SignInAsync("xa.coordinator"), await site.HoldAsync(await site.ApiAsync("so.organizer"), "KP"));

    private static Task<HttpStatusCode> AddAsync(HttpClient client, string url, string text, string amount, string? page = null) =>
        client.PostAsync($"{url}/lines", new() { ["Kind"] = "Catering", ["Text"] = text, ["Quantity"] = "1", ["Amount"] = amount }, page ?? url);
}

public sealed class SqliteBudgetTests(SqliteSite site) : BudgetTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlBudgetTests(PostgreSqlSite site) : BudgetTests(site), IClassFixture<PostgreSqlSite>;
