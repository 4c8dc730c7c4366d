using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;
using TrainingSite.Library.Models;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Library.Reminders;

/// <summary>Tells whoever proposed a document that it was given back, and why; each time once.</summary>
internal sealed class ReturnedDocuments(SiteDbContext db, IStringLocalizer<Strings> T) : IReminderSource
{
    public string Rule => "document-returned";

    public string Title => T["Tài liệu bị trả lại để sửa"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow) => db.ToAuthors(
        db.Documents.Where(document => document.State == DocumentState.Refused && document.ReviewedUtc != null)
            .Select(document => new SentBack { Id = document.Id, AuthorId = document.CreatedById, AtUtc = document.ReviewedUtc!.Value }),
        utcNow);

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var id = AccountReminders.IdOf(subject);
        // What was sent again since then is no longer the author's to mend.
        var rows =
            from document in db.Documents.AsNoTracking()
            join account in db.Accounts on document.CreatedById equals account.UserId
            where document.Id == id && document.State == DocumentState.Refused
            select new { Person = account.PersonId ?? account.UserId, document.Title, document.ReviewNote };
        return (await rows.ToListAsync(cancellationToken)).ToDictionary(row => row.Person, row => new MessageContent(
            T["Tài liệu cần sửa: {0}", row.Title],
            T["Người duyệt ghi: {0}. Sửa rồi gửi lại được.", (row.ReviewNote ?? "").TrimEnd('.')],
            $"/library/{id}"));
    }
}
