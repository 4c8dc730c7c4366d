using TrainingSite.Courses.Models;
using TrainingSite.Courses.Topics;
using TrainingSite.Search.Models;

namespace TrainingSite.Courses.Search;

/// <summary>The topics, for the facets of the search and the library.</summary>
internal sealed class TopicNames(SiteDbContext db) : ISearchTopics
{
    public async Task<IReadOnlyDictionary<string, string>> GetNamesAsync(CancellationToken cancellationToken) =>
        await db.Topics.AsNoTracking().OrderBy(topic => topic.Order).ToDictionaryAsync(topic => topic.Code, topic => topic.Name, cancellationToken);

    public async Task<IReadOnlySet<string>> GetOfferedAsync(CurrentUser reader, CancellationToken cancellationToken) =>
        await db.Topics.OfferedTo(reader).Select(topic => topic.Code).ToHashSetAsync(cancellationToken);
}
