using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Certificates;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Certificates: on paper for those concerned, to be checked by anybody, void when the completion is.</summary>
public abstract class CertificateTests(SiteFixture site)
{
    [Fact]
    public async Task Issue_OwnCompletion_IsPaperForThoseConcernedAndProofForAnybody()
    {
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        await own.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 3);
        Assert.Contains("Nhận giấy chứng nhận", (await own.GetPageAsync("/me")).Words());
        Assert.Contains("Nhận giấy chứng nhận", (await own.GetPageAsync($"/courses/{CoursesArrange.Safety}")).Words());

        var issued = await IssueAsync(own, CoursesArrange.Safety);
        var again = await IssueAsync(own, CoursesArrange.Safety);
        Assert.NotNull((await own.GetPageAsync("/me")).QuerySelector($"a[href='{issued}']"));
        Assert.NotNull((await (await site.SignInAsync("to.truong")).GetPageAsync($"/people/{learner.Code}")).QuerySelector($"a[href='{issued}']"));

        Assert.Equal(issued, again);
        var certificate = await site.QueryAsync(db => db.Certificates.AsNoTracking().SingleAsync(row => row.Completion.PersonId == learner.PersonId));
        Assert.Equal($"/certificates/{certificate.Code}", issued);
        var title = await site.QueryAsync(db => db.Courses.Where(course => course.Slug == CoursesArrange.Safety).Select(course => course.Title).SingleAsync());
        var text = await PdfTextAsync(await own.GetByteArrayAsync($"{issued}/pdf"));
        Assert.Contains("GIẤY CHỨNG NHẬN", text);
        Assert.Contains($"Lò Thị {learner.Code}", text);
        Assert.Contains(title, text);
        Assert.Contains("Hoàn thành ngày 22/11/2026", text);
        Assert.Contains($"Số: {certificate.Number}", text);
        Assert.Contains($"/certificates/{certificate.Code}", text);

