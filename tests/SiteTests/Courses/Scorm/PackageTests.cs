using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Scorm;

namespace TrainingSite.SiteTests.Courses.Scorm;

/// <summary>A SCORM package comes in whole and safe or not at all, and is a lesson like others.</summary>
public abstract class PackageTests(SiteFixture site)
{
    private const string Manifest = "imsmanifest.xml";

    [Fact]
    public async Task Package_BroughtIn_IsALessonOfTheDraft()
    {
        var author = await site.SignInAsync("so.organizer");
        var course = await author.DraftAsync();

        var lesson = await author.AddPackageAsync(course, SamplePackages.WithParts());

        Assert.Equal("ba-phan", lesson);
        var editor = await author.GetPageAsync($"/courses/edit/{course}/lessons/{lesson}");
        Assert.Contains("SCORM 1.2", editor.Words());
        Assert.Equal(["1", "2", "3"], editor.QuerySelectorAll("section[aria-labelledby=package] .row-number").Select(number => number.TextContent));
        Assert.Equal(HttpStatusCode.NotFound, (await site.CreateClient().GetAsync($"/courses/{course}/{lesson}/package/1")).StatusCode);
        Assert.Contains("Xem thử: không lưu gì.", (await author.GetStringAsync($"/courses/edit/{course}/lessons/{lesson}/package/1")));
        await author.PublishAsync(course);
        var reader = site.CreateClient();
        var listed = (await reader.GetPageAsync($"/courses/{course}")).Words();
        Assert.Contains("Nghe; Làm; Đọc thêm", listed);
        Assert.Contains("Gói học", listed);
        var page = await reader.GetPageAsync($"/courses/{course}/{lesson}");
        Assert.Equal(["Chương một", "Nghe", "Làm", "Đọc thêm"], page.QuerySelectorAll("section[aria-labelledby=package] .row-main").Select(row => row.TextContent.Trim()));
        var start = await reader.OpenPartAsync($"/courses/{course}/{lesson}");
        Assert.EndsWith("/noi-dung/nghe.html?trang=1", start.GetProperty("address").GetString());
        Assert.Equal((70, "chế độ=ngắn", 0), (start.GetProperty("mastery_score").GetDouble(), start.GetProperty("launch_data").GetString(), start.GetProperty("session").GetInt32()));
    }

    [Fact]
    public async Task Package_ChosenFolderZipped_IsTakenToo()
    {
        var author = await site.SignInAsync("so.organizer");
        var course = await author.DraftAsync();
        var zip = SamplePackages.Zip(("goi/" + Manifest, SamplePackages.Manifest2004("Trong thư mục", ("Một", "index.html"))), ("goi/index.html", "<p>Một"), ("__MACOSX/._x", "x"), ("goi/.DS_Store", "x"));

        await author.AddPackageAsync(course, zip, "GOI.ZIP");

        var package = await site.QueryAsync(db => db.ScormPackages.SingleAsync(row => row.Title == "Trong thư mục"));
        Assert.Equal((ScormEdition.Scorm2004, 0.6), (package.Edition, Assert.Single(package.ReadItems()).PassingScore));
        Assert.Equal([Manifest, "index.html"], package.ReadFiles().Select(file => file.Path));
    }

