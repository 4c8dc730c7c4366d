using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;
using TrainingSite.Courses.Models;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Courses.Reminders;

/// <summary>Tells whoever asked for a course to be published that it was sent back, and why; each time once.</summary>
internal sealed class ReturnedCourses(SiteDbContext db, IStringLocalizer<Strings> T) : IReminderSource
{
    public string Rule => "course-returned";

    public string Title => T["Khóa học bị trả lại để sửa"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow) => db.ToAuthors(
        db.Publications.Where(publication => publication.State == PublicationState.Returned && publication.ReturnedUtc != null)
            .Select(publication => new SentBack { Id = publication.CourseId, AuthorId = publication.AskedById, AtUtc = publication.ReturnedUtc!.Value }),
        utcNow);

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var id = AccountReminders.IdOf(subject);
        // What was sent in anew since then is no longer the author's to mend.
        var rows =
            from publication in db.Publications.AsNoTracking()
            join account in db.Accounts on publication.AskedById equals account.UserId
            where publication.CourseId == id && publication.State == PublicationState.Returned
            select new { Person = account.PersonId ?? account.UserId, publication.Course, publication.DecidedBy, publication.Note };
        return (await rows.ToListAsync(cancellationToken)).ToDictionary(row => row.Person, row => new MessageContent(
            T["Khóa học cần sửa: {0}", row.Course.Title],
            row.DecidedBy.Length > 0 ? T["{0} trả lại và ghi: {1}", row.DecidedBy, row.Note] : T["Chưa đăng được như đã hẹn: {0}", row.Note],
            $"/courses/edit/{row.Course.EditSlug}"));
    }
}
