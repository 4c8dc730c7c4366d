using System.IO.Compression;
using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Courses.Models;
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
        { "quá nhiều tệp", Zip([.. Enumerable.Range(0, 700).Select(number => ($"lessons/b{number}.md", "x"u8.ToArray()))]) },
        { "course.json, dòng 1: sai định dạng JSON", Zip(("course.json", "{ \"slug\": "), ("questions.json", Question)) },
        { "sai định dạng JSON", Zip(("course.json", "{}"), ("questions.json", Question)) },
        { "null", Zip(("course.json", CourseJson.Replace("\"Làm được\"]", "null]", StringComparison.Ordinal)), ("questions.json", Question), ("lessons/bai.md", "x")) },
        { "slug chỉ gồm", Zip(("course.json", CourseJson.Replace("khoa-thu-zip", "../x", StringComparison.Ordinal)), ("questions.json", Question), ("lessons/bai.md", "x")) },
        { "không có chuyên đề mã", Zip(("course.json", CourseJson.Replace("\"T7\"", "\"T99\"", StringComparison.Ordinal)), ("questions.json", Question), ("lessons/bai.md", "x")) },
        { "lessons/bai.md: thiếu tệp này", Zip(("course.json", CourseJson), ("questions.json", Question)) },
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
