namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>Wrong codes of days past are of no use to anybody.</summary>
[BackgroundTask("0 20 3 * * ?", "Xóa số lần gõ sai mã điểm danh đã hết hạn")]
internal sealed class ForgetGuessesTask(SiteDbContext db, TimeProvider clock) : IBackgroundTask
{
    public Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        return db.Set<PointGuess>().Where(guess => guess.UntilUtc <= now).ExecuteDeleteAsync(cancellationToken);
    }
}
