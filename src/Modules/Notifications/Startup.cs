using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Mail;
using TrainingSite.Notifications.Services;

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
        services.AddBackgroundTask<SweepRemindersTask>();
        services.AddBackgroundTask<SendMessagesTask>();
    }
}
