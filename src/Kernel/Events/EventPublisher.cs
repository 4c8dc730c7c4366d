using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Kernel;

/// <summary>
/// Hears of a fact that a module further up owns. Runs before <c>SaveChanges</c> in the publisher's scope and context:
/// what it changes is saved with the fact or not at all. It must not call <c>SaveChanges</c> itself.
/// </summary>
/// <typeparam name="T">The event: a record of the publishing module.</typeparam>
public interface IEventHandler<in T>
{
    /// <summary>Reacts to the fact. An exception undoes the whole.</summary>
    Task HandleAsync(T fact, CancellationToken cancellationToken);
}

/// <summary>Tells the modules below of a fact: "call down, publish up".</summary>
public sealed class EventPublisher(IServiceProvider services)
{
    /// <summary>Calls every handler, one after the other, in the same scope.</summary>
    public async Task PublishAsync<T>(T fact, CancellationToken cancellationToken = default)
    {
        foreach (var handler in services.GetServices<IEventHandler<T>>())
        {
            await handler.HandleAsync(fact, cancellationToken);
        }
    }
}
