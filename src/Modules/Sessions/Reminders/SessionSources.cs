using Microsoft.Extensions.Localization;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Reminders;

/// <summary>Invites everybody on the frozen list, once the session is published.</summary>
internal sealed class SessionInvitations(SiteDbContext db, SessionMessages messages, TimeProvider clock, IStringLocalizer<Strings> T) : IReminderSource
{
    public string Rule => "session-invitation";

    public string Title => T["Thư mời tập huấn"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow) => db.Invitations.StillNeeded(db)
        .Where(invitation => !invitation.IsWalkIn && invitation.Session.PublishedUtc != null && invitation.Session.StartUtc > utcNow
            && (invitation.Session.State == SessionState.Published || invitation.Session.State == SessionState.Open))
        .Select(invitation => new DueReminder
        {
            Subject = invitation.Session.Code,
            PersonId = invitation.PersonId,
            UserId = invitation.Person.UserId,
            Email = invitation.Person.Email,
            DueUtc = invitation.Session.PublishedUtc!.Value,
        });

    public Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken) =>
        messages.WriteAsync(subject, personIds, session => session.IsAhead(clock.UtcNow()), (session, place) => new(
            T["Mời tập huấn: {0}", messages.TitleOf(session)],
            $"{T["Mời bạn dự {0}, {1}.", messages.Named(session), session.StartUtc.ToLongText()]}\n{messages.KindOf(session)}{messages.WhereOf(place)}\n{session.Description}".Trim(),
            SessionMessages.UrlOf(session))
        {
            Calendar = messages.CalendarOf(session, place, CalendarMethod.Request),
        }, cancellationToken);
}

/// <summary>Reminds 7 days, 1 day and 2 hours before (<c>Sessions:RemindBefore</c>).</summary>
internal sealed class SessionReminders(SiteDbContext db, SessionMessages messages, SessionOptions options, TimeProvider clock, IStringLocalizer<Strings> T) : IReminderSource
{
    public string Rule => "session-reminder";

    public string Title => T["Nhắc lịch tập huấn"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow) =>
        options.RemindBefore.Select(lead => GetDue(utcNow, lead)).Aggregate((all, next) => all.Concat(next));

    public Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken) =>
        messages.WriteAsync(subject, personIds, session => session.IsAhead(clock.UtcNow()), (session, place) => new(
            T["Nhắc bạn: {0}, {1}", messages.TitleOf(session), session.StartUtc.ToLongText()],
            $"{T["{0} bắt đầu {1}.", messages.NamedFirst(session), session.StartUtc.ToLongText()]}\n{messages.WhereOf(place)}",
            SessionMessages.UrlOf(session)), cancellationToken);

    private IQueryable<DueReminder> GetDue(DateTime utcNow, TimeSpan lead)
    {
        // Late by more than half the lead (at most a day), it says nothing that the next one does not say better.
        var late = lead / 2 < TimeSpan.FromDays(1) ? lead / 2 : TimeSpan.FromDays(1);
        var (from, to) = (utcNow + lead - late, utcNow + lead);
        // Who was invited after the reminder's time has just been told.
        var invitedBefore = utcNow - late;
        var name = ":" + NameOf(lead) + ":";
        return db.Invitations.StillNeeded(db)
            .Where(invitation => !invitation.IsWalkIn && invitation.Response != InvitationResponse.Declined && invitation.Session.StartUtc > from && invitation.Session.StartUtc <= to && invitation.Session.PublishedUtc < invitedBefore
                && (invitation.Session.State == SessionState.Published || invitation.Session.State == SessionState.Open))
            .Select(invitation => new DueReminder
            {
                Subject = invitation.Session.Code + name + invitation.Session.Postponements.ToString(),
                PersonId = invitation.PersonId,
                UserId = invitation.Person.UserId,
                Email = invitation.Person.Email,
                DueUtc = utcNow,
            });
    }

    private static string NameOf(TimeSpan lead) => lead.TotalDays >= 1 ? $"{(int)lead.TotalDays}d" : $"{(int)lead.TotalHours}h";
}

/// <summary>Tells of another time, or those of a point of another place or link; calendars take the new one. A new title alone is no news.</summary>
internal sealed class SessionChanges(SiteDbContext db, SessionMessages messages, TimeProvider clock, IStringLocalizer<Strings> T) : IReminderSource
{
    public string Rule => "session-changed";

