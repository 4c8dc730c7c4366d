using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Courses.Models;
using TrainingSite.SiteTests.Media;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Authors write every kind of question in a form of its own; copies, versions, archives and the media library know them all.</summary>
public abstract class QuestionEditorTests(SiteFixture site)
{
    public static TheoryData<QuestionType> Kinds => [.. Enum.GetValues<QuestionType>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Question_OfEachKind_IsSavedAndShownAgain(QuestionType type)
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await EditorTests.CreateAsync(author);
        var sample = QuestionSamples.Of(type);

        await SaveAsync(author, slug, Fields(type));

        var saved = await site.QueryAsync(db => db.Questions.AsNoTracking().SingleAsync(question => question.Course.Slug == slug));
        Assert.Equal((type, sample.Text), (saved.Type, saved.Text));
        Assert.Equal(sample.Options, saved.ReadOptions());
        Assert.Equal(Question.WriteScene(sample.Scene), saved.Scene);
        Assert.Contains(saved.Key, (await author.GetPageAsync($"/courses/edit/{slug}/questions")).Words());
        var page = await author.GetPageAsync($"/courses/edit/{slug}/questions/{saved.Key}");
        Assert.Equal(sample.Options[0].Text, page.QuerySelector<IHtmlInputElement>("#Form_Options_0__Text")!.Value);
        // What the form shows saves the same again: no new revision.
        var again = page.QuerySelectorAll("main form[data-keep] input, main form[data-keep] textarea, main form[data-keep] select")
            .Where(field => field is not IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false } && field.GetAttribute("name") is { } name && !name.StartsWith("__", StringComparison.Ordinal))
            .Select(field => (Name: field.GetAttribute("name")!, Value: field switch { IHtmlInputElement input => input.Value, IHtmlTextAreaElement text => text.Value, IHtmlSelectElement select => select.Value, _ => "" }))
            .DistinctBy(field => field.Name).ToDictionary(field => field.Name, field => (string?)field.Value);
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormFromAsync(page, $"/courses/edit/{slug}/questions/{saved.Key}", again)).StatusCode);
        Assert.Equal(1, await site.QueryAsync(db => db.Questions.CountAsync(question => question.Course.Slug == slug)));
    }

    [Theory]
    [InlineData(QuestionType.Order, "Form.Options[2].Text", "", "Form.Options[3].Text", "", "cần từ 3 đến 8 bước")]
    [InlineData(QuestionType.Order, "Form.Options[1].Text", "ngung chuyen tien", "", "", "Có hai bước viết giống nhau.")]
    [InlineData(QuestionType.Match, "Form.Options[1].Pair", "", "", "", "cần cả vế trái và vế phải")]
    [InlineData(QuestionType.Match, "Form.Options[0].Pair", "Thay mặt", "", "", "cần ít nhất hai vế phải khác nhau")]
    [InlineData(QuestionType.Match, "Form.Options[1].Text", "KT.", "", "", "Có hai vế trái viết giống nhau.")]
    [InlineData(QuestionType.ShortAnswer, "Form.Options[0].Text", "", "Form.Options[1].Text", "", "cần từ 1 đến 8 cách trả lời")]
    [InlineData(QuestionType.ShortAnswer, "Form.Options[0].Text", "!?", "", "", "cần có chữ hoặc số")]
    [InlineData(QuestionType.PictureChoice, "Form.Options[0].Picture", "", "", "", "Mỗi lựa chọn cần tên hình")]
    [InlineData(QuestionType.PictureChoice, "Form.Options[0].Picture", "khong-co.webp", "", "", "Kho không có hình “media/khong-co.webp”.")]
    [InlineData(QuestionType.PictureChoice, "Form.Options[0].Picture", "../../etc/passwd", "", "", "Mỗi lựa chọn cần tên hình")]
    [InlineData(QuestionType.PictureChoice, "Form.Options[0].Correct", "false", "", "", "cần đúng một lựa chọn đúng")]
    [InlineData(QuestionType.Scenario, "Form.Sender", "", "", "", "Hãy ghi tên người gửi")]
    [InlineData(QuestionType.Scenario, "Form.Message", "", "Form.Signs", "", "Hãy viết nội dung tin nhắn")]
    [InlineData(QuestionType.Scenario, "Form.Signs", "trước 17h", "", "", "Trong tin nhắn không có nguyên văn “trước 17h”.")]
    [InlineData(QuestionType.Scenario, "Form.MessagePictureText", "", "", "", "Hình trong tin nhắn cần tên hình")]
    public async Task Question_Lacking_SaysWhatAndKeepsTheForm(QuestionType type, string field, string value, string second, string secondValue, string words)
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await EditorTests.CreateAsync(author);
        var fields = Fields(type);
        fields[field] = value;
        if (second.Length > 0)
        {
            fields[second] = secondValue;
        }

        var answer = await author.PostFormAsync($"/courses/edit/{slug}/questions/new", fields);

        var page = await answer.ReadPageAsync();
        Assert.Contains(words, page.QuerySelector(".error-summary")!.TextContent);
        Assert.All(page.QuerySelectorAll<IHtmlAnchorElement>(".error-summary a"), link => Assert.NotNull(page.QuerySelector(link.Hash)));
        Assert.Equal(QuestionSamples.Of(type).Text, page.QuerySelector<IHtmlTextAreaElement>("#Form_Text")!.Value.Trim());
        Assert.False(await site.QueryAsync(db => db.Questions.AnyAsync(question => question.Course.Slug == slug)));
    }

    [Fact]
    public async Task Kind_Chosen_ShowsItsFieldsKeepsTheTextAndSavesNothing()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await EditorTests.CreateAsync(author);

        var page = await (await author.PostFormAsync($"/courses/edit/{slug}/questions/new", new() { ["Form.Type"] = "Scenario", ["Form.Text"] = "Tin này thật không?", ["Form.Options[0].Text"] = "Thật", ["Form.Explanation"] = "", ["kind"] = "1" })).ReadPageAsync();

        Assert.Null(page.QuerySelector(".error-summary"));
        Assert.NotNull(page.QuerySelector("#Form_Message"));
        Assert.True(page.QuerySelector<IHtmlInputElement>("#type-Scenario")!.IsChecked);
        Assert.Equal("Tin này thật không?", page.QuerySelector<IHtmlTextAreaElement>("#Form_Text")!.Value.Trim());
        Assert.Equal("Thật", page.QuerySelector<IHtmlInputElement>("#Form_Options_0__Text")!.Value);
        Assert.False(await site.QueryAsync(db => db.Questions.AnyAsync(question => question.Course.Slug == slug)));
    }

    [Fact]
    public async Task Kind_TrueFalseChosen_OffersItsTwoAnswersAndOneToChoose()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await EditorTests.CreateAsync(author);
        var typed = new Dictionary<string, string?>
        {
            ["Form.Type"] = "TrueFalse", ["Form.Text"] = "Ổ khóa nghĩa là trang thật.", ["Form.Options[0].Text"] = "Có", ["Form.Options[1].Text"] = "Không", ["Form.Options[2].Text"] = "Tùy trang", ["Form.Explanation"] = "Ổ khóa chỉ nói đường truyền kín.", ["kind"] = "1",
        };

        var page = await (await author.PostFormAsync($"/courses/edit/{slug}/questions/new", typed)).ReadPageAsync();

        var form = Assert.IsAssignableFrom<IHtmlFormElement>(page.QuerySelector("form[data-keep]"));
        Assert.Equal(["Đúng", "Sai"], form.QuerySelectorAll<IHtmlInputElement>("#Form_Options input[type=radio]").Select(choice => choice.ParentElement!.TextContent.Trim()));
        Assert.Empty(form.QuerySelectorAll("#Form_Options input:not([type=hidden])[name$='.Text'], #Form_Options input[type=checkbox]"));
        Assert.Contains("cần đúng một lựa chọn đúng", (await (await author.SubmitAsync(form)).ReadPageAsync()).QuerySelector(".error-summary")!.TextContent);
        form.QuerySelectorAll<IHtmlInputElement>("#Form_Options input[type=radio]").Last().IsChecked = true;
        form.QuerySelector<IHtmlInputElement>("#Form_Options_0__Why")!.Value = "Trang giả cũng có ổ khóa.";
        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync(form)).StatusCode);

        var saved = await site.QueryAsync(db => db.Questions.AsNoTracking().SingleAsync(question => question.Course.Slug == slug));
        Assert.Equal([new("Đúng", false, "Trang giả cũng có ổ khóa."), new("Sai", true)], saved.ReadOptions());
    }

    [Fact]
    public async Task Kind_TrueFalseLeft_KeepsItsAnswersAndTheRightOne()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await EditorTests.CreateAsync(author);
        var fields = new Dictionary<string, string?> { ["Form.Type"] = "OneAnswer", ["Form.Right"] = "1", ["Form.Options[0].Text"] = "Đúng", ["Form.Options[1].Text"] = "Sai", ["kind"] = "1" };

        var page = await (await author.PostFormAsync($"/courses/edit/{slug}/questions/new", fields)).ReadPageAsync();

        Assert.Equal("Sai", page.QuerySelector<IHtmlInputElement>("#Form_Options_1__Text")!.Value);
        Assert.True(page.QuerySelector<IHtmlInputElement>("#Form_Options_1__Correct")!.IsChecked);
        // They are no words for a picture.
        fields["Form.Type"] = "PictureChoice";
        page = await (await author.PostFormAsync($"/courses/edit/{slug}/questions/new", fields)).ReadPageAsync();
        Assert.Equal("", page.QuerySelector<IHtmlInputElement>("#Form_Options_1__Text")!.Value);
    }

    [Theory]
    [InlineData(QuestionType.PictureChoice, 6)]
    [InlineData(QuestionType.Scenario, 1)]
    public async Task Picture_Asked_CanBeChosenFromTheLibrary(QuestionType type, int pictures)
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await EditorTests.CreateAsync(author);
        var name = await author.AddMediaAsync($"cho-{slug[^6..]}.png", SampleMedia.Png(), $"Chợ {slug[^6..]}");

        var page = await (await author.PostFormAsync($"/courses/edit/{slug}/questions/new", new() { ["Form.Type"] = type.ToString(), ["kind"] = "1" })).ReadPageAsync();

        Assert.Equal(pictures, page.QuerySelectorAll("[data-picture] [data-pick]").Length);
        var found = await author.GetPageAsync($"{page.QuerySelector("#picker")!.GetAttribute("data-url")}?kind=Picture&q=Chợ {slug[^6..]}");
        var choice = Assert.Single(found.QuerySelectorAll("[data-name]"));
        Assert.Equal(($"media/{name}", $"Chợ {slug[^6..]}"), (choice.GetAttribute("data-name"), choice.GetAttribute("data-description")));
        Assert.NotNull(choice.QuerySelector("img"));
    }

    [Fact]
    public async Task Picture_OfTheLibrary_IsShownKeptAndCopied()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await EditorTests.CreateAsync(author);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", EditorTests.Lesson("0", "Chữ"));
        var name = await author.AddMediaAsync($"tam-ma-{slug[^6..]}.png", SampleMedia.Png(), $"Tấm mã {slug[^6..]}");
        var fields = Fields(QuestionType.PictureChoice);
        fields["Form.Options[0].Picture"] = name;
        await SaveAsync(author, slug, fields);
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Published" }, page: $"/courses/edit/{slug}");

        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        var question = await client.GetPageAsync(await client.StartQuizAsync(slug));
        Assert.Contains($"/media/{name}", question.QuerySelectorAll<IHtmlImageElement>(".answer img").Select(image => image.GetAttribute("src")));
        Assert.All(question.QuerySelectorAll(".answer img"), image => Assert.NotEmpty(image.GetAttribute("alt")!));

        var media = await author.GetPageAsync($"/media/edit/{name}");
        Assert.Contains(media.QuerySelectorAll<IHtmlAnchorElement>("section[aria-labelledby=uses] a"), link => link.PathName.StartsWith($"/courses/edit/{slug}/questions/", StringComparison.Ordinal));
        await author.PostFormFromAsync(media, $"/media/edit/{name}/delete", []);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/media/{name}")).StatusCode);

        var copy = (await author.PostFormAsync($"/courses/edit/{slug}/copy", [], page: $"/courses/edit/{slug}")).Headers.Location!.OriginalString.Split('/')[^1];
        Assert.Contains(name, await site.QueryAsync(db => db.Questions.Where(row => row.Course.Slug == copy).Select(row => row.Options).SingleAsync()));
    }

    [Fact]
    public async Task Questions_OfAllKinds_ComeBackFromVersionsAndShowWhatChanged()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, title) = await EditorTests.CreateAsync(author);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", EditorTests.Lesson("0", "Chữ"));
        foreach (var type in Enum.GetValues<QuestionType>())
        {
            await SaveAsync(author, slug, Fields(type));
        }

        var form = EditorTests.Course(title);
        form["Form.Version"] = (await author.GetPageAsync($"/courses/edit/{slug}")).QuerySelector<IHtmlInputElement>("#Form_Version")!.Value;
        (form["Form.TimeLimitMinutes"], form["Form.ReadPercent"]) = ("25", "40");
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync($"/courses/edit/{slug}", form)).StatusCode);
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Published" }, page: $"/courses/edit/{slug}");
        var before = await ActiveAsync();
        Assert.Equal(Enum.GetValues<QuestionType>().Length, before.Count);
        Assert.Equal((25, 40), await site.QueryAsync(async db => await db.Courses.Where(row => row.Slug == slug).Select(row => new { row.TimeLimitMinutes, row.ReadPercent }).SingleAsync() is var row ? (row.TimeLimitMinutes, row.ReadPercent) : default));

        var key = await site.QueryAsync(db => db.Questions.Where(row => row.Course.Slug == slug && row.Type == QuestionType.Scenario).Select(row => row.Key).SingleAsync());
        var changed = Fields(QuestionType.Scenario);
        (changed["Form.Revision"], changed["Form.Sender"]) = ("1", "Ngân hàng giả");
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync($"/courses/edit/{slug}/questions/{key}", changed)).StatusCode);
        Assert.Contains((await author.GetPageAsync($"/courses/edit/{slug}/changes")).QuerySelectorAll(".diff ins"), part => part.TextContent.Contains("giả", StringComparison.Ordinal));
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
        Assert.NotEqual(before, await ActiveAsync());

        await author.PostFormAsync($"/courses/edit/{slug}/versions/1/restore", [], page: $"/courses/edit/{slug}/versions/1");
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

        Assert.Equal(before, await ActiveAsync());

        Task<List<string>> ActiveAsync() => site.QueryAsync(db => db.Questions.Where(row => row.Course.Slug == slug && row.RetiredUtc == null).OrderBy(row => row.Key).Select(row => row.Key + row.Type + row.Text + row.Options + row.Scene).ToListAsync());
    }

    private static async Task SaveAsync(HttpClient author, string slug, Dictionary<string, string?> fields)
    {
        var saved = await author.PostFormAsync($"/courses/edit/{slug}/questions/new", fields);
        if (saved.StatusCode != HttpStatusCode.Redirect)
        {
            Assert.Fail((await saved.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent);
        }
    }

    /// <summary>What an author types for the sample of that kind.</summary>
    internal static Dictionary<string, string?> Fields(QuestionType type)
    {
        var sample = QuestionSamples.Of(type);
        var fields = new Dictionary<string, string?>
        {
            ["Form.Type"] = type.ToString(), ["Form.Text"] = sample.Text, ["Form.Explanation"] = sample.Explanation,
            ["Form.Sender"] = sample.Scene?.Sender, ["Form.Message"] = sample.Scene?.Text.ReplaceLineEndings("\r\n"), ["Form.Signs"] = string.Join("\r\n", sample.Scene?.Signs ?? []),
            ["Form.MessagePicture"] = sample.Scene?.Picture, ["Form.MessagePictureText"] = sample.Scene?.PictureText,
        };
        foreach (var (index, option) in sample.Options.Index())
        {
            fields[$"Form.Options[{index}].Text"] = option.Text;
            fields[$"Form.Options[{index}].Correct"] = option.Correct ? "true" : "false";
            fields[$"Form.Options[{index}].Why"] = option.Why;
            fields[$"Form.Options[{index}].Pair"] = option.Pair;
            fields[$"Form.Options[{index}].Picture"] = option.Picture;
        }

        return fields;
    }
}

public sealed class SqliteQuestionEditorTests(SqliteSite site) : QuestionEditorTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlQuestionEditorTests(PostgreSqlSite site) : QuestionEditorTests(site), IClassFixture<PostgreSqlSite>;
