using Microsoft.Extensions.Localization;
using TrainingSite.Courses.External;
using TrainingSite.Notifications.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Reminders;

/// <summary>Tells a member whether a course completed elsewhere was recognised, and if not, why.</summary>
internal sealed class ExternalDecisions(SiteDbContext db, IStringLocalizer<Strings> T) : IReminderSource
{
    private static readonly TimeSpan Latest = TimeSpan.FromDays(7);

    public string Rule => "external-decision";

    public string Title => T["Kết quả công nhận khóa học ngoài"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var since = utcNow - Latest;
        return from row in db.ExternalCompletions
               join person in db.People on row.PersonId equals person.Id
               where row.State != ExternalState.Submitted && row.DecidedUtc > since
               select new DueReminder
               {
                   Subject = row.Id.ToString(),
                   PersonId = row.PersonId,
                   UserId = person.UserId,
                   Email = person.Email,
                   DueUtc = row.DecidedUtc!.Value,
               };
    }

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(subject);
        var found = await db.ExternalCompletions.AsNoTracking().Where(row => row.Id == id && row.State != ExternalState.Submitted).ToListAsync(cancellationToken);
        return found.ToDictionary(row => row.PersonId, row => row.State == ExternalState.Accepted
            ? new MessageContent(T["Đã công nhận khóa học ngoài: {0}", row.Name], T["Khóa “{0}” của {1} đã vào hồ sơ học tập của bạn.", row.Name, row.Provider], "/me/external-courses")
            : new MessageContent(T["Chưa công nhận khóa học ngoài: {0}", row.Name], T["Lý do: {0}. Bổ sung minh chứng rồi ghi lại khóa này.", row.Reason!.TrimEnd('.')], "/me/external-courses"));
    }
}
