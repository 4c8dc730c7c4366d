using Microsoft.Extensions.Localization;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Feedback;

/// <summary>Asks those who attended how it was, the evening after.</summary>
internal sealed class FeedbackReminder(SiteDbContext db, TimeProvider clock, IStringLocalizer<Strings> T) : IReminderSource
{
    /// <summary>When people have come home.</summary>
    private static readonly TimeOnly Evening = new(19, 0);

    /// <summary>An evening later nobody remembers well.</summary>
    private static readonly TimeSpan AskedFor = TimeSpan.FromDays(2);

    public string Rule => "session-feedback";

    public string Title => T["Xin góp ý sau buổi tập huấn"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        // The evening that was last: who had come home by then is asked.
        var today = DateOnly.FromDateTime(VietnamTime.ToLocal(utcNow));
        var evening = VietnamTime.ToUtc(today.ToDateTime(Evening));
        evening = evening <= utcNow ? evening : evening.AddDays(-1);
        var since = evening - AskedFor;
        return
            from attendance in db.Attendances
            join invitation in db.Invitations on new { attendance.SessionId, attendance.PersonId } equals new { invitation.SessionId, invitation.PersonId }
            where (attendance.Status == AttendanceStatus.Present || attendance.Status == AttendanceStatus.Late || attendance.Status == AttendanceStatus.LeftEarly)
                && invitation.Session.EndUtc <= evening && invitation.Session.EndUtc > since
                && !invitation.Session.IsRehearsal
                && (invitation.Session.State == SessionState.Published || invitation.Session.State == SessionState.Open || invitation.Session.State == SessionState.Closed)
            select new DueReminder
            {
                Subject = invitation.Session.Code,
                PersonId = invitation.PersonId,
                UserId = invitation.Person.UserId,
                Email = invitation.Person.Email,
                DueUtc = evening,
            };
    }

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Code == subject, cancellationToken);
        if (session is null or { State: SessionState.Cancelled } || clock.UtcNow() > session.EndUtc + FeedbackService.TakenFor)
        {
            return new Dictionary<Guid, MessageContent>();
        }

        Guid[] people = [.. personIds];
        var said = await db.Set<SessionFeedback>().Where(feedback => feedback.SessionId == session.Id && EF.Parameter(people).Contains(feedback.PersonId)).Select(feedback => feedback.PersonId).ToListAsync(cancellationToken);
        return people.Except(said).ToDictionary(person => person, _ => new MessageContent(
            T["Buổi học thế nào? {0}", session.Title],
            T["Bạn chọn 3 câu, mất nửa phút. Người đọc không thấy tên bạn."],
            $"/sessions/{session.Code}/feedback"));
    }
}
