using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Notifications.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Reminders;

/// <summary>Whose completion ends within thirty days: told in time to renew it, and once more in its last week.</summary>
internal sealed class CompletionExpiry(SiteDbContext db, TimeProvider clock, IStringLocalizer<Strings> T) : IReminderSource
{
    private const int DaysBefore = 30, LastDaysBefore = 7;
    private const string Last = ":last";

    public string Rule => "completion-expiry";

    public string Title => T["Nhắc làm lại khóa học sắp hết giá trị"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var lastDays = utcNow.AddDays(LastDaysBefore);
        return Ending(utcNow, DaysBefore).Where(completion => completion.Course.State == CourseState.Published)
            .Join(db.People, completion => completion.PersonId, person => person.Id, (completion, person) => new DueReminder
            {
                // The month makes the reminder after a renewal another one.
                Subject = completion.Id.ToString() + ":" + completion.ExpiresUtc!.Value.Year.ToString() + "-" + completion.ExpiresUtc!.Value.Month.ToString() + (completion.ExpiresUtc <= lastDays ? Last : ""),
                PersonId = person.Id,
                UserId = person.UserId,
                Email = person.Email,
                DueUtc = completion.ExpiresUtc <= lastDays ? completion.ExpiresUtc!.Value.AddDays(-LastDaysBefore) : completion.ExpiresUtc!.Value.AddDays(-DaysBefore),
            });
    }

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(subject.Split(':')[0]);
        var isLast = subject.EndsWith(Last, StringComparison.Ordinal);
        // Who has renewed it since the reminder was planned is left alone.
        var row = await Ending(clock.UtcNow(), isLast ? LastDaysBefore : DaysBefore).AsNoTracking().Where(completion => completion.Id == id)
            .Select(completion => new { completion.PersonId, completion.ExpiresUtc, completion.Course.Title, completion.Course.Slug }).SingleOrDefaultAsync(cancellationToken);
        return row is null ? new Dictionary<Guid, MessageContent>() : new Dictionary<Guid, MessageContent>
        {
            [row.PersonId] = new(
                isLast ? T["Còn ít ngày để gia hạn: {0}", row.Title] : T["Sắp hết giá trị: {0}", row.Title],
                T["Kết quả khóa “{0}” của bạn có giá trị đến hết ngày {1}. Hãy làm lại bài kiểm tra hoặc dự buổi tập huấn cùng chuyên đề để gia hạn.", row.Title, row.ExpiresUtc!.Value.ToLastDayText()],
                $"/courses/{row.Slug}"),
        };
    }

    private IQueryable<Completion> Ending(DateTime utcNow, int days)
    {
        var until = utcNow.AddDays(days);
        return db.Completions.Current(utcNow).Where(completion => completion.ExpiresUtc > utcNow && completion.ExpiresUtc <= until);
    }
}
