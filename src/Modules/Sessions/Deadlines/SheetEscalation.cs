using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>
/// Tells upward of sheets that are still missing: first the officers of the district (while there are districts), then the organizers of the
/// session's unit. Each person once per step and session, with all points in one message.
/// </summary>
internal sealed class SheetEscalation(SiteDbContext db, MissingSheets sheets, SessionOptions options, TimeProvider clock, IStringLocalizer<Strings> T) : IReminderSource
{
    public const string RuleName = "sheet-missing";
    private const string District = "district";
    private const string Unit = "unit";

    public string Rule => RuleName;

    public string Title => T["Báo cấp trên về danh sách chưa chốt"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var grants = db.Grants.On(clock.Today());
        var officers =
            from point in OverdueSince(utcNow - options.EscalateAfter)
            from grant in grants
            where grant.Role == Roles.DistrictOfficer && grant.UnitPath != "" && point.Path.StartsWith(grant.UnitPath)
            select new { point.SessionId, grant.UserId, Step = District, DueUtc = (point.HandInUtc ?? point.Session.HandInUtc)!.Value };
        var organizers =
            from point in OverdueSince(utcNow - (2 * options.EscalateAfter))
            from grant in grants
            where grant.Role == Roles.Organizer && point.Session.OrganizerPath.StartsWith(grant.UnitPath)
            select new { point.SessionId, grant.UserId, Step = Unit, DueUtc = (point.HandInUtc ?? point.Session.HandInUtc)!.Value };
        return
            from told in officers.Concat(organizers)
            join session in db.Sessions on told.SessionId equals session.Id
            join account in db.Accounts on told.UserId equals account.UserId
            join user in db.Users on told.UserId equals user.Id
            where account.DisabledUtc == null
            select new DueReminder
            {
                Subject = session.Code + ":" + told.Step + ":" + session.Postponements.ToString(),
                PersonId = account.PersonId ?? account.UserId,
                UserId = account.UserId,
                Email = user.Email,
                DueUtc = told.DueUtc,
            };
    }

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var parts = SheetSubject.Read(subject);
        var missing = await OverdueSince(clock.UtcNow()).Where(point => point.Session.Code == parts.Session && point.Session.Postponements == parts.Postponements)
            .OrderBy(point => point.Code).Select(point => new { point.Name, point.Path, point.Session.Title }).ToListAsync(cancellationToken);
        var today = clock.Today();
        var role = parts.Step == District ? Roles.DistrictOfficer : Roles.Organizer;
        var grants = await (
            from grant in db.Grants.On(today).Where(grant => grant.Role == role)
            join account in db.Accounts on grant.UserId equals account.UserId
            where personIds.Contains(account.PersonId ?? account.UserId)
            select new { Person = account.PersonId ?? account.UserId, grant.UnitPath }).ToListAsync(cancellationToken);
        var contents = new Dictionary<Guid, MessageContent>();
        foreach (var person in grants.GroupBy(grant => grant.Person))
        {
            // An organizer of a province reads of all points, also of the hall that lies in no unit below.
            var points = missing.Where(point => parts.Step == Unit || person.Any(grant => point.Path.StartsWith(grant.UnitPath, StringComparison.Ordinal))).ToList();
            if (points.Count > 0)
            {
                contents[person.Key] = new(
                    T["{0} điểm cầu chưa chốt danh sách: {1}", points.Count.ToVietnamese(), points[0].Title],
                    T["Đã quá hạn chốt danh sách điểm danh: {0}. Người phụ trách đã được nhắc; trang này có số điện thoại để gọi.", SheetSubject.Names(T, points.ConvertAll(point => point.Name))],
                    $"/sessions/{parts.Session}/hand-in");
            }
        }

        return contents;
    }

    private IQueryable<SessionPoint> OverdueSince(DateTime utc) => sheets.All().Where(point => (point.HandInUtc ?? point.Session.HandInUtc) <= utc);
}
