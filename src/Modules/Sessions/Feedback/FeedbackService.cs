using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Feedback;

/// <summary>Takes what people who attended say of a session: once each, changeable for some days.</summary>
public sealed class FeedbackService(SiteDbContext db, SessionAccess access, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>How long after the session's end people may begin to say it.</summary>
    public static readonly TimeSpan TakenFor = TimeSpan.FromDays(30);

    /// <summary>How long somebody may change what they said.</summary>
    public static readonly TimeSpan ChangeableFor = TimeSpan.FromDays(7);

    /// <summary>What the reader said or may say; a fault when it is not theirs to say, or too late.</summary>
    public async Task<Result<FeedbackPage>> ReadMineAsync(string code, CancellationToken cancellationToken = default)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        if (session is null)
        {
            return access.NoSession(code);
        }

        var person = user.PersonId;
        var attendance = await db.Attendances.AsNoTracking().SingleOrDefaultAsync(row => row.SessionId == session.Id && row.PersonId == person, cancellationToken);
        if (attendance?.Status.IsThere() != true)
        {
            return new Fault("out_of_scope", T["Người đã dự buổi {0} mới góp ý được.", code], Kind: FaultKind.Forbidden);
        }

        var given = await db.Set<SessionFeedback>().AsTracking().SingleOrDefaultAsync(feedback => feedback.SessionId == session.Id && feedback.PersonId == person, cancellationToken);
        var now = clock.UtcNow();
        var isOpen = session.State != SessionState.Cancelled && (session.EndUtc <= now || session.State == SessionState.Closed)
            && (given is null ? now <= session.EndUtc + TakenFor : now <= given.GivenUtc + ChangeableFor);
        return new FeedbackPage(session, attendance.PointId, given, isOpen);
    }

    /// <summary>Takes it, in place of what the reader said before.</summary>
    public async Task<Result<FeedbackPage>> GiveAsync(string code, FeedbackForm form, CancellationToken cancellationToken = default)
    {
        var mine = await ReadMineAsync(code, cancellationToken);
        if (!mine.Succeeded)
        {
            return mine;
        }

        if (!mine.Value.IsOpen)
        {
            return new Fault("feedback_closed", mine.Value.Given is null && mine.Value.Session.EndUtc > clock.UtcNow() ? T["Buổi này chưa kết thúc. Bạn góp ý sau khi dự xong nhé."] : T["Đã hết thời gian góp ý cho buổi này."], Kind: FaultKind.Conflict);
        }

        if (Array.Exists([form.Understanding, form.Guidance, form.Organization], mark => mark is < 1 or > 5))
        {
            return new Fault("rating_missing", T["Hãy chọn từ 1 đến 5 cho cả ba câu."], "Understanding");
        }

        var words = (form.Words ?? "").Trim();
        if (words.Length > 1000)
        {
            return new Fault("text_too_long", T["Lời góp ý dài {0} ký tự; nhiều nhất {1}.", words.Length, 1000], "Words");
        }

        var feedback = mine.Value.Given;
        if (feedback is null)
        {
            feedback = new() { SessionId = mine.Value.Session.Id, PersonId = user.PersonId!.Value, GivenUtc = clock.UtcNow() };
            db.Add(feedback);
        }

        feedback.PointId = mine.Value.PointId;
        (feedback.Understanding, feedback.Guidance, feedback.Organization) = (form.Understanding, form.Guidance, form.Organization);
        feedback.Words = words.Length == 0 ? null : words;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (mine.Value.Given is null)
        {
            // The same person pressed twice, or on two devices: the second word changes the first.
            db.ChangeTracker.Clear();
            return await GiveAsync(code, form, cancellationToken);
        }

        return mine.Value with { Given = feedback };
    }
}

/// <summary>What the reader may say of a session.</summary>
/// <param name="Session">The session.</param>
/// <param name="PointId">Where they attended.</param>
/// <param name="Given">What they said; null before they did.</param>
/// <param name="IsOpen">Whether they may say or change it now.</param>
public sealed record FeedbackPage(TrainingSession Session, Guid PointId, SessionFeedback? Given, bool IsOpen);

/// <summary>Three marks from 1 to 5 and words.</summary>
public sealed class FeedbackForm
{
    public int Understanding { get; set; }

    public int Guidance { get; set; }

    public int Organization { get; set; }

    public string? Words { get; set; }
}
