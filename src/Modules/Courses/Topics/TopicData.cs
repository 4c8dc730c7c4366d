using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Topics;

/// <summary>Topics by day and by reader.</summary>
public static class TopicData
{
    /// <summary>The day from which the first edition of each topic holds.</summary>
    internal static readonly DateOnly Beginning = new(2020, 1, 1);

    extension(SiteDbContext db)
    {
        /// <summary>Topics as they are from a day on.</summary>
        public DbSet<TopicEdition> TopicEditions => db.Set<TopicEdition>();

        /// <summary>The names that the topics bore on a day, by code.</summary>
        public async Task<IReadOnlyDictionary<string, string>> GetTopicNamesAsync(DateOnly day, CancellationToken cancellationToken = default)
        {
            var names = await db.Set<Topic>().ToDictionaryAsync(topic => topic.Code, topic => topic.Name, StringComparer.Ordinal, cancellationToken);
            foreach (var edition in await db.Set<TopicEdition>().AsNoTracking().Where(edition => edition.ValidFrom <= day).OrderBy(edition => edition.ValidFrom).Select(edition => new { edition.Code, edition.Name }).ToListAsync(cancellationToken))
            {
                names[edition.Code] = edition.Name;
            }

            return names;
        }
    }

    /// <summary>The topics that are offered to a reader today: for the whole province, and for units above, at and below theirs.</summary>
    /// <param name="topics">The topics.</param>
    /// <param name="reader">Who chooses.</param>
    /// <param name="chosen">Codes that are chosen already: they stay among the choices.</param>
    public static IQueryable<Topic> OfferedTo(this IQueryable<Topic> topics, CurrentUser reader, params string[] chosen) =>
        topics.Where(topic => topic.IsOffered || chosen.Contains(topic.Code)).AroundScope(reader.Units, topic => topic.UnitPath!, topic => topic.UnitPath == null || chosen.Contains(topic.Code));
}
