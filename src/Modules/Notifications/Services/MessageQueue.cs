using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Services;

/// <summary>
/// The messages as a queue. Taking a row moves its <see cref="Message.NextTryUtc"/> ahead (so that it comes back by itself if the taker
/// dies) and counts <see cref="Message.Attempts"/> up; every later write names that number, so a taker that was given up cannot write any more.
/// </summary>
internal sealed class MessageQueue(SiteDbContext db, TimeProvider clock, IOptions<NotificationOptions> options)
{
    /// <summary>For how long a taken row belongs to its taker.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Pauses after failed tries; when they are used up the message is dead.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];

    /// <summary>Takes the next rows of a channel whose rule is known (a disabled module's messages wait).</summary>
    public async Task<IReadOnlyList<Message>> TakeAsync(MessageChannel channel, IReadOnlyCollection<string> rules, int count, CancellationToken cancellationToken)
    {
        if (rules.Count == 0)
        {
            return [];
        }

        var now = clock.UtcNow();
        // SQLite has one writer, so nobody else can be taking; PostgreSQL has several, who must not wait for each other.
        var skipLocked = db.IsSqlite ? "" : "FOR UPDATE SKIP LOCKED";
        var names = string.Join(", ", rules.Select((_, index) => $"{{{index + 4}}}"));
        var take = FormattableStringFactory.Create($$"""
            UPDATE "Notifications_Message" SET "Attempts" = "Attempts" + 1, "NextTryUtc" = {1}
            WHERE "Id" IN (
                SELECT "Id" FROM "Notifications_Message"
                WHERE "Channel" = {3} AND "NextTryUtc" <= {0} AND "Rule" IN ({{names}})
                ORDER BY "NextTryUtc" LIMIT {2} {{skipLocked}})
            RETURNING *
            """, [now, now + Lease, count, channel.ToString(), .. rules]);
        return await db.Messages.FromSql(take).AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>Notes that the message is handed over now. False when the row is no longer this taker's.</summary>
    public Task<bool> BeginSendingAsync(Message message, MessageContent content)
    {
        var until = clock.UtcNow() + Lease;
        return ChangeAsync(Mine(message), row => row
            .SetProperty(m => m.State, MessageState.Sending)
            .SetProperty(m => m.NextTryUtc, until)
            .SetProperty(m => m.Title, Cut(content.Title, 300))
            .SetProperty(m => m.Text, content.Text)
            .SetProperty(m => m.Url, content.Url));
    }

    /// <summary>It went.</summary>
    public Task<bool> SentAsync(Message message)
    {
        DateTime? now = clock.UtcNow();
        return ChangeAsync(Mine(message), row => row
            .SetProperty(m => m.State, MessageState.Sent)
            .SetProperty(m => m.SentUtc, now)
            .SetProperty(m => m.NextTryUtc, (DateTime?)null)
            .SetProperty(m => m.Error, (string?)null));
    }

    /// <summary>It did not go; it is tried again after the next pause, or given up when they are used up.</summary>
    public Task<bool> FailedAsync(Message message, string error)
    {
        if (message.Attempts > Pauses.Count)
        {
            return DeadAsync(message, error);
        }

        DateTime? next = clock.UtcNow() + Pauses[message.Attempts - 1];
        return ChangeAsync(Mine(message), row => row
            .SetProperty(m => m.State, MessageState.Failed)
            .SetProperty(m => m.NextTryUtc, next)
            .SetProperty(m => m.Error, Cut(error, 1000)));
    }

    /// <summary>It never will go.</summary>
    public Task<bool> DeadAsync(Message message, string error) =>
        ChangeAsync(Mine(message), row => row
            .SetProperty(m => m.State, MessageState.Dead)
            .SetProperty(m => m.NextTryUtc, (DateTime?)null)
            .SetProperty(m => m.Error, Cut(error, 1000)));

    /// <summary>The occasion has passed.</summary>
    public Task<bool> SkippedAsync(Message message) =>
        ChangeAsync(Mine(message), row => row
            .SetProperty(m => m.State, MessageState.Skipped)
            .SetProperty(m => m.NextTryUtc, (DateTime?)null));

    /// <summary>Not now (quiet hours, daily cap, server out of order): comes back later, and the try does not count.</summary>
    public Task<bool> PostponeAsync(Message message, DateTime untilUtc) =>
        ChangeAsync(Mine(message), row => row
            .SetProperty(m => m.NextTryUtc, untilUtc)
            .SetProperty(m => m.Attempts, message.Attempts - 1));

    /// <summary>Those given up in a row while the server refused everybody are not to blame: they are tried again.</summary>
    public async Task ReviveAsync(IReadOnlyCollection<long> ids, string error)
    {
        DateTime? next = clock.UtcNow() + Pauses[0];
        await ChangeAsync(db.Messages.Where(message => ids.Contains(message.Id) && message.State == MessageState.Dead), row => row
            .SetProperty(m => m.State, MessageState.Failed)
            .SetProperty(m => m.NextTryUtc, next)
            .SetProperty(m => m.Error, Cut(error, 1000)));
    }

    /// <summary>A person asks for another round of tries of messages that were given up.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RetryAsync(IQueryable<Message> messages, CancellationToken cancellationToken)
    {
        DateTime? now = clock.UtcNow();
        return await messages.Where(message => message.State == MessageState.Dead).ExecuteUpdateAsync(row => row
            .SetProperty(m => m.State, MessageState.Pending)
            .SetProperty(m => m.Attempts, 0)
            .SetProperty(m => m.NextTryUtc, now), cancellationToken);
    }

    /// <summary>How many mails each of these people has had today.</summary>
    public async Task<Dictionary<Guid, int>> CountMailsTodayAsync(IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var start = NotificationOptions.DayStart(clock.UtcNow());
        return await db.Messages
            .Where(message => message.Channel == MessageChannel.Email && personIds.Contains(message.PersonId) && message.SentUtc >= start)
            .GroupBy(message => message.PersonId)
            .ToDictionaryAsync(group => group.Key, group => group.Count(), cancellationToken);
    }

    /// <summary>Whether the person's mail of today is used up.</summary>
    public bool IsCapped(int sentToday) => sentToday >= options.Value.DailyMailCap;

    private IQueryable<Message> Mine(Message message) =>
        db.Messages.Where(row => row.Id == message.Id && row.Attempts == message.Attempts);

    private static async Task<bool> ChangeAsync(IQueryable<Message> rows, Action<UpdateSettersBuilder<Message>> change) =>
        // What happened outside the database must be recorded also while the site is shutting down.
        await rows.ExecuteUpdateAsync(change, CancellationToken.None) > 0;

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
