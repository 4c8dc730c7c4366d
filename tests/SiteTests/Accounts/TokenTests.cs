using System.Net;
using System.Net.Http.Headers;

namespace TrainingSite.SiteTests.Accounts;

public abstract class TokenTests(SiteFixture site)
{
    private const string Call = "/api/v1/reports";

    [Fact]
    public async Task Api_WithToken_Answers()
    {
        var client = await site.ApiAsync("admin");

        await client.GetJsonAsync(Call);
    }

    [Fact]
    public async Task Api_WithoutToken_Answers401AsAProblem()
    {
        var response = await site.CreateClient().GetAsync(Call);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(401, (await response.ReadJsonAsync()).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Api_WithCookieOnly_Answers401()
    {
        var client = await site.SignInAsync("admin");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Call)).StatusCode);
    }

    [Fact]
    public async Task Api_UnknownToken_SaysInvalid()
    {
        var client = WithToken("khong-co-ma-nay");

        var response = await client.GetAsync(Call);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Page_WithToken_AsksToSignIn()
    {
        var client = await site.ApiAsync("admin");

        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task Api_ExpiredToken_Answers401()
    {
        var account = await site.AccountAsync(Roles.Administrator, TrainingSite.Accounts.Models.DirectoryUnit.Everything);
        var client = WithToken(await site.TokenAsync(account.UserName, days: 1));

        await client.GetJsonAsync(Call);
        site.Clock.Advance(TimeSpan.FromDays(1));

        await client.GetJsonAsync(Call, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Api_AccountDisabled_Answers401WithinSeconds()
    {
        var account = await site.AccountAsync(Roles.Administrator, TrainingSite.Accounts.Models.DirectoryUnit.Everything);
        var client = await site.ApiAsync(account.UserName);
        await client.GetJsonAsync(Call);

        await site.DisableAsync(account.UserId);
        site.Clock.Advance(TimeSpan.FromSeconds(11));

        await client.GetJsonAsync(Call, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Tokens_MadeAndRevokedOnThePage_WorkUntilThen()
    {
        var account = await site.AccountAsync(Roles.Organizer, TrainingSite.Accounts.Models.DirectoryUnit.Everything);
        var browser = await site.SignInAsync(account.UserName);

        await browser.PostFormAsync("/me/tokens", new() { ["Name"] = "Bảng tính của Sở", ["Days"] = "30" });
        var token = (await browser.GetPageAsync("/me/tokens")).QuerySelector("#new-token")!.GetAttribute("value")!;
        var again = await browser.GetPageAsync("/me/tokens");
        var client = WithToken(token);
        await client.GetJsonAsync(Call);
        await browser.PostFormAsync(again.QuerySelector("form[action$=revoke]")!.GetAttribute("action")!, [], page: "/me/tokens");

        Assert.Null(again.QuerySelector("#new-token"));
        await client.GetJsonAsync(Call, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Tokens_OfSomebodyElse_CannotBeRevoked()
    {
        var account = await site.AccountAsync(Roles.Organizer, TrainingSite.Accounts.Models.DirectoryUnit.Everything);
        var token = await site.TokenAsync("admin");
        var browser = await site.SignInAsync(account.UserName);
        var id = await site.QueryAsync(db => db.Set<TrainingSite.Accounts.Models.ApiToken>().OrderByDescending(row => row.Id).Select(row => row.Id).FirstAsync());

        var response = await browser.PostFormAsync($"/me/tokens/{id}/revoke", [], page: "/me/tokens");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        await WithToken(token).GetJsonAsync(Call);
    }

    [Fact]
    public async Task Tokens_OfAMember_AreForbidden()
    {
        var account = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        var browser = await site.SignInAsync(account.UserName);

        await browser.GetPageAsync("/me/tokens", HttpStatusCode.Forbidden);
    }

    private HttpClient WithToken(string token)
    {
        var client = site.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}

public sealed class SqliteTokenTests(SqliteSite site) : TokenTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlTokenTests(PostgreSqlSite site) : TokenTests(site), IClassFixture<PostgreSqlSite>;
