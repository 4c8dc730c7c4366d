namespace TrainingSite.Notifications.Services;

/// <summary>Sends what is due, in the application and by mail. The run counts as failed when something could not be written or the mail server is out of order.</summary>
[BackgroundTask("0/10 * * * * ?", "Gửi thông báo và thư đang chờ")]
internal sealed class SendMessagesTask(InAppSender inApp, MailDispatcher mail) : IBackgroundTask
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        string[] problems = [.. await inApp.SendAllAsync(cancellationToken), .. await mail.SendAllAsync(cancellationToken)];
        if (problems.Length > 0)
        {
            throw new InvalidOperationException(string.Join("; ", problems.Distinct()));
        }
    }
}