    public static TheoryData<string, string, byte[]> Refused => new()
    {
        { "là một tệp .zip", "goi.html", SamplePackages.Scorm12() },
        { "là một tệp .zip", "goi", SamplePackages.Scorm12() },
        { "0 byte", "goi.zip", [] },
        { "không phải ZIP", "goi.zip", "PK không phải"u8.ToArray() },
        { "không phải ZIP", "goi.zip", SamplePackages.Scorm12()[..^40] },
        { "trỏ ra ngoài gói", "goi.zip", With("../../thoat.html") },
        { "trỏ ra ngoài gói", "goi.zip", With("bai/../../thoat.html") },
        { "trỏ ra ngoài gói", "goi.zip", With("..\\thoat.html") },
        { "trỏ ra ngoài gói", "goi.zip", With("../ngươ\u0300i.html") },
        { "trỏ ra ngoài gói", "goi.zip", With("../") },
        { "trỏ ra ngoài gói", "goi.zip", With("/etc/passwd") },
        { "trỏ ra ngoài gói", "goi.zip", With("C:/Windows/win.ini") },
        { "ký tự lạ", "goi.zip", With("bai\u0000.html") },
        { "hai tệp cùng tên", "goi.zip", With("INDEX.html") },
        { "hai tệp cùng tên", "goi.zip", SamplePackages.Zip((Manifest, SamplePackages.Manifest12("A", ("B", "i.html", true))), ("i.html", "x"), ("hì.html".Normalize(NormalizationForm.FormC), "x"), ("hì.html".Normalize(NormalizationForm.FormD), "x")) },
        { "là liên kết", "goi.zip", SamplePackages.Zip([(Manifest, Encoding.UTF8.GetBytes(SamplePackages.Manifest12("A", ("B", "i.html", true)))), ("i.html", "/etc/passwd"u8.ToArray())], entry => entry.ExternalAttributes = entry.Name == "i.html" ? 0xA1FF << 16 : 0) },
        { "quá nhiều tệp", "goi.zip", SamplePackages.Zip([.. Enumerable.Range(0, 5100).Select(number => ($"t/{number}.txt", Array.Empty<byte>()))]) },
        { "bung ra quá lớn", "goi.zip", SamplePackages.Zip([(Manifest, Encoding.UTF8.GetBytes(SamplePackages.Manifest12("A", ("B", "i.html", true)))), ("i.html", new byte[8_000_000])]) },
        { "không có imsmanifest.xml", "goi.zip", SamplePackages.Zip(("index.html", "x")) },
        { "không có imsmanifest.xml", "goi.zip", SamplePackages.Zip(("a/b/" + Manifest, SamplePackages.Manifest12("A", ("B", "i.html", true))), ("a/b/i.html", "x")) },
        { "bị hỏng ở dòng 1", "goi.zip", SamplePackages.Zip((Manifest, ""), ("index.html", "x")) },
        { "bị hỏng ở dòng 2", "goi.zip", SamplePackages.Zip((Manifest, "<manifest>\n<organizations></manifest>"), ("index.html", "x")) },
        { "bị hỏng ở dòng", "goi.zip", SamplePackages.Zip((Manifest, "<!DOCTYPE manifest [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><manifest>&x;</manifest>"), ("index.html", "x")) },
        { "bị hỏng ở dòng", "goi.zip", SamplePackages.Zip((Manifest, "<!DOCTYPE m [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><m>&b;</m>"), ("index.html", "x")) },
        { "không ghi SCORM", "goi.zip", SamplePackages.Zip((Manifest, "<manifest><organizations/></manifest>"), ("index.html", "x")) },
        { "không ghi SCORM", "goi.zip", SamplePackages.Zip((Manifest, "<tincan/>"), ("index.html", "x")) },
        { "không có mục lục", "goi.zip", SamplePackages.Zip((Manifest, "<manifest><metadata><schemaversion>1.2</schemaversion></metadata><organizations/></manifest>"), ("index.html", "x")) },
        { "không có phần nào", "goi.zip", SamplePackages.Zip((Manifest, SamplePackages.Manifest12("Trống")), ("index.html", "x")) },
        { "Phần “Bốn” của gói trỏ tới", "goi.zip", SamplePackages.Zip((Manifest, SamplePackages.Manifest12("A", ("Bốn", "khong-co.html", true))), ("index.html", "x")) },
        { "Phần “Ngoài” của gói trỏ tới", "goi.zip", SamplePackages.Zip((Manifest, SamplePackages.Manifest12("A", ("Ngoài", "https://vi-du.vn/index.html", true))), ("index.html", "x")) },
        { "Phần “Ngoài” của gói trỏ tới", "goi.zip", SamplePackages.Zip((Manifest, SamplePackages.Manifest12("A", ("Ngoài", "//vi-du.vn/index.html", true))), ("index.html", "x")) },
        { "Phần “Ngoài” của gói trỏ tới", "goi.zip", SamplePackages.Zip((Manifest, SamplePackages.Manifest12("A", ("Ngoài", "javascript:alert(1)", true))), ("index.html", "x")) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Package_Bad_SaysWhyAndLeavesNothing(string words, string name, byte[] zip)
    {
        var author = await site.SignInAsync("so.organizer");
        var course = await author.DraftAsync();
        var before = await CountAsync();

        var answer = await author.SendPackageAsync($"/courses/edit/{course}/packages/new", zip, name);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(words, (await answer.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent);
        Assert.Equal(before, await CountAsync());

        Task<(int, int, int)> CountAsync() => site.QueryAsync(async db => (await db.ScormPackages.CountAsync(), await db.Lessons.CountAsync(), FilesOnDisk()));
    }

    [Fact]
    public async Task Package_BroughtInTwice_IsKeptOnce()
    {
        var author = await site.SignInAsync("so.organizer");
        var course = await author.DraftAsync();
        var zip = SamplePackages.Scorm2004("Hai lần");

        var first = await author.AddPackageAsync(course, zip);
        var files = FilesOnDisk();
        var second = await author.AddPackageAsync(course, zip);

        Assert.Equal(("hai-lan", "hai-lan-2"), (first, second));
        Assert.Equal(files, FilesOnDisk());
        Assert.Equal(1, await site.QueryAsync(db => db.ScormPackages.CountAsync(package => package.Title == "Hai lần")));
    }

    [Fact]
    public async Task Package_WithoutTheRight_IsRefused()
    {
        var author = await site.SignInAsync("so.organizer");
        var course = await author.DraftAsync();
        var lesson = await author.AddPackageAsync(course, SamplePackages.Scorm12());
        foreach (var client in new[] { site.CreateClient(), await site.SignInAsync("to.truong"), await site.SignInAsync("xa.coordinator") })
        {
            foreach (var page in new[] { $"/courses/edit/{course}/packages/new", $"/courses/edit/{course}/lessons/{lesson}/package", $"/courses/edit/{course}/lessons/{lesson}/package/1" })
            {
                Assert.Contains((await client.GetAsync(page)).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });
            }
        }
    }

    [Fact]
    public async Task Files_OfAPackage_AreServedInASandboxOfTheirOwn()
    {
        var author = await site.SignInAsync("so.organizer");
        var lesson = await author.PublishedPackageAsync(SamplePackages.Scorm12());
        var client = await site.SignInAsync("member");
        var address = (await client.OpenPartAsync(lesson)).GetProperty("address").GetString()!;

        var page = await site.CreateClient().GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("sandbox allow-scripts allow-forms; ", policy);
        Assert.DoesNotContain("allow-same-origin", policy);
        Assert.DoesNotContain("'self'", policy);
        Assert.Equal("cross-origin", Assert.Single(page.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Equal("*", Assert.Single(page.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.False(page.Headers.Contains("Set-Cookie"));
        Assert.StartsWith("<!DOCTYPE html><script src=\"/modules/courses/dist/scorm12.js\"></script>", await page.Content.ReadAsStringAsync());
        Assert.Equal("text/html", page.Content.Headers.ContentType!.ToString());

        var folder = address[..address.LastIndexOf("/bai/", StringComparison.Ordinal)];
        var script = await site.CreateClient().GetAsync($"{folder}/bai.js");
        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("sandbox", Assert.Single(script.Headers.GetValues("Content-Security-Policy")));
        using var part = new HttpRequestMessage(HttpMethod.Get, $"{folder}/BAI.css") { Headers = { Range = new RangeHeaderValue(0, 3) } };
        Assert.Equal("body", await (await site.CreateClient().SendAsync(part)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Files_WithoutATokenThatHolds_AreNotServed()
    {
        var author = await site.SignInAsync("so.organizer");
        var lesson = await author.PublishedPackageAsync(SamplePackages.Scorm2004("Hết hạn"));
        var client = site.CreateClient();
        var address = (await client.OpenPartAsync(lesson)).GetProperty("address").GetString()!;
        Assert.Equal(address, (await client.OpenPartAsync(lesson)).GetProperty("address").GetString());
        var parts = address.Split('/');
        string[] wrong = [$"/scorm/{parts[2]}/khong-co.html", $"/scorm/{parts[2]}/", $"/scorm/{parts[2]}/%2e%2e%2f{Manifest}", $"/scorm/{parts[2][..^4]}AAAA/{parts[3]}", $"/scorm/x/{parts[3]}", $"/scorm/{Convert.ToHexStringLower(new byte[36])}/{parts[3]}"];
        foreach (var path in wrong)
        {
            Assert.Contains((await client.GetAsync(path)).StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        }

        site.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync((await client.OpenPartAsync(lesson)).GetProperty("address").GetString())).StatusCode);
    }

    [Fact]
    public async Task Course_ExportedAndImported_BringsItsPackages()
    {
        var author = await site.SignInAsync("so.organizer");
        var course = await author.DraftAsync();
        var lesson = await author.AddPackageAsync(course, SamplePackages.Scorm2004("Mang đi"));
        var zip = await author.GetByteArrayAsync($"/courses/edit/{course}/export");
        var sha256 = await site.QueryAsync(db => db.ScormPackages.Where(package => package.Title == "Mang đi").Select(package => package.Sha256).SingleAsync());
        Assert.Contains($"packages/{sha256}.zip", Names(zip));

        // As on a site that never had it.
        await site.QueryAsync(async db =>
        {
            await db.Lessons.Where(row => row.PackageSha256 == sha256).ExecuteDeleteAsync();
            return await db.ScormPackages.Where(package => package.Sha256 == sha256).ExecuteDeleteAsync();
        });
        Directory.Delete(Path.Combine(site.DataPath, "scorm", sha256[..2], sha256 + ".files"), recursive: true);
        var answer = await ImportAsync(author, zip);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var imported = answer.Headers.Location!.OriginalString.Split('/')[^1];
        Assert.Contains("SCORM 2004", (await author.GetPageAsync($"/courses/edit/{imported}/lessons/{lesson}")).Words());
        await author.PublishAsync(imported);
        Assert.Equal(HttpStatusCode.OK, (await author.GetAsync((await author.OpenPartAsync($"/courses/{imported}/{lesson}")).GetProperty("address").GetString())).StatusCode);

        Assert.Contains("nội dung không khớp", await RefusedAsync(author, Change(zip, $"packages/{sha256}.zip", SamplePackages.Scorm12("Khác"))));
        Assert.Contains("không có imsmanifest.xml", await RefusedAsync(author, Change(zip, $"packages/{sha256}.zip", SamplePackages.Zip(("a.txt", "x")))));
        Assert.Contains("trong ZIP không có", await RefusedAsync(author, Change(zip, $"packages/{sha256}.zip", null)));
    }

    [Fact]
    public async Task Package_ThatNothingUses_IsSweptAway()
    {
        var author = await site.SignInAsync("so.organizer");
        var (thrown, published) = (await author.DraftAsync(), await author.DraftAsync());
        var lesson = await author.AddPackageAsync(thrown, SamplePackages.Scorm12("Bỏ đi"));
        var kept = await author.AddPackageAsync(published, SamplePackages.Scorm12("Giữ lại"));
        await author.PublishAsync(published);
        await author.PostFormAsync($"/courses/edit/{thrown}/lessons/{lesson}/remove", [], page: $"/courses/edit/{thrown}/lessons/{lesson}");
        // What was published once can come back.
        Assert.Equal(HttpStatusCode.Redirect, (await author.SendPackageAsync($"/courses/edit/{published}/lessons/{kept}/package", SamplePackages.Scorm12("Bản sau"))).StatusCode);
        await author.PublishAsync(published);

        await SweepAsync();
        Assert.Equal(["Bản sau", "Bỏ đi", "Giữ lại"], await TitlesAsync());
        var sha256 = await site.QueryAsync(db => db.ScormPackages.Where(package => package.Title == "Bỏ đi").Select(package => package.Sha256).SingleAsync());
        Assert.Equal(5, FilesOf(sha256));
        site.Clock.Advance(TimeSpan.FromDays(2));
        await SweepAsync();

        Assert.Equal(["Bản sau", "Giữ lại"], await TitlesAsync());
        Assert.Equal(0, FilesOf(sha256));

        int FilesOf(string package) => Directory.EnumerateFiles(Path.Combine(site.DataPath, "scorm"), "*", SearchOption.AllDirectories).Count(path => path.Contains(package, StringComparison.Ordinal));

        async Task SweepAsync()
        {
            await using var scope = site.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SweepPackagesTask>().ExecuteAsync(CancellationToken.None);
        }

        Task<List<string>> TitlesAsync() => site.QueryAsync(async db =>
            (await db.ScormPackages.Select(package => package.Title).Where(title => title == "Bỏ đi" || title == "Giữ lại" || title == "Bản sau").ToListAsync()).Order(StringComparer.Ordinal).ToList());
    }

    private int FilesOnDisk() => Directory.CreateDirectory(Path.Combine(site.DataPath, "scorm")).EnumerateFiles("*", SearchOption.AllDirectories).Count();

    /// <summary>A good package with one more file.</summary>
    private static byte[] With(string name) => SamplePackages.Zip((Manifest, SamplePackages.Manifest12("A", ("B", "index.html", true))), ("index.html", "x"), (name, "x"));

    private static async Task<HttpResponseMessage> ImportAsync(HttpClient author, byte[] zip) => await author.SendPackageAsync("/courses/edit/import", zip);

    private static async Task<string> RefusedAsync(HttpClient author, byte[] zip) => (await (await ImportAsync(author, zip)).ReadPageAsync()).QuerySelector(".error-summary")!.TextContent;

    private static List<string> Names(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private static byte[] Change(byte[] zip, string name, byte[]? bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return SamplePackages.Zip([.. archive.Entries.Where(entry => entry.FullName != name || bytes is not null).Select(entry => (entry.FullName, entry.FullName == name ? bytes! : Read(entry)))]);

        static byte[] Read(ZipArchiveEntry entry)
        {
            using var source = entry.Open();
            using var content = new MemoryStream();
            source.CopyTo(content);
            return content.ToArray();
        }
    }
}

public sealed class SqlitePackageTests(SqliteSite site) : PackageTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlPackageTests(PostgreSqlSite site) : PackageTests(site), IClassFixture<PostgreSqlSite>;

/// <summary>What a package may weigh is a setting.</summary>
public sealed class PackageLimitTests
{
    [Theory]
    [InlineData("lớn hơn", "Courses:Scorm:MaxBytes", "1000")]
    [InlineData("bung ra quá lớn", "Courses:Scorm:MaxFileBytes", "900")]
    [InlineData("bung ra quá lớn", "Courses:Scorm:MaxUnfoldedBytes", "2000")]
    [InlineData("quá nhiều tệp", "Courses:Scorm:MaxFiles", "3")]
    public async Task Package_OverALimit_IsRefused(string words, string setting, string value)
    {
        await using var site = new LimitedSite(setting, value);
        await site.InitializeAsync();
        var author = await site.SignInAsync("so.organizer");

        var answer = await author.SendPackageAsync($"/courses/edit/{await author.DraftAsync()}/packages/new", SamplePackages.Scorm12());

        Assert.Contains(words, (await answer.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent);
    }

    private sealed class LimitedSite(string setting, string value) : SqliteSite
    {
        protected override IEnumerable<(string Key, string Value)> Settings() => [(setting, value)];
    }
}
