namespace TrainingSite.BrowserTests;

/// <summary>Flow 1: a member at a phone learns, leaves, resumes elsewhere, takes the quiz and sees the completion.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MemberTests(BrowserSite site)
{
    [Fact]
    public async Task Course_LeftAndOpenedOnAnotherDevice_ResumesAndCompletes()
    {
        var phone = await site.PhoneAsync();
        await site.SignInAsync(phone, "member");
        await BrowserSite.AssertAccessibleAsync(phone);

        await phone.GotoAsync("/courses/giu-an-toan");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync(".next-card .btn-primary");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync(".lesson-nav button");

        var desktop = await site.DesktopAsync();
        await site.SignInAsync(desktop, "member");
        await desktop.GotoAsync("/courses/giu-an-toan");
        await BrowserSite.AssertAccessibleAsync(desktop);
        await desktop.ClickAsync(".next-card .btn-primary");
        await desktop.ClickAsync(".lesson-nav button");

        await AnswerAsync(desktop, right: false);
        Assert.True(await desktop.Locator(".answer-why").CountAsync() > 0, "Wrong answers say why.");
        await AnswerAsync(desktop, right: true);

        await desktop.GotoAsync("/me");
        await BrowserSite.AssertAccessibleAsync(desktop);
        Assert.Contains("Giữ an toàn", await desktop.Locator("main").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Goes through the quiz; knows the answers from the course's own file, as the answers are never in the page.</summary>
    private static async Task AnswerAsync(IPage page, bool right)
    {
        var answers = TestCourse.RightAnswers("giu-an-toan");
        await page.GotoAsync("/courses/giu-an-toan/quiz");
        await page.ClickAsync("main form button");
        while (await page.Locator("fieldset.answers").CountAsync() > 0)
        {
            await BrowserSite.AssertAccessibleAsync(page);
            var question = (await page.InnerTextAsync("legend")).Trim();
            foreach (var option in await page.Locator("label.answer").AllAsync())
            {
                if (answers[question].Contains((await option.InnerTextAsync()).Trim()) == right)
                {
                    await option.Locator("input").CheckAsync();
                    if (await option.Locator("input[type=radio]").CountAsync() > 0)
                    {
                        break;
                    }
                }
            }

            await page.ClickAsync("main form button");
            if (await page.Locator(".action-bar a").CountAsync() > 0)
            {
                await page.ClickAsync(".action-bar a");
            }
        }
    }
}
