using TrainingSite.Courses.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Makeup;

/// <summary>
/// What a session with make-ups credits: to the original alone, for each person the larger share of those attended. Nobody is credited
/// twice, and a correction in one brings back what the other gave.
/// </summary>
internal static class MakeupCredits
{
    /// <summary>The credits of some people as they are now, in the running transaction.</summary>
    public static async Task<List<AttendanceCredit.Change>> ReadAsync(SiteDbContext db, Guid originalId, IReadOnlyCollection<Guid> people, CancellationToken cancellationToken)
    {
        if (!db.IsSqlite)
        {
            // Two nodes that mark one person in two of the sessions go one after the other, so that the second sees what the first wrote.
            await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Sessions_Session" WHERE "Id" = {originalId} FOR NO KEY UPDATE""", cancellationToken);
        }

        var sessions = await db.Sessions.AsNoTracking().Where(session => session.Id == originalId || session.MakeupOfId == originalId)
            .Select(session => new { session.Id, session.Code, session.StartUtc, session.State, Blocks = session.Blocks.Select(block => new { block.StartUtc, block.EndUtc }).ToList() })
            .ToDictionaryAsync(session => session.Id, cancellationToken);
        var topics = await db.Set<SessionTopic>().Where(topic => topic.SessionId == originalId).Select(topic => topic.Topic).ToListAsync(cancellationToken);
        Guid[] ids = [.. sessions.Values.Where(session => session.State != SessionState.Cancelled).Select(session => session.Id)];
        Guid[] persons = [.. people];
        var attended = (await db.Attendances.Where(attendance => attendance.Minutes > 0 && EF.Parameter(ids).Contains(attendance.SessionId) && EF.Parameter(persons).Contains(attendance.PersonId))
            .Select(attendance => new { attendance.PersonId, attendance.SessionId, attendance.Minutes }).ToListAsync(cancellationToken))
            .ToLookup(attendance => attendance.PersonId);
        return [.. people.Select(person =>
        {
            var best = attended[person]
                .Select(attendance => (Session: sessions[attendance.SessionId], attendance.Minutes, Total: TotalOf(attendance.SessionId)))
                .OrderByDescending(part => part.Total == 0 ? 0 : (double)part.Minutes / part.Total).ThenBy(part => part.Session.StartUtc)
                .FirstOrDefault();
            // The day is that on which the person learned: a completion cannot be older than what it rests on.
            var day = DateOnly.FromDateTime(VietnamTime.ToLocal((best.Session ?? sessions[originalId]).StartUtc));
            return new AttendanceCredit.Change(originalId, sessions[originalId].Code, person, day, topics, best.Minutes, best.Total);
        })];

        int TotalOf(Guid id) => sessions[id].Blocks.Sum(block => (int)(block.EndUtc - block.StartUtc).TotalMinutes);
    }
}
