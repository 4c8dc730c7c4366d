using TrainingSite.Search.Services;

namespace TrainingSite.Search.Tasks;

/// <summary>Keeps the stored counts up, and builds the index anew when the analyzer has changed.</summary>
[BackgroundTask("40 */10 * * * ?", "Giữ cho ô tìm kiếm luôn đủ và đúng")]
internal sealed class KeepIndexTask(IndexRebuilder rebuilder, StatisticsCounter counter) : IBackgroundTask
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (await rebuilder.IsNeededAsync(cancellationToken))
        {
            await rebuilder.RebuildAsync(cancellationToken);
        }
        else
        {
            await counter.CountAsync(anew: false, cancellationToken);
        }
    }
}
