using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TrainingSite.Sessions.Services;

/// <summary>
/// Groups the events of concurrent requests into one transaction and answers after its commit: durable, and many times faster than
/// one commit per person. While one batch is being written the next one gathers, so a lone request never waits for company.
/// </summary>
internal sealed class AttendanceWriter(IServiceScopeFactory scopes, SessionRolls rolls, TimeProvider clock, ILogger<AttendanceWriter> log) : BackgroundService
{
    private const int MostEvents = 500;
    private const int Attempts = 5;

    private readonly Channel<Request> _queue = Channel.CreateBounded<Request>(new BoundedChannelOptions(2048) { SingleReader = true });

    /// <summary>What one request tells, and where its answer goes.</summary>
    private sealed class Request(SessionRoll roll, AttendancePoster poster, IReadOnlyList<AttendanceInput> events)
    {
        public SessionRoll Roll { get; } = roll;

        public AttendancePoster Poster { get; } = poster;

        public IReadOnlyList<AttendanceInput> Events { get; } = events;

        public TaskCompletionSource<EventResult[]> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Stores events and says what became of each, once that is certain.</summary>
    public async Task<EventResult[]> WriteAsync(SessionRoll roll, AttendancePoster poster, IReadOnlyList<AttendanceInput> events, CancellationToken cancellationToken)
    {
        var request = new Request(roll, poster, events);
        await _queue.Writer.WriteAsync(request, cancellationToken);
        return await request.Answer.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
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
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answers = await CommitAsync(services, batch, cancellationToken);
                for (var index = 0; index < batch.Count; index++)
                {
                    batch[index].Answer.TrySetResult(answers[index]);
                }

                return;
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

    private async Task<EventResult[][]> CommitAsync(IServiceProvider services, List<Request> batch, CancellationToken cancellationToken)
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
        foreach (var session in batch.Select((request, index) => (request, index)).GroupBy(pair => pair.request.Roll.Code))
        {
            var roll = await FindCurrentAsync(db, session.First().request.Roll, cancellationToken);
            var marks = session.Select(pair => pair.request).SelectMany(request => request.Events.Select(input => new AttendanceIntake.Mark(input, request.Poster))).ToList();
            await intake.DecideAsync(roll, marks, now, cancellationToken);
            var facts = marks.Where(mark => mark.Reason is null).Select(mark => AttendanceIntake.ToEvent(roll!, mark, now)).ToList();
            var stored = facts.Count > 0 ? await journal.AppendAsync(roll!, facts, cancellationToken) : [];
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

    /// <summary>The roll itself while it is what the database says, else a new one.</summary>
    private async Task<SessionRoll?> FindCurrentAsync(SiteDbContext db, SessionRoll roll, CancellationToken cancellationToken)
    {
        var revision = await db.Set<Models.TrainingSession>().Where(session => session.Id == roll.Id).Select(session => (int?)session.Revision).SingleOrDefaultAsync(cancellationToken);
        return revision == roll.Revision ? roll
            : await rolls.FindAsync(roll.Code, cancellationToken) is { } newer && newer.Revision == revision ? newer
            : await rolls.RefreshAsync(db, roll.Code, cancellationToken);
    }
}
