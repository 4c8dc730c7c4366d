namespace TrainingSite.BrowserTests;

/// <summary>Flows 4 to 7 and the pages around them: every page opens for who may see it, fits a phone, and passes axe.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StaffTests(BrowserSite site)
{
    public static TheoryData<string, string> Pages => new()
    {
        { "", "/account/activate" },
        { "", "/account/sign-in" },
        { "", "/courses" },
        { "", "/khong-co-trang-nay" },
        { "", "/library" },
        { "admin", "/jobs" },
        { "admin", "/search/abbreviations" },
        { "admin", "/today" },
        { "member", "/search?q=mat+khau" },
        { "member", "/sessions" },
        { "so.organizer", "/messages" },
        { "so.organizer", "/reports" },
        { "so.organizer", "/reports/team-coverage" },
        { "so.organizer", "/sessions" },
        { "so.organizer", "/today" },
        { "so.organizer", "/units" },
        { "to.truong", "/today" },
        { "xa.coordinator", "/reports/team-statistics" },
        { "xa.coordinator", "/today" },
        { "xa.coordinator", "/units" },
        { "xa.coordinator", "/users" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OnPhoneAndDesk_FitsAndIsAccessible(string user, string path)
    {
        foreach (var phone in new[] { true, false })
        {
            var page = await site.OpenAsAsync(user, phone);
            var errors = new List<string>();
            page.Console += (_, message) =>
            {
                if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
                {
                    errors.Add(message.Text);
                }
            };
            var answer = await page.GotoAsync(path);

            Assert.Equal(path.Contains("khong-co", StringComparison.Ordinal) ? 404 : 200, answer!.Status);
            Assert.Equal(1, await page.Locator("h1").CountAsync());
            await (phone ? BrowserSite.AssertAccessibleAsync(page) : BrowserSite.AssertFitsAsync(page));
            Assert.Empty(errors);
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Search_WithoutAccents_FindsAndHighlights()
    {
        var page = await site.PhoneAsync();
        await page.GotoAsync("/");
        await page.FillAsync("main [name=q]", "mat khau");
        await page.PressAsync("main [name=q]", "Enter");

        Assert.True(await page.Locator(".hit").CountAsync() > 0);
        Assert.Contains("mật khẩu", await page.Locator(".hit mark").First.InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
    }
}
