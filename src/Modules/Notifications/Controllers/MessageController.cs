using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Notifications.Mail;
using TrainingSite.Notifications.Models;
using TrainingSite.Notifications.Services;

namespace TrainingSite.Notifications.Controllers;

/// <summary>For staff: what was sent about what, what did not go and why, and the words to paste into Zalo.</summary>
[Route("messages")]
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageMessages))]
public sealed class MessageController(CurrentUser user, MessageBoard board, IOptions<MailOptions> mail, SitePaths paths, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(int page, CancellationToken cancellationToken) =>
        View(new MessagesModel(
            mail.Value.Mode == MailMode.Smtp,
            user.Can(Permissions.ViewMailSettings) ? paths.Folder(PickupEmailSender.FolderName) : null,
            await board.CountDeadAsync(cancellationToken),
            await board.GetSubjectsAsync(page, cancellationToken)));

    [HttpGet("{rule}")]
    public async Task<IActionResult> Show(string rule, string? subject, int page, CancellationToken cancellationToken) =>
        await board.GetSubjectAsync(rule, subject ?? "", page, cancellationToken) is { } model ? View(model) : NotFound();

    /// <summary>Another round of tries for what was given up: one message, or all of the subject.</summary>
    [HttpPost("{rule}/retry")]
    public async Task<IActionResult> Retry(string rule, string subject, long? id, CancellationToken cancellationToken)
    {
        var count = await board.RetryAsync(rule, subject, id, cancellationToken);
        if (count > 0)
        {
            notifier.Success(T["Sẽ gửi lại {0} tin trong lượt gửi tới.", count]);
        }
        else
        {
            notifier.Warning(T["Không còn tin nào cần gửi lại."]);
        }

        return RedirectToAction(nameof(Show), new { rule, subject });
    }
}

/// <summary>The list of subjects.</summary>
/// <param name="HasMailServer">Whether mail leaves this site.</param>
/// <param name="PickupFolder">Where mail is written while it does not; null for readers whom the installation does not concern.</param>
/// <param name="Dead">How many messages were given up in all.</param>
/// <param name="Subjects">The subjects, the latest first.</param>
public sealed record MessagesModel(bool HasMailServer, string? PickupFolder, int Dead, Page<SubjectRow> Subjects);
