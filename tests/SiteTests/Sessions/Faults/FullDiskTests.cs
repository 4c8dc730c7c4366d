using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions.Faults;

/// <summary>The disk of a site fills up, and is emptied again.</summary>
public abstract class FullDiskTests(SiteFixture site, FullDiskTests.ISmallDisk disk)
{
    [Fact]
    public async Task Send_DiskFull_IsAProblemAndNothingIsHalfWritten()
    {
        Assert.SkipUnless(disk.IsSmall, "Only root may mount a small disk.");
        var organizer = await site.ApiAsync("so.organizer");
        var code = await organizer.OpenSessionAsync("F-FULL");
        var people = await site.PeopleAsync(code);
        var coordinator = await site.SignInAsync("xa.coordinator");
        var sheet = await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet");
        Assert.Equal("recorded", (await organizer.SendOneAsync(code, Event(people[0], "in"))).Outcome);

        disk.Fill();
        var sent = 1;
        HttpResponseMessage answer;
        Dictionary<string, object?>[] batch;
        do
        {
            // Room inside the database and its log is used up first.
            Assert.True(sent < 40_000, "The disk does not fill up.");
            batch = [.. Enumerable.Range(0, 200).Select(number => WithLongNote(Event(people[number % people.Count], "in", $"08:{number % 60:00}")))];
            answer = await organizer.PostAsJsonAsync($"/api/v1/sessions/{code}/attendance-events", new { device = "phone-1", events = batch });
            sent += answer.StatusCode == HttpStatusCode.OK ? batch.Length : 0;
        }
        while (answer.StatusCode == HttpStatusCode.OK);

        var problem = await answer.ProblemAsync(HttpStatusCode.InsufficientStorage);
        Assert.Equal("storage_full", problem.GetProperty("code").GetString());
        Assert.Contains("không mất gì", problem.GetProperty("title").GetString());
        Assert.Equal(sent, (await site.LogAsync(code)).Count);
        await site.AssertLogTellsEverythingAsync(code);

        // What was begun left room for some small marks.
        var page = await MarkAsync();
        for (; page.StatusCode == HttpStatusCode.Redirect; page = await MarkAsync(), sent++)
        {
            Assert.True(sent < 41_000, "The disk does not fill up.");
        }

        Assert.Equal(HttpStatusCode.InsufficientStorage, page.StatusCode);
        Assert.Equal("Máy chủ hết chỗ lưu", (await page.ReadPageAsync()).QuerySelector("h1")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await coordinator.GetAsync($"/sessions/{code}/points/P1/sheet")).StatusCode);

        disk.Empty();
        Assert.All(await organizer.SendAsync(code, "phone-1", batch), result => Assert.Equal("recorded", result.Outcome));
        Assert.Equal(sent + batch.Length, (await site.LogAsync(code)).Count);
        await site.AssertLogTellsEverythingAsync(code);

