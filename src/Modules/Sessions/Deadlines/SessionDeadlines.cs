using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>
/// Keeps the times that follow from a session's end: when the clock closes it and until when points hand in their sheets. They are stored,
/// so that tasks and reminders compare times and never add them up in SQL.
/// </summary>
public sealed class SessionDeadlines(SiteDbContext db, SessionOptions options, TimeProvider clock)
{
    /// <summary>Longest time after the end at which the clock closes a session: a week.</summary>
    public const int MostCloseMinutes = 7 * 24 * 60;

    /// <summary>Longest time for handing in a sheet: a month.</summary>
    public const int MostHandInHours = 31 * 24;

    /// <summary>What a new session gets when nobody says otherwise.</summary>
    public DeadlineDraft Usual => new((int)options.CloseAfter.TotalMinutes, (int)options.HandInAfter.TotalHours);

    /// <summary>What a session has.</summary>
    internal DeadlineDraft? Of(TrainingSession session) => new(session.CloseAfterMinutes, session.HandInHours);

    /// <summary>Takes what the organizer wrote.</summary>
    internal void Plan(TrainingSession session, DeadlineDraft? draft)
    {
        (session.CloseAfterMinutes, session.HandInHours) = (draft?.CloseAfterMinutes, draft?.HandInHours);
        Plan(session);
    }

    /// <summary>Takes what the organizer changed in a session that is published; null changes nothing.</summary>
    internal async Task ChangeAsync(TrainingSession session, DeadlineDraft? draft, CancellationToken cancellationToken)
    {
        if (draft is not null && draft != Of(session))
        {
            (session.CloseAfterMinutes, session.HandInHours) = (draft.CloseAfterMinutes, draft.HandInHours);
            await PlanAsync(session, cancellationToken);
        }
    }

    /// <summary>Counts anew after the session's times changed, its points' own times included.</summary>
    internal async Task PlanAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        Plan(session);
        foreach (var point in await db.SessionPoints.AsTracking().Where(point => point.SessionId == session.Id && point.HandInHours != null).ToListAsync(cancellationToken))
        {
            Plan(point, session);
        }
    }

    /// <summary>Counts a point's own time.</summary>
    internal void Plan(SessionPoint point, TrainingSession session) => (point.HandInUtc, point.HandInReminderUtc) = After(BaseOf(session), point.HandInHours);

    /// <summary>The closing alone: somebody who opens a session again gets the whole grace.</summary>
    internal void PlanClosing(TrainingSession session) =>
        session.ClosesUtc = session.CloseAfterMinutes is { } minutes ? BaseOf(session).AddMinutes(minutes) : null;

    private void Plan(TrainingSession session)
    {
        PlanClosing(session);
        (session.HandInUtc, session.HandInReminderUtc) = After(BaseOf(session), session.HandInHours);
    }

    /// <summary>The end or, when that has passed already, now: what is entered afterwards is not late from the first minute.</summary>
    private DateTime BaseOf(TrainingSession session) => session.EndUtc > clock.UtcNow() ? session.EndUtc : clock.UtcNow();

    private static (DateTime? Due, DateTime? Reminder) After(DateTime end, int? hours) =>
        hours is { } time ? (end.AddHours(time), end.AddMinutes(time * 30)) : (null, null);
}
