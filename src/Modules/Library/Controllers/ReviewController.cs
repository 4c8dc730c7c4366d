using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;

namespace TrainingSite.Library.Controllers;

/// <summary>Reviewing what was proposed: the list of what waits, publish, refuse with a reason (R54).</summary>
[Authorize(nameof(Permissions.ManageLibrary))]
[ApiExplorerSettings(IgnoreApi = true)]
[Route("library")]
public sealed class ReviewController(DocumentReview review, SiteDbContext db, CurrentUser user, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("waiting")]
    public async Task<IActionResult> Index(int page, CancellationToken cancellationToken) => View(await (
        from document in db.Documents.AsNoTracking().ManagedBy(user)
        where document.State == DocumentState.Proposed
        join account in db.Users on document.CreatedById equals account.Id into accounts
        from account in accounts.DefaultIfEmpty()
        orderby document.EditionUtc, document.Id
        select new WaitingDocument(document.Id, document.Title, document.Kind, document.UnitName, account!.DisplayName, document.EditionUtc, document.Format, document.Size)).ToPageAsync(page, size: 30, cancellationToken));

    [HttpPost("{id:guid}/publish")]
    public async Task<IActionResult> Publish(Guid id, int version, CancellationToken cancellationToken)
    {
        var published = await review.PublishAsync(id, version, cancellationToken);
        return Answer(id, published, published.Succeeded ? T["Đã đăng “{0}” lên thư viện.", published.Value.Title] : "");
    }

    [HttpPost("{id:guid}/refuse")]
    public async Task<IActionResult> Refuse(Guid id, int version, [StringLength(1000)] string? reason, CancellationToken cancellationToken)
    {
        var refused = await review.RefuseAsync(id, version, reason, cancellationToken);
        return Answer(id, refused, refused.Succeeded ? T["Đã trả lại “{0}” kèm lý do. Người gửi sửa rồi gửi lại được.", refused.Value.Title] : "");
    }

    private IActionResult Answer(Guid id, Result<Document> result, string words)
    {
        if (result.Succeeded)
        {
            notifier.Success(words);
        }
        else if (result.Faults[0].Kind == FaultKind.NotFound)
        {
            return NotFound();
        }
        else
        {
            notifier.Error(result.Faults[0].Message);
            return Redirect($"~/library/{id}");
        }

        return Redirect("~/library/waiting");
    }
}

/// <summary>A document that waits to be reviewed.</summary>
public sealed record WaitingDocument(Guid Id, string Title, DocumentKind Kind, string? UnitName, string? By, DateTime SentUtc, FileFormat Format, long Size);
