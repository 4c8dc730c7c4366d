namespace TrainingSite.BrowserTests;

/// <summary>Letters as large as the reader wants them, on this page and the next.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TextSizeTests(BrowserSite site)
{
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
