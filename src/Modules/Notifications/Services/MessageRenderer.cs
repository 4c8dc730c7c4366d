using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Services;

/// <summary>What came of asking the sources for the words.</summary>
/// <param name="Contents">The words by message id; a message that is missing here is not to be sent any more.</param>
/// <param name="Failed">Why a source could not say, by message id.</param>
internal sealed record RenderedMessages(IReadOnlyDictionary<long, MessageContent> Contents, IReadOnlyDictionary<long, string> Failed);

/// <summary>Has the sources write the words for a batch, one question a subject, in a scope of its own.</summary>
internal sealed class MessageRenderer(IServiceScopeFactory scopes, ILogger<MessageRenderer> log)
{
    /// <summary>The rules that somebody can write words for.</summary>
    public IReadOnlyList<string> Rules
    {
        get
        {
            using var scope = scopes.CreateScope();
            return [.. scope.ServiceProvider.GetServices<IReminderSource>().Select(source => source.Rule)];
        }
    }

    public async Task<RenderedMessages> RenderAsync(IReadOnlyCollection<Message> messages, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var sources = scope.ServiceProvider.GetServices<IReminderSource>().ToDictionary(source => source.Rule, StringComparer.Ordinal);
        var contents = new Dictionary<long, MessageContent>();
        var failed = new Dictionary<long, string>();
        foreach (var subject in messages.GroupBy(message => (message.Rule, message.Subject)))
        {
            try
            {
                var words = await sources[subject.Key.Rule].RenderAsync(subject.Key.Subject, [.. subject.Select(message => message.PersonId)], cancellationToken);
                foreach (var message in subject)
                {
                    if (words.TryGetValue(message.PersonId, out var content))
                    {
                        contents[message.Id] = content;
                    }
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError(failure, "No words for {Rule} {Subject}.", subject.Key.Rule, subject.Key.Subject);
                foreach (var message in subject)
                {
                    failed[message.Id] = failure.Message;
                }
            }
        }

        return new(contents, failed);
    }
}
