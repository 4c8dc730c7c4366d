using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingSite.Notifications.Mail;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Services;

/// <summary>
/// Sends mail: takes batches, asks for the words, holds back what must wait, and hands the rest to a few workers with a connection each.
/// The order of writes around a hand-over is what docs/notifications.md promises.
/// </summary>
internal sealed class MailDispatcher(MessageQueue queue, MessageRenderer renderer, IServiceScopeFactory scopes, IOptions<NotificationOptions> options, TimeProvider clock)
{
    private const int BatchSize = 200;

    /// <summary>Sends everything that is due.</summary>
    /// <returns>What stands in the way of all mail or of whole subjects; empty when nothing does.</returns>
    public async Task<IReadOnlyCollection<string>> SendAllAsync(CancellationToken cancellationToken)
    {
        var problems = new HashSet<string>();
        var rules = renderer.Rules;
        var streak = new FailureStreak();
        while (!streak.IsBroken && await queue.TakeAsync(MessageChannel.Email, rules, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            var rendered = await renderer.RenderAsync(batch, cancellationToken);
            problems.UnionWith(rendered.Failed.Values);
            var ready = new ConcurrentQueue<(Message, MessageContent)>(await SortOutAsync(batch, rendered, cancellationToken));
            await Task.WhenAll(Enumerable.Range(0, Math.Clamp(ready.Count, 1, options.Value.MailConnections)).Select(_ => WorkAsync(ready, streak, cancellationToken)));
            while (ready.TryDequeue(out var left))
            {
                await queue.PostponeAsync(left.Item1, clock.UtcNow() + MessageQueue.Pauses[0]);
            }
        }

        if (streak.IsBroken)
        {
            await queue.ReviveAsync(streak.GivenUp, streak.Reason);
            problems.Add($"Máy chủ thư từ chối {FailureStreak.Limit} người nhận liên tiếp, tạm ngừng gửi thư: {streak.Reason}");
        }

        return problems;
    }

    /// <summary>Records what will not go now, and returns what will.</summary>
    private async Task<List<(Message, MessageContent)>> SortOutAsync(IReadOnlyList<Message> batch, RenderedMessages rendered, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var quietUntil = options.Value.QuietUntil(now);
        var sentToday = await queue.CountMailsTodayAsync([.. batch.Select(message => message.PersonId)], cancellationToken);
        var ready = new List<(Message, MessageContent)>();
        foreach (var message in batch)
        {
            if (rendered.Failed.TryGetValue(message.Id, out var failure))
            {
                await queue.FailedAsync(message, failure);
            }
            else if (!rendered.Contents.TryGetValue(message.Id, out var content))
            {
                await queue.SkippedAsync(message);
            }
            else if (quietUntil is { } morning && !IsAboutToday(content, now))
            {
                await queue.PostponeAsync(message, morning);
            }
            else if (queue.IsCapped(sentToday.GetValueOrDefault(message.PersonId)))
            {
                await queue.PostponeAsync(message, options.Value.NextMorning(now));
            }
            else
            {
                sentToday[message.PersonId] = sentToday.GetValueOrDefault(message.PersonId) + 1;
                ready.Add((message, content));
            }
        }

        return ready;
    }

    /// <summary>An occasion of the same day cannot wait for the morning.</summary>
    private static bool IsAboutToday(MessageContent content, DateTime utcNow) =>
        content.Calendar is { } entry && VietnamTime.ToLocal(entry.StartUtc).Date == VietnamTime.ToLocal(utcNow).Date;

    private async Task WorkAsync(ConcurrentQueue<(Message Message, MessageContent Content)> ready, FailureStreak streak, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<MessageQueue>();
        var sender = scope.ServiceProvider.GetRequiredService<IEmailSender>();
        while (!cancellationToken.IsCancellationRequested && !streak.IsBroken && ready.TryDequeue(out var next))
        {
            var (message, content) = next;
            if (!await own.BeginSendingAsync(message, content))
            {
                continue;
            }

            // Not cancellable: a hand-over that has begun ends within the mail timeout, and its outcome is recorded.
            switch (await sender.SendAsync(message, content))
            {
                case { Outcome: EmailOutcome.Accepted }:
                    await own.SentAsync(message);
                    streak.Reset();
                    break;
                case { Outcome: EmailOutcome.Transient, Reason: var reason }:
                    await own.FailedAsync(message, reason);
                    streak.Add(message, givenUp: false, reason);
                    break;
                case { Outcome: EmailOutcome.Permanent, Reason: var reason }:
                    await own.DeadAsync(message, reason);
                    streak.Add(message, givenUp: true, reason);
                    break;
            }
        }
    }
}
