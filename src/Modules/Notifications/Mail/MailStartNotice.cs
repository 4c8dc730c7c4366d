using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TrainingSite.Notifications.Services;

namespace TrainingSite.Notifications.Mail;

/// <summary>Says at start where mail goes, and refuses settings that cannot work.</summary>
internal sealed class MailStartNotice(IOptions<MailOptions> options, SitePaths paths, ILogger<MailStartNotice> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Problem() is { } problem)
        {
            throw new InvalidOperationException(problem);
        }

        switch (options.Value.Mode)
        {
            case MailMode.Pickup:
                log.LogInformation("Mail:Mode is Pickup: no mail leaves this machine, it is written to {Folder}.", paths.Folder(PickupEmailSender.FolderName));
                break;
            case MailMode.Smtp:
                log.LogInformation("Mail:Mode is Smtp: mail goes to {Host}:{Port}.", options.Value.Host, options.Value.Port);
                break;
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
