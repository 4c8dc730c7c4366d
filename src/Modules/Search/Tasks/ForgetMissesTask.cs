using TrainingSite.Search.Models;

namespace TrainingSite.Search.Tasks;

/// <summary>Forgets searches without a hit that nobody made any more for half a year.</summary>
[BackgroundTask("0 25 3 * * ?", "Xóa những câu tìm chưa thấy đã quá 180 ngày không ai tìm lại")]
internal sealed class ForgetMissesTask(SiteDbContext db, TimeProvider clock) : IBackgroundTask
{
    private const int DaysKept = 180;

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.Today().AddDays(-DaysKept);
        await db.MissedSearches.Where(miss => miss.LastDay < before).ExecuteDeleteAsync(cancellationToken);
    }
}
