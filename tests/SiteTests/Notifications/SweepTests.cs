using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Models;

namespace TrainingSite.SiteTests.Notifications;

/// <summary>Planning: each person once per channel, however often and however many at once.</summary>
public abstract class SweepTests(SiteFixture site)
{
    [Fact]
    public async Task Sweep_PersonWithAddress_PlansBothChannels()
    {
        var subject = await site.OccasionAsync("a@example.org", "");

        await site.SweepAsync();

        var messages = await site.MessagesAsync(subject);
        Assert.Equal(2, messages.Count(message => message.Channel == MessageChannel.InApp));
        var mail = Assert.Single(messages, message => message.Channel == MessageChannel.Email);
        Assert.Equal("a@example.org", mail.Address);
        Assert.Equal((MessageState.Pending, site.Clock.UtcNow()), (mail.State, mail.DueUtc));
    }

    [Fact]
    public async Task Sweep_ManyTimesAtOnce_PlansEachOnce()
    {
        var subject = await site.OccasionAsync([.. Enumerable.Range(0, 50).Select(index => $"p{index}@example.org")]);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.SweepAsync()));
        await site.SweepAsync();

        Assert.Equal(100, (await site.MessagesAsync(subject)).Count);
    }

    [Fact]
    public async Task Sweep_SourceFails_PlansTheOthersAndSaysWhich()
    {
        var subject = await site.OccasionAsync("b@example.org");
        site.Script().Fails = true;
        try
        {
            var failure = await Assert.ThrowsAsync<AggregateException>(site.SweepAsync);
            Assert.Contains("test-rule: nguồn hỏng", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            site.Script().Fails = false;
        }

        Assert.Equal(1, await site.QueryAsync(db => db.Messages.CountAsync(message => message.Rule == "other-rule" && message.Subject == subject + ".0")));
    }

    [Fact]
    public async Task Sweep_DueLongAgo_IsNotPlanned()
    {
        var subject = await site.OccasionAsync("c@example.org");
        site.Clock.Advance(TimeSpan.FromDays(8));

        await site.SweepAsync();

        Assert.Empty(await site.MessagesAsync(subject));
    }

    [Fact]
    public async Task Sweep_FifteenThousandPeople_TakesSeconds()
    {
        var subject = await site.OccasionAsync([.. Enumerable.Range(0, 15_301).Select(index => $"p{index}@example.org")]);
        var watch = Stopwatch.StartNew();

        await site.SweepAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(30_602, await site.QueryAsync(db => db.Messages.CountAsync(message => message.Subject == subject + ":7d")));
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.Elapsed}");
    }
}

public sealed class SqliteSweepTests(SweepSqliteSite site) : SweepTests(site), IClassFixture<SweepSqliteSite>;

public sealed class PostgreSqlSweepTests(SweepPostgreSqlSite site) : SweepTests(site), IClassFixture<SweepPostgreSqlSite>;

public sealed class SweepSqliteSite : SqliteSite
{
    protected override string? Recipe => null;

    protected override void AddServices(IServiceCollection services) => services.AddTestReminders();
}

public sealed class SweepPostgreSqlSite : PostgreSqlSite
{
    protected override string? Recipe => null;

    protected override void AddServices(IServiceCollection services) => services.AddTestReminders();
}
