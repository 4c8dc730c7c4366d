using static TrainingSite.SiteTests.Sessions.Faults.FaultSiteExtensions;

namespace TrainingSite.SiteTests.Sessions.Faults;

/// <summary>The serving process is killed while marks pour in, for real.</summary>
public abstract class KilledServerTests(SiteFixture site)
{
    [Fact]
    public async Task Send_ProcessKilledInABurst_KeepsEveryAcknowledgedMarkAndDoublesNone()
    {
        const int count = 2400;
        var (organizer, code, people) = await site.OpenNowAsync("F-KILL");
        var burst = new Burst(code, Burst.Marks(site.Clock.UtcNow(), people, count), mark: count / 8);
        using var stop = new CancellationTokenSource();
        var (process, client) = await site.StartOtherAsync(organizer);
        using (process)
        using (client)
        {
            var running = burst.RunAsync(client, stop.Token);
            await Task.WhenAny(burst.Reached, running).WaitAsync(Patience);
            process.Kill();
            await stop.CancelAsync();
            await process.WaitForExitAsync().WaitAsync(Patience);
            await running.WaitAsync(Patience);
        }

        var acknowledged = burst.Acknowledged.Keys.ToList();
        Assert.InRange(acknowledged.Count, count / 8, count - 1);
        Assert.Empty(acknowledged.Except(await site.LogAsync(code)));
        await site.AssertLogTellsEverythingAsync(code);

        // The site is started again: the devices send what was not acknowledged, though part of it was stored.
        await burst.RunAsync(organizer).WaitAsync(Patience);

        var log = await site.LogAsync(code);
        Assert.Equal(count, log.Count);
        Assert.Equal(count, log.Distinct().Count());
        Assert.Equal(count, burst.Acknowledged.Count);
        await site.AssertLogTellsEverythingAsync(code);
    }
}

public sealed class SqliteKilledServerTests(FaultSqliteSite site) : KilledServerTests(site), IClassFixture<FaultSqliteSite>;

public sealed class PostgreSqlKilledServerTests(FaultPostgreSqlSite site) : KilledServerTests(site), IClassFixture<FaultPostgreSqlSite>;
