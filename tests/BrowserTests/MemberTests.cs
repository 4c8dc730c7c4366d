namespace TrainingSite.BrowserTests;

/// <summary>Flow 1: a member at a phone learns, leaves, and goes on at a desk where they stopped.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MemberTests(BrowserSite site)
{
    [Fact]
    public async Task Course_LeftAndOpenedOnAnotherDevice_Resumes()
    {
        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync("/courses/giu-an-toan");
        await phone.ClickAsync(".next-card .btn-primary");
        var first = phone.Url;
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync(".lesson-nav form button");
        await phone.WaitForURLAsync(url => url != first);

        var desk = await site.OpenAsAsync("member", phone: false);
        await desk.GotoAsync("/courses/giu-an-toan");
        await desk.ClickAsync(".next-card .btn-primary");

        Assert.NotEqual(new Uri(first).AbsolutePath, new Uri(desk.Url).AbsolutePath);
        Assert.Equal(1, await desk.Locator("article.lesson").CountAsync());
        await phone.Context.CloseAsync();
        await desk.Context.CloseAsync();
    }
}
