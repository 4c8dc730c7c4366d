namespace TrainingSite.Sessions.Services;

/// <summary>That a session's face changed (text, times, state). Published in the transaction of the change, after it is saved.</summary>
/// <param name="SessionId">The session.</param>
public sealed record SessionChanged(Guid SessionId);
