using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TrainingSite.Courses.Badges;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Badges: an Open Badges 3.0 credential that a library of others verifies with the published key.</summary>
public abstract class BadgeTests(SiteFixture site)
{
    [Fact]
    public async Task Badge_OfACertificate_IsVerifiedByAnIndependentLibrary()
    {
        var learner = await site.LearnerAsync();
        await site.CompleteAsync(CoursesArrange.Safety, learner.PersonId);
        var own = await site.SignInAsync(learner.User);
        var issued = await CertificateTests.IssueAsync(own, CoursesArrange.Safety);

        var response = await own.GetAsync($"{issued}/badge");
        var badge = await response.Content.ReadAsStringAsync();
        var address = JsonDocument.Parse(Base64Url.DecodeFromChars(badge.Split('.')[0])).RootElement.GetProperty("kid").GetString()!;
        Assert.Matches("^http://localhost:5000/certificates/keys/[A-Za-z0-9_-]{43}$", address);
        var visitor = site.CreateClient();
        var published = await visitor.GetAsync(new Uri(address).AbsolutePath);
        var key = await published.Content.ReadAsStringAsync();
        var keys = await visitor.GetJsonAsync("/.well-known/jwks.json");

        Assert.Equal(BadgeWriter.MediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("application/jwk+json", published.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", published.Headers.GetValues("Cache-Control").Single());
        Assert.DoesNotContain("\"d\"", key);
        Assert.Equal(key, Assert.Single(keys.GetProperty("keys").EnumerateArray()).GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/certificates/keys/{new string('A', 43)}")).StatusCode);
        var verified = JsonDocument.Parse(await VerifyAsync(badge, key)).RootElement;
        var payload = verified.GetProperty("payload");
        Assert.Equal("ES256", verified.GetProperty("header").GetProperty("alg").GetString());
        Assert.Equal(["VerifiableCredential", "OpenBadgeCredential"], payload.GetProperty("type").EnumerateArray().Select(type => type.GetString()));
        Assert.EndsWith(issued, payload.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(payload.GetProperty("id").GetString(), payload.GetProperty("jti").GetString());
        Assert.Equal(payload.GetProperty("issuer").GetProperty("id").GetString(), payload.GetProperty("iss").GetString());
        Assert.Equal("2026-11-22T02:00:00Z", payload.GetProperty("validFrom").GetString());
        var subject = payload.GetProperty("credentialSubject");
        Assert.Equal($"Lò Thị {learner.Code}", subject.GetProperty("identifier")[0].GetProperty("identityHash").GetString());
        Assert.EndsWith($"/courses/{CoursesArrange.Safety}", subject.GetProperty("achievement").GetProperty("id").GetString(), StringComparison.Ordinal);

        var parts = badge.Split('.');
        await Assert.ThrowsAsync<InvalidOperationException>(() => VerifyAsync($"{parts[0]}.{parts[1][..^4]}AAAA.{parts[2]}", key));
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.SignInAsync((await site.LearnerAsync()).User)).GetAsync($"{issued}/badge")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await site.CreateClient().GetAsync($"{issued}/badge")).StatusCode);
    }

    /// <summary>What the library reads; fails when the signature is not that of the key.</summary>
    private async Task<string> VerifyAsync(string badge, string key, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(site.DataPath, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, key);
        var script = Path.Combine(Path.GetDirectoryName(here)!, "..", "Assets", "verify-badge.mjs");
        using var process = Process.Start(new ProcessStartInfo("node", [script, file, site.Clock.GetUtcNow().ToString("O")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.StandardInput.WriteAsync(badge);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(error);
    }
}

public sealed class SqliteBadgeTests(SqliteSite site) : BadgeTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlBadgeTests(PostgreSqlSite site) : BadgeTests(site), IClassFixture<PostgreSqlSite>;
