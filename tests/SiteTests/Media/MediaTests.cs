using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Courses.Models;
using TrainingSite.Media.Models;
using TrainingSite.SiteTests.Courses;

namespace TrainingSite.SiteTests.Media;

/// <summary>Authors upload pictures, sound and films and show them in lessons; what could harm a reader is refused or harmless.</summary>
public abstract class MediaTests(SiteFixture site)
{
    public static TheoryData<string, byte[], string, string> Taken => new()
    {
        { "Chợ phiên Mộc Châu.JPG", SampleMedia.Jpeg(), "image/jpeg", ".jpg" },
        { "a.png", SampleMedia.Png(), "image/png", ".png" },
        { "../../../etc/a.png", SampleMedia.Png(), "image/png", ".png" },
        { "lời nói.jpg", SampleMedia.Mp3(), "audio/mpeg", ".mp3" },
        { "a.m4a", SampleMedia.M4a(), "audio/mp4", ".m4a" },
        { "a.ogg", SampleMedia.Ogg(), "audio/ogg", ".ogg" },
        { "a.mp4", SampleMedia.Mp4(), "video/mp4", ".mp4" },
        { "a.webm", SampleMedia.WebM(), "video/webm", ".webm" },
        { "phu-de.txt", SampleMedia.Vtt(), "text/vtt", ".vtt" },
        { "mẫu đơn.pdf", SampleMedia.Pdf(), "application/pdf", ".pdf" },
        { "anh.html", SampleMedia.GifThatIsScript(), "image/gif", ".gif" },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task Upload_KnownKind_IsServedAsWhatItIsAndRunsNothing(string fileName, byte[] content, string type, string ending)
    {
        var name = await (await site.SignInAsync("so.organizer")).AddMediaAsync(fileName, content);

        var answer = await site.CreateClient().GetAsync("/media/" + name);

        Assert.EndsWith(ending, name, StringComparison.Ordinal);
        Assert.Matches("^[a-z0-9-]+\\.[a-z0-9]+$", name);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        // Films and sound may be played when one opens them alone.
        Assert.Equal(type[..5] is "audio" or "video" ? "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'" : "sandbox; default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(ending == ".pdf" ? "attachment" : "inline", answer.Content.Headers.ContentDisposition!.DispositionType);
    }

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "rong.png", [], "rỗng" },
        { "hinh.svg", Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"), "SVG" },
        { "hinh.png", Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?>\n<SVG onload=\"alert(1)\"/>"), "SVG" },
        { "trang.jpg", Encoding.UTF8.GetBytes("<!doctype html><script>alert(1)</script>"), "không phải một trong các dạng đó" },
        { "phim.mp4", [.. "MZ"u8, .. new byte[200]], "không phải một trong các dạng đó" },
        { "goi.webp", [.. "PK\u0003\u0004"u8, .. new byte[200]], "không phải một trong các dạng đó" },
        { "hong.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0], "bị hỏng" },
        { "bom.png", SampleMedia.Png(50_000, 50_000), "quá lớn" },
        { "phim.mov", SampleMedia.QuickTime(), ".mov" },
        { "phu-de.srt", Encoding.UTF8.GetBytes("1\n00:00:00,000 --> 00:00:02,000\nXin chào\n"), "WEBVTT" },
        { "dai.mp4", SampleMedia.Mp4(400_000), "lớn hơn" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Upload_Hostile_IsRefusedInWordsAndNothingIsKept(string fileName, byte[] content, string words)
    {
        var author = await site.SignInAsync("so.organizer");
        var before = await CountAsync();

        var answer = await author.UploadMediaAsync(fileName, content);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(words, (await answer.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent);
        Assert.Equal(before, await CountAsync());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.DataPath, "media")));

        Task<int> CountAsync() => site.QueryAsync(db => db.MediaFiles.CountAsync());
    }

    [Fact]
    public async Task Upload_NameInNfd_IsStoredComposed()
    {
        var author = await site.SignInAsync("so.organizer");

        var name = await author.AddMediaAsync("Điểm cầu Phiêng Nghè.png".Normalize(NormalizationForm.FormD), SampleMedia.Png());

        Assert.StartsWith("diem-cau-phieng-nghe-", name, StringComparison.Ordinal);
        Assert.Equal("Điểm cầu Phiêng Nghè", await site.QueryAsync(db => db.MediaFiles.Where(file => file.Name == name).Select(file => file.Description).SingleAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_PhotographOnItsSide_IsAsWideAsItIsShown(bool littleEndian)
    {
        var author = await site.SignInAsync("so.organizer");

        var name = await author.AddMediaAsync("dung.jpg", SampleMedia.TurnedJpeg(800, 600, littleEndian), "Ảnh đứng", SampleMedia.WebP(480, 640));

        var image = (await author.GetPageAsync($"/media/edit/{name}")).QuerySelector<IHtmlImageElement>("main img")!;
        Assert.Equal(("600", "800"), (image.GetAttribute("width"), image.GetAttribute("height")));
    }

    [Fact]
    public async Task Upload_SameFileTwice_IsKeptOnce()
    {
        var author = await site.SignInAsync("so.organizer");
        var content = SampleMedia.Jpeg();

        Assert.Equal(await author.AddMediaAsync("mot.jpg", content), await author.AddMediaAsync("hai.jpg", content));
    }

    [Fact]
    public async Task Library_NothingFound_SaysSoAndLeadsBackToAll()
    {
        var author = await site.SignInAsync("so.organizer");

        var empty = (await author.GetPageAsync("/media?q=khong-co-gi-nhu-the")).QuerySelector(".empty-state")!;

        Assert.Contains("Không có tệp nào như vậy", empty.TextContent);
        Assert.NotNull(empty.QuerySelector("a[href='/media']"));
    }

    [Fact]
    public async Task Upload_KnownFile_IsNotCalledNew()
    {
        var author = await site.SignInAsync("so.organizer");
        var content = SampleMedia.Jpeg();
        var name = await author.AddMediaAsync("nuong.jpg", content, "Nương ngô");
        Assert.Equal("Đã thêm “Nương ngô” vào kho.", await ToastAsync($"/media/edit/{name}"));

        await author.UploadMediaAsync("khac.jpg", content, "Tên khác");

        Assert.Equal("Tệp này đã có trong kho: đây là “Nương ngô”. Chưa thêm gì mới.", await ToastAsync($"/media/edit/{name}"));

        async Task<string> ToastAsync(string address) => (await author.GetPageAsync(address)).QuerySelector(".toast-line")!.TextContent.Trim();
    }

    [Theory]
    [InlineData(2, 1, "Đã thêm 2 tệp vào kho; 1 tệp đã có từ trước.")]
    [InlineData(2, 0, "Đã thêm 2 tệp vào kho.")]
    [InlineData(0, 2, "Cả 2 tệp đã có trong kho từ trước. Chưa thêm gì mới.")]
    public async Task Upload_SeveralSomeOfThemKnown_SaysHowManyAreNew(int fresh, int known, string expected)
    {
        var author = await site.SignInAsync("so.organizer");
        var old = Enumerable.Range(0, known).Select(_ => SampleMedia.Jpeg()).ToArray();
        foreach (var content in old)
        {
            await author.AddMediaAsync("cu.jpg", content);
        }

        var answer = await author.UploadManyMediaAsync([.. old, .. Enumerable.Range(0, fresh).Select(_ => SampleMedia.Jpeg())]);

        Assert.Contains(expected, (await author.GetPageAsync(answer.Headers.Location!.OriginalString)).QuerySelectorAll(".toast-line").Select(line => line.TextContent.Trim()));
    }

    [Theory]
    [InlineData("member")]
    [InlineData("xa.coordinator")]
    public async Task Library_WithoutTheRight_IsClosed(string user) =>
        Assert.Contains((await (await site.SignInAsync(user)).GetAsync("/media/new")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });

    [Fact]
    public async Task Folder_OfAUnitOutsideTheScope_TakesNothing()
    {
        var author = await site.SignInAsync("so.organizer");
        // The folder of all is made for whoever comes first, while there is no other.
        await author.GetPageAsync("/media/new");
        Assert.Contains("phạm vi", (await (await author.PostFormAsync("/media/folders/new", new() { ["name"] = "Nơi khác", ["unitCode"] = "khong-co" })).ReadPageAsync()).Words());
        var folder = new MediaFolder { Name = $"Tỉnh khác {Guid.NewGuid():N}", UnitPath = "99/", UnitName = "Tỉnh khác" };
        await site.QueryAsync(db =>
        {
            db.Add(folder);
            return db.SaveChangesAsync();
        });

        var answer = await author.UploadMediaAsync("a.png", SampleMedia.Png(), folder: folder.Id.ToString());

        Assert.Contains("không được tải", (await answer.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await author.GetAsync($"/media/folders/{folder.Id}")).StatusCode);
        Assert.DoesNotContain(folder.Name, (await author.GetPageAsync("/media/new")).Words());
    }

    [Fact]
    public async Task Folder_OfAUnitInScope_IsWrittenMovedIntoAndDeletedWhenEmpty()
    {
        var author = await site.SignInAsync("so.organizer");
        var title = $"Xã thử {Guid.NewGuid():N}";
        var folder = (await author.PostFormAsync("/media/folders/new", new() { ["name"] = title, ["unitCode"] = "03646" })).Headers.Location!.OriginalString.Split('=')[^1];
        var name = await author.AddMediaAsync("a.png", SampleMedia.Png(), "Ảnh thử");

        await author.PostFormAsync($"/media/edit/{name}", new() { ["version"] = "0", ["description"] = "Ảnh đã chuyển", ["folder"] = folder });

        Assert.Contains("Ảnh đã chuyển", (await author.GetPageAsync($"/media?folder={folder}")).Words());
        Assert.Contains("còn tệp", (await (await author.FollowAsync(await author.PostFormAsync($"/media/folders/{folder}/delete", [], page: $"/media/folders/{folder}"))).ReadPageAsync()).Body!.TextContent);
        await author.PostFormAsync($"/media/edit/{name}/delete", [], page: $"/media/edit/{name}");
        await author.PostFormAsync($"/media/folders/{folder}/delete", [], page: $"/media/folders/{folder}");
        Assert.Equal(HttpStatusCode.NotFound, (await author.GetAsync("/media/" + name)).StatusCode);
        Assert.False(await site.QueryAsync(db => db.MediaFolders.AnyAsync(row => row.Name == title)));
    }

    [Fact]
    public async Task Folder_OfAll_CannotBeGivenToAUnit()
    {
        var author = await site.SignInAsync("so.organizer");
        var title = $"Của mọi người {Guid.NewGuid():N}";
        var folder = (await author.PostFormAsync("/media/folders/new", new() { ["name"] = title })).Headers.Location!.OriginalString.Split('=')[^1];

        var answer = await author.PostFormAsync($"/media/folders/{folder}", new() { ["version"] = "0", ["name"] = title, ["unitCode"] = "03646" });

        Assert.Contains("là của mọi đơn vị", (await answer.ReadPageAsync()).Words());
        Assert.Null(await site.QueryAsync(db => db.MediaFolders.Where(row => row.Name == title).Select(row => row.UnitPath).SingleAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync($"/media/folders/{folder}", new() { ["version"] = "0", ["name"] = title + "!" })).StatusCode);
    }

    [Fact]
    public async Task Video_PartOfIt_IsStreamed()
    {
        var content = SampleMedia.Mp4();
        var name = await (await site.SignInAsync("so.organizer")).AddMediaAsync("phim.mp4", content);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/media/" + name) { Headers = { Range = new RangeHeaderValue(100, 199) } };

        var answer = await site.CreateClient().SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(content[100..200], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Lesson_WithMedia_ShowsThemLightlyAndSaysWhatTheyCost()
    {
        var author = await site.SignInAsync("so.organizer");
        var copy = SampleMedia.WebP(480, 360);
        var picture = await author.AddMediaAsync("cho.png", [.. SampleMedia.Png(), .. new byte[3000]], "Chợ phiên", copy, SampleMedia.WebP(333, 250), SampleMedia.WebP(480, 999));
        var video = await author.AddMediaAsync("phim.mp4", SampleMedia.Mp4(), "Cách đăng nhập");
        var audio = await author.AddMediaAsync("loi.mp3", SampleMedia.Mp3(), "Lời dẫn");
        var form = await author.AddMediaAsync("mau.pdf", SampleMedia.Pdf(), "Mẫu đơn");
        var captions = await author.AddMediaAsync("phu-de.vtt", SampleMedia.Vtt(), "Phụ đề tiếng Việt");
        var slug = await PublishAsync(author, $"![Chợ phiên](media/{picture})\n\n![Cách \"đăng\" <b>nhập</b>](media/{video})\n\n![Lời dẫn](media/{audio})\n\n[Mẫu đơn](media/{form})\n\n![chữ](media/{captions})");
        var visitor = site.CreateClient();

        var page = await visitor.GetPageAsync($"/courses/{slug}/bai");

        var image = page.QuerySelector<IHtmlImageElement>("article img")!;
        Assert.Equal($"/media/{picture}", image.GetAttribute("src"));
        Assert.StartsWith($"/media/{picture}?w=480 480w, ", image.GetAttribute("srcset"), StringComparison.Ordinal);
        Assert.EndsWith($"/media/{picture} 800w", image.GetAttribute("srcset"), StringComparison.Ordinal);
        Assert.Equal(("lazy", "800", "600", "Chợ phiên"), (image.GetAttribute("loading"), image.GetAttribute("width"), image.GetAttribute("height"), image.AlternativeText));
        Assert.Equal("none", page.QuerySelector("article video")!.GetAttribute("preload"));
        Assert.Equal($"/media/{video}", page.QuerySelector("article video")!.GetAttribute("src"));
        Assert.Empty(page.QuerySelectorAll("article b, article script"));
        Assert.NotNull(page.QuerySelector($"article audio[src='/media/{audio}']"));
        Assert.Contains("Mẫu đơn (1 kB)", page.QuerySelector("article")!.TextContent);
        Assert.Contains("chữ", page.QuerySelector("article")!.TextContent);
        Assert.Contains("thêm 6 kB khi xem phim", page.QuerySelector(".lesson-meta")!.TextContent);
        Assert.Equal(copy, await visitor.GetByteArrayAsync($"/media/{picture}?w=480"));
        Assert.Equal("image/png", (await visitor.GetAsync($"/media/{picture}?w=333")).Content.Headers.ContentType!.MediaType);

        // Captions that come later are on the page at once; a file in use stays.
        Assert.Null(page.QuerySelector("article track"));
        var version = (await author.GetPageAsync($"/media/edit/{video}")).QuerySelector<IHtmlInputElement>("[name=version]")!.Value;
        var edit = await author.GetPageAsync($"/media/edit/{video}");
        await author.PostFormAsync($"/media/edit/{video}", new() { ["version"] = version, ["description"] = "Cách đăng nhập", ["folder"] = edit.QuerySelector<IHtmlSelectElement>("#folder")!.Value, ["captions"] = captions });
        Assert.Equal($"/media/{captions}", (await visitor.GetPageAsync($"/courses/{slug}/bai")).QuerySelector("article track")!.GetAttribute("src"));
        var refused = await author.FollowAsync(await author.PostFormAsync($"/media/edit/{picture}/delete", [], page: $"/media/edit/{picture}"));
        Assert.Contains("đang dùng trong", (await refused.ReadPageAsync()).Body!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/media/" + picture)).StatusCode);
    }

    [Fact]
    public async Task Pick_ByWords_OffersMarkdown()
    {
        var author = await site.SignInAsync("so.organizer");
        var name = await author.AddMediaAsync("x.png", SampleMedia.Png(), "Nhà sàn [đẹp]");

        var part = await author.GetPageAsync("/media/pick?q=nha+san+dep");

        Assert.Equal($"![Nhà sàn (đẹp)](media/{name})", part.QuerySelector("[data-markdown]")!.GetAttribute("data-markdown"));
        Assert.Contains("Chưa có tệp nào", (await author.GetPageAsync("/media/pick?q=khongthay")).Body!.TextContent);
    }

    /// <summary>A published course with one lesson.</summary>
    [Fact]
    public async Task Course_WhoseLessonShowsAFileThatIsGone_IsNotPublishedAndSaysWhich()
    {
        var author = await site.SignInAsync("so.organizer");

        var slug = await PublishAsync(author, "![mất](media/khong-co-1234567890.png)");

        Assert.Contains("Bài “Bài” dùng tệp khong-co-1234567890.png, không còn trong kho.", (await author.GetPageAsync($"/courses/edit/{slug}")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await site.CreateClient().GetAsync($"/courses/{slug}")).StatusCode);
    }

    private static async Task<string> PublishAsync(HttpClient author, string markdown)
    {
        var title = $"Khóa có hình {Guid.NewGuid():N}";
        var created = await author.PostFormAsync("/courses/edit/new", new()
        {
            ["Form.Title"] = title, ["Form.TopicCode"] = "T7", ["Form.Summary"] = "Một khóa", ["Form.AttendanceRequired"] = "true", ["Form.MinimumAttendancePercent"] = "80",
            ["Form.PassPercent"] = "80", ["Form.DrawCount"] = "10", ["Form.MaxAttempts"] = "5",
        });
        var slug = created.Headers.Location!.OriginalString.Split('/')[^1];
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", new() { ["Form.Title"] = "Bài", ["Form.Minutes"] = "4", ["Form.Position"] = "1", ["Form.Markdown"] = markdown });
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Published" }, page: $"/courses/edit/{slug}");
        return slug;
    }
}

public sealed class SqliteMediaTests(SqliteMediaSite site) : MediaTests(site), IClassFixture<SqliteMediaSite>;

/// <summary>Also with the server's own tool for smaller pictures.</summary>
public sealed class PostgreSqlMediaTests(PostgreSqlMediaSite site) : MediaTests(site), IClassFixture<PostgreSqlMediaSite>
{
    private readonly SiteFixture _site = site;

    [Fact]
    public async Task Upload_PictureWithoutCopies_IsScaledByTheServer()
    {
        var name = await (await _site.SignInAsync("so.organizer")).AddMediaAsync("rong.png", SampleMedia.Png(2000, 1000));

        Assert.Equal([480, 960], await _site.QueryAsync(db => db.Set<MediaRendition>().Where(copy => copy.File.Name == name).OrderBy(copy => copy.Width).Select(copy => copy.Width).ToListAsync()));
        Assert.EndsWith("960", Encoding.ASCII.GetString(await _site.CreateClient().GetByteArrayAsync($"/media/{name}?w=960")), StringComparison.Ordinal);
    }
}
