using System.Net;
using System.Text;
using AngleSharp.Dom;
using TrainingSite.Library.Models;

namespace TrainingSite.SiteTests.Library;

/// <summary>Files of all kinds on their way into the library, and what becomes of those that mean harm.</summary>
public abstract class UploadTests(SiteFixture site)
{
    [Fact]
    public async Task Upload_Word_ShowsItsWordsAfterTheTask()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("ke-hoach.docx", SampleFiles.Word("Kế hoạch tập huấn", "Mời các tổ ở bản Phiêng Nghè"), ("Title", "Kế hoạch quý một"), ("Kind", "Plan"));

        Assert.Contains("Máy đang đọc chữ", (await organizer.GetPageAsync(address)).QuerySelector(".notice:not([role])")!.TextContent);
        await site.ReadTextsAsync();

        var page = await organizer.GetPageAsync(address);
        Assert.Equal("Kế hoạch quý một", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("bản Phiêng Nghè", page.QuerySelector("article")!.TextContent);
    }

    [Fact]
    public async Task Upload_Markdown_IsShownAsAPageWithoutItsScripts()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("bai.md", SampleFiles.Text("# Chợ phiên số\n\n<script>alert(1)</script>\n\n[nguy hiểm](javascript:alert(2)) [tốt](https://example.org)\n"));
        await site.ReadTextsAsync();

        var page = await organizer.GetPageAsync(address);

