using System.CommandLine;
using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Library.Commands;
using TrainingSite.Library.Models;
using TrainingSite.Library.Recipes;

namespace TrainingSite.SiteTests.Library;

/// <summary>The library as people use it.</summary>
public abstract class LibraryTests(SiteFixture site)
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

    [Fact]
    public async Task Search_LeadsToThePageThatHasTheWords()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("hai-trang.pdf", SampleFiles.Pdf("two pages with a hit"), ("Title", "Hai trang"), ("Visibility", "Public"));
        await site.ReadTextsAsync();

        var hit = (await site.CreateClient().GetJsonAsync("/api/v1/search?q=hai+trang+noi+ve+cho+phien")).GetProperty("hits").EnumerateArray().First(row => row.GetProperty("title").GetString() == "Hai trang");

        Assert.Equal($"{address}?page=2", hit.GetProperty("url").GetString());
        Assert.Equal(2, hit.GetProperty("page").GetInt32());
        Assert.Contains("trang 2", (await organizer.GetPageAsync("/search?q=hai+trang+noi+ve+cho+phien")).QuerySelector($".hit:has(a[href$='{address}?page=2']) .hit-meta")!.TextContent);
        var page = await organizer.GetPageAsync($"{address}?page=2");
        Assert.Contains("chợ phiên", page.QuerySelector("article")!.TextContent);
        Assert.NotNull(page.QuerySelector($"a[href='{address}/file?open=true#page=2']"));
    }

    [Fact]
    public async Task Team_WithoutCopyOfItsDecision_OffersToAddItAndShowsIt()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var offer = (await organizer.GetPageAsync("/teams/T-03646-SYN-002")).QuerySelector("section[aria-labelledby=founding-decision] a")!.GetAttribute("href")!;
        var form = await organizer.GetPageAsync(offer);
        Assert.Equal("16/QĐ-UBND", form.QuerySelector<IHtmlInputElement>("[name=Number]")!.Value);
        Assert.Equal("2022-09-10", form.QuerySelector<IHtmlInputElement>("[name=IssuedOn]")!.Value);

        var address = await organizer.AddAsync("quyet-dinh.pdf", SampleFiles.Pdf("SCANNED decision"), ("Title", "Quyết định thành lập Tổ 2"), ("Number", "16/QĐ-UBND"), ("Kind", "Decision"), ("Visibility", "Unit"), ("UnitCode", "03646"));

        var leader = await site.SignInAsync("xa.coordinator");
        Assert.EndsWith(address.TrimStart('~'), (await leader.GetPageAsync("/teams/T-03646-SYN-002")).QuerySelector("section[aria-labelledby=founding-decision] a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Null((await leader.GetPageAsync("/teams/T-03646")).QuerySelector("section[aria-labelledby=founding-decision]"));
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
        { "ghi-am.ogg", [.. "OggS"u8, 0, 2, 0, 0, 0, 0], ".ogg", "audio/ogg", true },
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
    public async Task Link_IsFoundByItsSummary_AndOnlyWebAddressesAreTaken()
    {
        var organizer = await site.SignInAsync("so.organizer");
        Dictionary<string, string?> Link(string url) => new() { ["Url"] = url, ["Title"] = "Cổng tập huấn", ["Summary"] = "Bài giảng về nuôi dúi sạch bệnh", ["Visibility"] = "Public", ["Audience"] = "Residents", ["PeriodYear"] = "2026", ["PeriodQuarter"] = "3", ["UnitCode"] = "03646" };

        Assert.Contains("https://", (await (await organizer.PostFormAsync("/library/new-link", Link("javascript:alert(1)"))).ReadPageAsync()).QuerySelector("main .invalid-feedback")!.TextContent);
        var added = await organizer.PostFormAsync("/library/new-link", Link("https://example.org/bai-giang"));
        var address = added.Headers.Location!.OriginalString;
        Assert.Equal(address, (await organizer.PostFormAsync("/library/new-link", Link("https://example.org/bai-giang"))).Headers.Location!.OriginalString);

        var reader = site.CreateClient();
        Assert.NotNull((await reader.GetPageAsync(address)).QuerySelector("a[href='https://example.org/bai-giang'][rel~=noopener]"));
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(address + "/file")).StatusCode);
        Assert.Contains(address, (await reader.GetPageAsync("/search?q=nuoi+dui+sach+benh")).QuerySelector(".hits")!.InnerHtml);
        var unit = (await reader.GetPageAsync("/library")).QuerySelector("#unit option:not([value=''])")!.GetAttribute("value");
        foreach (var (filter, isThere) in new[] { ("audience=Residents&year=2026&quarter=3", true), ("audience=Elderly", false), ("year=2026&quarter=1", false), ("year=2025", false), ($"unit={unit}", true) })
        {
            Assert.Equal(isThere, (await reader.GetPageAsync("/library?" + filter)).QuerySelector("main")!.InnerHtml.Contains(address, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Text_AloneIsLightAndHarmless()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("nhe.docx", SampleFiles.Word("Đọc <script>alert(1)</script> ở nơi sóng yếu"), ("Title", "Bản nhẹ"));
        await site.ReadTextsAsync();

        var plain = await organizer.GetAsync(address + "/text");
        var html = await organizer.GetAsync(address + "/text?format=html");

        Assert.Equal("Bản nhẹ\r\n\r\nĐọc <script>alert(1)</script> ở nơi sóng yếu\r\n", await plain.Content.ReadAsStringAsync());
        Assert.Contains("<p>Đọc &lt;script&gt;", await html.Content.ReadAsStringAsync());
        Assert.Equal("attachment", html.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Matches(@"khoảng \d+ kB", (await organizer.GetPageAsync(address)).QuerySelector($"a[href='{address}/text']")!.TextContent);
    }

    [Fact]
    public async Task Upload_SameFileTwice_LeadsToTheOneDocument()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var first = await organizer.AddAsync("mot.txt", SampleFiles.Text("Chỉ một lần"), ("Title", "Bản đầu"));

        var second = await organizer.AddAsync("hai.txt", SampleFiles.Text("Chỉ một lần"), ("Title", "Bản hai"));

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Documents_AreSeenByThoseTheyAreFor()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var forAll = await organizer.AddAsync("a.txt", SampleFiles.Text("cho mọi người"), ("Title", "Cho mọi người"), ("Visibility", "Public"));
        var signedIn = await organizer.AddAsync("b.txt", SampleFiles.Text("cho người có tài khoản"), ("Title", "Có tài khoản"), ("Visibility", "SignedIn"));
        var commune = await organizer.AddAsync("c.txt", SampleFiles.Text("cho phường"), ("Title", "Cho phường"), ("Visibility", "Unit"), ("UnitCode", "03646"));
        var other = await organizer.AddAsync("d.txt", SampleFiles.Text("cho xã khác"), ("Title", "Cho xã khác"), ("Visibility", "Unit"), ("UnitCode", await OtherCommuneAsync()));

        await SeesAsync(site.CreateClient(), (forAll, true), (signedIn, false), (commune, false), (other, false));
        await SeesAsync(await site.SignInAsync("member"), (forAll, true), (signedIn, true), (commune, true), (other, false));
        await SeesAsync(await site.SignInAsync("xa.coordinator"), (forAll, true), (signedIn, true), (commune, true), (other, false));
        await SeesAsync(await site.SignInAsync("admin"), (forAll, true), (signedIn, true), (commune, true), (other, true));

        async Task SeesAsync(HttpClient reader, params (string Address, bool Sees)[] documents)
        {
            var listed = new HashSet<string?>();
            for (var (page, more) = (1, true); more; page++)
            {
                var links = (await reader.GetPageAsync($"/library?page={page}")).QuerySelectorAll(".rows a").Select(link => link.GetAttribute("href")).ToList();
                more = links.Count > 0 && !listed.IsSupersetOf(links);
                listed.UnionWith(links);
            }

            foreach (var (address, sees) in documents)
            {
                Assert.Equal(sees, listed.Contains(address));
                Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await reader.GetAsync(address)).StatusCode);
                Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await reader.GetAsync(address + "/file")).StatusCode);
            }
        }
    }

    [Theory]
    [InlineData("xa.coordinator")]
    [InlineData("member")]
    public async Task Manage_ByOthers_IsRefused(string name)
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync($"{name}.txt", SampleFiles.Text($"không cho {name} sửa"), ("Visibility", "Public"));
        var other = await site.SignInAsync(name);

        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/library/new")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(address + "/edit")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(address + "/delete")).StatusCode);
        Assert.Null((await other.GetPageAsync(address)).QuerySelector($"a[href='{address}/edit']"));
    }

    [Fact]
    public async Task Edit_OverSomebodyElsesChange_IsRefused()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("sua.txt", SampleFiles.Text("sửa cùng lúc"), ("Title", "Chưa sửa"));

        var first = await organizer.PostFormAsync(address + "/edit", new() { ["Title"] = "Người thứ nhất", ["Kind"] = "Guide", ["Visibility"] = "Public", ["Version"] = "0" });
        var second = await organizer.PostFormAsync(address + "/edit", new() { ["Title"] = "Người thứ hai", ["Kind"] = "Guide", ["Visibility"] = "Public", ["Version"] = "0" });

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Contains("Có người vừa sửa", (await second.ReadPageAsync()).QuerySelector("main")!.TextContent);
        Assert.Equal("Người thứ nhất", (await organizer.GetPageAsync(address)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Delete_AsksFirst_ThenTakesTheFileToo()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("xoa.txt", SampleFiles.Text("sẽ bị xóa"), ("Title", "Sẽ bị xóa"));
        var hash = await site.QueryAsync(db => db.Documents.Where(document => document.Title == "Sẽ bị xóa").Select(document => document.Sha256).SingleAsync());

        Assert.Contains("Sẽ bị xóa", (await organizer.GetPageAsync(address + "/delete")).QuerySelector("h1")!.TextContent);
        await organizer.PostFormAsync(address + "/delete", []);

        Assert.Equal(HttpStatusCode.NotFound, (await organizer.GetAsync(address)).StatusCode);
        Assert.False(File.Exists(Path.Combine(site.DataPath, "library", hash[..2], hash)));
    }

    [Fact]
    public async Task Import_OfficialDocument_ReadsItsFacts_AndTwiceIsOnce()
    {
        var folder = Directory.CreateTempSubdirectory("library-").FullName;
        try
        {
            var official = Path.Combine(folder, "bao-cao-07.txt");
            var empty = Path.Combine(folder, "rong.txt");
            await File.WriteAllTextAsync(official, SampleFiles.Official);
            await File.WriteAllTextAsync(empty, "");

            Assert.Equal(0, await CommandAsync("library", "import", official, "--public"));
            Assert.Equal(1, await CommandAsync("library", "import", empty, official, Path.Combine(folder, "khong-co.txt")));

            var document = await site.QueryAsync(db => db.Documents.SingleAsync(row => row.FileName == "bao-cao-07.txt"));
            Assert.Equal("Báo cáo kết quả thành lập Tổ công nghệ số cộng đồng trên địa bàn tỉnh", document.Title);
            Assert.Equal("07/CĐS", document.Number);
            Assert.Equal("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", document.Issuer);
            Assert.Equal(new DateOnly(2023, 10, 3), document.IssuedOn);
            Assert.Equal(DocumentKind.Report, document.Kind);
            Assert.Equal(DocumentVisibility.Public, document.Visibility);
            Assert.Equal(TextState.Done, document.TextState);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Recipe_Twice_GivesOurDocumentsOnce_AndHomeShowsThem()
    {
        await RunStepAsync();
        await RunStepAsync();

        Assert.Equal(3, await site.QueryAsync(db => db.Documents.CountAsync(document => document.Issuer == "Ban biên soạn tài liệu mẫu")));
        Assert.Contains("/library/", (await site.CreateClient().GetPageAsync("/")).QuerySelector("main")!.InnerHtml);
    }

    [Fact]
    public async Task Search_FindsWordsInsideDocuments()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("suoi.txt", SampleFiles.Text("Cách ủ rượu cần bằng men lá ở bản Nậm Giôn"), ("Title", "Nghề của bản"), ("Visibility", "Public"));
        Assert.DoesNotContain(address, await HitsAsync());

        await site.ReadTextsAsync();
        Assert.Contains(address, await HitsAsync());

        await organizer.PostFormAsync(address + "/delete", []);
        Assert.DoesNotContain(address, await HitsAsync());

        async Task<IEnumerable<string>> HitsAsync() =>
            (await site.CreateClient().GetJsonAsync("/api/v1/search?q=ruou+can+men+la")).GetProperty("hits").EnumerateArray().Select(hit => new Uri(new Uri("http://x"), hit.GetProperty("url").GetString()).AbsolutePath).ToList();
    }

    private Task<string> OtherCommuneAsync() => site.QueryAsync(db => db.Set<TrainingSite.Organization.Models.AdministrativeUnit>()
        .Where(unit => unit.Level == TrainingSite.Organization.Models.UnitLevel.Commune && unit.Code != "03646").OrderBy(unit => unit.Code).Select(unit => unit.Code).FirstAsync());

    private Task<bool> RunStepAsync() => site.WithAsync(async services =>
    {
        var step = services.GetServices<IRecipeStepHandler>().OfType<DocumentsStep>().Single();
        await step.ExecuteAsync(new(new("test", "", "", []), default, _ => { }), CancellationToken.None);
        return true;
    });

    private Task<int> CommandAsync(params string[] args)
    {
        var root = new RootCommand();
        foreach (var command in new LibraryCommands().GetCommands(site.Services.GetRequiredService<CommandHost>()))
        {
            root.Subcommands.Add(command);
        }

        return root.Parse(args).InvokeAsync();
    }
}

public sealed class SqliteLibraryTests(SqliteLibrarySite site) : LibraryTests(site), IClassFixture<SqliteLibrarySite>;

public sealed class PostgreSqlLibraryTests(PostgreSqlLibrarySite site) : LibraryTests(site), IClassFixture<PostgreSqlLibrarySite>;
