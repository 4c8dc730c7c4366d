using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
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
        var fresh = await AttendanceSql.InsertEventsAsync(db, [.. facts.DistinctBy(fact => fact.Id)], cancellationToken);
        Guid[] people = [.. facts.Select(fact => fact.PersonId).Distinct()];
        var before = await db.Attendances.AsNoTracking().Where(attendance => attendance.SessionId == roll.Id && EF.Parameter(people).Contains(attendance.PersonId))
            .ToDictionaryAsync(attendance => attendance.PersonId, cancellationToken);
        var logs = await ReadLogsAsync(roll, facts.Where(fact => fresh.Contains(fact.Id)), before, cancellationToken);
        var after = Fold(roll, logs);
        if (await AttendanceSql.WriteAttendancesAsync(db, after, before, cancellationToken) != after.Count)
        {
            throw new MeanwhileException();
        }

        await TellCompletionsAsync(roll, after.Where(attendance => attendance.Minutes != (before.GetValueOrDefault(attendance.PersonId)?.Minutes ?? 0)), cancellationToken);
        return await AnswerAsync(roll, facts, fresh, before, after, cancellationToken);
    }

    /// <summary>All events of the people who have a new one. Most have none but the new one, which saves asking.</summary>
    private async Task<ILookup<Guid, AttendanceEvent>> ReadLogsAsync(SessionRoll roll, IEnumerable<AttendanceEvent> added, Dictionary<Guid, Attendance> before, CancellationToken cancellationToken)
    {
        var news = added.ToLookup(fact => fact.PersonId);
        Guid[] known = [.. news.Select(group => group.Key).Where(before.ContainsKey)];
        var stored = known.Length == 0 ? [] : await db.AttendanceEvents.AsNoTracking()
            .Where(fact => fact.SessionId == roll.Id && EF.Parameter(known).Contains(fact.PersonId))
            .ToListAsync(cancellationToken);
        return stored.Concat(news.Where(group => !before.ContainsKey(group.Key)).SelectMany(group => group)).ToLookup(fact => fact.PersonId);
    }

    /// <summary>The rows that follow from some people's events; all events of each.</summary>
    internal List<Attendance> Fold(SessionRoll roll, ILookup<Guid, AttendanceEvent> logs)
    {
        var now = clock.UtcNow();
        var after = new List<Attendance>();
        foreach (var log in logs)
        {
            if (AttendanceFold.Fold(log, roll.Blocks) is { } outcome)
            {
                after.Add(new()
                {
                    SessionId = roll.Id,
                    PersonId = log.Key,
                    PointId = outcome.PointId,
                    Status = outcome.Status,
                    Minutes = outcome.Minutes,
                    FirstInUtc = outcome.FirstInUtc,
                    LastOutUtc = outcome.LastOutUtc,
                    Method = outcome.Method,
                    HasConflict = outcome.HasConflict,
                    EventCount = log.Select(fact => fact.Id).Distinct().Count(),
                    UpdatedUtc = now,
                });
            }
        }

        return after;
    }

    /// <summary>Credits and completions of those whose minutes changed; the context holds nothing afterwards.</summary>
    internal async Task TellCompletionsAsync(SessionRoll roll, IEnumerable<Attendance> changed, CancellationToken cancellationToken)
    {
        if (roll.Topics.Count == 0)
        {
            return;
        }

        var changes = changed.Select(attendance => new AttendanceCredit.Change(roll.Id, roll.Code, attendance.PersonId, roll.Date, roll.Topics, attendance.Minutes, roll.TotalMinutes))
            .ToList();
        if (changes.Count > 0)
        {
            await completions.RecordAttendanceAsync(changes, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }

    private async Task<EventResult[]> AnswerAsync(SessionRoll roll, IReadOnlyList<AttendanceEvent> facts, HashSet<Guid> fresh, Dictionary<Guid, Attendance> before, List<Attendance> after, CancellationToken cancellationToken)
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
