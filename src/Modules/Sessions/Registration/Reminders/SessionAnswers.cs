using Microsoft.Extensions.Localization;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Reminders;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Registration.Reminders;

/// <summary>Asks those who have not answered, three days before.</summary>
internal sealed class SessionAnswers(SiteDbContext db, SessionMessages messages, TimeProvider clock, IStringLocalizer<Strings> T) : IReminderSource
{
    private static readonly TimeSpan Lead = TimeSpan.FromDays(3);
    private static readonly TimeSpan Late = TimeSpan.FromDays(1);

    public string Rule => "session-answer";

    public string Title => T["Hỏi người chưa trả lời thư mời"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var (from, to, invitedBefore) = (utcNow + Lead - Late, utcNow + Lead, utcNow - Late);
        return db.Invitations.StillNeeded(db)
            .Where(invitation => invitation.Response == InvitationResponse.None && !invitation.IsWalkIn && (invitation.Session.State == SessionState.Published || invitation.Session.State == SessionState.Open)
                && invitation.Session.StartUtc > from && invitation.Session.StartUtc <= to && invitation.Session.PublishedUtc < invitedBefore)
            .Select(invitation => new DueReminder
            {
                Subject = invitation.Session.Code + ":answer:" + invitation.Session.Postponements.ToString(),
                PersonId = invitation.PersonId,
                UserId = invitation.Person.UserId,
                Email = invitation.Person.Email,
                DueUtc = utcNow,
            });
    }

    public Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken) =>
        messages.WriteAsync(subject, personIds, session => AnswerService.IsAnswerable(session, clock.UtcNow()), (session, place) => new(
            T["Bạn có đến được không? {0}", session.Title],
            $"{T["{0} bắt đầu {1}. Hãy mở trang của buổi để xác nhận hoặc báo vắng, để điểm cầu chuẩn bị chỗ.", messages.NamedFirst(session), session.StartUtc.ToLongText()]}\n{messages.WhereOf(place)}",
            SessionMessages.UrlOf(session)), cancellationToken);
}

/// <summary>Tells somebody who was waiting that a seat is theirs.</summary>
internal sealed class SessionPromotions(SiteDbContext db, SessionMessages messages, TimeProvider clock, IStringLocalizer<Strings> T) : IReminderSource
{
    public string Rule => "session-promoted";

    public string Title => T["Có chỗ cho người đang chờ"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow) => db.Invitations
        .Where(invitation => invitation.PromotedUtc != null && invitation.Response == InvitationResponse.Confirmed && invitation.Session.StartUtc > utcNow
            && (invitation.Session.State == SessionState.Published || invitation.Session.State == SessionState.Open))
        .Select(invitation => new DueReminder
        {
            Subject = invitation.Session.Code + ":" + invitation.QueueNumber!.Value.ToString(),
            PersonId = invitation.PersonId,
            UserId = invitation.Person.UserId,
            Email = invitation.Person.Email,
            DueUtc = invitation.PromotedUtc!.Value,
        });

    public Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken) =>
        messages.WriteAsync(subject, personIds, session => session.IsAhead(clock.UtcNow()), (session, place) => new(
            T["Đã có chỗ cho bạn: {0}", session.Title],
            $"{T["Bạn đang chờ chỗ ở {0}, {1}. Nay đã có chỗ cho bạn. Nếu không đến được, hãy báo vắng để nhường chỗ.", messages.Named(session), session.StartUtc.ToLongText()]}\n{messages.WhereOf(place)}",
            SessionMessages.UrlOf(session)), cancellationToken);
}
