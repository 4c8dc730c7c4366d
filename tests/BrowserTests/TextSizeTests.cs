namespace TrainingSite.BrowserTests;

/// <summary>Letters as large as the reader wants them, on this page and the next.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TextSizeTests(BrowserSite site)
{
    [Theory]
    [InlineData(320)]
    [InlineData(360)]
    public async Task BottomBar_WithLettersOfAnySize_ShowsItsFiveEntriesApart(int width)
    {
        foreach (var size in new[] { "normal", "large", "larger" })
        {
            var phone = await site.OpenAsAsync("member", phone: true);
            await phone.SetViewportSizeAsync(width, 640);
            await phone.GotoAsync("/me");
            await phone.ClickAsync($"[data-text-set={size}]");
            foreach (var page in new[] { "/today", "/me", "/courses" })
            {
                await phone.GotoAsync(page);
                var edges = await phone.EvaluateAsync<double[][]>("""
                    [...document.querySelectorAll('.bottom-bar a')].map((link) => {
                        const words = document.createRange();
                        words.selectNodeContents(link);
                        const box = words.getBoundingClientRect();
                        return [box.left, box.right, box.bottom];
                    })
                    """);
                Assert.Equal(5, edges.Length);
                Assert.All(edges.Zip(edges.Skip(1)), pair => Assert.True(pair.First[1] < pair.Second[0], $"{page}, {size}, {width} px: entries touch"));
                Assert.True(edges[0][0] >= 0 && edges[^1][1] <= width && edges.All(edge => edge[2] <= 640), $"{page}, {size}, {width} px: an entry is cut off");
                Assert.True(await phone.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{page}, {size}, {width} px: the page is wider than the phone");
            }

            await phone.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Lesson_LettersMadeLarger_StaySoAndFitThePhone()
    {
        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync("/courses/giu-an-toan/nhan-ra-tro-lua");
        var before = await SizeAsync();
        await phone.ClickAsync("[data-text-next]");
        await phone.ClickAsync("[data-text-next]");
        Assert.True(await SizeAsync() > before * 1.3);
        await BrowserSite.AssertAccessibleAsync(phone);

        await phone.ReloadAsync();
        Assert.True(await SizeAsync() > before * 1.3);
        Assert.Contains("data-text=\"larger\"", await (await phone.APIRequest.GetAsync("/courses")).TextAsync(), StringComparison.Ordinal);
        await phone.GotoAsync("/me");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync("[data-text-set=normal]");
        await phone.GotoAsync("/courses/giu-an-toan/nhan-ra-tro-lua");
        Assert.Equal(before, await SizeAsync());
        await phone.Context.CloseAsync();

        Task<double> SizeAsync() => phone.EvaluateAsync<double>("parseFloat(getComputedStyle(document.querySelector('.lesson p')).fontSize)");
    }
}
