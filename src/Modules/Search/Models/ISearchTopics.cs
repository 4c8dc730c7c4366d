namespace TrainingSite.Search.Models;

/// <summary>Names the topic codes for people. Contributed by the module that owns the topics; without it the code is shown.</summary>
public interface ISearchTopics
{
    /// <summary>Name by code: T7, "An toàn trên mạng".</summary>
    Task<IReadOnlyDictionary<string, string>> GetNamesAsync(CancellationToken cancellationToken);
}
