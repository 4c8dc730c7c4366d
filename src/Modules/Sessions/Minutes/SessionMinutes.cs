using TrainingSite.Courses.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Minutes;

/// <summary>How many minutes sessions last, and what share of them completes a course of their topics.</summary>
public sealed class SessionMinutes(SiteDbContext db)
{
    /// <summary>Minutes of all blocks of a session.</summary>
    public async Task<int> TotalAsync(Guid sessionId, CancellationToken cancellationToken = default) =>
        (await TotalsAsync([sessionId], cancellationToken)).GetValueOrDefault(sessionId);

    /// <summary>Minutes of all blocks, by session.</summary>
    public async Task<Dictionary<Guid, int>> TotalsAsync(Guid[] sessionIds, CancellationToken cancellationToken = default)
    {
        var blocks = await db.Set<SessionBlock>().AsNoTracking().Where(block => sessionIds.Contains(block.SessionId)).ToListAsync(cancellationToken);
        return blocks.GroupBy(block => block.SessionId).ToDictionary(group => group.Key, group => group.Sum(block => (int)(block.EndUtc - block.StartUtc).TotalMinutes));
    }

    /// <summary>The share of a session's minutes that every course of its topics is content with, by session; none where no course asks for attendance.</summary>
    public async Task<Dictionary<Guid, int>> NeededPercentAsync(Guid[] sessionIds, CancellationToken cancellationToken = default) =>
        await (
            from topic in db.Set<SessionTopic>().Where(topic => sessionIds.Contains(topic.SessionId))
            join course in db.Courses.Where(course => course.State == CourseState.Published && course.AttendanceRequired) on topic.Topic equals course.TopicCode
            group course.MinimumAttendancePercent by topic.SessionId into session
            select new { session.Key, Percent = session.Max() }).ToDictionaryAsync(row => row.Key, row => row.Percent, cancellationToken);
}
