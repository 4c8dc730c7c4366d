using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using TrainingSite.Accounts.Recipes;
using TrainingSite.SiteTests.Kernel;

namespace TrainingSite.SiteTests.Accounts;

/// <summary>Who can sign in to a new site.</summary>
public abstract class SetupTests(SiteFixture site)
{
    [Fact]
    public async Task FirstStart_NoAdministrator_MakesOneAndSaysTheCodeOnce()
    {
        await site.QueryAsync(db => db.Users.ExecuteDeleteAsync());

        var lines = await SetUpAsync();
        var again = await SetUpAsync();
        var response = await site.CreateClient().PostFormAsync("/account/activate", new()
        {
            ["Login"] = "admin", ["Code"] = lines[^1].Split(' ')[^1], ["Password"] = "mưa dầm thấm lâu", ["PasswordAgain"] = "mưa dầm thấm lâu",
        });

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Empty(again);
    }

    [Fact]
    public async Task DemoAccounts_InProduction_AreLeftOutAndSaid()
    {
        var lines = new List<string>();
        using var step = JsonDocument.Parse("""{ "password": "Demo@12345", "accounts": [ { "user": "ai.cung.biet", "roles": ["Administrator"] } ] }""");

        await site.WithAsync(async services =>
        {
            var handler = ActivatorUtilities.CreateInstance<DemoAccountsStep>(services, new Production(), new ConfigurationBuilder().Build());
            await handler.ExecuteAsync(new(new("thử", "", "", []), step.RootElement, lines.Add), CancellationToken.None);
            return true;
        });

        Assert.Contains("Site:AllowDemoAccounts=true", Assert.Single(lines), StringComparison.Ordinal);
        Assert.False(await site.QueryAsync(db => db.Users.AnyAsync(user => user.UserName == "ai.cung.biet")));
    }

    private Task<List<string>> SetUpAsync() => site.WithAsync(async services =>
    {
        var lines = new List<string>();
        foreach (var setup in services.GetServices<ISiteSetup>())
        {
            await setup.EnsureAsync(lines.Add);
        }

        return lines;
    });

    private sealed class Production : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

public sealed class SqliteSetupTests(EmptySqliteSite site) : SetupTests(site), IClassFixture<EmptySqliteSite>;

public sealed class PostgreSqlSetupTests(EmptyPostgreSqlSite site) : SetupTests(site), IClassFixture<EmptyPostgreSqlSite>;

public abstract class DemoAccountsTests(SiteFixture site)
{
    [Theory]
    [InlineData("admin", "Quản trị hệ thống")]
    [InlineData("so.organizer", "Cán bộ tổ chức của Sở")]
    [InlineData("xa.coordinator", "Điều phối viên cấp xã")]
    [InlineData("to.truong", "Tổ trưởng")]
    [InlineData("member", "Thành viên Tổ")]
    public async Task DemoAccount_SignsInWithItsRole(string user, string role)
    {
        var client = await site.SignInAsync(user);

        Assert.Equal(role, (await client.GetPageAsync("/me")).QuerySelector(".rows .row-main b")!.TextContent);
    }

    [Fact]
    public async Task Recipe_RunAgain_MakesNothingTwice()
    {
        Task<(int, int)> CountAsync() => site.QueryAsync(async db => (await db.Users.CountAsync(), await db.Set<TrainingSite.Accounts.Models.Grant>().CountAsync()));
        var before = await CountAsync();

        await site.WithAsync(services => services.GetRequiredService<RecipeExecutor>().ExecuteAsync("test", _ => { }));

        Assert.Equal(before, await CountAsync());
    }
}

public sealed class SqliteDemoAccountsTests(SqliteSite site) : DemoAccountsTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlDemoAccountsTests(PostgreSqlSite site) : DemoAccountsTests(site), IClassFixture<PostgreSqlSite>;
