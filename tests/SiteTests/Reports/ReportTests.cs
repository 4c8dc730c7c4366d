using System.Net;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Reports.Commands;
using TrainingSite.Reports.Services;

namespace TrainingSite.SiteTests.Reports;

public sealed class ReportTests(ReportSite site) : IClassFixture<ReportSite>
{
    [Fact]
    public async Task Index_Organizer_SeesEachReportWithItsQuestion()
    {
        var admin = await site.SignInAsync("admin");

        var page = await admin.GetPageAsync("/reports");

        var link = page.QuerySelector("a[href='/reports/sample']")!;
        Assert.Contains("Báo cáo mẫu", link.TextContent);
        Assert.Contains("Có bao nhiêu tổ ở mỗi nơi?", link.TextContent);
    }

    [Fact]
    public async Task Index_Anonymous_IsAskedToSignIn() =>
        Assert.Equal(HttpStatusCode.Redirect, (await site.CreateClient().GetAsync("/reports")).StatusCode);

    [Fact]
    public async Task Show_WritesNumbersAsPeopleReadThem()
    {
        var admin = await site.SignInAsync("admin");

        var page = await admin.GetPageAsync("/reports/sample?as_of=2023-09-30");

        Assert.Equal("Có 3.002 tổ.", page.QuerySelector(".report-answer")!.TextContent);
        Assert.Equal(["03646", "Phường Chiềng Lề", "2.990", "93,1\u00A0%", "30/09/2023", ""], page.QuerySelectorAll("tbody tr").First().Children.Select(cell => cell.TextContent.Trim()));
        Assert.Equal("3.002", page.QuerySelectorAll("tfoot td")[2].TextContent);
        Assert.Equal("/units/03646", page.QuerySelector("tbody th a")!.GetAttribute("href"));
        Assert.Equal("197", page.QuerySelector(".stats dd")!.TextContent);
        Assert.Contains("30/09/2023", page.QuerySelector("caption")!.TextContent);
        Assert.Equal("2023-09-30", page.QuerySelector("#as_of")!.GetAttribute("value"));
        Assert.Contains("/reports/sample?as_of=2023-09-30&format=xlsx", page.QuerySelectorAll("a[download]").Select(link => link.GetAttribute("href")));
        Assert.DoesNotContain("format=pdf", page.Body!.InnerHtml);
    }

    [Fact]
    public async Task Show_SessionNotChosen_AsksForIt()
    {
        var admin = await site.SignInAsync("admin");

        var page = await admin.GetPageAsync("/reports/sample-session");

        Assert.Contains("Hãy chọn một buổi tập huấn", page.QuerySelector(".empty-state")!.TextContent);
        Assert.NotNull(page.QuerySelector("#session"));
    }

    [Theory]
    [InlineData("/reports/sample?as_of=hom-qua", HttpStatusCode.BadRequest, "hom-qua")]
    [InlineData("/reports/sample?session=X", HttpStatusCode.BadRequest, "không lọc theo buổi tập huấn")]
    [InlineData("/reports/sample?unit=99999", HttpStatusCode.NotFound, "99999")]
    [InlineData("/reports/sample?format=odt", HttpStatusCode.BadRequest, "odt")]
    [InlineData("/reports/sample?format=pdf", HttpStatusCode.BadRequest, "LibreOffice")]
    public async Task Show_WrongQuestion_SaysWhatIsWrong(string url, HttpStatusCode status, string words)
    {
        var admin = await site.SignInAsync("admin");

        var page = await admin.GetPageAsync(url, status);

        Assert.Contains(words, page.QuerySelector("[role=alert]")!.TextContent);
    }

