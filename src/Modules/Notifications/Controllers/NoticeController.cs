using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Controllers;

/// <summary>A person's own notices.</summary>
[Route("me/notices")]
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
public sealed class NoticeController(SiteDbContext db, CurrentUser user, TimeProvider clock, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(int page, CancellationToken cancellationToken)
    {
        var notices = db.Messages.NoticesOf(user);
        return View(new NoticesModel(
            await notices.CountAsync(message => message.ReadUtc == null, cancellationToken),
            await notices.OrderByDescending(message => message.SentUtc).ThenByDescending(message => message.Id)
                .Select(message => new NoticeRow(message.Id, message.Title!, message.Text!, message.Url!, message.SentUtc!.Value, message.ReadUtc != null))
                .ToPageAsync(page, 20, cancellationToken)));
    }

    /// <summary>Notes that the person opened it, and leads on to what it is about.</summary>
    [HttpGet("{id:long}")]
    public async Task<IActionResult> Open(long id, CancellationToken cancellationToken)
    {
        var notice = db.Messages.NoticesOf(user).Where(message => message.Id == id);
        if (await notice.Select(message => new { message.Url }).FirstOrDefaultAsync(cancellationToken) is not { } found)
        {
            return NotFound();
        }

        await MarkReadAsync(notice, cancellationToken);
        return Url.IsLocalUrl(found.Url) ? LocalRedirect(found.Url) : RedirectToAction(nameof(Index));
    }

    /// <summary>Notes that the person has read them all.</summary>
    [HttpPost("read")]
    public async Task<IActionResult> Read(CancellationToken cancellationToken)
    {
        await MarkReadAsync(db.Messages.NoticesOf(user), cancellationToken);
        notifier.Success(T["Đã đánh dấu mọi thông báo là đã đọc."]);
        return RedirectToAction(nameof(Index));
    }

    private async Task MarkReadAsync(IQueryable<Message> notices, CancellationToken cancellationToken)
    {
        DateTime? now = clock.UtcNow();
        await notices.Where(message => message.ReadUtc == null).ExecuteUpdateAsync(row => row.SetProperty(message => message.ReadUtc, now), cancellationToken);
    }
}

/// <summary>A person's notices.</summary>
/// <param name="Unread">How many are unread, over all pages.</param>
/// <param name="Notices">The notices, the latest first.</param>
public sealed record NoticesModel(int Unread, Page<NoticeRow> Notices);

/// <summary>One notice.</summary>
/// <param name="Id">Key.</param>
/// <param name="Title">Title.</param>
/// <param name="Text">The words.</param>
/// <param name="Url">Where it leads; empty for nowhere.</param>
/// <param name="SentUtc">When it came.</param>
/// <param name="IsRead">Whether the person opened it.</param>
public sealed record NoticeRow(long Id, string Title, string Text, string Url, DateTime SentUtc, bool IsRead);
