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
            var listed = (await reader.GetPageAsync("/library")).QuerySelectorAll(".rows a").Select(link => link.GetAttribute("href")).ToHashSet();
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
