using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Sessions.Makeup;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>
/// Adds events to the log and folds the people concerned anew, their completions too: all in the caller's transaction.
/// </summary>
internal sealed class AttendanceLog(SiteDbContext db, CompletionService completions, TimeProvider clock)
{
    /// <summary>Another node changed the same people meanwhile: the caller rolls back and does it again.</summary>
    public sealed class MeanwhileException : Exception;

    /// <summary>The session is another than the roll says: the caller rolls back, reads the roll anew and decides anew.</summary>
    public sealed class StaleRollException(SessionRoll roll) : Exception($"Session {roll.Code} has changed since its roll was read.")
    {
        public SessionRoll Roll { get; } = roll;
    }

    /// <summary>Stores the events of one session. Two messages to the database, whatever their number.</summary>
    /// <returns>What became of each, in the same order.</returns>
    /// <exception cref="StaleRollException">What was decided by the roll may be wrong; also thrown when there is nothing to store.</exception>
    public async Task<EventResult[]> AppendAsync(SessionRoll roll, IReadOnlyList<AttendanceEvent> facts, CancellationToken cancellationToken)
    {
        Guid[] people = [.. facts.Select(fact => fact.PersonId).Distinct().Order()];
        // In one order everywhere: batches that touch the same people wait for each other instead of blocking each other.
        List<AttendanceEvent> distinct = [.. facts.DistinctBy(fact => fact.Id).OrderBy(fact => fact.PersonId).ThenBy(fact => fact.Id)];
        int? revision = null;
        var batch = new StatementBatch(db);
        AttendanceSql.ReadRevision(batch, roll.Id, found => revision = found);
        var stored = people.Length > 0 ? AttendanceSql.Append(batch, roll.Id, distinct, people) : null;
        // What a make-up credits depends on the rows written here.
        var followsAtOnce = roll.Topics.Count > 0 && roll.MakeupFamily is null;
        var update = followsAtOnce ? completions.BeginUpdate(batch, people) : null;
        await batch.ExecuteAsync(cancellationToken);
        if (revision != roll.Revision)
        {
            throw new StaleRollException(roll);
        }

        if (stored is null)
        {
            return [];
        }

        var after = Fold(roll, Logs(stored, distinct));
        var changed = after.Where(attendance => attendance.Minutes != (stored.Attendances.GetValueOrDefault(attendance.PersonId)?.Minutes ?? 0)).ToList();
        await WriteAsync(batch, after, stored.Attendances, () => update?.Write(batch, changed.ConvertAll(attendance => Change(roll, attendance))), cancellationToken);
        if (!followsAtOnce)
        {
            await TellCompletionsAsync(roll, changed, cancellationToken);
        }

        return await AnswerAsync(roll, facts, stored.Fresh, after, cancellationToken);
    }

    /// <summary>Writes folded rows, and what else goes with them.</summary>
    /// <param name="batch">An empty batch.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="before">Those that were read.</param>
    /// <param name="and">Adds more to the batch.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MeanwhileException">A row is another than was read.</exception>
    internal static async Task WriteAsync(StatementBatch batch, IReadOnlyList<Attendance> rows, IReadOnlyDictionary<Guid, Attendance> before, Action? and, CancellationToken cancellationToken)
    {
        var written = 0;
        AttendanceSql.WriteAttendances(batch, rows, before, count => written += count);
        and?.Invoke();
        await batch.ExecuteAsync(cancellationToken);
        if (written != rows.Count)
        {
            throw new MeanwhileException();
        }
    }

    /// <summary>All events of the people who have a new one.</summary>
    private static IEnumerable<(Guid PersonId, List<AttendanceEvent> Events)> Logs(StoredAttendance stored, List<AttendanceEvent> facts)
    {
        var logs = new Dictionary<Guid, List<AttendanceEvent>>(facts.Count);
        foreach (var fact in facts)
        {
            if (stored.Fresh.Contains(fact.Id))
            {
                logs.TryAdd(fact.PersonId, []);
                if (!stored.Attendances.ContainsKey(fact.PersonId))
                {
                    logs[fact.PersonId].Add(fact);
                }
            }
        }

        foreach (var fact in stored.Events)
        {
            logs.GetValueOrDefault(fact.PersonId)?.Add(fact);
        }

        return logs.OrderBy(log => log.Key).Select(log => (log.Key, log.Value));
    }

