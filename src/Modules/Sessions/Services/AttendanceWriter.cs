using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TrainingSite.Sessions.Services;

/// <summary>
/// Groups the events of concurrent requests into one transaction and answers after its commit: durable, and many times faster than
/// one commit per person. While one batch is being written the next one gathers; a lone request never waits for company.
/// </summary>
internal sealed class AttendanceWriter(IServiceScopeFactory scopes, SessionRolls rolls, TimeProvider clock, ILogger<AttendanceWriter> log) : BackgroundService
{
    private const int MostEvents = 500;
    private const int Attempts = 5;

    /// <summary>While the database works on one batch, the site prepares the next. SQLite has one writer.</summary>
    private const int LanesOnPostgreSql = 2;

    private readonly Channel<Request> _queue = Channel.CreateBounded<Request>(2048);

    /// <summary>What one request tells, and where its answer goes.</summary>
    private sealed class Request(string session, AttendancePoster poster, IReadOnlyList<AttendanceInput> events)
    {
        public string Session { get; } = session;

        public AttendancePoster Poster { get; } = poster;

        public IReadOnlyList<AttendanceInput> Events { get; } = events;

        public TaskCompletionSource<EventResult[]> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Stores events and says what became of each, once that is certain.</summary>
    public async Task<EventResult[]> WriteAsync(string session, AttendancePoster poster, IReadOnlyList<AttendanceInput> events, CancellationToken cancellationToken)
    {
        var request = new Request(session, poster, events);
        await _queue.Writer.WriteAsync(request, cancellationToken);
        return await request.Answer.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, CountLanes()).Select(_ => WriteQueueAsync(stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops: who waits for an answer hears that it did not come, and sends again.
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var left))
            {
                left.Answer.TrySetCanceled(stoppingToken);
            }
        }
    }

    private int CountLanes()
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<SiteDbContext>().IsSqlite ? 1 : LanesOnPostgreSql;
    }

    private async Task WriteQueueAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Request>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                await using var scope = scopes.CreateAsyncScope();
                while (Fill(batch))
                {
                    await WriteAsync(scope.ServiceProvider, batch, stoppingToken);
                }
            }
        }
        finally
        {
            batch.ForEach(request => request.Answer.TrySetCanceled(stoppingToken));
        }
    }

    private bool Fill(List<Request> batch)
    {
        batch.Clear();
        var events = 0;
        while (events < MostEvents && _queue.Reader.TryRead(out var request))
        {
            batch.Add(request);
            events += request.Events.Count;
        }

        return batch.Count > 0;
    }

    private async Task WriteAsync(IServiceProvider services, List<Request> batch, CancellationToken cancellationToken)
    {
        var changed = new Dictionary<string, SessionRoll>(StringComparer.Ordinal);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answers = await CommitAsync(services, batch, changed.Values, cancellationToken);
                for (var index = 0; index < batch.Count; index++)
                {
                    batch[index].Answer.TrySetResult(answers[index]);
                }

                return;
            }
            catch (AttendanceLog.StaleRollException stale) when (attempt < Attempts)
            {
                services.GetRequiredService<SiteDbContext>().ChangeTracker.Clear();
                changed[stale.Roll.Code] = stale.Roll;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                services.GetRequiredService<SiteDbContext>().ChangeTracker.Clear();
                if (StorageFailures.Of(failure) is { } storage && (storage == StorageFailure.Full || attempt >= Attempts))
                {
                    // Nothing of the batch can be stored; asking for each request would only keep them waiting.
                    batch.ForEach(request => request.Answer.TrySetException(failure));
                    return;
                }

                if (attempt >= Attempts)
                {
                    await FailAsync(services, batch, failure, cancellationToken);
                    return;
                }

                log.LogDebug(failure, "A batch of {Count} check-in requests is written again", batch.Count);
            }
        }
    }

    /// <summary>One request that cannot be stored must not take the others with it.</summary>
    private async Task FailAsync(IServiceProvider services, List<Request> batch, Exception failure, CancellationToken cancellationToken)
    {
        if (batch.Count == 1)
        {
            batch[0].Answer.TrySetException(failure);
            return;
        }

        foreach (var request in batch)
        {
            await WriteAsync(services, [request], cancellationToken);
        }
    }

    private async Task<EventResult[][]> CommitAsync(IServiceProvider services, List<Request> batch, IEnumerable<SessionRoll> changed, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var intake = services.GetRequiredService<AttendanceIntake>();
        var journal = services.GetRequiredService<AttendanceLog>();
        var now = clock.UtcNow();
        var answers = new EventResult[batch.Count][];
        if (db.IsSqlite)
        {
            // On the disk, not only handed to the system: what was answered outlives a power cut. One wait for the whole batch.
            await db.Database.OpenConnectionAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=FULL", cancellationToken);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var stale in changed)
        {
            // Read while nobody may move the session: however often it is moved, a batch comes through at its second attempt.
            await AttendanceSql.KeepAsync(db, stale.Id, cancellationToken);
            await rolls.RefreshAsync(db, stale.Code, cancellationToken);
        }

        foreach (var session in batch.Select((request, index) => (request, index)).GroupBy(pair => pair.request.Session).OrderBy(session => session.Key, StringComparer.Ordinal))
        {
            var roll = await rolls.FindAsync(session.Key, cancellationToken);
            var marks = session.Select(pair => pair.request).SelectMany(request => request.Events.Select(input => new AttendanceIntake.Mark(input, request.Poster))).ToList();
            await intake.DecideAsync(roll, marks, now, cancellationToken);
            var stored = roll is null ? [] : await journal.AppendAsync(roll, [.. marks.Where(mark => mark.Reason is null).Select(mark => AttendanceIntake.ToEvent(roll, mark, now))], cancellationToken);
            int place = 0, number = 0;
            foreach (var (request, index) in session)
            {
                var results = answers[index] = new EventResult[request.Events.Count];
                for (var position = 0; position < results.Length; position++)
                {
                    var mark = marks[place++];
                    results[position] = mark.Reason is null ? stored[number++] : new(mark.Input.Id, EventOutcome.Rejected, mark.Reason);
                }
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return answers;
    }
}
