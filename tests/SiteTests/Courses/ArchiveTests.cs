using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Recipes;
using TrainingSite.Courses.Services;
using TrainingSite.Media.Models;
using TrainingSite.SiteTests.Media;

namespace TrainingSite.SiteTests.Courses;

/// <summary>A course goes out as a ZIP and comes in again as it was; a bad ZIP brings in nothing.</summary>
public abstract class ArchiveTests(SiteFixture site)
{
    private const string CourseJson = """
        { "slug": "khoa-thu-zip", "topic": "T7", "title": "Khóa thử ZIP", "summary": "Một khóa", "audience": "", "outcomes": ["Làm được"], "lessons": [{ "slug": "bai", "title": "Bài", "summary": "", "minutes": 3 }],
          "skills": [{ "code": "T7-90", "text": "Làm được" }], "quiz": { "pass_percent": 80, "draw": 10, "attempts": 5, "explain": "after_each" } }
        """;

    private static readonly JsonSerializerOptions Files = TrainingSite.Courses.Models.CourseJson.Options;

    private const string Question = """[{ "key": "T7-Q90", "type": "single", "text": "Câu?", "options": [{ "text": "Có", "correct": true }, { "text": "Không", "correct": false }], "explanation": "Vì thế." }]""";

    [Fact]
    public async Task Course_ExportedAndImported_IsTheSame()
    {
        var author = await site.SignInAsync("so.organizer");
        var captions = await author.AddMediaAsync("phu-de.vtt", SampleMedia.Vtt(), "Phụ đề");
        var video = await author.AddMediaAsync("phim.mp4", SampleMedia.Mp4(), "Phim hướng dẫn");
        var edit = await author.GetPageAsync($"/media/edit/{video}");
        await author.PostFormAsync($"/media/edit/{video}", new() { ["version"] = "0", ["description"] = "Phim hướng dẫn", ["folder"] = edit.QuerySelector<IHtmlSelectElement>("#folder")!.Value, ["captions"] = captions });
        var slug = await PublishTests.PublishedAsync(author, $"## Mục\n\n![Phim](media/{video})\n\n:::luu-y Nhớ\nđiều này\n:::");
        var zip = await author.GetByteArrayAsync($"/courses/edit/{slug}/export");
        Assert.Equal(["course.json", "lessons/bai.md", "media.json", $"media/{video}", $"media/{captions}", "questions.json"], Entries(zip).Keys.Order(StringComparer.Ordinal));

        var second = await ImportedAsync(author, zip);

        Assert.NotEqual(slug, second);
        var again = Entries(await author.GetByteArrayAsync($"/courses/edit/{second}/export"));
        foreach (var (name, bytes) in Entries(zip))
        {
            Assert.Equal(Encoding.UTF8.GetString(bytes).Replace($"\"{slug}\"", $"\"{second}\"", StringComparison.Ordinal), Encoding.UTF8.GetString(again[name]));
        }

        // On a site that never had the files, they come with the course, captions too.
        await author.PostFormAsync($"/courses/edit/{second}/state", new() { ["state"] = "Published" }, page: $"/courses/edit/{second}");
        Assert.Equal($"/media/{captions}", (await site.CreateClient().GetPageAsync($"/courses/{second}/bai")).QuerySelector("article track")!.GetAttribute("src"));
    }

