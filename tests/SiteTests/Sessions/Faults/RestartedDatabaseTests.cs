using System.Diagnostics;
using System.Net;
using Npgsql;
using static TrainingSite.SiteTests.Sessions.Faults.FaultSiteExtensions;

namespace TrainingSite.SiteTests.Sessions.Faults;

/// <summary>PostgreSQL breaks down and comes back while marks pour in, for real.</summary>
public sealed class RestartedDatabaseTests(RestartedDatabaseTests.OwnCluster site) : IClassFixture<RestartedDatabaseTests.OwnCluster>
{
    [Fact]
    public async Task Send_DatabaseBreaksDownInABurst_LosesNothingAndGoesOnByItself()
    {
        const int atOnce = 800;
        var isDown = false;
        var (organizer, code, people) = await site.OpenNowAsync("F-RESTART");
        IReadOnlyList<Dictionary<string, object?>> Marks() => Burst.Marks(site.Clock.UtcNow(), people, atOnce);
        // However fast the machine is, marks pour in until the database is down.
        var burst = new Burst(code, Marks(), mark: atOnce / 4, more: () => Volatile.Read(ref isDown) ? null : Marks());

        var running = burst.RunAsync(organizer);
        await Task.WhenAny(burst.Reached, running).WaitAsync(Patience);
        site.Cluster.StopAtOnce();
        var before = burst.Acknowledged.Keys.ToList();
        Volatile.Write(ref isDown, true);
        Assert.InRange(before.Count, atOnce / 4, burst.Ids.Count - 1);
        // While it is away, a device hears that it should try again.
        await AssertUnreachableAsync(organizer, code, people[0]);
        site.Cluster.Start();
        await running.WaitAsync(Patience);

        Assert.True(burst.Failures > 0);
        var log = await site.LogAsync(code);
        Assert.Empty(before.Except(log));
        Assert.Equal(burst.Ids.Order(), log.Order());
        Assert.Equal(burst.Ids.Count, burst.Acknowledged.Count);
        await site.AssertLogTellsEverythingAsync(code);
    }

    [Fact]
    public async Task Stop_DatabaseGone_EndsAllTheSame()
    {
        var (process, client) = await site.StartOtherAsync(await site.ApiAsync("so.organizer"), ("Jobs:Enabled", "true"), ("ShutdownTimeoutSeconds", "1"));
        using (process)
        using (client)
        using (var deadline = new CancellationTokenSource(Patience))
        {
            while (await site.QueryAsync(db => db.Database.SqlQuery<long>($"""SELECT count(*) AS "Value" FROM qrtz_fired_triggers""").SingleAsync()) == 0)
            {
                await Task.Delay(20, deadline.Token);
            }

            site.Cluster.StopAtOnce();
            try
            {
                using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
                await process.WaitForExitAsync(deadline.Token);
            }
            finally
            {
                process.Kill();
                site.Cluster.Start();
                // The test's own connections were cut as well.
                NpgsqlConnection.ClearAllPools();
            }
        }
    }

    private static async Task AssertUnreachableAsync(HttpClient client, string code, string member)
    {
        using var content = new StringContent($$"""{"device":"d","events":[{"id":"{{Guid.NewGuid()}}","member":"{{member}}","point":"P1","kind":"in","at":"2026-11-22T08:00:00Z"}]}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync($"/api/v1/sessions/{code}/attendance-events", content);

        Assert.Equal("storage_unreachable", await response.ProblemCodeAsync(HttpStatusCode.ServiceUnavailable));
        Assert.NotNull(response.Headers.RetryAfter);
    }

    /// <summary>A site on a PostgreSQL server of its own.</summary>
    public sealed class OwnCluster : SiteFixture, IFaultSite
    {
        private readonly PostgreSqlCluster _cluster = new();

        internal PostgreSqlCluster Cluster => _cluster;

        public IEnumerable<(string Key, string Value)> AllSettings => DatabaseSettings();

        protected override IEnumerable<(string Key, string Value)> DatabaseSettings() =>
            [("Database:Provider", "PostgreSql"), ("ConnectionStrings:Site", $"{_cluster.ConnectionString};Database=site_of_its_own;Maximum Pool Size=20")];

        protected override Task DropDatabaseAsync()
        {
            NpgsqlConnection.ClearAllPools();
            _cluster.Dispose();
            return Task.CompletedTask;
        }
    }
}
