using Microsoft.EntityFrameworkCore;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.BrowserTests;

/// <summary>Flow 1: a member at a phone learns, leaves, goes on at a desk where they stopped, and passes the quiz at the second try.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MemberTests(BrowserSite site)
{
    [Fact]
    public async Task Course_LeftAndOpenedOnAnotherDevice_Resumes()
    {
        // Other walks let this member attend sessions on the topic, and attendance completes the course.
        await site.QueryAsync(db => db.Set<Completion>().Where(row => db.Set<Person>().Any(person => person.Id == row.PersonId && person.Code == "SL-000210")).ExecuteDeleteAsync());
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

    [Fact]
    public async Task Quiz_FailedAndTakenAgain_ExplainsAndCompletes()
    {
        var phone = await site.OpenAsAsync("to.truong", phone: true);
        await phone.GotoAsync("/courses/giu-an-toan/quiz");
        await BrowserSite.AssertAccessibleAsync(phone);

        await TakeQuizAsync(phone, right: false);
        Assert.Equal("0/3", await phone.InnerTextAsync(".ring > span"));
        Assert.Equal(3, await phone.Locator(".answer-wrong").CountAsync());
        await BrowserSite.AssertAccessibleAsync(phone);

        await TakeQuizAsync(phone, right: true);
        Assert.Equal("3/3", await phone.InnerTextAsync(".ring > span"));
        Assert.Contains("Bạn đã hoàn thành khóa học này", await phone.InnerTextAsync(".notice-good"), StringComparison.Ordinal);
        await BrowserSite.AssertAccessibleAsync(phone);

        await phone.GotoAsync("/courses/giu-an-toan");
        await phone.ClickAsync("text=Nhận giấy chứng nhận");
        await phone.WaitForURLAsync("**/certificates/*");
        await BrowserSite.AssertAccessibleAsync(phone);
        var visitor = await site.PhoneAsync();
        await visitor.GotoAsync(phone.Url);
        Assert.Equal(await phone.InnerTextAsync("h1"), await visitor.InnerTextAsync("h1"));
        await BrowserSite.AssertAccessibleAsync(visitor);
        await visitor.Context.CloseAsync();

        await phone.GotoAsync("/me");
        Assert.Contains("Giữ an toàn", await phone.InnerTextAsync("main"), StringComparison.Ordinal);
        await phone.GotoAsync("/teams/T-03646-SYN-042");
        var title = await site.QueryAsync(db => db.Courses.Where(course => course.Slug == "giu-an-toan").Select(course => course.Title).SingleAsync());
        Assert.Equal(1, await phone.Locator($"tr:has(a[href='/people/SL-000209']) td[data-label='{title}'] .state-good").CountAsync());
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Page_Opened_DownloadsEachFontOnce()
    {
        var phone = await site.OpenAsAsync("member", phone: true);
        var fonts = new List<string>();
        phone.Request += (_, request) =>
        {
            if (request.ResourceType == "font")
            {
                fonts.Add(Path.GetFileName(new Uri(request.Url).AbsolutePath).Split('.')[0]);
            }
        };

        await phone.GotoAsync("/courses/giu-an-toan/nhan-ra-tro-lua", new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.NotEmpty(fonts);
        Assert.Equal(fonts.Distinct(), fonts);
        await phone.Context.CloseAsync();
    }

    /// <summary>Goes through an attempt; the answers are in the database, never in the page before they are given.</summary>
    private async Task TakeQuizAsync(IPage page, bool right)
    {
        await page.ClickAsync("main form .btn-primary");
        for (var number = 1; number <= 3; number++)
        {
            await page.Locator(".quiz-count", new() { HasText = $"Câu {number} trong 3" }).WaitForAsync();
            var text = (await page.InnerTextAsync("legend")).Trim();
            var options = (await site.QueryAsync(db => db.Questions.AsNoTracking().SingleAsync(question => question.Text == text))).ReadOptions();
            var html = await page.ContentAsync();
            Assert.DoesNotContain(options, option => option.Why is { } why && html.Contains(why, StringComparison.Ordinal));
            var chosen = options.Where(option => option.Correct == right).Take(right ? options.Count : 1);
            foreach (var option in chosen)
            {
                await page.Locator("label.answer", new() { HasText = option.Text }).Locator("input").CheckAsync();
            }

            await page.ClickAsync("main form .btn-primary");
            await page.Locator("[role=status]", new() { HasText = right ? "Đúng rồi." : "Chưa đúng" }).WaitForAsync();
            await page.ClickAsync(".action-bar .btn-primary");
        }

        await page.Locator(".quiz-score").WaitForAsync();
    }
}
