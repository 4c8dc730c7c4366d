using System.Text.RegularExpressions;
using TrainingSite.Courses.Models;
using TrainingSite.SiteTests.Courses;

namespace TrainingSite.BrowserTests;

/// <summary>A quiz with a question of every kind at a phone: steps move by buttons, the time counts down, nothing is wider than the screen.</summary>
[Collection(BrowserCollection.Name)]
public sealed class QuestionKindTests(BrowserSite site)
{
    [Fact]
    public async Task Quiz_OfEveryKind_IsWalkedWithAThumb()
    {
        var types = Enum.GetValues<QuestionType>();
        var slug = await site.AskAsync(course => course.TimeLimitMinutes = 30, types);
        var phone = await site.OpenAsAsync("to.truong", phone: true);
        await phone.GotoAsync($"/courses/{slug}/quiz");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync("main form .btn-primary");
        for (var number = 1; number <= types.Length; number++)
        {
            await phone.Locator(".quiz-count", new() { HasText = $"Câu {number} trong {types.Length}" }).WaitForAsync();
            await phone.Locator(".quiz-time", new() { HasTextRegex = new("Còn (30|29) phút [0-9]+ giây") }).WaitForAsync();
            var asked = (await phone.InnerTextAsync(".quiz-question")).Trim();
            var type = types.Single(kind => QuestionSamples.Of(kind).Text == asked);
            await BrowserSite.AssertAccessibleAsync(phone);
            await AnswerAsync(phone, QuestionSamples.Of(type), type);
            await phone.ClickAsync("main form .btn-primary");
            await phone.Locator("[role=status]", new() { HasText = "Đúng rồi." }).WaitForAsync();
            await BrowserSite.AssertAccessibleAsync(phone);
            await phone.ClickAsync(".action-bar .btn-primary");
        }

        await phone.Locator(".quiz-score").WaitForAsync();
        Assert.Equal($"{types.Length}/{types.Length}", await phone.InnerTextAsync(".ring > span"));
        await phone.ClickAsync("details.fold summary");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Question_WrongOfEveryKind_IsExplainedAccessibly()
    {
        var types = Enum.GetValues<QuestionType>();
        var slug = await site.AskAsync(types);
        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync($"/courses/{slug}/quiz");
        await phone.ClickAsync("main form .btn-primary");
        for (var number = 1; number <= types.Length; number++)
        {
            await phone.Locator(".quiz-count", new() { HasText = $"Câu {number} trong {types.Length}" }).WaitForAsync();
            var asked = (await phone.InnerTextAsync(".quiz-question")).Trim();
            var type = types.Single(kind => QuestionSamples.Of(kind).Text == asked);
            var sample = QuestionSamples.Of(type);
            // Left as drawn, the steps are never in the right order.
            if (type == QuestionType.ShortAnswer)
            {
                await phone.FillAsync("[name=text]", "Không rõ");
            }
            else if (type == QuestionType.Match)
            {
                foreach (var select in await phone.Locator(".answer-pair select").AllAsync())
                {
                    await select.SelectOptionAsync("0");
                }
            }
            else if (type != QuestionType.Order)
            {
                await ChooseAsync(phone, sample.Options.First(option => !option.Correct), type);
            }

            await phone.ClickAsync("main form .btn-primary");
            await phone.Locator("[role=status]", new() { HasText = "Chưa đúng" }).WaitForAsync();
            await BrowserSite.AssertAccessibleAsync(phone);
            await phone.ClickAsync(".action-bar .btn-primary");
        }

        Assert.Equal($"0/{types.Length}", await phone.InnerTextAsync(".ring > span"));
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Editor_KindChosen_ShowsItsFieldsAtOnce(bool onPhone)
    {
        var slug = await site.AskAsync(QuestionType.OneAnswer);
        var author = await site.OpenAsAsync("so.organizer", onPhone);
        await author.GotoAsync($"/courses/edit/{slug}/questions/new");
        await author.FillAsync("#Form_Text", "Câu đang viết dở");
        foreach (var (type, field) in new[] { (QuestionType.Order, "#Form_Options_0__Text"), (QuestionType.TrueFalse, "#right-1"), (QuestionType.Match, "#Form_Options_0__Pair"), (QuestionType.PictureChoice, "#Form_Options_0__Picture"), (QuestionType.Scenario, "#Form_Message") })
        {
            await author.ClickAsync($"#type-{type}");
            await author.Locator(field).WaitForAsync();
            Assert.Equal("Câu đang viết dở", await author.InputValueAsync("#Form_Text"));
            Assert.True(await author.IsCheckedAsync($"#type-{type}"));
            await BrowserSite.AssertAccessibleAsync(author);
        }

        await author.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Editor_PictureChosenFromTheLibrary_FillsNameAndWordsAndShowsIt(bool onPhone)
    {
        var slug = await site.AskAsync(QuestionType.OneAnswer);
        var author = await site.OpenAsAsync("so.organizer", onPhone);
        var shows = $"Phiên chợ {Guid.NewGuid():N}";
        await author.GotoAsync("/media/new");
        var picture = await author.EvaluateAsync<string>("""
            () => {
              const canvas = document.createElement('canvas');
              [canvas.width, canvas.height] = [320, 240];
              const context = canvas.getContext('2d');
              context.fillStyle = `hsl(${Math.random() * 360} 50% 50%)`;
              context.fillRect(0, 0, 320, 240);
              return canvas.toDataURL('image/png').split(',')[1];
            }
            """);
        await author.SetInputFilesAsync("#uploads", new FilePayload { Name = "phien-cho.png", MimeType = "image/png", Buffer = Convert.FromBase64String(picture) });
        await author.FillAsync("#description", shows);
        await author.ClickAsync("main .action-bar .btn-primary");
        await author.WaitForURLAsync("**/media/edit/*");
        var name = author.Url.Split('/')[^1];

        await author.GotoAsync($"/courses/edit/{slug}/questions/new");
        await author.ClickAsync($"#type-{QuestionType.PictureChoice}");
        await author.Locator("[data-pick] >> nth=1").ClickAsync();
        await author.FillAsync("#picker-query", shows);
        await author.Locator("#picker [data-name]:only-of-type", new() { HasText = shows }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(author);
        await author.Locator("#picker [data-name]", new() { HasText = shows }).ClickAsync();

        Assert.Equal($"media/{name}", await author.InputValueAsync("#Form_Options_1__Picture"));
        Assert.Equal(shows, await author.InputValueAsync("#Form_Options_1__Text"));
        await Assertions.Expect(author.Locator(".question-picture:visible")).ToHaveAttributeAsync("src", new Regex(name));
        await BrowserSite.AssertAccessibleAsync(author);
        await author.Context.CloseAsync();
    }

    private static async Task AnswerAsync(IPage phone, TrainingSite.Courses.Recipes.QuestionItem sample, QuestionType type)
    {
        switch (type)
        {
            case QuestionType.Order:
                Assert.False(await phone.Locator(".answer-step select").First.IsVisibleAsync());
                for (var place = 0; place < sample.Options.Count; place++)
                {
                    var step = phone.Locator(".answer-step", new() { HasText = sample.Options[place].Text });
                    while (await step.EvaluateAsync<int>("step => [...step.parentElement.children].indexOf(step)") > place)
                    {
                        await step.Locator("[data-move='-1']").ClickAsync();
                        Assert.True(await step.EvaluateAsync<bool>("step => step.contains(document.activeElement)"));
                        Assert.Contains(sample.Options[place].Text, await phone.InnerTextAsync("#steps-said"), StringComparison.Ordinal);
                    }
                }

                break;
            case QuestionType.Match:
                foreach (var option in sample.Options)
                {
                    await phone.GetByLabel(option.Text, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = option.Pair });
                }

                break;
            case QuestionType.ShortAnswer:
                await phone.FillAsync("[name=text]", "dau so 156");
                break;
            case QuestionType.OneAnswer or QuestionType.SeveralAnswers or QuestionType.TrueFalse or QuestionType.PictureChoice or QuestionType.Scenario:
                foreach (var option in sample.Options.Where(option => option.Correct))
                {
                    await ChooseAsync(phone, option, type);
                }

                break;
        }
    }

    private static Task ChooseAsync(IPage phone, QuestionOption option, QuestionType type) => type == QuestionType.PictureChoice
        ? phone.ClickAsync($"label.answer:has(img[alt='{option.Text}'])")
        : phone.Locator("label.answer", new() { HasText = option.Text }).Locator("input").CheckAsync();
}
