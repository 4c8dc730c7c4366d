using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Conflicts.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Conflicts.Services;

/// <summary>Where a member stands with appeals in one session.</summary>
/// <param name="Status">What the session says of them.</param>
/// <param name="DeadlineUtc">Until when they may appeal.</param>
/// <param name="MayAppeal">Whether they may now.</param>
/// <param name="Appeals">Their appeals, newest first.</param>
public sealed record AppealStanding(AttendanceStatus Status, DateTime DeadlineUtc, bool MayAppeal, IReadOnlyList<Appeal> Appeals);

/// <summary>Appeals of members against what a closed session says of them, and the answers.</summary>
public sealed class AppealService(SiteDbContext db, SessionAccess access, ReviewList list, ReviewService reviews, AppealOptions options, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const int MostText = 1000;

    /// <summary>The reader's own standing; null when they are not on the list or the session is not closed.</summary>
    public async Task<AppealStanding?> FindMineAsync(TrainingSession session, CancellationToken cancellationToken = default)
    {
        if (user.PersonId is not { } person || session is not { State: SessionState.Closed, ClosedUtc: { } closed }
            || !await db.Invitations.AnyAsync(invitation => invitation.SessionId == session.Id && invitation.PersonId == person, cancellationToken))
        {
            return null;
        }

        var marked = await db.Attendances.Where(attendance => attendance.SessionId == session.Id && attendance.PersonId == person).Select(attendance => (AttendanceStatus?)attendance.Status).SingleOrDefaultAsync(cancellationToken);
        var status = marked is not (null or AttendanceStatus.Unmarked) ? marked.Value
            : await db.Invitations.Where(invitation => invitation.SessionId == session.Id && invitation.PersonId == person).Excused(db).AnyAsync(cancellationToken) ? AttendanceStatus.Excused
            : AttendanceStatus.Absent;
        var appeals = await db.Appeals.AsNoTracking().Where(appeal => appeal.SessionId == session.Id && appeal.PersonId == person).OrderByDescending(appeal => appeal.Number).ToListAsync(cancellationToken);
        var deadline = closed.AddDays(options.AppealDays);
        var may = status is AttendanceStatus.Absent or AttendanceStatus.Late or AttendanceStatus.LeftEarly && clock.UtcNow() < deadline && !appeals.Exists(appeal => appeal.State == AppealState.Open);
        return new(status, deadline, may, appeals);
    }

    /// <summary>The reader appeals.</summary>
    public async Task<Result<Appeal>> OpenAsync(string code, string? text, CancellationToken cancellationToken = default)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        if (session is null || await FindMineAsync(session, cancellationToken) is not { } standing)
        {
            return session is { State: not SessionState.Closed } && user.PersonId is not null
                ? new Fault("session_not_closed", T["Buổi này chưa đóng. Nếu dấu của bạn chưa đúng, hãy nói với người điểm danh."], Kind: FaultKind.Conflict)
                : access.NoSession(code);
        }

        var words = VietnameseText.Clean(text ?? "");
        if (words.Length is 0 or > MostText)
        {
            return new Fault("text_invalid", T["Hãy viết điều bạn muốn nói, nhiều nhất {0} ký tự.", MostText], "Text");
        }

        if (!standing.MayAppeal)
        {
            return standing.Appeals.Any(appeal => appeal.State == AppealState.Open) ? AlreadyOpen()
                : clock.UtcNow() >= standing.DeadlineUtc ? new Fault("appeal_too_late", T["Hạn khiếu nại đã hết vào {0}.", standing.DeadlineUtc.ToLongText()], Kind: FaultKind.Conflict)
                : new Fault("appeal_needless", T["Buổi này đã ghi bạn: {0}. Không cần khiếu nại.", T.StatusBadge(standing.Status).Text], Kind: FaultKind.Conflict);
        }

        var appeal = new Appeal { SessionId = session.Id, PersonId = user.PersonId!.Value, Number = standing.Appeals.Count + 1, Text = words, CreatedUtc = clock.UtcNow() };
        db.Add(appeal);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return appeal;
        }
        catch (DbUpdateException) when (db.Appeals.Any(other => other.SessionId == session.Id && other.PersonId == appeal.PersonId && other.Number == appeal.Number))
        {
            // The button was pressed twice.
            return AlreadyOpen();
        }
    }

    /// <summary>Answers an appeal: a decision corrects the attendance, without one it stands.</summary>
    /// <returns>The person's name.</returns>
    public async Task<Result<string>> AnswerAsync(string code, Guid appealId, ReviewDecision? decision, string? answer, CancellationToken cancellationToken = default)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        if (session is null)
        {
            return access.NoSession(code);
        }

        var mine = list.Mine(session);
        var appeal = await (from row in db.Appeals.AsNoTracking()
                            join invitation in mine on new { row.SessionId, row.PersonId } equals new { invitation.SessionId, invitation.PersonId }
                            where row.Id == appealId
                            select new { row.State, row.PersonId, invitation.Person.Code, invitation.Person.FullName }).SingleOrDefaultAsync(cancellationToken);
        var words = VietnameseText.Clean(answer ?? "");
        if (appeal is null || words.Length is 0 or > MostText || appeal.State != AppealState.Open || appeal.PersonId == user.PersonId)
        {
            return appeal is null ? new Fault("appeal_unknown", T["Không có khiếu nại này ở các điểm cầu bạn phụ trách."], Kind: FaultKind.NotFound)
                : appeal.State != AppealState.Open ? AlreadyAnswered()
                : appeal.PersonId == user.PersonId ? new Fault("own_appeal", T["Khiếu nại của chính bạn do người khác trả lời."], Kind: FaultKind.Forbidden)
                : new Fault("answer_invalid", T["Hãy viết câu trả lời, nhiều nhất {0} ký tự.", MostText], "Answer");
        }

        if (decision is not null)
        {
            // First what is right, then that it was answered: cut off between the two, the appeal is answered once more with the same outcome.
            var settled = await reviews.SettleAsync(code, appeal.Code, decision with { Note = T["Theo khiếu nại"] }, cancellationToken);
            if (!settled.Succeeded)
            {
                return settled;
            }
        }

        var (state, now, id, name) = (decision is null ? AppealState.Refused : AppealState.Accepted, clock.UtcNow(), user.Id, user.Name);
        var answered = await db.Appeals.Where(row => row.Id == appealId && row.State == AppealState.Open).ExecuteUpdateAsync(row => row
            .SetProperty(one => one.State, state)
            .SetProperty(one => one.Answer, words)
            .SetProperty(one => one.DecidedUtc, now)
            .SetProperty(one => one.DecidedById, id)
            .SetProperty(one => one.DecidedBy, name), cancellationToken);
        return answered == 1 ? appeal.FullName : AlreadyAnswered();
    }

    private Fault AlreadyOpen() => new("appeal_open", T["Khiếu nại của bạn đã gửi và đang chờ trả lời."], Kind: FaultKind.Conflict);

    private Fault AlreadyAnswered() => new("appeal_answered", T["Người khác đã trả lời khiếu nại này."], Kind: FaultKind.Conflict);
}