    [Fact]
    public async Task Import_OverACourse_ChangesItsDraftAndTakesItsFiles()
    {
        var author = await site.SignInAsync("so.organizer");
        var picture = SampleMedia.Png();
        var (first, _) = (await ImportedAsync(author, Zip(("course.json", CourseJson), ("questions.json", Question), ("lessons/bai.md", "Một"))), 0);
        await author.PostFormAsync($"/courses/edit/{first}/state", new() { ["state"] = "Published" }, page: $"/courses/edit/{first}");

        var second = await ImportedAsync(
            author,
            Zip([("thu-muc/course.json", Encoding.UTF8.GetBytes(CourseJson)), ("thu-muc/questions.json", Encoding.UTF8.GetBytes(Question)), ("thu-muc/lessons/bai.md", "Hai ![ảnh](media/anh-cho.png)"u8.ToArray()), ("thu-muc/media/anh-cho.png", picture), ("__MACOSX/x", [1])]),
            replace: true);

        Assert.Equal(first, second);
        Assert.Contains("Một", (await site.CreateClient().GetPageAsync($"/courses/{first}/bai")).Words());
        var markdown = (await author.GetPageAsync($"/courses/edit/{first}/lessons/bai")).QuerySelector<IHtmlTextAreaElement>("#Form_Markdown")!.Value;
        var name = markdown[(markdown.IndexOf("media/", StringComparison.Ordinal) + 6)..].TrimEnd(')', '\n', '\r');
        Assert.Equal(picture, await site.CreateClient().GetByteArrayAsync($"/media/{name}"));
    }

    [Fact]
    public async Task Questions_OfAllKinds_ComeInWithTheirPicturesAndGoOutTheSame()
    {
        var author = await site.SignInAsync("so.organizer");
        var picture = SampleMedia.Png();
        var items = Enum.GetValues<QuestionType>().Select(QuestionSamples.Of).ToList();
        var pictures = items.FindIndex(item => item.Type == "picture");
        items[pictures] = items[pictures] with { Options = [items[pictures].Options[0] with { Picture = "media/tam-ma.png" }, items[pictures].Options[1]] };
        var scenario = items.FindIndex(item => item.Scene is not null);
        items[scenario] = items[scenario] with { Scene = items[scenario].Scene! with { Picture = "media/tam-ma.png" } };
        var course = CourseJson.Replace("khoa-thu-zip", "khoa-du-kieu", StringComparison.Ordinal).Replace("\"after_each\" }", "\"after_each\", \"time_limit_minutes\": 20 }, \"read_percent\": 30", StringComparison.Ordinal);

        var slug = await ImportedAsync(author, Zip([("course.json", Encoding.UTF8.GetBytes(course)), ("questions.json", JsonSerializer.SerializeToUtf8Bytes(items, Files)), ("lessons/bai.md", "x"u8.ToArray()), ("media/tam-ma.png", picture)]));

        var entries = Entries(await author.GetByteArrayAsync($"/courses/edit/{slug}/export"));
        var media = Assert.Single(entries.Keys, name => name.StartsWith("media/", StringComparison.Ordinal));
        Assert.Equal(picture, entries[media]);
        var exported = JsonSerializer.Deserialize<List<QuestionItem>>(entries["questions.json"], Files)!;
        Assert.Equal(
            JsonSerializer.Serialize(items.OrderBy(item => item.Key, StringComparer.Ordinal), Files).Replace("media/tam-ma.png", media, StringComparison.Ordinal),
            JsonSerializer.Serialize(exported.OrderBy(item => item.Key, StringComparer.Ordinal), Files));
        Assert.Contains("\"time_limit_minutes\": 20", Encoding.UTF8.GetString(entries["course.json"]));
        Assert.Contains("\"read_percent\": 30", Encoding.UTF8.GetString(entries["course.json"]));
        var again = await ImportedAsync(author, await author.GetByteArrayAsync($"/courses/edit/{slug}/export"));
        Assert.Equal(entries["questions.json"], Entries(await author.GetByteArrayAsync($"/courses/edit/{again}/export"))["questions.json"]);
    }