    /// <summary>The rows that follow from some people's events; all events of each.</summary>
    internal List<Attendance> Fold(SessionRoll roll, IEnumerable<(Guid PersonId, List<AttendanceEvent> Events)> logs)
    {
        var now = clock.UtcNow();
        var after = new List<Attendance>();
        foreach (var (person, events) in logs)
        {
            if (AttendanceFold.Fold(roll.MarksFromUtc is { } from ? events.Where(fact => fact.AtUtc > from) : events, roll.Blocks) is { } outcome)
            {
                after.Add(new()
                {
                    SessionId = roll.Id,
                    PersonId = person,
                    PointId = outcome.PointId,
                    Status = outcome.Status,
                    Minutes = outcome.Minutes,
                    FirstInUtc = outcome.FirstInUtc,
                    LastOutUtc = outcome.LastOutUtc,
                    Method = outcome.Method,
                    HasConflict = outcome.HasConflict,
                    EventCount = events.Count,
                    UpdatedUtc = now,
                });
            }
        }

        return after;
    }

    /// <summary>Credits and completions of those whose minutes changed, nothing from a session that was called off; the context holds nothing afterwards.</summary>
    internal async Task TellCompletionsAsync(SessionRoll roll, IEnumerable<Attendance> changed, CancellationToken cancellationToken)
    {
        if (roll.Topics.Count == 0 && roll.MakeupFamily is null)
        {
            return;
        }

        var people = changed.ToList();
        var changes = roll.MakeupFamily is { } original && people.Count > 0
            ? await MakeupCredits.ReadAsync(db, original, [.. people.Select(attendance => attendance.PersonId)], cancellationToken)
            : people.ConvertAll(attendance => Change(roll, roll.State == SessionState.Cancelled ? new() { PersonId = attendance.PersonId } : attendance));
        if (changes.Count > 0)
        {
            await completions.WriteAttendanceAsync(changes, cancellationToken);
        }
    }

    private static AttendanceCredit.Change Change(SessionRoll roll, Attendance attendance) =>
        new(roll.Id, roll.Code, attendance.PersonId, roll.Date, roll.Topics, attendance.Minutes, roll.TotalMinutes);

    private async Task<EventResult[]> AnswerAsync(SessionRoll roll, IReadOnlyList<AttendanceEvent> facts, HashSet<Guid> fresh, List<Attendance> after, CancellationToken cancellationToken)
    {
        var conflicts = after.Where(attendance => attendance.HasConflict).Select(attendance => attendance.PersonId).ToHashSet();
        Guid[] repeated = [.. facts.Select(fact => fact.Id).Where(id => !fresh.Contains(id)).Distinct()];
        var owners = repeated.Length == 0 ? [] : await db.AttendanceEvents.Where(fact => EF.Parameter(repeated).Contains(fact.Id))
            .Select(fact => new { fact.Id, fact.SessionId, fact.PersonId }).ToDictionaryAsync(fact => fact.Id, fact => (fact.SessionId, fact.PersonId), cancellationToken);
        var told = new HashSet<Guid>();
        return [.. facts.Select(fact =>
            // The first of two equal ids in one batch is the event, the second its repetition.
            fresh.Contains(fact.Id) && told.Add(fact.Id)
                ? conflicts.Contains(fact.PersonId) ? new EventResult(fact.Id, EventOutcome.Conflict, "other_device_disagrees") : new EventResult(fact.Id, EventOutcome.Recorded)
            : owners.TryGetValue(fact.Id, out var owner) && owner != (roll.Id, fact.PersonId)
                ? new EventResult(fact.Id, EventOutcome.Rejected, "id_taken")
                : new EventResult(fact.Id, EventOutcome.Duplicate))];
    }
}
