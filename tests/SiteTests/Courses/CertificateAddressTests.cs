using System.Text;
using AngleSharp.Dom;
using TrainingSite.Courses.Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.SiteTests.Courses;

/// <summary>The address that papers bear is the one in the settings; while that leads nowhere, staff are told.</summary>
public sealed class CertificateAddressTests(SqliteSite site, PublicSite outside) : IClassFixture<SqliteSite>, IClassFixture<PublicSite>
{
    [Theory]
    [InlineData("xa.coordinator", "/certificates/unit")]
    [InlineData("so.organizer", "/certificates/design/14")]
    [InlineData("admin", "/certificates/design")]
    [InlineData("to.truong", "/certificates")]
    public async Task Page_WithoutThePublicAddress_TellsStaffWhichSettingIsMissing(string user, string page)
    {
        var notice = (await (await site.SignInAsync(user)).GetPageAsync(page)).QuerySelector("main .notice-warning")!.TextContent;

        Assert.Contains("http://localhost:5000/certificates", notice);
        Assert.Contains("Site:BaseUrl", notice);
        Assert.Null((await (await outside.SignInAsync(user)).GetPageAsync(page)).QuerySelector("main .notice-warning"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("member")]
    public async Task Page_ForOthers_SaysNothingOfSettings(string user)
    {
        var reader = user.Length == 0 ? site.CreateClient() : await site.SignInAsync(user);

        Assert.DoesNotContain("Site:BaseUrl", (await reader.GetPageAsync("/certificates")).Body!.TextContent);
    }

    [Fact]
    public async Task Show_WithoutThePublicAddress_NamesTheOneThatWasAskedAndPrintsNone()
    {
        var (own, issued) = await IssuedAsync(site);

        var page = await AskAsync(own, issued, "dia-chi-la.example");

        Assert.Contains("dia-chi-la.example/certificates", page);
        Assert.DoesNotContain("dia-chi-la.example", await AskAsync(own, issued + "/pdf", "dia-chi-la.example"));
        Assert.Equal($"http://localhost:5000{issued}", UrlOf(site, issued));
    }

    [Fact]
    public async Task Show_WithThePublicAddress_NamesThatWhateverWasAsked()
    {
        var (own, issued) = await IssuedAsync(outside);

        var page = await AskAsync(own, issued, "dia-chi-la.example");

        Assert.Contains("taphuan.example.org/certificates", page);
        Assert.DoesNotContain("dia-chi-la.example", page);
        Assert.Equal($"https://taphuan.example.org{issued}", UrlOf(outside, issued));
    }

    [Theory]
    [InlineData("https://taphuan.example.org/", true)]
    [InlineData("http://10.1.2.3:8080/hoc", true)]
    [InlineData("http://localhost:5000", false)]
    [InlineData("http://127.0.0.1", false)]
    [InlineData("http://[::1]:80", false)]
    [InlineData("taphuan.example.org", false)]
    [InlineData("ftp://taphuan.example.org", false)]
    [InlineData("", false)]
    public void IsPublic_Address_IsOneThatOthersCanOpen(string url, bool expected) => Assert.Equal(expected, new SiteAddress(url).IsPublic);

    private static async Task<(HttpClient Own, string Issued)> IssuedAsync(SiteFixture site)
    {
        var learner = await site.LearnerAsync();
        await site.CompleteAsync(CoursesArrange.Safety, learner.PersonId);
        var own = await site.SignInAsync(learner.User);
        return (own, await CertificateTests.IssueAsync(own, CoursesArrange.Safety));
    }

    private static async Task<string> AskAsync(HttpClient client, string address, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Host = host;
        var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        return Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync());
    }

    private static string UrlOf(SiteFixture site, string issued) => site.Services.GetRequiredService<CertificateSheet>().UrlOf(issued.Split('/')[^1]);
}

/// <summary>A site that knows where it stands.</summary>
public sealed class PublicSite : SqliteSite
{
    protected override IEnumerable<(string Key, string Value)> Settings() => [("Site:BaseUrl", "https://taphuan.example.org")];
}