    private static string Asked(string type, string options, string more = "") => $$"""[{ "key": "T7-Q91", "type": "{{type}}", "text": "Câu?", "options": [{{options}}], "explanation": "Vì thế."{{more}} }]""";

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "không phải ZIP", "không phải"u8.ToArray() },
        { "không phải ZIP", LeadingNowhere() },
        { "thiếu tệp course.json", Zip(("questions.json", Question)) },
        { "tệp lạ", Zip(("course.json", CourseJson), ("questions.json", Question), ("lessons/bai.md", "x"), ("../../thoat.md", "x")) },
        { "tệp lạ", Zip(("course.json", CourseJson), ("questions.json", Question), ("lessons/bai.md", "x"), ("/etc/passwd", "x")) },
        { "tệp lạ", Zip(("course.json", CourseJson), ("questions.json", Question), ("lessons/bai.md", "x"), ("lessons\\bai.md", "x")) },
        { "tệp lạ", Zip(("course.json", CourseJson), ("questions.json", Question), ("lessons/bai.md", "x"), ("lessons/bai.md", "y")) },
        { "bung ra quá lớn", Zip(("course.json", CourseJson), ("questions.json", Question), ("lessons/bai.md", new string('a', 3_000_000))) },
        { "media/phim.mp4 lớn hơn 20 MB", Zip([("course.json", Encoding.UTF8.GetBytes(CourseJson)), ("questions.json", Encoding.UTF8.GetBytes(Question)), ("lessons/bai.md", "x"u8.ToArray()), ("media/phim.mp4", new byte[101_000_000])]) },
        { "slug “import” là địa chỉ của một trang có sẵn", Zip(("course.json", CourseJson.Replace("khoa-thu-zip", "import", StringComparison.Ordinal)), ("questions.json", Question), ("lessons/bai.md", "x")) },
        { "key “new” là địa chỉ của một trang có sẵn", Zip(("course.json", CourseJson), ("questions.json", Question.Replace("T7-Q90", "new", StringComparison.Ordinal)), ("lessons/bai.md", "x")) },
        { "quá nhiều tệp", Zip([.. Enumerable.Range(0, 700).Select(number => ($"lessons/b{number}.md", "x"u8.ToArray()))]) },
        { "course.json, dòng 1: sai định dạng JSON", Zip(("course.json", "{ \"slug\": "), ("questions.json", Question)) },
        { "sai định dạng JSON", Zip(("course.json", "{}"), ("questions.json", Question)) },
        { "null", Zip(("course.json", CourseJson.Replace("\"Làm được\"]", "null]", StringComparison.Ordinal)), ("questions.json", Question), ("lessons/bai.md", "x")) },
        { "slug chỉ gồm", Zip(("course.json", CourseJson.Replace("khoa-thu-zip", "../x", StringComparison.Ordinal)), ("questions.json", Question), ("lessons/bai.md", "x")) },
        { "không có chuyên đề mã", Zip(("course.json", CourseJson.Replace("\"T7\"", "\"T99\"", StringComparison.Ordinal)), ("questions.json", Question), ("lessons/bai.md", "x")) },
        { "lessons/bai.md: thiếu tệp này", Zip(("course.json", CourseJson), ("questions.json", Question)) },
        { "type phải là", With(Asked("essay", """{ "text": "a", "correct": true }""")) },
        { "không có hình “media/khong-co.png”", With(Asked("picture", """{ "text": "a", "correct": true, "picture": "media/khong-co.png" }, { "text": "b", "correct": false, "picture": "drawings/t7-dung-lai.svg" }""")) },
        { "cần từ 3 đến 8 bước", With(Asked("order", """{ "text": "a", "correct": true }, { "text": "b", "correct": true }""")) },
        { "dòng nào cũng ghi correct là true", With(Asked("order", """{ "text": "a", "correct": true }, { "text": "b", "correct": true }, { "text": "c", "correct": false }""")) },
        { "pair chỉ dùng cho câu ghép đôi", With(Asked("single", """{ "text": "a", "correct": true, "pair": "x" }, { "text": "b", "correct": false }""")) },
        { "scene chỉ dùng cho câu tình huống", With(Asked("single", """{ "text": "a", "correct": true }, { "text": "b", "correct": false }""", """, "scene": { "sender": "x", "text": "y" }""")) },
        { "không có nguyên văn “z”", With(Asked("scenario", """{ "text": "a", "correct": true }, { "text": "b", "correct": false }""", """, "scene": { "sender": "x", "text": "y", "signs": ["z"] }""")) },
        { "null", With(Asked("scenario", """{ "text": "a", "correct": true }, { "text": "b", "correct": false }""", """, "scene": { "sender": "x", "text": "y", "signs": [null] }""")) },
        { "nằm ngoài khoảng", Zip(("course.json", CourseJson.Replace("\"attempts\": 5", "\"attempts\": 5, \"time_limit_minutes\": 0", StringComparison.Ordinal)), ("questions.json", Question), ("lessons/bai.md", "x")) },
        { "cần đúng một lựa chọn đúng", Zip(("course.json", CourseJson), ("questions.json", Question.Replace("true", "false", StringComparison.Ordinal)), ("lessons/bai.md", "x")) },
        { "media/hinh.png", Zip([("course.json", Encoding.UTF8.GetBytes(CourseJson)), ("questions.json", Encoding.UTF8.GetBytes(Question)), ("lessons/bai.md", "x"u8.ToArray()), ("media/dau.png", SampleMedia.Png()), ("media/hinh.png", "<svg onload=alert(1)>"u8.ToArray())]) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Import_Bad_SaysWhereAndWritesNothing(string words, byte[] zip)
    {
        var author = await site.SignInAsync("so.organizer");
        await author.GetPageAsync("/media/new");
        var before = await CountAsync();

        var answer = await ImportAsync(author, zip);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(words, (await answer.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent);
        Assert.Equal(before, await CountAsync());

        Task<(int, int, int)> CountAsync() => site.QueryAsync(async db => (
            await db.Courses.CountAsync(), await db.MediaFiles.CountAsync(), Directory.EnumerateFiles(Path.Combine(site.DataPath), "*", SearchOption.AllDirectories).Count(path => path.Contains("/media/", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Import_OfTheSameCourseByFourAtOnce_BreaksNothing()
    {
        var picture = SampleMedia.Png();
        byte[] zip = Zip([("course.json", Encoding.UTF8.GetBytes(CourseJson.Replace("khoa-thu-zip", "khoa-bon-nguoi", StringComparison.Ordinal))), ("questions.json", Encoding.UTF8.GetBytes(Question)), ("lessons/bai.md", "![ảnh](media/anh.png)"u8.ToArray()), ("media/anh.png", picture)]);
        var authors = new List<HttpClient>();
        for (var number = 0; number < 4; number++)
        {
            authors.Add(await site.SignInAsync("so.organizer"));
            await authors[^1].GetPageAsync("/media/new");
        }

        var answers = await Task.WhenAll(authors.Select(author => ImportAsync(author, zip)));

        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Redirect, HttpStatusCode.Conflict }));
        var slugs = answers.Where(answer => answer.StatusCode == HttpStatusCode.Redirect).Select(answer => answer.Headers.Location!.OriginalString.Split('/')[^1]).ToList();
        Assert.NotEmpty(slugs);
        Assert.Equal(slugs.Count, slugs.Distinct().Count());
        Assert.Equal(slugs.Count, await site.QueryAsync(db => db.Courses.CountAsync(course => course.Slug.StartsWith("khoa-bon-nguoi") && course.Lessons.Count == 1)));
        var name = await site.QueryAsync(db => db.MediaFiles.OrderByDescending(file => file.Id).Select(file => file.Name).FirstAsync());
        Assert.Equal(picture, await site.CreateClient().GetByteArrayAsync($"/media/{name}"));
    }

    [Fact]
    public async Task Import_ThatClosesACircleOfPrerequisites_IsRefused()
    {
        var author = await site.SignInAsync("so.organizer");
        var first = await ImportedAsync(author, Zip(("course.json", CourseJson.Replace("khoa-thu-zip", "vong-mot", StringComparison.Ordinal)), ("questions.json", Question), ("lessons/bai.md", "x")));
        var second = CourseJson.Replace("khoa-thu-zip", "vong-hai", StringComparison.Ordinal).Replace("\"outcomes\"", "\"requires\": [\"vong-mot\"], \"outcomes\"", StringComparison.Ordinal);
        await ImportedAsync(author, Zip(("course.json", second), ("questions.json", Question), ("lessons/bai.md", "x")));
        var again = CourseJson.Replace("khoa-thu-zip", "vong-mot", StringComparison.Ordinal).Replace("\"outcomes\"", "\"requires\": [\"vong-hai\"], \"outcomes\"", StringComparison.Ordinal);

        var answer = await ImportAsync(author, Zip(("course.json", again), ("questions.json", Question), ("lessons/bai.md", "y")), replace: true);

        Assert.Contains("một khóa ghi ở requires lại cần chính khóa này", (await answer.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("x", (await author.GetPageAsync($"/courses/edit/{first}/lessons/bai")).QuerySelector<IHtmlTextAreaElement>("#Form_Markdown")!.Value.Trim());
    }

    [Fact]
    public async Task Import_OfAFilmThatLiesInAnothersFolder_LeavesItWithoutCaptions()
    {
        var author = await site.SignInAsync("so.organizer");
        var film = SampleMedia.Mp4();
        var name = await author.AddMediaAsync("phim.mp4", film, "Phim của tỉnh khác");
        await site.QueryAsync(async db =>
        {
            var folder = new MediaFolder { Name = $"Tỉnh khác {Guid.NewGuid():N}", UnitPath = "99/", UnitName = "Tỉnh khác" };
            db.Add(folder);
            (await db.MediaFiles.SingleAsync(file => file.Name == name)).FolderId = folder.Id;
            return await db.SaveChangesAsync();
        });

        var slug = await ImportedAsync(author, Zip([
            ("course.json", Encoding.UTF8.GetBytes(CourseJson.Replace("khoa-thu-zip", "khoa-co-phim", StringComparison.Ordinal))), ("questions.json", Encoding.UTF8.GetBytes(Question)), ("lessons/bai.md", "![Phim](media/phim.mp4)"u8.ToArray()), ("media/phim.mp4", film), ("media/phu-de.vtt", SampleMedia.Vtt()),
            ("media.json", Encoding.UTF8.GetBytes("""[{ "name": "phim.mp4", "description": "Phim", "captions": "phu-de.vtt" }, { "name": "phu-de.vtt", "description": "Phụ đề" }]"""))]));

        Assert.Contains($"media/{name}", (await author.GetPageAsync($"/courses/edit/{slug}/lessons/bai")).QuerySelector<IHtmlTextAreaElement>("#Form_Markdown")!.Value);
        Assert.Null(await site.QueryAsync(db => db.MediaFiles.Where(file => file.Name == name).Select(file => file.CaptionsId).SingleAsync()));
    }

    /// <summary>The server's limit for all forms is less than what an import may unfold to.</summary>
    [Fact]
    public void Import_Form_IsAsLargeAsAnImportMayBe()
    {
        var endpoint = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(endpoint => endpoint.RoutePattern.RawText == "courses/edit/import" && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("POST"));

        Assert.Null(endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>()!.MaxRequestBodySize);
        Assert.True(site.Services.GetRequiredService<IOptions<FormOptions>>().Value.MultipartBodyLengthLimit > site.Services.GetRequiredService<IOptions<CourseOptions>>().Value.ImportMaxBytes);
    }

    /// <summary>Whatever a page of the site stands at, nothing that is imported stands there too.</summary>
    [Fact]
    public async Task Import_OfAnyNameThatIsAPage_IsRefused()
    {
        var author = await site.SignInAsync("so.organizer");
        var routes = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!).Distinct().ToList();
        var (courses, lessons, questions) = (Names("courses/", "courses/edit/"), Names("courses/{slug}/", "courses/edit/{slug}/lessons/"), Names("courses/edit/{slug}/questions/"));
        Assert.Contains("paths", courses);
        Assert.Contains("preview", lessons);
        Assert.Equal(["new"], questions);

        foreach (var (name, zip) in courses.Select(name => (name, Zip(("course.json", CourseJson.Replace("khoa-thu-zip", name, StringComparison.Ordinal)), ("questions.json", Question), ("lessons/bai.md", "x"))))
            .Concat(lessons.Select(name => (name, Zip(("course.json", CourseJson.Replace("\"bai\"", $"\"{name}\"", StringComparison.Ordinal)), ("questions.json", Question), ($"lessons/{name}.md", "x"))))))
        {
            var answer = await ImportAsync(author, zip);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"'{name}' was taken.");
            Assert.Contains($"slug “{name}”", (await answer.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent);
        }

        string[] Names(params string[] places) => [.. places.SelectMany(place => routes.Where(route => route.StartsWith(place, StringComparison.Ordinal)).Select(route => route[place.Length..].Split('/')[0]))
            .Where(name => name.Length > 0 && !name.Contains('{', StringComparison.Ordinal)).Distinct()];
    }

    [Theory]
    [InlineData("import", "course")]
    [InlineData("skills", "lesson")]
    [InlineData("preview", "lesson")]
    [InlineData("New", "question")]
    public async Task Name_OfAPage_IsRefusedInTheForm(string name, string what)
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, title) = await EditorTests.CreateAsync(author);

        var answer = what switch
        {
            "course" => await author.PostFormAsync("/courses/edit/new", new(EditorTests.Course(title)) { ["Form.Slug"] = name }),
            "lesson" => await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", new(EditorTests.Lesson("0", "Chữ")) { ["Form.Slug"] = name }),
            _ => await author.PostFormAsync($"/courses/edit/{slug}/questions/new", new(EditorTests.Question("Câu?")) { ["Form.Key"] = name }),
        };

        Assert.Contains($"“{name}” là địa chỉ của một trang có sẵn", (await answer.ReadPageAsync()).Words());
    }

    [Fact]
    public async Task Import_WithoutTheRight_IsRefused() =>
        Assert.Contains((await (await site.SignInAsync("to.truong")).GetAsync("/courses/edit/import")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });

    private static async Task<string> ImportedAsync(HttpClient author, byte[] zip, bool replace = false)
    {
        var answer = await ImportAsync(author, zip, replace);
        if (answer.StatusCode != HttpStatusCode.Redirect)
        {
            Assert.Fail((await answer.ReadPageAsync()).QuerySelector("main")!.TextContent);
        }

        return answer.Headers.Location!.OriginalString.Split('/')[^1];
    }

    private static async Task<HttpResponseMessage> ImportAsync(HttpClient author, byte[] zip, bool replace = false)
    {
        var page = await author.GetPageAsync("/courses/edit/import");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value), "__RequestVerificationToken" },
            { new StringContent(replace ? "true" : "false"), "replace" },
            { new ByteArrayContent(zip), "file", "khoa.zip" },
        };
        return await author.PostAsync("/courses/edit/import", form);
    }

    private static byte[] With(string questions) => Zip(("course.json", CourseJson), ("questions.json", questions), ("lessons/bai.md", "x"));

    private static byte[] Zip(params (string Name, string Text)[] entries) => Zip([.. entries.Select(entry => (entry.Name, Encoding.UTF8.GetBytes(entry.Text)))]);

    private static byte[] Zip((string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>An archive whose list of files is said to lie far behind its end.</summary>
    private static byte[] LeadingNowhere()
    {
        var zip = Zip(("course.json", CourseJson));
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(zip.Length - 6), 0x7FFFFFF0);
        return zip;
    }

    private static Dictionary<string, byte[]> Entries(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var source = entry.Open();
            using var bytes = new MemoryStream();
            source.CopyTo(bytes);
            return bytes.ToArray();
        });
    }
}

public sealed class SqliteArchiveTests(SqliteSite site) : ArchiveTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlArchiveTests(PostgreSqlSite site) : ArchiveTests(site), IClassFixture<PostgreSqlSite>;
