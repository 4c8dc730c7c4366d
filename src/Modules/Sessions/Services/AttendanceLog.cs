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

    /// <summary>Stores the events of one session.</summary>
    /// <returns>What became of each, in the same order.</returns>
    public async Task<EventResult[]> AppendAsync(SessionRoll roll, IReadOnlyList<AttendanceEvent> facts, CancellationToken cancellationToken)
    {
        Guid[] people = [.. facts.Select(fact => fact.PersonId).Distinct()];
        List<AttendanceEvent> distinct = [.. facts.DistinctBy(fact => fact.Id)];
        var stored = await AttendanceSql.AppendAsync(db, roll.Id, distinct, people, cancellationToken);
        var after = Fold(roll, Logs(stored, distinct));
        if (await AttendanceSql.WriteAttendancesAsync(db, after, stored.Attendances, cancellationToken) != after.Count)
        {
            throw new MeanwhileException();
        }

        await TellCompletionsAsync(roll, after.Where(attendance => attendance.Minutes != (stored.Attendances.GetValueOrDefault(attendance.PersonId)?.Minutes ?? 0)), cancellationToken);
        return await AnswerAsync(roll, facts, stored.Fresh, after, cancellationToken);
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

        return logs.Select(log => (log.Key, log.Value));
    }

    /// <summary>The rows that follow from some people's events; all events of each.</summary>
    internal List<Attendance> Fold(SessionRoll roll, IEnumerable<(Guid PersonId, List<AttendanceEvent> Events)> logs)
    {
        var now = clock.UtcNow();
        var after = new List<Attendance>();
        foreach (var (person, events) in logs)
        {
            if (AttendanceFold.Fold(events, roll.Blocks) is { } outcome)
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

    /// <summary>Credits and completions of those whose minutes changed; the context holds nothing afterwards.</summary>
    internal async Task TellCompletionsAsync(SessionRoll roll, IEnumerable<Attendance> changed, CancellationToken cancellationToken)
    {
        if (roll.Topics.Count == 0 && roll.MakeupFamily is null)
        {
            return;
        }

        var people = changed.ToList();
        var changes = roll.MakeupFamily is { } original && people.Count > 0
            ? await MakeupCredits.ReadAsync(db, original, [.. people.Select(attendance => attendance.PersonId)], cancellationToken)
            : people.ConvertAll(attendance => new AttendanceCredit.Change(roll.Id, roll.Code, attendance.PersonId, roll.Date, roll.Topics, attendance.Minutes, roll.TotalMinutes));
        if (changes.Count > 0)
        {
            await completions.WriteAttendanceAsync(changes, cancellationToken);
        }
    }

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
