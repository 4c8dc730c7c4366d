using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;
using TrainingSite.Notifications.Models;
using TrainingSite.Notifications.Services;

namespace TrainingSite.Notifications.Mail;

/// <summary>Sends through the mail server of the settings. The connection is kept for the life of the instance.</summary>
internal sealed class SmtpEmailSender(EmailComposer composer, IOptions<MailOptions> options) : IEmailSender, IDisposable
{
    private readonly SmtpClient _client = new(options.Value.Host, options.Value.Port)
    {
        EnableSsl = options.Value.Security == MailSecurity.StartTls,
        Credentials = options.Value.User.Length > 0 ? new NetworkCredential(options.Value.User, options.Value.Password) : null,
        Timeout = options.Value.TimeoutSeconds * 1000,
    };

    public async Task<EmailResult> SendAsync(Message message, MessageContent content)
    {
        try
        {
            using var mail = composer.Compose(message, content);
            await _client.SendMailAsync(mail);
            return EmailResult.Accepted;
        }
        catch (FormatException wrong)
        {
            return new(EmailOutcome.Permanent, wrong.Message);
        }
        catch (SmtpException refused)
        {
            var reason = $"{(int)refused.StatusCode} {refused.Message} {refused.InnerException?.Message}".Trim();
            return new(IsPermanent(refused.StatusCode) ? EmailOutcome.Permanent : EmailOutcome.Transient, reason);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>5xx is for ever, except what speaks of our own settings: those are mended, and then the mail shall go.</summary>
    private static bool IsPermanent(SmtpStatusCode status) =>
        (int)status is >= 500 and <= 599 and not (530 or 534 or 535 or 538);
}
