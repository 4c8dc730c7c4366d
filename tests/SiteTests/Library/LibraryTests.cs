using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Library.Commands;
using TrainingSite.Library.Models;
using TrainingSite.Library.Recipes;
using TrainingSite.SiteTests.Organization;

namespace TrainingSite.SiteTests.Library;

/// <summary>The library as people use it.</summary>
public abstract class LibraryTests(SiteFixture site)
{
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
    public async Task Edit_UnitThatHasEnded_KeepsTheUnit()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var unit = await site.UnitAsync("Xã Cũ Kỹ");
        var address = await organizer.AddAsync("xa-cu.txt", SampleFiles.Text("Chỉ người xã cũ đọc"), ("Title", "Của xã cũ"), ("Visibility", "Unit"), ("UnitCode", unit.Code));
        await site.EndUnitAsync(unit);

        var page = await organizer.GetPageAsync(address + "/edit");
        var saved = await organizer.PostFormFromAsync(page, address + "/edit", new()
        {
            ["Title"] = "Của xã cũ",
            ["Visibility"] = "Unit",
            ["UnitCode"] = page.QuerySelector<IHtmlSelectElement>("[name=UnitCode]")!.Value,
            ["Version"] = page.QuerySelector<IHtmlInputElement>("[name=Version]")!.Value,
        });

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(unit.Path, await site.QueryAsync(db => db.Documents.Where(document => document.Title == "Của xã cũ").Select(document => document.UnitPath).SingleAsync()));
    }

    [Fact]
    public async Task Topic_ThatIsNoLongerOffered_IsAChoiceOnlyWhereItStands()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("chu-de-cu.txt", SampleFiles.Text("Theo chủ đề đã thôi"), ("Title", "Chủ đề đã thôi"), ("Visibility", "Public"), ("Topic", "T9"));
        await site.QueryAsync(db => db.Topics.Where(topic => topic.Code == "T9").ExecuteUpdateAsync(set => set.SetProperty(topic => topic.IsOffered, false)));

        Assert.DoesNotContain("T9", await ChoicesAsync("/library/new", "Topic"));
        Assert.Contains("T8", await ChoicesAsync("/library/new", "Topic"));
        Assert.Contains("T9", await ChoicesAsync(address + "/edit", "Topic"));
        Assert.DoesNotContain("T9", await ChoicesAsync("/library", "topic"));
        Assert.Contains("T9", await ChoicesAsync("/library?topic=T9", "topic"));

        async Task<IEnumerable<string>> ChoicesAsync(string page, string field) =>
            (await organizer.GetPageAsync(page)).QuerySelectorAll<IHtmlOptionElement>($"select[name={field}] option").Select(option => option.Value).ToList();
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
    public async Task List_File_IsNamedInWordsAndItsSizeStaysTogether()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.AddAsync("loi.md", SampleFiles.Text("Lời dặn khi đi bản xa"), ("Title", "Lời dặn bản xa"));
        await organizer.AddAsync("loi.docx", SampleFiles.Word("Lời dặn khi đi chợ xa"), ("Title", "Lời dặn chợ xa"));

        var rows = (await organizer.GetPageAsync("/library?q=" + Uri.EscapeDataString("Lời dặn"))).QuerySelectorAll(".row-main").Select(row => row.TextContent).ToList();

        Assert.Contains(rows, row => row.Contains("Lời dặn bản xa", StringComparison.Ordinal) && row.Contains("trang chữ, 1\u00a0kB", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("Lời dặn chợ xa", StringComparison.Ordinal) && row.Contains("Word, 1\u00a0kB", StringComparison.Ordinal));
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

            Assert.Equal(0, (await CommandLine.RunAsync(site, new LibraryCommands(), "library", "import", official, "--public")).Exit);
            Assert.Equal(1, (await CommandLine.RunAsync(site, new LibraryCommands(), "library", "import", empty, official, Path.Combine(folder, "khong-co.txt"))).Exit);

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
}

public sealed class SqliteLibraryTests(SqliteLibrarySite site) : LibraryTests(site), IClassFixture<SqliteLibrarySite>;

public sealed class PostgreSqlLibraryTests(PostgreSqlLibrarySite site) : LibraryTests(site), IClassFixture<PostgreSqlLibrarySite>;
