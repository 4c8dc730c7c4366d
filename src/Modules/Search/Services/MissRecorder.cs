using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TrainingSite.Search.Models;

namespace TrainingSite.Search.Services;

/// <summary>
/// Counts searches that found nothing, behind the answer: a search only puts a line into a queue. Counts that are still in the queue when
/// the site stops hard, or do not fit into it, are lost; nothing rests on them.
/// </summary>
public sealed class MissRecorder(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MissRecorder> log) : BackgroundService
{
    /// <summary>Rows that are kept. When there are more, those asked least and longest ago go.</summary>
    public const int MostKept = 2000;

    /// <summary>How many stay then, so that what is new has room for a while.</summary>
    private const int Kept = 1800;

    /// <summary>So that a flood of nonsense costs the database one small transaction a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<Miss> _queue = Channel.CreateBounded<Miss>(new BoundedChannelOptions(256) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private sealed record Miss(AskedText Asked, DateOnly Day, long Mark);

    /// <summary>Notes that a reader did not find what they looked for. Those who keep the lists try things out: they are not counted.</summary>
    public void Note(string typed, CurrentUser reader)
    {
        if (!reader.Can(Permissions.ManageSearch) && AskedText.Of(typed) is { } asked)
        {
            _queue.Writer.TryWrite(new(asked, clock.Today(), reader.Id is { } account ? asked.MarkOf(account) : 0));
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Miss>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (_queue.Reader.TryRead(out var miss))
                {
                    batch.Add(miss);
                }

                await WriteAsync(batch, stoppingToken);
                await Task.Delay(Pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    private async Task WriteAsync(List<Miss> batch, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<SiteDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            // In one order, so that two nodes do not wait for each other.
            foreach (var rows in batch.GroupBy(miss => miss.Asked.Form, StringComparer.Ordinal).OrderBy(rows => rows.Key, StringComparer.Ordinal))
            {
                var (last, count, people) = (rows.Last(), rows.Count(), rows.Aggregate(0L, (marks, miss) => marks | miss.Mark));
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO "Search_Miss" ("Form", "Text", "FirstDay", "LastDay", "Count", "People")
                    VALUES ({rows.Key}, {last.Asked.Text}, {rows.First().Day}, {last.Day}, {count}, {people})
                    ON CONFLICT ("Form") DO UPDATE SET "Text" = excluded."Text", "LastDay" = excluded."LastDay", "Count" = "Search_Miss"."Count" + excluded."Count",
                        "People" = "Search_Miss"."People" | excluded."People", "HandledUtc" = NULL, "HandledBy" = NULL
                    """, cancellationToken);
            }

            await CutAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Searching goes on; a count that is wrong by some does no harm.
            log.LogWarning(failure, "{Count} searches without a hit were not counted", batch.Count);
        }
    }

    private static async Task CutAsync(SiteDbContext db, CancellationToken cancellationToken)
    {
        if (await db.MissedSearches.CountAsync(cancellationToken) > MostKept)
        {
            await db.MissedSearches.OrderByDescending(miss => miss.Count).ThenByDescending(miss => miss.LastDay).ThenBy(miss => miss.Form).Skip(Kept).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
