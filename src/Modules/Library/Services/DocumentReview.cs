using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>Decides about proposed documents (R54).</summary>
public sealed class DocumentReview(SiteDbContext db, EventPublisher events, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Lets a proposed document into the library, as the reviewer saw it.</summary>
    public Task<Result<Document>> PublishAsync(Guid id, int version, CancellationToken cancellationToken = default) => ReviewAsync(id, version, DocumentState.Published, note: null, cancellationToken);

    /// <summary>Gives a proposed document back; who proposed it reads the reason.</summary>
    public async Task<Result<Document>> RefuseAsync(Guid id, int version, string? reason, CancellationToken cancellationToken = default) =>
        DocumentDescriber.Cut(reason, 1000) is { } note
            ? await ReviewAsync(id, version, DocumentState.Refused, note, cancellationToken)
            : new Fault("reason_missing", T["Chưa trả lại: hãy ghi lý do để người gửi biết cần sửa gì."], "Reason");

    private async Task<Result<Document>> ReviewAsync(Guid id, int version, DocumentState state, string? note, CancellationToken cancellationToken)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !user.CanManage(document))
        {
            return T.DocumentNotFound();
        }

        if (document.State != DocumentState.Proposed)
        {
            return new Fault("not_waiting", T["Tài liệu này không còn chờ duyệt: có người vừa xem xong."], Kind: FaultKind.Conflict);
        }

        // Whoever proposed it may have sent another file since the reviewer opened the page.
        db.Entry(document).Property(row => row.Version).OriginalValue = version;
        (document.State, document.ReviewNote, document.ReviewedById, document.ReviewedUtc) = (state, note, user.Id, clock.UtcNow());
        try
        {
            await db.SaveAndTellAsync(events, id, cancellationToken);
            return document;
        }
        catch (DbUpdateConcurrencyException)
        {
            return T.DocumentChangedMeanwhile();
        }
    }
}