        var visitor = site.CreateClient();
        var typed = await visitor.GetAsync($"/certificates?code={CertificateCode.Format(certificate.Code).ToLowerInvariant()}");
        Assert.Equal(issued, typed.Headers.Location!.ToString());
        var page = (await visitor.GetPageAsync(issued)).Words();
        Assert.Contains("Giấy này có thật và đang có giá trị.", page);
        Assert.Contains($"Lò Thị {learner.Code}", page);
        Assert.Contains("22/11/2026", page);
        Assert.DoesNotContain("Tổ ", page);
        Assert.DoesNotContain("Tải giấy", page);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync($"{issued}/pdf")).StatusCode);

        var other = await site.SignInAsync((await site.LearnerAsync()).User);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{issued}/pdf")).StatusCode);
        foreach (var staff in new[] { "to.truong", "xa.coordinator", "so.organizer" })
        {
            Assert.Equal("application/pdf", (await (await site.SignInAsync(staff)).GetAsync($"{issued}/pdf")).Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task Issue_NotCompletedOrNotInScope_IsRefused()
    {
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        var early = await own.PostFormAsync("/certificates", new() { ["course"] = CoursesArrange.Safety }, page: $"/courses/{CoursesArrange.Safety}/quiz");
        Assert.Contains("Chưa hoàn thành khóa học này", (await (await own.FollowAsync(early)).ReadPageAsync()).Body!.TextContent);

        var stranger = await own.PostFormAsync("/certificates", new() { ["person"] = "SL-000209", ["course"] = CoursesArrange.Safety }, page: $"/courses/{CoursesArrange.Safety}/quiz");
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.False(await site.QueryAsync(db => db.Certificates.AnyAsync(row => row.Completion.PersonId == learner.PersonId)));
    }

    [Theory]
    [InlineData("K7QF2M9DXH4P")]
    [InlineData("abc")]
    [InlineData("<script>")]
    public async Task Show_UnknownCode_SaysWhatToDo(string code)
    {
        var page = await site.CreateClient().GetPageAsync($"/certificates/{Uri.EscapeDataString(code)}", HttpStatusCode.NotFound);

        Assert.Contains($"Không có giấy chứng nhận nào mang mã “{code}”.", page.Words());
        Assert.NotNull(page.QuerySelector("input[name=code]"));
    }

    [Fact]
    public async Task Show_CompletionRevoked_SaysSoAndHandsOutNoPaper()
    {
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        await site.CompleteAsync(CoursesArrange.Safety, learner.PersonId);
        var issued = await IssueAsync(own, CoursesArrange.Safety);

        await site.TakeBackAsync(CoursesArrange.Safety, learner.PersonId);

        Assert.Contains("Giấy này đã bị thu hồi ngày", (await site.CreateClient().GetPageAsync(issued)).Words());
        Assert.Equal(issued, (await own.GetAsync($"{issued}/pdf")).Headers.Location!.ToString());

        await site.CompleteAsync(CoursesArrange.Safety, learner.PersonId);
        Assert.NotEqual(issued, await IssueAsync(own, CoursesArrange.Safety));
    }

    [Fact]
    public async Task Issue_ManyAtOnce_GivesEachOneNumber()
    {
        var completions = new List<Guid>();
        for (var index = 0; index < 6; index++)
        {
            var learner = await site.LearnerAsync();
            await site.CompleteAsync(CoursesArrange.Safety, learner.PersonId);
            completions.Add(await site.QueryAsync(db => db.Completions.Where(row => row.PersonId == learner.PersonId).Select(row => row.Id).SingleAsync()));
        }

        var before = await site.QueryAsync(db => db.Certificates.MaxAsync(row => (int?)row.Sequence)) ?? 0;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(offset => Task.Run(() => site.WithAsync(services => services.GetRequiredService<CertificateService>()
            .IssueAsync([completions[offset], completions[(offset + 1) % 6]], TestContext.Current.CancellationToken)))));

        var numbers = await site.QueryAsync(db => db.Certificates.Where(row => completions.Contains(row.CompletionId)).Select(row => row.Sequence).OrderBy(number => number).ToListAsync());
        Assert.Equal(Enumerable.Range(before + 1, 6), numbers);
    }

    [Fact]
    public async Task Unit_Download_HoldsAPageForEachInScope()
    {
        var course = CoursesArrange.Payment;
        var (first, second) = (await site.LearnerAsync(), await site.LearnerAsync());
        var elsewhere = await site.LearnerAsync(await site.QueryAsync(db => db.Teams.Where(team => !team.Unit.Path.Contains("/03646/")).OrderBy(team => team.Code).Select(team => team.Code).FirstAsync()));
        foreach (var learner in new[] { first, second, elsewhere })
        {
            await site.CompleteAsync(course, learner.PersonId, attended: true);
        }

        var coordinator = await site.SignInAsync("xa.coordinator");
        var list = (await coordinator.GetPageAsync($"/certificates/unit?course={course}")).Words();
        Assert.Contains(first.Code, list);
        Assert.DoesNotContain(elsewhere.Code, list);
        var file = await (await coordinator.PostFormAsync("/certificates/unit", new() { ["course"] = course, ["unit"] = CoursesArrange.Village }, page: $"/certificates/unit?course={course}")).Content.ReadAsByteArrayAsync();

        var text = await PdfTextAsync(file);
        Assert.Equal(2, text.Count(sign => sign == '\f'));
        Assert.Contains(first.Code, text);
        Assert.Contains(second.Code, text);

        var outside = await coordinator.GetPageAsync($"/certificates/unit?course={course}&unit=14");
        Assert.Contains("Không có đơn vị mang mã “14” trong phạm vi của bạn.", outside.Words());
        Assert.Equal(HttpStatusCode.Redirect, (await coordinator.PostFormAsync("/certificates/unit", new() { ["course"] = course, ["unit"] = "14" }, page: $"/certificates/unit?course={course}")).StatusCode);
        Assert.Contains((await (await site.SignInAsync("member")).GetAsync("/certificates/unit")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });
    }

    [Fact]
    public async Task Design_Changed_HoldsForNewPapersAlone()
    {
        var author = await site.SignInAsync("so.organizer");
        var (before, after) = (await site.LearnerAsync(), await site.LearnerAsync());
        await site.CompleteAsync(CoursesArrange.Safety, before.PersonId);
        await site.CompleteAsync(CoursesArrange.Safety, after.PersonId);
        var old = await IssueAsync(await site.SignInAsync(before.User), CoursesArrange.Safety);
        var oldIssuer = (await PdfTextAsync(await author.GetByteArrayAsync($"{old}/pdf")))[..40];
        var seen = (await author.GetPageAsync("/certificates/design/14")).QuerySelector<IHtmlInputElement>("#Form_Seen")!.Value;

        var pale = await author.PostFormAsync("/certificates/design/14", Design(seen, primary: "#FFEEAA"));
        Assert.Contains("Màu chính quá nhạt", (await pale.ReadPageAsync()).Words());
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync("/certificates/design/14", Design(seen))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await author.PostFormAsync("/certificates/design/14", Design(seen, issuer: "Bản của người kia"))).StatusCode);

        var paper = await PdfTextAsync(await author.GetByteArrayAsync($"{await IssueAsync(await site.SignInAsync(after.User), CoursesArrange.Safety)}/pdf"));
        Assert.Contains("SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH SƠN LA", paper);
        Assert.Contains("Sơn La, ngày 22 tháng 11 năm 2026", paper);
        Assert.Contains("Hà Văn Ký", paper);
        Assert.Equal(oldIssuer, (await PdfTextAsync(await author.GetByteArrayAsync($"{old}/pdf")))[..40]);
        Assert.Contains("HỌ VÀ TÊN", (await PdfTextAsync(await author.GetByteArrayAsync("/certificates/design/14/sample"))).ToUpperInvariant());
    }

    [Fact]
    public async Task Design_LongWordsAndStrayCharacters_StayOnThePaper()
    {
        var admin = await site.SignInAsync("admin");
        var seen = (await admin.GetPageAsync("/certificates/design/site")).QuerySelector<IHtmlInputElement>("#Form_Seen")!.Value;
        var words = string.Join(' ', Enumerable.Range(1, 24).Select(number => $"dòng{number}"));
        var design = Design(seen);
        design["Form.Intro"] = $"Chứng\u0001 nhận\r\nông (bà) {words}"[..150];
        design["Form.Body"] = $"đã\u0002 hoàn thành {words}"[..150];
        design["Form.Place"] = string.Join(' ', Enumerable.Range(1, 11).Select(number => $"Xã{number:00} x"))[..75];

        Assert.Equal(HttpStatusCode.Redirect, (await admin.PostFormAsync("/certificates/design/site", design)).StatusCode);

        var row = await site.QueryAsync(db => db.CertificateDesigns.AsNoTracking().SingleAsync(design => design.UnitPath == "" && design.RetiredUtc == null));
        Assert.StartsWith("Chứng nhận ông (bà) dòng1 ", row.Intro, StringComparison.Ordinal);
        Assert.StartsWith("đã hoàn thành dòng1 ", row.Body, StringComparison.Ordinal);
        var file = await admin.GetByteArrayAsync("/certificates/design/site/sample");
        var text = await PdfTextAsync(file);
        Assert.Contains(row.Intro, text);
        Assert.Contains(row.Body, text);
        Assert.Contains($"{row.Place}, ngày 22 tháng 11 năm 2026", text);
        var edges = Regex.Matches(await PdfTextAsync(file, "-bbox"), "xMin=\"([0-9.-]+)\" yMin=\"[0-9.-]+\" xMax=\"([0-9.-]+)\"").Select(match => (Left: double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), Right: double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))).ToList();
        Assert.NotEmpty(edges);
        Assert.All(edges, word => Assert.True(word.Left > 50 && word.Right < 792, $"{word.Left} to {word.Right}"));
    }

    public static TheoryData<string> LongIssuers =>
    [
        "Trung tâm Giáo dục nghề nghiệp và Giáo dục thường xuyên liên kết cùng Trung tâm Chuyển đổi số và Đổi mới sáng tạo trực thuộc Sở Khoa học và Công nghệ",
        new string('W', 150),
        string.Join(' ', Enumerable.Repeat("WWWWWWWWW", 15)),
    ];

    [Theory]
    [MemberData(nameof(LongIssuers))]
    public async Task Design_OverlongIssuer_IsWholeAndStaysBesideTheMotto(string issuer)
    {
        var admin = await site.SignInAsync("admin");
        var seen = (await admin.GetPageAsync("/certificates/design/site")).QuerySelector<IHtmlInputElement>("#Form_Seen")!.Value;
        Assert.Equal(HttpStatusCode.Redirect, (await admin.PostFormAsync("/certificates/design/site", Design(seen, issuer: issuer))).StatusCode);

        var file = await admin.GetByteArrayAsync("/certificates/design/site/sample");

        var words = Regex.Matches(await PdfTextAsync(file, "-bbox"), "xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\" xMax=\"([0-9.]+)\" yMax=\"([0-9.]+)\">([^<]+)<")
            .Select(word => (Left: Number(word, 1), Top: Number(word, 2), Right: Number(word, 3), Bottom: Number(word, 4), Text: word.Groups[5].Value)).ToList();
        var motto = words.First(word => word.Text == "CỘNG").Left;
        var title = words.First(word => word.Text == "GIẤY").Top;
        var issuers = words.Where(word => word.Bottom <= title && word.Left < motto).ToList();
        Assert.Equal(issuer.ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal), string.Concat(issuers.Select(word => word.Text)));
        Assert.All(issuers, word => Assert.True(word.Left > 50 && word.Right < motto - 10, $"{word.Text}: {word.Left} to {word.Right}, motto from {motto}"));

        static double Number(Match word, int group) => double.Parse(word.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Design_WithoutTheRight_IsRefused()
    {
        await (await site.SignInAsync("so.organizer")).GetPageAsync("/certificates/design/site", HttpStatusCode.NotFound);
        await (await site.SignInAsync("admin")).GetPageAsync("/certificates/design/site");
        Assert.Contains((await (await site.SignInAsync("xa.coordinator")).GetAsync("/certificates/design/14")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });
    }

    internal static async Task<string> IssueAsync(HttpClient client, string course)
    {
        var issued = await client.PostFormAsync("/certificates", new() { ["course"] = course }, page: $"/courses/{course}/quiz");
        Assert.Equal(HttpStatusCode.Redirect, issued.StatusCode);
        return issued.Headers.Location!.ToString();
    }

    private static Dictionary<string, string?> Design(string seen, string primary = "#1F5FA8", string issuer = "Sở Khoa học và Công nghệ tỉnh Sơn La") => new()
    {
        ["Form.Seen"] = seen,
        ["Form.Issuer"] = issuer,
        ["Form.Title"] = "Giấy chứng nhận",
        ["Form.Intro"] = "Chứng nhận ông (bà)",
        ["Form.Body"] = "đã hoàn thành khóa học",
        ["Form.Place"] = "Sơn La",
        ["Form.SignerTitle"] = "Giám đốc",
        ["Form.SignerName"] = "Hà Văn Ký",
        ["Form.Primary"] = primary,
        ["Form.Accent"] = "#E8A33D",
    };

    /// <summary>What a reader of PDFs finds on the pages, with a form feed after each.</summary>
    private static async Task<string> PdfTextAsync(byte[] file, string form = "-raw")
    {
        Assert.StartsWith("%PDF-1.7", System.Text.Encoding.Latin1.GetString(file, 0, 8), StringComparison.Ordinal);
        var found = ExternalTool.Find(null, "pdftotext");
        Assert.SkipWhen(found is null, "pdftotext is not installed here.");
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(path, file);
        try
        {
            var result = await found.RunAsync(_ => [form, path, "-"], TimeSpan.FromSeconds(30), 1_000_000);
            Assert.Equal("", result.Error);
            return Regex.Replace(result.Output, "[ \n]+", " ").Replace(" \f", "\f", StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

public sealed class SqliteCertificateTests(SqliteSite site) : CertificateTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlCertificateTests(PostgreSqlSite site) : CertificateTests(site), IClassFixture<PostgreSqlSite>;
