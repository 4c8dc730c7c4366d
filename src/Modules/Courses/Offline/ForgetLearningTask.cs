using Microsoft.Extensions.Options;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Offline;

/// <summary>Forgets what devices told and the papers that were drawn for them, when it is so old that nothing sent now can be a repetition of it or answer it.</summary>
[BackgroundTask("0 50 2 * * ?", "Xóa sổ nhận việc học ngoại tuyến đã quá cũ")]
internal sealed class ForgetLearningTask(SiteDbContext db, IOptions<CourseOptions> options, TimeProvider clock) : IBackgroundTask
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        // Twice as long as anything may wait on a device.
        var oldest = clock.UtcNow().AddDays(-2 * options.Value.OfflineDays);
        await db.LearningEvents.Where(row => row.ReceivedUtc < oldest).ExecuteDeleteAsync(cancellationToken);
        await db.QuizPapers.Where(paper => paper.CreatedUtc < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}
