using System.Globalization;
using Microsoft.Extensions.Localization;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Conflicts.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Conflicts.Reminders;

/// <summary>Tells a member that their appeal was answered, and how.</summary>
internal sealed class AppealAnswers(SiteDbContext db, IStringLocalizer<Strings> T) : IReminderSource
{
    private static readonly TimeSpan Latest = TimeSpan.FromDays(7);

    public string Rule => "appeal-answer";

    public string Title => T["Trả lời khiếu nại"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var since = utcNow - Latest;
        return from appeal in db.Appeals
               join invitation in db.Invitations on new { appeal.SessionId, appeal.PersonId } equals new { invitation.SessionId, invitation.PersonId }
               where appeal.State != AppealState.Open && appeal.DecidedUtc > since
               select new DueReminder
               {
                   Subject = invitation.Session.Code + ":" + appeal.Number.ToString(),
                   PersonId = appeal.PersonId,
                   UserId = invitation.Person.UserId,
                   Email = invitation.Person.Email,
                   DueUtc = appeal.DecidedUtc!.Value,
               };
    }

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var parts = subject.Split(':');
        var (code, number) = (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
        Guid[] people = [.. personIds];
        var rows =
            from appeal in db.Appeals.AsNoTracking().Where(appeal => appeal.Number == number && EF.Parameter(people).Contains(appeal.PersonId) && appeal.State != AppealState.Open)
            join session in db.Sessions on appeal.SessionId equals session.Id
            where session.Code == code
            select new { Appeal = appeal, session.Title };
        return (await rows.ToListAsync(cancellationToken)).ToDictionary(row => row.Appeal.PersonId, row => new MessageContent(
            T["Trả lời khiếu nại: {0}", row.Title],
            $"{(row.Appeal.State == AppealState.Accepted ? T["Điểm danh của bạn đã được sửa."] : T["Điểm danh của bạn giữ nguyên."])} {row.Appeal.Answer}",
            $"/sessions/{code}"));
    }
}
