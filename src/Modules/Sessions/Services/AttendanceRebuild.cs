using System.Data;
using Npgsql;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>
/// Proves that the log alone tells the attendance of a session, and makes it so again. Reads the people of a session in pages; what is
/// marked meanwhile is neither lost nor taken for a difference.
/// </summary>
public sealed class AttendanceRebuild
{
    private const int PageSize = 500;
    private const int Attempts = 5;

    private readonly SiteDbContext _db;
    private readonly AttendanceLog _log;

    internal AttendanceRebuild(SiteDbContext db, AttendanceLog log) => (_db, _log) = (db, log);

    /// <summary>A person whose row is not what their events say.</summary>
    /// <param name="PersonId">Who.</param>
    /// <param name="Member">Their code.</param>
    /// <param name="Stored">The row; null when there is none.</param>
    /// <param name="Folded">What the events say; null when there are none.</param>
    public sealed record Difference(Guid PersonId, string Member, Attendance? Stored, Attendance? Folded);

    /// <summary>What the comparison found.</summary>
    /// <param name="People">People compared.</param>
    /// <param name="Differences">Those who differ.</param>
    public sealed record Report(int People, IReadOnlyList<Difference> Differences);

    /// <summary>Compares, as of one moment; null when there is no such session.</summary>
    public async Task<Report?> CheckAsync(string code, CancellationToken cancellationToken = default)
    {
        // SQLite takes the write lock unless it is promised nothing but reading; its readers see one moment all the same.
        await using var moment = await _db.Database.BeginTransactionAsync(_db.IsSqlite ? IsolationLevel.ReadUncommitted : IsolationLevel.RepeatableRead, cancellationToken);
        if (await SessionRoll.LoadAsync(_db, code, former: null, cancellationToken) is not { } roll)
        {
            return null;
        }

        var differences = new List<Difference>();
        var members = roll.People.ToDictionary(pair => pair.Value, pair => pair.Key);
        foreach (var page in members.Keys.Order().Chunk(PageSize))
        {
            var stored = await _db.Attendances.AsNoTracking().Where(row => row.SessionId == roll.Id && EF.Parameter(page).Contains(row.PersonId)).ToDictionaryAsync(row => row.PersonId, cancellationToken);
            differences.AddRange(await CompareAsync(roll, members, page, stored, cancellationToken));
        }

        return new(members.Count, differences);
    }