        Assert.Equal("Chợ phiên số", page.QuerySelector("h1")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("article script"));
        Assert.DoesNotContain("javascript:", page.QuerySelector("article")!.InnerHtml);
        Assert.NotNull(page.QuerySelector("article a[href='https://example.org']"));
    }

    [Fact]
    public async Task Upload_Pdf_ShowsTextPageByPage()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("van-ban.pdf", SampleFiles.Pdf("two pages"));
        await site.ReadTextsAsync();

        Assert.Contains("chuyển đổi số", (await organizer.GetPageAsync(address)).QuerySelector("article")!.TextContent);
        Assert.Contains("chợ phiên", (await organizer.GetPageAsync(address + "?page=2")).QuerySelector("article")!.TextContent);
    }

    [Theory]
    [InlineData("BROKEN", "hỏng")]
    [InlineData("SCANNED", "bản quét")]
    public async Task Upload_PdfWithoutReadableText_StaysAndSaysWhy(string content, string words)
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync($"{content}.pdf", SampleFiles.Pdf(content));
        await site.ReadTextsAsync();

        var page = await organizer.GetPageAsync(address);

        Assert.Contains(words, page.QuerySelector(".notice-warning")!.TextContent);
        Assert.NotNull(page.QuerySelector("form[action$='/read-again']"));
        Assert.Equal(HttpStatusCode.OK, (await organizer.GetAsync(address + "/file")).StatusCode);
    }

    public static TheoryData<string, byte[], string> Hostile => new()
    {
        { "rong.pdf", [], "0 byte" },
        { "virus.pdf", [0x4D, 0x5A, 0x90, 0x00, 0x03], "không phải một trong các dạng" },
        { "anh.txt", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00], "không phải một trong các dạng" },
        { "hong.docx", [0x50, 0x4B, 0x03, 0x04, 1, 2, 3, 4], "hỏng" },
        { "bang.docx", SampleFiles.OtherPackage(), "không phải một trong các dạng" },
        { "macro.docx", SampleFiles.WordWithMacro(), "macro" },
        { "cu.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1], ".docx" },
        { "utf16.txt", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("chữ")).ToArray(), "UTF-8" },
        { "tcvn3.txt", [0x43, 0x68, 0xF7, 0xE0], "UTF-8" },
        { "mat-khau.xlsx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1], "mật khẩu" },
        { "bom.xlsx", SampleFiles.SpreadsheetBomb(), "bung ra quá lớn" },
        { "macro.docm", SampleFiles.WordMacroEnabled(), "macro" },
        { "mau-tu-xa.docx", SampleFiles.WordWithFetchedTemplate(), "tự tải một mẫu" },
        { "mau-giau.docx", SampleFiles.WordWithRelation("/attached&#84;emplate", "file://may-chu/chung/mau.dotm"), "tự tải một mẫu" },
        { "doi-tuong-tu-xa.docx", SampleFiles.WordWithRelation("/oleObject", "https://example.org/x.html!"), "tự tải một mẫu" },
        { "hinh.svg", SampleFiles.Text("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"), "SVG" },
        { "hinh.png", SampleFiles.Text("\n<svg onload=\"alert(1)\"/>"), "SVG" },
        { "hai-mat.pdf", SampleFiles.Text("<html><script>alert(1)</script><!-- %PDF-1.4"), "phần lạ" },
        { "phim.mp4", [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 0, 1], "không phải một trong các dạng" },
        { "lon.txt", Encoding.UTF8.GetBytes(new string('a', 300_001)), "lớn hơn" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Upload_HostileFile_IsRefusedWithAReason(string name, byte[] content, string words)
    {
        var organizer = await site.SignInAsync("so.organizer");
        var before = await site.QueryAsync(db => db.Documents.CountAsync());

        var response = await organizer.UploadAsync(name, content, ("Title", "Giữ tên này"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.ReadPageAsync();
        Assert.Contains(words, page.QuerySelector("main")!.TextContent);
        Assert.Equal("Giữ tên này", page.QuerySelector("#Title")!.GetAttribute("value"));
        Assert.Equal(before, await site.QueryAsync(db => db.Documents.CountAsync()));
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(site.DataPath, "library")), path => Path.GetFileName(path).StartsWith('.'));
    }

    [Theory]
    [InlineData("../../etc/passwd.txt", "passwd.txt")]
    [InlineData("C:\\Users\\a\\bài học.txt", "bài học.txt")]
    [InlineData("ti\u0065\u0302\u0301ng.html", "tiếng.txt")]
    [InlineData("...", "tai-lieu.txt")]
    public async Task Upload_OddName_IsKeptUnderAHarmlessOne(string name, string kept)
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync(name, SampleFiles.Text($"Nội dung của {name}"), ("Title", "Tên lạ"));

        var file = await organizer.GetAsync(address + "/file");

        Assert.Equal(kept, file.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition.DispositionType);
    }

    [Fact]
    public async Task File_Opened_RunsNothing()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var page = await organizer.AddAsync("trang.html", SampleFiles.Text("<html><script>alert(document.cookie)</script></html>"), ("Title", "Trang lạ"));
        var word = await organizer.AddAsync("w.docx", SampleFiles.Word("Không mở trong trình duyệt"));

        var opened = await organizer.GetAsync(page + "/file?open=true");

        Assert.Equal("text/plain", opened.Content.Headers.ContentType!.MediaType);
        Assert.Equal("sandbox; default-src 'none'", Assert.Single(opened.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(opened.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("inline", opened.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("attachment", (await organizer.GetAsync(word + "/file?open=true")).Content.Headers.ContentDisposition!.DispositionType);
    }

    /// <summary>Kinds, what their files are called afterwards, and how they are served.</summary>
    public static TheoryData<string, byte[], string, string, bool> Kinds => new()
    {
        { "danh-sach.xlsx", SampleFiles.Spreadsheet(("Tổ viên", [["Họ tên", "Tuổi"], ["Quàng Thị Én", "41"]]), ("Ghi chú", [["họp ở bản Co Mạ"]])), ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false },
        { "bai-giang.pptx", SampleFiles.Slides("Chào mừng", "Ba bước nộp hồ sơ ở bản Co Mạ"), ".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", false },
        { "ghi-am.ogg", [.. "OggS"u8, 0, 2, 0, 0, 0, 0, .. "OpusHead"u8], ".ogg", "audio/ogg", true },
        { "ghi-am.m4a", [0, 0, 0, 24, .. "ftypmp42"u8, 0, 0, 0, 1], ".m4a", "audio/mp4", true },
        { "loa.wav", [.. "ID3"u8, 3, 0, 0, 0, 0, 0, 0], ".mp3", "audio/mpeg", true },
        { "anh.exe", [0xFF, 0xD8, 0xFF, 0xE0, .. "<script>alert(1)</script>"u8], ".jpg", "image/jpeg", true },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Upload_OfEachKind_IsServedAsWhatItIs(string name, byte[] content, string ending, string type, bool opens)
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync(name, content, ("Title", name));
        await site.ReadTextsAsync();

        var opened = await organizer.GetAsync(address + "/file?open=true");

        Assert.Equal(type, opened.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith(ending, opened.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        Assert.Equal(opens ? "inline" : "attachment", opened.Content.Headers.ContentDisposition.DispositionType);
        Assert.Equal("sandbox; default-src 'none'", Assert.Single(opened.Headers.GetValues("Content-Security-Policy")));
        var page = await organizer.GetPageAsync(address + "?page=2");
        Assert.Equal(!opens, page.QuerySelector("article")?.TextContent.Contains("bản Co Mạ", StringComparison.Ordinal) ?? false);
        Assert.Equal(type.StartsWith("audio", StringComparison.Ordinal), page.QuerySelector("audio") is not null);
    }

    [Fact]
    public async Task Upload_SameFileTwice_LeadsToTheOneDocument()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var first = await organizer.AddAsync("mot.txt", SampleFiles.Text("Chỉ một lần"), ("Title", "Bản đầu"));

        var second = await organizer.AddAsync("hai.txt", SampleFiles.Text("Chỉ một lần"), ("Title", "Bản hai"));

        Assert.Equal(first, second);
    }
}

public sealed class SqliteUploadTests(SqliteLibrarySite site) : UploadTests(site), IClassFixture<SqliteLibrarySite>;

public sealed class PostgreSqlUploadTests(PostgreSqlLibrarySite site) : UploadTests(site), IClassFixture<PostgreSqlLibrarySite>;
