using System.Net;

namespace TrainingSite.SiteTests.Accounts;

public abstract class SignInTests(SiteFixture site)
{
    [Fact]
    public async Task SignIn_RightPassword_OpensToday()
    {
        var client = await site.SignInAsync("admin");

        var page = await client.GetPageAsync("/today");

        Assert.Equal("Chào Quản trị hệ thống", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Today_Anonymous_AsksToSignInAndComesBack()
    {
        var client = site.CreateClient();

        var asked = await client.GetAsync("/today");

        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        Assert.Equal("/account/sign-in?returnUrl=%2Ftoday", asked.Headers.Location!.PathAndQuery);
    }
}

public sealed class SqliteSignInTests(SqliteSite site) : SignInTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSignInTests(PostgreSqlSite site) : SignInTests(site), IClassFixture<PostgreSqlSite>;
