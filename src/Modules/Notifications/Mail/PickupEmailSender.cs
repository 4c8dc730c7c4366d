using System.Net.Mail;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Mail;

/// <summary>
/// Writes each mail as a file into the folder <c>mail</c>, for sites without a mail server. A file is named after its message, so that
/// writing it again replaces it: here nothing can ever go twice.
/// </summary>
internal sealed class PickupEmailSender(EmailComposer composer, SitePaths paths) : IEmailSender
{
    /// <summary>The folder's name within <c>Site:DataPath</c>.</summary>
    public const string FolderName = "mail";

    public async Task<EmailResult> SendAsync(Message message, MessageContent content)
    {
        var folder = paths.Folder(FolderName);
        var draft = Directory.CreateDirectory(Path.Combine(folder, $".{Guid.NewGuid():N}"));
        try
        {
            using var mail = composer.Compose(message, content);
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = draft.FullName };
            await client.SendMailAsync(mail);
            draft.GetFiles().Single().MoveTo(Path.Combine(folder, composer.MessageId(message).Trim('<', '>').Split('@')[0] + ".eml"), overwrite: true);
            return EmailResult.Accepted;
        }
        catch (FormatException wrong)
        {
            return new(EmailOutcome.Permanent, wrong.Message);
        }
        catch (IOException full)
        {
            return new(EmailOutcome.Transient, full.Message);
        }
        finally
        {
            draft.Delete(recursive: true);
        }
    }
}
