using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Npgsql;
using Quartz;
using TrainingSite.Jobs.Services;

namespace TrainingSite.SiteTests.Jobs;

/// <summary>The jobs page over a scheduler that really runs on the persistent store.</summary>
public abstract class JobTests(SiteFixture site)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_ByAdministrator_RunsOnceAndIsKeptInHistory()
    {
        var admin = await site.SignInAsync("admin");

        var response = await admin.PostFormAsync("/jobs/SweepRemindersTask/run", [], page: "/jobs");

        Assert.Equal("/jobs/SweepRemindersTask", response.Headers.Location?.OriginalString);
        var run = await WaitForManualRunAsync("SweepRemindersTask");
        Assert.Equal(JobRunResult.Succeeded, run.EffectiveResult);
        var page = await admin.GetPageAsync("/jobs/SweepRemindersTask");
        Assert.Contains(page.QuerySelectorAll("tbody tr"), row => row.TextContent.Contains("Bấm chạy", StringComparison.Ordinal) && row.TextContent.Contains("Xong", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Index_OfRunningScheduler_ShowsEveryTaskWithScheduleAndNextRun()
    {
        var page = await (await site.SignInAsync("so.organizer")).GetPageAsync("/jobs");

        var row = page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("a")!.GetAttribute("href") == "/jobs/SendMessagesTask");
        Assert.Contains("mỗi 10 giây", row.TextContent, StringComparison.Ordinal);
        Assert.Matches("\\d\\d:\\d\\d \\d\\d/\\d\\d/\\d{4}", row.Children[3].TextContent);
        Assert.Null(row.QuerySelector("form"));
        Assert.Null(page.QuerySelector(".notice-warning"));
        Assert.Equal(site.Services.GetServices<BackgroundTaskInfo>().Count(), page.QuerySelectorAll("tbody tr").Length);
    }

    private async Task<ExecutionHistoryEntry> WaitForManualRunAsync(string task)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var runs = await site.WithAsync(services => services.GetRequiredService<JobBoard>().GetHistoryAsync(task, failedOnly: false, 1, deadline.Token));
            if (runs.Items.FirstOrDefault(run => run.Manual == true) is { } run)
            {
                return run;
            }

            await Task.Delay(100, deadline.Token);
        }
    }
}

/// <summary>The jobs page of a node that runs nothing, and who may do what.</summary>
public abstract class StandingJobTests(SiteFixture site)
{
    [Fact]
    public async Task Index_JobsDisabled_SaysSo()
    {
        var page = await (await site.SignInAsync("admin")).GetPageAsync("/jobs");

        Assert.Contains("Jobs:Enabled", page.QuerySelector(".notice-warning")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll("tbody tr"), row => row.TextContent.Contains("mỗi phút", StringComparison.Ordinal));
        Assert.Null(page.QuerySelector("tbody form"));
    }

    [Fact]
    public async Task Run_ByOrganizer_IsForbidden()
    {
        var organizer = await site.SignInAsync("so.organizer");

        using var nothing = new FormUrlEncodedContent([]);
        var response = await organizer.PostAsync("/jobs/SweepRemindersTask/run", nothing);

        Assert.NotEqual("/jobs/SweepRemindersTask", response.Headers.Location?.OriginalString);
        Assert.True(response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Index_ByCoordinator_IsRefused()
    {
        var response = await (await site.SignInAsync("xa.coordinator")).GetAsync("/jobs");

        Assert.False(response.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("0 * * * * ?", "mỗi phút")]
    [InlineData("20 * * * * ?", "mỗi phút")]
    [InlineData("0/10 * * * * ?", "mỗi 10 giây")]
    [InlineData("0 0/5 * * * ?", "mỗi 5 phút")]
    [InlineData("0 15 * * * ?", "mỗi giờ, vào phút thứ 15")]
    [InlineData("0 30 2 * * ?", "hằng ngày lúc 02:30")]
    [InlineData("0 0 7 ? * MON", "thứ Hai hằng tuần lúc 07:00")]
    [InlineData("0 0 7 1 * ?", "ngày 1 hằng tháng lúc 07:00")]
    [InlineData("0 0 7 1 1 ?", "0 0 7 1 1 ?")]
    public void Describe_Schedule_SaysItInWords(string schedule, string words) =>
        Assert.Equal(words, ScheduleText.Describe(schedule, site.Services.GetRequiredService<IStringLocalizer<TrainingSite.Jobs.Strings>>()));
}

public sealed class SqliteJobTests(JobsSqliteSite site) : JobTests(site), IClassFixture<JobsSqliteSite>;

public sealed class PostgreSqlJobTests(JobsPostgreSqlSite site) : JobTests(site), IClassFixture<JobsPostgreSqlSite>;

public sealed class SqliteStandingJobTests(SqliteSite site) : StandingJobTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlStandingJobTests(PostgreSqlSite site) : StandingJobTests(site), IClassFixture<PostgreSqlSite>;

public sealed class JobsSqliteSite : SqliteSite
{
    protected override IEnumerable<(string Key, string Value)> Settings() => [("Jobs:Enabled", "true")];
}

public sealed class JobsPostgreSqlSite : PostgreSqlSite
{
    protected override IEnumerable<(string Key, string Value)> Settings() => [("Jobs:Enabled", "true")];

    /// <summary>The scheduler starts with the host, before the fixture migrates; a served site migrates first.</summary>
    protected override async Task CreateDatabaseAsync()
    {
        var target = new NpgsqlConnectionStringBuilder(DatabaseSettings().First(pair => pair.Key == "ConnectionStrings:Site").Value);
        await using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(target.ConnectionString) { Database = "postgres" }.ConnectionString);
        await server.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE \"{target.Database}\"", server);
        await create.ExecuteNonQueryAsync();
    }
}
