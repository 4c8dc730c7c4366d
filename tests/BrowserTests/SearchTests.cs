namespace TrainingSite.BrowserTests;

/// <summary>The search box while somebody types.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SearchTests(BrowserSite site)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Box_FirstLettersTyped_SuggestsTitles(bool phone)
    {
        var page = await site.OpenAsAsync("member", phone);
        await page.GotoAsync("/search");
        var box = page.Locator("main .search-box");

        await box.Locator("input").PressSequentiallyAsync("an toan tr");

        var first = box.Locator(".search-recent a").First;
        await Assertions.Expect(first).ToHaveTextAsync("An toàn trên mạng");
        await BrowserSite.AssertAccessibleAsync(page);
        await box.Locator("input").PressAsync("Escape");
        await Assertions.Expect(box.Locator(".search-recent")).ToHaveCountAsync(0);
        await box.Locator("input").FillAsync("an toan tre");
        await first.ClickAsync();
        await page.WaitForURLAsync("**/search?q=An%20to%C3%A0n*");
        await page.Context.CloseAsync();
    }
}
