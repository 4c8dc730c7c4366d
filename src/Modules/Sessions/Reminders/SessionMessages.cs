using Microsoft.Extensions.Localization;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Models;

namespace TrainingSite.Sessions.Reminders;

/// <summary>What the four sources have in common: a session by the subject, each person's point, the calendar entry.</summary>
internal sealed class SessionMessages(SiteDbContext db, IStringLocalizer<Strings> T)
{
    /// <summary>Where one person is to go.</summary>
    /// <param name="PersonId">Who.</param>
    /// <param name="PointName">Name of the point.</param>
    /// <param name="Venue">Where to come to.</param>
    /// <param name="Link">Link of the meeting room.</param>
    /// <param name="IsAskedAgain">Whether the person had answered to other times and not yet to these.</param>
    public sealed record Place(Guid PersonId, string PointName, string? Venue, string? Link, bool IsAskedAgain);

    /// <summary>Writes to the people who are still invited; to nobody when the occasion has passed.</summary>
    /// <param name="subject">Begins with the session's code and, if more follows, a colon.</param>
    /// <param name="personIds">Whom.</param>
    /// <param name="stillTrue">Whether the session still is what the message says.</param>
    /// <param name="write">The words.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyDictionary<Guid, MessageContent>> WriteAsync(
        string subject, IReadOnlyCollection<Guid> personIds, Func<TrainingSession, bool> stillTrue, Func<TrainingSession, Place, MessageContent> write, CancellationToken cancellationToken)
    {
        var code = subject.Split(':')[0];
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        if (session is null || !stillTrue(session))
        {
            return new Dictionary<Guid, MessageContent>();
        }

        Guid[] people = [.. personIds];
        var places = await db.Invitations.Where(invitation => invitation.SessionId == session.Id && EF.Parameter(people).Contains(invitation.PersonId))
            .Select(invitation => new Place(invitation.PersonId, invitation.Point.Name, invitation.Point.Venue, invitation.Point.Link,
                invitation.Response == InvitationResponse.None && db.Set<EarlierAnswer>().Any(answer => answer.SessionId == session.Id && answer.PersonId == invitation.PersonId && answer.Postponement == session.Postponements)))
            .ToListAsync(cancellationToken);
        return places.ToDictionary(place => place.PersonId, place => write(session, place));
    }

    /// <summary>The title as messages and calendars show it: nobody shall take a rehearsal for the real one.</summary>
    public string TitleOf(TrainingSession session) => session.IsRehearsal ? T["[Diễn tập] {0}", session.Title] : session.Title;

    /// <summary>The session inside a sentence: "buổi tập huấn An toàn trên mạng"; a title that begins with those words does not say them twice.</summary>
    public string Named(TrainingSession session)
    {
        var title = TitleOf(session);
        return !session.Title.StartsWith("Tập huấn ", StringComparison.OrdinalIgnoreCase) ? T["buổi tập huấn {0}", title]
            : session.IsRehearsal ? T["buổi {0}", title] : T["buổi {0}", char.ToLowerInvariant(title[0]) + title[1..]];
    }

    /// <summary>The same at the beginning of a sentence.</summary>
    public string NamedFirst(TrainingSession session)
    {
        var words = Named(session);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>What kind of session the invitation is to, in a line of its own; empty for an ordinary one.</summary>
    public string KindOf(TrainingSession session) =>
        session.IsRehearsal ? T["Đây là buổi diễn tập để thử đường truyền, điện thoại và mã điểm danh; kết quả không tính vào đâu cả."].Value + "\n"
        : session.MakeupOfId is not null ? T["Đây là buổi học bù cho buổi bạn chưa dự; dự buổi này được tính như đã dự buổi ấy."].Value + "\n"
        : "";

    /// <summary>Where a session leads.</summary>
    public static string UrlOf(TrainingSession session) => $"/sessions/{session.Code}";

    /// <summary>"Nơi học: UBND phường Chiềng Lề. Vào phòng họp: https://…"</summary>
    public string WhereOf(Place place)
    {
        var venue = place.Venue is { } at ? T["Nơi học: {0}.", at].Value : "";
        var link = place.Link is { } to ? T["Vào phòng họp trực tuyến: {0}", to].Value : "";
        return venue.Length + link.Length == 0 ? place.PointName : $"{venue}\n{link}".Trim();
    }

    /// <summary>The entry: one uid for invitation, change and cancellation.</summary>
    public CalendarEntry CalendarOf(TrainingSession session, Place place, CalendarMethod method) => new(
        $"{session.Id}@trainingsite", session.Sequence, method, TitleOf(session), session.StartUtc, session.EndUtc, place.Venue ?? place.Link ?? place.PointName, WhereOf(place));
}
