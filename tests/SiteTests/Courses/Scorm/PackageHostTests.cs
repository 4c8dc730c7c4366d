using System.Net;
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
    public async Task Start_HostThatCannotBe_SaysSo(string host)
    {
        await using var wrong = new Site(host);

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(async () => await wrong.InitializeAsync());

        Assert.Contains("Courses:Scorm:Host", refused.Message);
    }

    public sealed class HostSite() : Site(Host);

    public class Site(string host) : SqliteSite
    {
        protected override IEnumerable<(string Key, string Value)> Settings() => [("Courses:Scorm:Host", host)];
    }
}
