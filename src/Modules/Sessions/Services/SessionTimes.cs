using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>Where a session stands by the clock: somebody may have opened it days before.</summary>
public static class SessionTimes
{
    /// <summary>Whether the session will take place and has not begun.</summary>
    public static bool IsAhead(this TrainingSession session, DateTime utcNow) => session.StartUtc > utcNow && session.State is SessionState.Published or SessionState.Open;

    /// <summary>Whether its attendance was opened by hand before the clock would have.</summary>
    public static bool IsOpenedAhead(this TrainingSession session, DateTime utcNow) => session.State == SessionState.Open && !SessionLifecycle.IsWithinWindow(session, utcNow);
}
