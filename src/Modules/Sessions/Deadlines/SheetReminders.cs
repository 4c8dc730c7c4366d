using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>Reminds those who look after a point of its sheet: when half the time is over, and when all of it is.</summary>
internal sealed class SheetReminders(SiteDbContext db, MissingSheets sheets, TimeProvider clock, IStringLocalizer<Strings> T) : IReminderSource
{
    public const string RuleName = "sheet-due";
    private const string Half = ":half:";
    private const string Over = ":over:";

    public string Rule => RuleName;

    public string Title => T["Nhắc chốt danh sách điểm danh"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var half = sheets.All().Where(point => (point.HandInReminderUtc ?? point.Session.HandInReminderUtc) <= utcNow && (point.HandInUtc ?? point.Session.HandInUtc) > utcNow);
        var over = sheets.All().Where(point => (point.HandInUtc ?? point.Session.HandInUtc) <= utcNow);
        return Tell(half, Half).Concat(Tell(over, Over));
    }

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var parts = SheetSubject.Read(subject);
        var now = clock.UtcNow();
        var open = sheets.All().Where(point => point.Session.Code == parts.Session && point.Session.Postponements == parts.Postponements && point.HandInHours == parts.Hours && (parts.Point == null || point.Code == parts.Point));
        open = parts.Step == Half.Trim(':')
            ? open.Where(point => (point.HandInUtc ?? point.Session.HandInUtc) > now)
            : open.Where(point => (point.HandInUtc ?? point.Session.HandInUtc) <= now);
        var rows = await (
            from keeper in sheets.KeepersOf(open)
            join account in db.Accounts on keeper.UserId equals account.UserId
            join point in db.SessionPoints on keeper.PointId equals point.Id
            where personIds.Contains(account.PersonId ?? account.UserId)
            select new { Person = account.PersonId ?? account.UserId, point.Code, point.Name, DueUtc = (point.HandInUtc ?? point.Session.HandInUtc)!.Value, point.Session.Title }).Distinct().ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.Person).ToDictionary(group => group.Key, group =>
        {
            var points = group.OrderBy(row => row.Code, StringComparer.Ordinal).ToList();
            var first = points[0];
            var names = SheetSubject.Names(T, points.ConvertAll(point => point.Name));
            return new MessageContent(
                parts.Step == Half.Trim(':') ? T["Chốt danh sách trước {0}: {1}", first.DueUtc.ToLongText(), first.Title] : T["Đã đến hạn chốt danh sách: {0}", first.Title],
                parts.Step == Half.Trim(':')
                    ? T["Bạn còn {0} danh sách chưa chốt: {1}. Mở danh sách, xem lại rồi bấm “Chốt danh sách”.", points.Count.ToVietnamese(), names]
                    : T["Bạn còn {0} danh sách chưa chốt: {1}. Hạn là {2}. Nếu đang vướng, hãy gọi người tổ chức; dấu điểm danh đã ghi vẫn còn nguyên.", points.Count.ToVietnamese(), names, first.DueUtc.ToLongText()],
                points.Count == 1 ? $"/sessions/{parts.Session}/points/{first.Code}/sheet" : $"/sessions/{parts.Session}/hand-in");
        });
    }

    /// <summary>One message a person, step and session; points with a time of their own have one each.</summary>
    private IQueryable<DueReminder> Tell(IQueryable<SessionPoint> points, string step) =>
        from keeper in sheets.KeepersOf(points)
        join account in db.Accounts on keeper.UserId equals account.UserId
        join user in db.Users on keeper.UserId equals user.Id
        join point in db.SessionPoints on keeper.PointId equals point.Id
        select new DueReminder
        {
            Subject = point.HandInHours == null
                ? point.Session.Code + step + point.Session.Postponements.ToString()
                : point.Session.Code + step + point.Session.Postponements.ToString() + ":" + point.Code + ":" + point.HandInHours.Value.ToString(),
            PersonId = account.PersonId ?? account.UserId,
            UserId = account.UserId,
            Email = user.Email,
            DueUtc = step == Half ? (point.HandInReminderUtc ?? point.Session.HandInReminderUtc)!.Value : (point.HandInUtc ?? point.Session.HandInUtc)!.Value,
        };
}
