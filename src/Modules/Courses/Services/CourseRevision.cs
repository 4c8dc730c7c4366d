using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>
/// Keeps apart those who write one course at the same moment. Each write of a course, of its lessons or questions moves the course's revision on as the
/// first thing in its transaction: whoever comes later waits for the row, and then finds that the revision is no longer the one that was read.
/// </summary>
internal static class CourseRevision
{
    /// <summary>Moves the revision on from the one that was read; false when somebody else wrote since. Past the tracker: an author who has the course's own form open is not in the way.</summary>
    public static async Task<bool> MoveOnAsync(this SiteDbContext db, Course course, DateTime now, CancellationToken cancellationToken)
    {
        var (id, read) = (course.Id, course.Revision);
        return await db.Set<Course>().Where(row => row.Id == id && row.Revision == read)
            .ExecuteUpdateAsync(row => row.SetProperty(item => item.Revision, read + 1).SetProperty(item => item.UpdatedUtc, now), cancellationToken) == 1;
    }

    /// <summary>Moves the revision on whatever it is, and reads the row anew; false when it is no more.</summary>
    public static async Task<bool> MoveOnAndReadAsync(this SiteDbContext db, Course course, CancellationToken cancellationToken)
    {
        var id = course.Id;
        if (await db.Set<Course>().Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(item => item.Revision, item => item.Revision + 1), cancellationToken) == 0)
        {
            return false;
        }

        await db.Entry(course).ReloadAsync(cancellationToken);
        return true;
    }
}
