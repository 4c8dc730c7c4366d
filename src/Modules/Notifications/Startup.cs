using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Mail;
using TrainingSite.Notifications.Models;
using TrainingSite.Notifications.Services;
using TrainingSite.Notifications.ViewComponents;

namespace TrainingSite.Notifications;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddPermissions<Permissions>();
        services.AddSingleton<INavigationProvider, AdminMenu>();
        services.Configure<NotificationOptions>(configuration.GetSection("Notifications"));
        services.Configure<MailOptions>(configuration.GetSection("Mail"));
        services.AddScoped<ReminderPlanner>();
        services.AddScoped<MessageQueue>();
        services.AddScoped<MessageRenderer>();
        services.AddScoped<InAppSender>();
        services.AddScoped(provider => new MessageBoard(
            provider.GetRequiredService<SiteDbContext>(), provider.GetRequiredService<MessageQueue>(), provider.GetRequiredService<EmailComposer>(), provider.GetServices<IReminderSource>()));
        services.AddScoped<MailDispatcher>();
        services.AddScoped<EmailComposer>();
        if (configuration.GetValue("Mail:Mode", MailMode.Pickup) == MailMode.Smtp)
        {
            services.AddScoped<IEmailSender, SmtpEmailSender>();
        }
        else
        {
            services.AddScoped<IEmailSender, PickupEmailSender>();
        }

        services.AddHostedService<MailStartNotice>();
        services.AddZoneContributor<UnreadNoticesViewComponent>("today", 5);
        services.AddZoneContributor<MyNoticesViewComponent>("me", 10);
        services.AddBackgroundTask<SweepRemindersTask>();
        services.AddBackgroundTask<SendMessagesTask>();
    }
}
