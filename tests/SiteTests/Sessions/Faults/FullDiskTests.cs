using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions.Faults;

/// <summary>The disk of a site on SQLite fills up, and is emptied again.</summary>
public abstract class FullDiskTests(FullDiskTests.SmallDiskSite site)
{
    [Fact]
    public async Task Send_DiskFull_IsAProblemAndNothingIsHalfWritten()
    {
        Assert.SkipUnless(site.IsSmall, "Only root may mount a small disk.");
        var organizer = await site.ApiAsync("so.organizer");
        var code = await organizer.OpenSessionAsync("F-FULL");
        var people = await site.PeopleAsync(code);
        var coordinator = await site.SignInAsync("xa.coordinator");
        var sheet = await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet");
        Assert.Equal("recorded", (await organizer.SendOneAsync(code, Event(people[0], "in"))).Outcome);

        site.Fill();
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

        site.Empty();
        Assert.All(await organizer.SendAsync(code, "phone-1", batch), result => Assert.Equal("recorded", result.Outcome));
        Assert.Equal(sent + batch.Length, (await site.LogAsync(code)).Count);
        await site.AssertLogTellsEverythingAsync(code);

        Task<HttpResponseMessage> MarkAsync() => coordinator.PostFormFromAsync(sheet, $"/sessions/{code}/points/P1/sheet/mark", new() { ["member"] = people[0], ["kind"] = "in" });
    }

    private static Dictionary<string, object?> WithLongNote(Dictionary<string, object?> fact) => new(fact) { ["note"] = new string('x', 500) };

    /// <summary>A site whose disk can be filled.</summary>
    public abstract class SmallDiskSite : SqliteSite
    {
        public virtual bool IsSmall => true;

        public abstract void Fill();

        public abstract void Empty();
    }

    /// <summary>The database lies on a small disk of its own, which another file fills.</summary>
    public sealed class OwnDisk : SmallDiskSite
    {
        private readonly string _disk = Directory.CreateTempSubdirectory("trainingsite-disk-").FullName;
        private readonly bool _mounted;

        public OwnDisk() => _mounted = Run("mount", "-t", "tmpfs", "-o", "size=64m", "trainingsite-test", _disk);

        public override bool IsSmall => _mounted;

        private string Ballast => Path.Combine(_disk, "ballast");

        public override void Fill()
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

        public override void Empty() => File.Delete(Ballast);

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            if (_mounted)
            {
                Assert.True(Run("umount", "-l", _disk));
            }

            Directory.Delete(_disk, recursive: true);
            GC.SuppressFinalize(this);
        }

        protected override IEnumerable<(string Key, string Value)> DatabaseSettings() =>
            [.. base.DatabaseSettings(), ("ConnectionStrings:Site", $"Data Source={Path.Combine(_disk, "site.db")}")];

        private static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
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

public sealed class OwnDiskFullDiskTests(FullDiskTests.OwnDisk site) : FullDiskTests(site), IClassFixture<FullDiskTests.OwnDisk>;

public sealed class LimitedPagesFullDiskTests(FullDiskTests.LimitedPages site) : FullDiskTests(site), IClassFixture<FullDiskTests.LimitedPages>
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
