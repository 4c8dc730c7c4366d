using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;
using TrainingSite.Library.Models;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Library.Reminders;

/// <summary>Tells whoever proposed a document that it was given back, and why; each time once.</summary>
internal sealed class ReturnedDocuments(SiteDbContext db, IStringLocalizer<Strings> T) : IReminderSource
{
    private static readonly TimeSpan Latest = TimeSpan.FromDays(7);

    public string Rule => "document-returned";

    public string Title => T["Tài liệu bị trả lại để sửa"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var since = utcNow - Latest;
        return from document in db.Documents
               join account in db.Accounts on document.CreatedById equals account.UserId
               join user in db.Users on account.UserId equals user.Id
               where document.State == DocumentState.Refused && document.ReviewedUtc > since && account.DisabledUtc == null
               select new DueReminder
               {
                   // The moment makes the next return another one.
                   Subject = document.Id.ToString() + ":" + document.ReviewedUtc!.Value.Year.ToString() + "-" + document.ReviewedUtc!.Value.DayOfYear.ToString()
                       + "-" + document.ReviewedUtc!.Value.Hour.ToString() + "-" + document.ReviewedUtc!.Value.Minute.ToString() + "-" + document.ReviewedUtc!.Value.Second.ToString(),
                   PersonId = account.PersonId ?? account.UserId,
                   UserId = account.UserId,
                   Email = user.Email,
                   DueUtc = document.ReviewedUtc!.Value,
               };
    }

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(subject.Split(':')[0]);
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
