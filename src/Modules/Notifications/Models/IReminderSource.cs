namespace TrainingSite.Notifications.Models;

/// <summary>
/// Says what is due, and what to write. The module that owns the occasion contributes one class (in its <c>Reminders/</c> folder).
/// Once a minute the sweep inserts what <see cref="GetDue"/> returns as message rows, by one <c>INSERT … SELECT</c> under the unique
/// key (rule, subject, person, channel): a rerun, a crash or a second node sends nothing twice.
/// </summary>
public interface IReminderSource
{
    /// <summary>Name of the rule: <c>session-invitation</c>, <c>session-reminder</c>, <c>course-nudge</c>.</summary>
    string Rule { get; }

    /// <summary>The rule's name for people, in Vietnamese.</summary>
    string Title { get; }

    /// <summary>
    /// Who is due now. Translated to SQL as it stands and run inside the insert, so: no client evaluation, project to
    /// <see cref="DueReminder"/> by an object initializer that sets every property.
    /// </summary>
    IQueryable<DueReminder> GetDue(DateTime utcNow);

    /// <summary>The words for some people about one subject, written when the message is sent. A person left out gets nothing (the occasion has passed).</summary>
    Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken);
}

/// <summary>One person to be told of one thing.</summary>
public sealed class DueReminder
{
    /// <summary>What it is about, and which occurrence: <c>{sessionId}:7d</c>. At most 120 characters.</summary>
    public required string Subject { get; init; }

    /// <summary>
    /// Who; half of the unique key. The person's key or, for an account of an office that belongs to nobody in a team, the account's own:
    /// always the same of the two for the same recipient.
    /// </summary>
    public required Guid PersonId { get; init; }

    /// <summary>The person's account, for the notice in the application; null when there is none.</summary>
    public required Guid? UserId { get; init; }

    /// <summary>E-mail; null when there is none.</summary>
    public required string? Email { get; init; }

    /// <summary>When it became due, UTC.</summary>
    public required DateTime DueUtc { get; init; }
}

/// <summary>What a message says.</summary>
/// <param name="Title">Subject line.</param>
/// <param name="Text">Plain text, short.</param>
/// <param name="Url">Path on the site that it leads to, such as <c>/sessions/TH-2026-11</c>.</param>
public sealed record MessageContent(string Title, string Text, string Url)
{
    /// <summary>A calendar entry to attach; null for none.</summary>
    public CalendarEntry? Calendar { get; init; }
}

/// <summary>What the calendar is told.</summary>
public enum CalendarMethod
{
    /// <summary>Invites, or changes an earlier invitation of the same uid.</summary>
    Request,

    /// <summary>Takes it back.</summary>
    Cancel,
}

/// <summary>A calendar entry (RFC 5545). The uid stays the same for invitation, change and cancellation; the sequence grows.</summary>
/// <param name="Uid">Unique and lasting: <c>{sessionId}@trainingsite</c>.</param>
/// <param name="Sequence">Grows with each change.</param>
/// <param name="Method">Invites or cancels.</param>
/// <param name="Summary">Title.</param>
/// <param name="StartUtc">Start.</param>
/// <param name="EndUtc">End.</param>
/// <param name="Location">Where, or the link.</param>
/// <param name="Description">Plain text.</param>
public sealed record CalendarEntry(string Uid, int Sequence, CalendarMethod Method, string Summary, DateTime StartUtc, DateTime EndUtc, string Location, string Description);
