using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Notifications.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Reminders;

/// <summary>Whose completion ends within thirty days: told once, in time to renew it.</summary>
internal sealed class CompletionExpiry(SiteDbContext db, TimeProvider clock, IStringLocalizer<Strings> T) : IReminderSource
{
    private const int DaysBefore = 30;

    public string Rule => "completion-expiry";

    public string Title => T["Nhắc làm lại khóa học sắp hết giá trị"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var until = utcNow.AddDays(DaysBefore);
        return db.Completions.Valid().Where(completion => completion.ExpiresUtc > utcNow && completion.ExpiresUtc <= until && completion.Course.State == CourseState.Published)
            .Join(db.People, completion => completion.PersonId, person => person.Id, (completion, person) => new DueReminder
            {
                // The month makes the reminder after a renewal another one.
                Subject = completion.Id.ToString() + ":" + completion.ExpiresUtc!.Value.Year.ToString() + "-" + completion.ExpiresUtc!.Value.Month.ToString(),
                PersonId = person.Id,
                UserId = person.UserId,
                Email = person.Email,
                DueUtc = completion.ExpiresUtc!.Value.AddDays(-DaysBefore),
            });
    }

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var (now, until) = (clock.UtcNow(), clock.UtcNow().AddDays(DaysBefore));
        var id = Guid.Parse(subject.Split(':')[0]);
        // Who has renewed it since the reminder was planned is left alone.
        var row = await db.Completions.AsNoTracking().Valid().Where(completion => completion.Id == id && completion.ExpiresUtc > now && completion.ExpiresUtc <= until)
            .Select(completion => new { completion.PersonId, completion.ExpiresUtc, completion.Course.Title, completion.Course.Slug }).SingleOrDefaultAsync(cancellationToken);
        return row is null ? new Dictionary<Guid, MessageContent>() : new Dictionary<Guid, MessageContent>
        {
            [row.PersonId] = new(
                T["Sắp hết giá trị: {0}", row.Title],
                T["Kết quả khóa “{0}” của bạn có giá trị đến ngày {1}. Hãy làm lại bài kiểm tra hoặc dự buổi tập huấn cùng chuyên đề để gia hạn.", row.Title, row.ExpiresUtc!.Value.ToDateText()],
                $"/courses/{row.Slug}"),
        };
    }
}
