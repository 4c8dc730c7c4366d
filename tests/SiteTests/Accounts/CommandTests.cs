using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Commands;

namespace TrainingSite.SiteTests.Accounts;

/// <summary>The contract of the command line: exit codes, and what stands on the last line.</summary>
public abstract class CommandTests(SiteFixture site)
{
    [Fact]
    public async Task UserCreate_PrintsACodeThatActivates()
    {
        var user = AccountsArrange.NewName("lenh");

        var (exit, lines) = await RunAsync("user", "create", "--name", "Lò Thị Nga", "--user", user, "--role", "organizer");

        Assert.Equal(0, exit);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await ActivateAsync(user, lines[^1].Split(' ')[^1])).StatusCode);
    }

    [Fact]
    public async Task UserReset_PrintsACodeThatActivates()
    {
        var account = await site.AccountAsync(Roles.Member, AccountsArrange.Village);

        var (exit, lines) = await RunAsync("user", "reset", account.UserName);

        Assert.Equal(0, exit);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await ActivateAsync(account.UserName, lines[^1].Split(' ')[^1])).StatusCode);
    }

    [Fact]
    public async Task TokenCreate_PrintsTheTokenAloneOnTheLastLine()
    {
        var (exit, lines) = await RunAsync("token", "create", "--user", "admin", "--days", "2");
        var client = site.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", lines[^1]);

        Assert.Equal(0, exit);
        await client.GetJsonAsync("/api/v1/reports");
    }

    [Theory]
    [InlineData("user", "create", "--name", "N", "--user", "admin", "--role", "Member")]
    [InlineData("user", "create", "--name", "N", "--user", "moi.hoan.toan", "--role", "Vua")]
    [InlineData("user", "create", "--name", "N", "--user", "moi.hoan.toan", "--role", "coordinator")]
    [InlineData("user", "create", "--name", "N", "--user", "moi.hoan.toan", "--role", "Member", "--unit", "khong-co")]
    [InlineData("user", "reset", "khong.co.ai")]
    [InlineData("token", "create", "--user", "khong.co.ai")]
    [InlineData("token", "create", "--user", "admin", "--days", "0")]
    public async Task Refused_WritesNothingAndExitsWith1(params string[] line)
    {
        var before = await site.QueryAsync(db => db.Users.CountAsync());

        var (exit, lines) = await RunAsync(line);

        Assert.Equal(1, exit);
        Assert.NotEmpty(lines);
        Assert.Equal(before, await site.QueryAsync(db => db.Users.CountAsync()));
    }

    private Task<HttpResponseMessage> ActivateAsync(string user, string code) => site.CreateClient().PostFormAsync(
        "/account/activate", new() { ["Login"] = user, ["Code"] = code, ["Password"] = "mưa dầm thấm lâu", ["PasswordAgain"] = "mưa dầm thấm lâu" });

    private async Task<(int Exit, string[] Lines)> RunAsync(params string[] line)
    {
        var (exit, text) = await CommandLine.RunAsync(site, new AccountCommands(), line);
        return (exit, text.TrimEnd().Split(Environment.NewLine));
    }
}

public sealed class SqliteCommandTests(SqliteSite site) : CommandTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlCommandTests(PostgreSqlSite site) : CommandTests(site), IClassFixture<PostgreSqlSite>;
