using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Board.Services;

/// <summary>
/// Notes when a point was last heard of. Costs its caller a look into memory: each point is written at most every 30 seconds, behind
/// the answer. A contact that is lost with the process is told again half a minute later.
/// </summary>
public sealed class PointContacts(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PointContacts> log) : BackgroundService
{
    private const int MostKnown = 10_000;
    private static readonly long Spacing = TimeSpan.FromSeconds(30).Ticks;

    private readonly ConcurrentDictionary<Guid, long> _written = new();
    private readonly Channel<Contact> _queue = Channel.CreateBounded<Contact>(new BoundedChannelOptions(1024) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    private readonly record struct Contact(Guid PointId, DateTime AtUtc, string Device);

    /// <summary>A device of the point has opened its sheet, sent marks or asked whether the site is there.</summary>
    /// <param name="pointId">The point.</param>
    /// <param name="device">Name of the device; empty for a page without script.</param>
    public void Touch(Guid pointId, string device)
    {
        var now = clock.UtcNow();
        if (_written.TryGetValue(pointId, out var before) && now.Ticks - before < Spacing)
        {
            return;
        }

        if (_written.Count >= MostKnown)
        {
            _written.Clear();
        }

        _written[pointId] = now.Ticks;
        _queue.Writer.TryWrite(new(pointId, now, device));
    }

    /// <summary>The reader has opened the point's sheet. Whoever holds the session looks from above: that is no sign of the point.</summary>
    public void TouchBy(SessionAccess access, SessionPoint point, string device = "")
    {
        if (!access.CanManage(point.Session))
        {
            Touch(point.Id, device);
        }
    }

    /// <summary>Marks of a device were taken at these points.</summary>
    internal void Touch(SessionRoll roll, string device, IReadOnlyList<AttendanceInput> events, IReadOnlyList<EventResult> results)
    {
        var last = "";
        for (var index = 0; index < events.Count; index++)
        {
            var point = events[index].Point;
            if (point != last && results[index].Outcome != EventOutcome.Rejected && roll.Points.TryGetValue(point, out var known))
            {
                Touch(known.Id, device);
                last = point;
            }
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Contact>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (_queue.Reader.TryRead(out var contact))
                {
                    batch.Add(contact);
                }

                await WriteAsync(batch, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    private async Task WriteAsync(List<Contact> batch, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<SiteDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            foreach (var (point, at, device) in batch)
            {
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO "Sessions_PointContact" ("PointId", "AtUtc", "Device")
                    SELECT "Id", {at}, {device} FROM "Sessions_Point" WHERE "Id" = {point}
                    ON CONFLICT ("PointId") DO UPDATE SET "AtUtc" = excluded."AtUtc", "Device" = excluded."Device"
                    WHERE "Sessions_PointContact"."AtUtc" < excluded."AtUtc"
                    """, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The next sign of life writes it; marks must not wait for this.
            log.LogWarning(failure, "The last contact of {Count} points was not written", batch.Count);
            batch.ForEach(contact => _written.TryRemove(contact.PointId, out _));
        }
    }
}
