namespace TrainingSite.BrowserTests;

/// <summary>Flows 4 to 7 and the pages around them: every page opens for who may see it, fits a phone, and passes axe.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StaffTests(BrowserSite site)
{
    public static TheoryData<string, string> Pages => new()
    {
        { "", "/" }, { "", "/courses" }, { "", "/search?q=an+toan+tren+mang" }, { "", "/account/sign-in" }, { "", "/account/activate" }, { "", "/library" }, { "", "/khong-co-trang-nay" },
        { "member", "/today" }, { "member", "/courses" }, { "member", "/sessions" }, { "member", "/search?q=mat+khau" }, { "member", "/me" }, { "member", "/me/notices" },
        { "to.truong", "/today" }, 
        { "xa.coordinator", "/today" }, { "xa.coordinator", "/units" }, { "xa.coordinator", "/units/03646" }, { "xa.coordinator", "/people/SL-000210" }, { "xa.coordinator", "/reports/team-statistics" }, { "xa.coordinator", "/users" },
        { "so.organizer", "/today" }, { "so.organizer", "/units" }, { "so.organizer", "/reports" }, { "so.organizer", "/reports/team-statistics?as_of=2023-09-30" }, { "so.organizer", "/reports/team-coverage" }, { "so.organizer", "/reports/member-completion" }, { "so.organizer", "/sessions" }, { "so.organizer", "/messages" },
        { "admin", "/jobs" }, { "admin", "/users" }, { "admin", "/today" }, { "admin", "/search/abbreviations" },
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