    [Fact]
    public async Task Api_Json_CarriesPlainValues()
    {
        var api = await site.ApiAsync("admin");

        var report = await api.GetJsonAsync("/api/v1/reports/sample?as_of=30/09/2023&unit=116");

        Assert.Equal("2023-09-30", report.GetProperty("as_of").GetString());
        Assert.Equal("116", report.GetProperty("unit").GetString());
        Assert.Equal(197, report.GetProperty("summary").GetProperty("communes_present").GetInt32());
        Assert.Equal("percent", report.GetProperty("columns")[3].GetProperty("kind").GetString());
        Assert.Equal(2990, report.GetProperty("items")[0].GetProperty("teams").GetInt32());
        Assert.Equal(0.333333, report.GetProperty("items")[1].GetProperty("share").GetDouble());
        Assert.Equal("2023-09-30", report.GetProperty("items")[0].GetProperty("since").GetString());
        Assert.Equal(3002, report.GetProperty("totals").GetProperty("teams").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, report.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Api_List_NamesFiltersAndFormats()
    {
        var list = (await (await site.ApiAsync("admin")).GetJsonAsync("/api/v1/reports")).GetProperty("items");

        var sample = list.EnumerateArray().Single(report => report.GetProperty("id").GetString() == "sample");
        Assert.Equal(["as_of", "unit"], sample.GetProperty("filters").EnumerateArray().Select(filter => filter.GetString()));
        Assert.Equal(["json", "csv", "xlsx", "docx"], sample.GetProperty("formats").EnumerateArray().Select(format => format.GetString()));
    }

    [Theory]
    [InlineData("nothing", HttpStatusCode.NotFound, "report_not_found")]
    [InlineData("sample?format=odt", HttpStatusCode.BadRequest, "format_unknown")]
    [InlineData("sample?format=pdf", HttpStatusCode.Conflict, "pdf_unavailable")]
    [InlineData("sample?as_of=2023-02-30", HttpStatusCode.BadRequest, "as_of_invalid")]
    [InlineData("sample-session", HttpStatusCode.BadRequest, "session_required")]
    public async Task Api_WrongQuestion_IsAProblem(string question, HttpStatusCode status, string code)
    {
        var problem = await (await site.ApiAsync("admin")).GetJsonAsync($"/api/v1/reports/{question}", status);

        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Api_WithoutToken_IsRefused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.CreateClient().GetAsync("/api/v1/reports/sample")).StatusCode);

    [Fact]
    public async Task Api_Csv_IsForProgramsAndHarmlessInSpreadsheets()
    {
        var api = await site.ApiAsync("admin");

        var csv = await api.GetByteArrayAsync("/api/v1/reports/sample?format=csv");

        Assert.Equal(
            """
            unit_code,unit_name,teams,share,since,note
            03646,Phường Chiềng Lề,2990,0.931,2023-09-30,
            03647,"'=HYPERLINK(""http://x"")",12,0.333333,,+84500112648
            ,Tổng cộng,3002,,,

            """.ReplaceLineEndings("\n"),
            System.Text.Encoding.UTF8.GetString(csv));
    }

    [Fact]
    public async Task Run_Coordinator_AsksWithinTheirScopeOnly()
    {
        var answer = await RunAsAsync("sample", "Coordinator|14/116/03646/");

        Assert.Equal("14/116/03646/", answer.Value!.Table.Rows[0][5]);
    }

    [Fact]
    public async Task Run_ReportOfOthers_IsForbidden()
    {
        var answer = await RunAsAsync("sample-session", "Coordinator|14/116/03646/");

        Assert.Equal(FaultKind.Forbidden, Assert.Single(answer.Faults).Kind);
    }

    [Fact]
    public async Task Export_Command_WritesTheWholeFileOrNone()
    {
        var folder = Directory.CreateTempSubdirectory("report-").FullName;
        try
        {
            Assert.Equal(0, await CommandAsync("report", "export", "sample", "--format", "csv", "--as-of", "2023-09-30", "--out", Path.Combine(folder, "a.csv")));
            Assert.Equal(1, await CommandAsync("report", "export", "sample", "--format", "pdf", "--out", Path.Combine(folder, "a.pdf")));
            Assert.Equal(1, await CommandAsync("report", "export", "nothing", "--format", "csv", "--out", Path.Combine(folder, "b.csv")));
            Assert.Equal(1, await CommandAsync("report", "export", "sample", "--format", "csv", "--out", Path.Combine(folder, "missing", "c.csv")));

            Assert.Equal(["a.csv"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
            Assert.StartsWith("unit_code,", await File.ReadAllTextAsync(Path.Combine(folder, "a.csv")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Task<Result<ReportAnswer>> RunAsAsync(string report, params string[] grants) => site.WithAsync(services =>
    {
        services.GetRequiredService<CurrentUser>().Read(new(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()), .. grants.Select(grant => new Claim(CurrentUser.GrantClaim, grant))], "test")));
        return services.GetRequiredService<ReportService>().RunAsync(report, new(), CancellationToken.None);
    });

    private async Task<int> CommandAsync(params string[] args) => (await CommandLine.RunAsync(site, new ReportCommands(), args)).Exit;
}