    public string Title => T["Thay đổi lịch tập huấn"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var ahead = db.Invitations.StillNeeded(db)
            .Where(invitation => invitation.Session.EndUtc > utcNow && (invitation.Session.State == SessionState.Published || invitation.Session.State == SessionState.Open));
        var times = ahead.Where(invitation => invitation.Session.ChangedUtc != null)
            .Select(invitation => new DueReminder
            {
                Subject = invitation.Session.Code + ":" + invitation.Session.ChangedSequence.ToString(),
                PersonId = invitation.PersonId,
                UserId = invitation.Person.UserId,
                Email = invitation.Person.Email,
                DueUtc = invitation.Session.ChangedUtc!.Value,
            });
        // Where it is does not concern who does not come, nor who chose the point after it had moved.
        var places = ahead.Where(invitation => invitation.Point.ChangedUtc != null && invitation.Point.ChangedSequence > invitation.Session.ChangedSequence
                && invitation.Response != InvitationResponse.Declined
                && (invitation.MovedFromId == null || invitation.RespondedUtc == null || invitation.RespondedUtc < invitation.Point.ChangedUtc))
            .Select(invitation => new DueReminder
            {
                Subject = invitation.Session.Code + ":" + invitation.Point.ChangedSequence.ToString(),
                PersonId = invitation.PersonId,
                UserId = invitation.Person.UserId,
                Email = invitation.Person.Email,
                DueUtc = invitation.Point.ChangedUtc!.Value,
            });
        return times.Concat(places);
    }

    public Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken) =>
        messages.WriteAsync(subject, personIds, session => session.EndUtc > clock.UtcNow() && session.State is SessionState.Published or SessionState.Open, (session, place) => new(
            T["Thay đổi: {0}", messages.TitleOf(session)],
            (subject == $"{session.Code}:{session.ChangedSequence}"
                ? $"{T["{0} nay diễn ra {1}.", messages.NamedFirst(session), session.StartUtc.ToLongText()]}\n{messages.WhereOf(place)}\n{(session.Reason is { } reason ? T["Lý do: {0}", reason].Value : "")}\n{(place.IsAskedAgain ? T["Câu trả lời của bạn cho lịch cũ không còn tính. Hãy mở trang buổi tập huấn và trả lời lại."].Value : "")}"
                : $"{T["{0}, {1}, có nơi học mới; giờ không đổi.", messages.NamedFirst(session), session.StartUtc.ToLongText()]}\n{messages.WhereOf(place)}").Trim(),
            SessionMessages.UrlOf(session))
        {
            Calendar = messages.CalendarOf(session, place, CalendarMethod.Request),
        }, cancellationToken);
}

/// <summary>Tells that a session does not take place; calendars take it out.</summary>
internal sealed class SessionCancellations(SiteDbContext db, SessionMessages messages, IStringLocalizer<Strings> T) : IReminderSource
{
    public string Rule => "session-cancelled";

    public string Title => T["Hủy buổi tập huấn"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow) => db.Invitations
        .Where(invitation => invitation.Session.State == SessionState.Cancelled && invitation.Session.ChangedUtc != null && invitation.Session.EndUtc > invitation.Session.ChangedUtc)
        .Select(invitation => new DueReminder
        {
            Subject = invitation.Session.Code + ":" + invitation.Session.Sequence.ToString(),
            PersonId = invitation.PersonId,
            UserId = invitation.Person.UserId,
            Email = invitation.Person.Email,
            DueUtc = invitation.Session.ChangedUtc!.Value,
        });

    public Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken) =>
        messages.WriteAsync(subject, personIds, session => session.State == SessionState.Cancelled, (session, place) => new(
            T["Hủy: {0}", messages.TitleOf(session)],
            T["{0}, {1}, không diễn ra nữa. Lý do: {2}", messages.NamedFirst(session), session.StartUtc.ToLongText(), session.Reason ?? ""],
            SessionMessages.UrlOf(session))
        {
            Calendar = messages.CalendarOf(session, place, CalendarMethod.Cancel),
        }, cancellationToken);
}
