using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Services;

/// <summary>"Sends" the notices of the application: writes their words into the rows. It happens in the database alone, so a repetition changes nothing.</summary>
internal sealed class InAppSender(SiteDbContext db, MessageQueue queue, MessageRenderer renderer, TimeProvider clock)
{
    private const int BatchSize = 1000;

    /// <summary>Writes everything that is due.</summary>
    /// <returns>Why some could not be written; empty when all went well.</returns>
    public async Task<IReadOnlyCollection<string>> SendAllAsync(CancellationToken cancellationToken)
    {
        var problems = new HashSet<string>();
        var rules = renderer.Rules;
        while (await queue.TakeAsync(MessageChannel.InApp, rules, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            var rendered = await renderer.RenderAsync(batch, cancellationToken);
            problems.UnionWith(rendered.Failed.Values);
            foreach (var message in batch.Where(message => rendered.Failed.ContainsKey(message.Id)))
            {
                await queue.FailedAsync(message, rendered.Failed[message.Id]);
            }

            await WriteAsync(batch.Where(message => !rendered.Failed.ContainsKey(message.Id)), rendered.Contents, cancellationToken);
        }

        return problems;
    }

    private async Task WriteAsync(IEnumerable<Message> messages, IReadOnlyDictionary<long, MessageContent> contents, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        foreach (var message in messages)
        {
            db.Attach(message);
            message.NextTryUtc = null;
            message.Error = null;
            if (contents.TryGetValue(message.Id, out var content))
            {
                message.State = MessageState.Sent;
                message.SentUtc = now;
                message.Title = content.Title;
                message.Text = content.Text;
                message.Url = content.Url;
            }
            else
            {
                message.State = MessageState.Skipped;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }
}