    /// <summary>Compares, and writes anew the rows that differ, with the credits and completions that follow: all or nothing.</summary>
    /// <returns>What differed; null when there is no such session.</returns>
    public async Task<Report?> MendAsync(string code, CancellationToken cancellationToken = default)
    {
        // Reading everything holds no lock; then only those who differ are locked and looked at again.
        var found = await CheckAsync(code, cancellationToken);
        if (found is null || found.Differences.Count == 0)
        {
            return found;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await _db.Database.BeginTransactionAsync(cancellationToken);
                var mended = await RewriteAsync((await SessionRoll.LoadAsync(_db, code, former: null, cancellationToken))!, found.Differences.Select(difference => difference.PersonId), cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return found with { Differences = mended };
            }
            catch (Exception failure) when (attempt < Attempts && IsMeanwhile(failure))
            {
                _db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Before the blocks of a session change: waits for the marks that are being stored by them. Others wait for the end of the running transaction.</summary>
    public Task HoldAsync(Guid sessionId, CancellationToken cancellationToken) => AttendanceSql.HoldAsync(_db, sessionId, cancellationToken);

    /// <summary>Folds everybody anew, in the running transaction, after the blocks of a session that has marks changed.</summary>
    public async Task FoldAgainAsync(string code, CancellationToken cancellationToken)
    {
        var roll = (await SessionRoll.LoadAsync(_db, code, former: null, cancellationToken))!;
        var marked = await _db.Attendances.Where(row => row.SessionId == roll.Id).Select(row => row.PersonId).ToListAsync(cancellationToken);
        await RewriteAsync(roll, marked, cancellationToken);
    }

    /// <summary>Takes back what a session has credited, in the running transaction, after it was called off. What was marked stays in the log.</summary>
    internal async Task TakeCreditsBackAsync(string code, CancellationToken cancellationToken)
    {
        var roll = (await SessionRoll.LoadAsync(_db, code, former: null, cancellationToken))!;
        var marked = await _db.Attendances.Where(row => row.SessionId == roll.Id).Select(row => row.PersonId).ToListAsync(cancellationToken);
        foreach (var page in marked.Order().Chunk(PageSize))
        {
            await _log.TellCompletionsAsync(roll, page.Select(person => new Attendance { PersonId = person }), cancellationToken);
        }
    }

    private async Task<List<Difference>> RewriteAsync(SessionRoll roll, IEnumerable<Guid> people, CancellationToken cancellationToken)
    {
        var rewritten = new List<Difference>();
        var members = roll.People.ToDictionary(pair => pair.Value, pair => pair.Key);
        foreach (var page in people.Where(members.ContainsKey).Order().Chunk(PageSize))
        {
            var stored = await LockAsync(roll, page, cancellationToken);
            var differences = await CompareAsync(roll, members, page, stored, cancellationToken);
            var folded = differences.Select(difference => difference.Folded).OfType<Attendance>().ToList();
            await AttendanceLog.WriteAsync(new(_db), folded, stored, and: null, cancellationToken);

            Guid[] unfounded = [.. differences.Where(difference => difference.Folded is null).Select(difference => difference.PersonId)];
            await _db.Attendances.Where(row => row.SessionId == roll.Id && EF.Parameter(unfounded).Contains(row.PersonId)).ExecuteDeleteAsync(cancellationToken);
            await _log.TellCompletionsAsync(roll, folded.Concat(unfounded.Select(person => new Attendance { PersonId = person })), cancellationToken);
            rewritten.AddRange(differences);
        }

        return rewritten;
    }

    /// <summary>The rows of some people. Check-in waits for them until the end of the transaction, then sees that they changed and folds again.</summary>
    private async Task<Dictionary<Guid, Attendance>> LockAsync(SessionRoll roll, Guid[] people, CancellationToken cancellationToken) =>
        await (_db.IsSqlite
            // The transaction is the only writer.
            ? _db.Attendances.Where(row => row.SessionId == roll.Id && EF.Parameter(people).Contains(row.PersonId))
            : _db.Attendances.FromSql($"""SELECT * FROM "Sessions_Attendance" WHERE "SessionId" = {roll.Id} AND "PersonId" = ANY ({people}) ORDER BY "PersonId" FOR UPDATE"""))
            .AsNoTracking().ToDictionaryAsync(row => row.PersonId, cancellationToken);

    private async Task<List<Difference>> CompareAsync(SessionRoll roll, Dictionary<Guid, string> members, Guid[] page, Dictionary<Guid, Attendance> stored, CancellationToken cancellationToken)
    {
        var events = await _db.AttendanceEvents.AsNoTracking().Where(fact => fact.SessionId == roll.Id && EF.Parameter(page).Contains(fact.PersonId)).ToListAsync(cancellationToken);
        var folded = _log.Fold(roll, events.GroupBy(fact => fact.PersonId).Select(log => (log.Key, log.ToList()))).ToDictionary(row => row.PersonId);
        return
        [
            .. page.Select(person => new Difference(person, members[person], stored.GetValueOrDefault(person), folded.GetValueOrDefault(person)))
                .Where(pair => pair.Stored is not null || pair.Folded is not null)
                .Where(pair => pair.Stored is null || pair.Folded is null || Facts(pair.Stored) != Facts(pair.Folded)),
        ];
    }

    /// <summary>Check-in came between; or each waits for the other, which PostgreSQL ends by refusing one.</summary>
    private static bool IsMeanwhile(Exception? failure) =>
        failure is AttendanceLog.MeanwhileException or PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected }
        || (failure?.InnerException is { } inner && IsMeanwhile(inner));

    /// <summary>Everything but when it was written.</summary>
    private static (Guid, AttendanceStatus, int, DateTime?, DateTime?, AttendanceMethod, bool, int) Facts(Attendance row) =>
        (row.PointId, row.Status, row.Minutes, row.FirstInUtc, row.LastOutUtc, row.Method, row.HasConflict, row.EventCount);
}
