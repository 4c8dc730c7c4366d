using System.Net;
using TrainingSite.Courses.Scorm;
using Microsoft.Extensions.Options;

namespace TrainingSite.SiteTests.Courses.Scorm;

/// <summary>Packages under a host name of their own: what they may do there, and that the site itself is not there.</summary>
public sealed class PackageHostTests(PackageHostTests.HostSite site) : IClassFixture<PackageHostTests.HostSite>
{
    private const string Host = "goi.vi-du.vn";

    [Fact]
    public async Task Package_UnderItsOwnHost_HasAnOrigin()
    {
        var author = await site.SignInAsync("so.organizer");
        var lesson = await author.PublishedPackageAsync(SamplePackages.WithFrames());
        var player = await author.GetAsync($"{lesson}/package/1");

        Assert.EndsWith($"; frame-src {Host}", Assert.Single(player.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("same-origin-allow-popups", Assert.Single(player.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Contains("allow-same-origin", await player.Content.ReadAsStringAsync());
        var address = (await author.OpenPartAsync(lesson)).GetProperty("address").GetString()!;
        Assert.StartsWith($"//{Host}/scorm/", address);
        var page = await site.CreateClient().GetAsync($"http:{address}");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("sandbox allow-scripts allow-forms allow-same-origin ", policy);
        Assert.Contains($"default-src {Host}{address[(Host.Length + 2)..address.LastIndexOf('/')]}/ ", policy);
        Assert.Contains("/modules/courses/dist/scorm12.js", await page.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await site.CreateClient().GetAsync($"http://{Host}/modules/courses/dist/scorm12.js")).StatusCode);
        using var worker = new HttpRequestMessage(HttpMethod.Get, $"http:{address}") { Headers = { { "Service-Worker", "script" } } };
        Assert.Equal(HttpStatusCode.NotFound, (await site.CreateClient().SendAsync(worker)).StatusCode);

        // The same file under the site's own name never gets the site's origin.
        var own = await site.CreateClient().GetAsync(address[(Host.Length + 2)..]);
        Assert.DoesNotContain("allow-same-origin", Assert.Single(own.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/account/sign-in")]
    [InlineData("POST", "/account/sign-in")]
    [InlineData("GET", "/me")]
    [InlineData("GET", "/scormx")]
    [InlineData("GET", "/sw.js")]
    [InlineData("GET", "/api/v1/units")]
    [InlineData("GET", "/health/live")]
    [InlineData("GET", "/scorm/x/y.html")]
    [InlineData("GET", "/scorm")]
    [InlineData("GET", "/scorm/x")]
    [InlineData("POST", "/scorm/x/y.html")]
    [InlineData("GET", "/modules/courses/dist/none.js")]
    [InlineData("GET", "/modules/courses/player.js")]
    public async Task Site_AskedUnderThePackagesHost_IsNotThere(string method, string path)
    {
        foreach (var client in new[] { site.CreateClient(), await site.SignInAsync("member") })
        {
            using var request = new HttpRequestMessage(new(method), $"http://{Host.ToUpperInvariant()}{path}");

            var answer = await client.SendAsync(request);

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("", await answer.Content.ReadAsStringAsync());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("http://goi.vi-du.vn")]
    [InlineData("goi.vi-du.vn:5001")]
    [InlineData("[::1]")]
    [InlineData("10.1.2.3")]
    public async Task Start_HostThatCannotBe_SaysSo(string host)
    {
        await using var wrong = new Site(host);

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(async () => await wrong.InitializeAsync());

        Assert.Contains("Courses:Scorm:Host", refused.Message);
    }

    [Theory]
    [InlineData("hoc.vi-du.vn", "goi.vi-du.vn", true)]
    [InlineData("vi-du.vn", "goi.vi-du.vn", true)]
    [InlineData("tapsu.sonla.gov.vn", "goi.sonla.gov.vn", true)]
    [InlineData("hoc.vi-du.vn", "HOC.vi-du.vn", true)]
    [InlineData("hoc.vi-du.vn", "goi-vi-du.vn", false)]
    [InlineData("hoc.vi-du.gov.vn", "goi.gov.vn", false)]
    [InlineData("localhost", "goi.localhost", false)]
    [InlineData("hoc.vi-du.vn", "hoc.vi-du.com", false)]
    public void ShareCookies_OfTwoNames_IsTrueBelowOneRegisteredName(string site, string packages, bool share) => Assert.Equal(share, PackageHost.ShareCookies(site, packages));

    [Fact]
    public async Task Package_UnderANameWithAccents_HasAnOrigin()
    {
        await using var accented = new Site("xn--gi-1ja.vi-du.vn");
        await accented.InitializeAsync();
        var author = await accented.SignInAsync("so.organizer");
        var lesson = await author.PublishedPackageAsync(SamplePackages.WithFrames());
        var address = (await author.OpenPartAsync(lesson)).GetProperty("address").GetString()!;

        Assert.StartsWith("//xn--gi-1ja.vi-du.vn/scorm/", address);
        Assert.Contains("allow-same-origin", Assert.Single((await accented.CreateClient().GetAsync($"http:{address}")).Headers.GetValues("Content-Security-Policy")));
    }

    public sealed class HostSite() : Site(Host);

    public class Site(string host) : SqliteSite
    {
        protected override IEnumerable<(string Key, string Value)> Settings() => [("Courses:Scorm:Host", host)];
    }
}