        Task<HttpResponseMessage> MarkAsync() => coordinator.PostFormFromAsync(sheet, $"/sessions/{code}/points/P1/sheet/mark", new() { ["member"] = people[0], ["kind"] = "in" });
    }

    private static Dictionary<string, object?> WithLongNote(Dictionary<string, object?> fact) => new(fact) { ["note"] = new string('x', 500) };

    /// <summary>A disk that can be filled.</summary>
    public interface ISmallDisk
    {
        bool IsSmall { get; }

        void Fill();

        void Empty();
    }

    /// <summary>A site whose disk can be filled.</summary>
    public abstract class SmallDiskSite : SqliteSite, ISmallDisk
    {
        // Its files lie elsewhere.
        protected override Type? Template => null;

        public virtual bool IsSmall => true;

        public abstract void Fill();

        public abstract void Empty();
    }

    /// <summary>A small disk in memory; only root may mount one.</summary>
    private sealed class SmallDisk : IDisposable
    {
        public SmallDisk(string size) => IsMounted = Run("mount", "-t", "tmpfs", "-o", $"size={size}", "trainingsite-test", Folder);

        public string Folder { get; } = Directory.CreateTempSubdirectory("trainingsite-disk-").FullName;

        public bool IsMounted { get; }

        private string Ballast => Path.Combine(Folder, "ballast");

        public void Fill()
        {
            var block = new byte[4096];
            using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                while (true)
                {
                    file.Write(block);
                }
            }
            catch (IOException)
            {
                // Full, as intended.
            }
        }

        public void Empty() => File.Delete(Ballast);

        public void Dispose()
        {
            if (IsMounted)
            {
                Assert.True(Run("umount", "-l", Folder));
            }

            Directory.Delete(Folder, recursive: true);
        }

        public static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }

    /// <summary>
    /// The tables of a PostgreSQL database lie on a small disk of their own. The server's log stays on the large one: when that has no room
    /// PostgreSQL stops, which is the case of a database that does not answer.
    /// </summary>
    public sealed class OwnTablespace : SiteFixture, ISmallDisk
    {
        private const string Database = "site_on_a_small_disk";

        private readonly SmallDisk _disk = new("160m");
        private readonly PostgreSqlCluster _cluster = new();

        public bool IsSmall => _disk.IsMounted;

        public void Fill() => _disk.Fill();

        public void Empty() => _disk.Empty();

        protected override IEnumerable<(string Key, string Value)> DatabaseSettings() =>
            [("Database:Provider", "PostgreSql"), ("ConnectionStrings:Site", $"{_cluster.ConnectionString};Database={Database};Maximum Pool Size=20")];

        protected override async Task CreateDatabaseAsync()
        {
            if (!IsSmall)
            {
                return;
            }

            // The server's own account must own the folder, whichever it is.
            var tables = Directory.CreateDirectory(Path.Combine(_disk.Folder, "tables")).FullName;
            Assert.True(SmallDisk.Run("chown", "-R", "postgres:postgres", _disk.Folder));
            await using var server = new NpgsqlConnection($"{_cluster.ConnectionString};Database=postgres");
            await server.OpenAsync();
            foreach (var statement in new[] { $"CREATE TABLESPACE small LOCATION '{tables}'", $"CREATE DATABASE {Database} TABLESPACE small" })
            {
                await using var command = new NpgsqlCommand(statement, server);
                await command.ExecuteNonQueryAsync();
            }
        }

        protected override Task DropDatabaseAsync()
        {
            NpgsqlConnection.ClearAllPools();
            _cluster.Dispose();
            _disk.Dispose();
            return Task.CompletedTask;
        }
    }

    /// <summary>The database lies on a small disk of its own, which another file fills.</summary>
    public sealed class OwnDisk : SmallDiskSite
    {
        private readonly SmallDisk _disk = new("64m");

        public override bool IsSmall => _disk.IsMounted;

        public override void Fill() => _disk.Fill();

        public override void Empty() => _disk.Empty();

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            _disk.Dispose();
            GC.SuppressFinalize(this);
        }

        protected override IEnumerable<(string Key, string Value)> DatabaseSettings() =>
            [.. base.DatabaseSettings(), ("ConnectionStrings:Site", $"Data Source={Path.Combine(_disk.Folder, "site.db")}")];
    }

    /// <summary>The database may not grow: what SQLite says then is what it says of a full disk, and this works without any right.</summary>
    public sealed class LimitedPages : SmallDiskSite
    {
        private readonly Limit _limit = new();

        internal CommitLog Commits { get; } = new();

        public override void Fill() => _limit.Pages = 1;

        public override void Empty() => _limit.Pages = int.MaxValue - 1;

        protected override void AddServices(IServiceCollection services) => services.ConfigureDbContext<SiteDbContext>(options => options.AddInterceptors(_limit, Commits));

        private sealed class Limit : DbConnectionInterceptor
        {
            /// <summary>Fewer than there are means: as many as there are.</summary>
            public int? Pages { get; set; }

            public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
            {
                if (Pages is { } pages)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = $"PRAGMA max_page_count={pages}";
                    command.ExecuteScalar();
                }
            }

            public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
            {
                ConnectionOpened(connection, eventData);
                return Task.CompletedTask;
            }
        }
    }
}

public sealed class OwnDiskFullDiskTests(FullDiskTests.OwnDisk site) : FullDiskTests(site, site), IClassFixture<FullDiskTests.OwnDisk>;

public sealed class PostgreSqlFullDiskTests(FullDiskTests.OwnTablespace site) : FullDiskTests(site, site), IClassFixture<FullDiskTests.OwnTablespace>;

public sealed class LimitedPagesFullDiskTests(FullDiskTests.LimitedPages site) : FullDiskTests(site, site), IClassFixture<FullDiskTests.LimitedPages>
{
    private readonly FullDiskTests.LimitedPages _site = site;

    [Fact]
    public async Task Send_Mark_IsOnTheDiskBeforeItIsAnswered()
    {
        const int full = 2;
        var organizer = await _site.ApiAsync("so.organizer");
        var code = await organizer.OpenSessionAsync("F-DURABLE");

        await organizer.SendOneAsync(code, Event("SL-000001", "in"));

        Assert.Equal(full, _site.Commits.Last);
    }
}

/// <summary>How the latest commit of a site on SQLite reached the disk.</summary>
internal sealed class CommitLog : DbTransactionInterceptor
{
    /// <summary>Value of <c>PRAGMA synchronous</c>.</summary>
    public long? Last { get; private set; }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA synchronous";
        Last = (long)command.ExecuteScalar()!;
        return ValueTask.FromResult(result);
    }
}
