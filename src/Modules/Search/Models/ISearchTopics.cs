namespace TrainingSite.Search.Models;

/// <summary>Names the topic codes for people, and says which can be chosen. Contributed by the module that owns the topics; without it the code is shown.</summary>
public interface ISearchTopics
{
    /// <summary>Name by code: T7, "An toàn trên mạng".</summary>
    Task<IReadOnlyDictionary<string, string>> GetNamesAsync(CancellationToken cancellationToken);

    /// <summary>Codes of the topics that the reader is offered today. What is filed under another one keeps it.</summary>
    Task<IReadOnlySet<string>> GetOfferedAsync(CurrentUser reader, CancellationToken cancellationToken);
}
