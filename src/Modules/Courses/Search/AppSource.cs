using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Apps;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.Courses.Search;

/// <summary>Recommended apps can be found by name, purpose and publisher, as soon as somebody has looked at them.</summary>
internal sealed class AppSource(SiteDbContext db, IStringLocalizer<Strings> T) : ISearchSource
{
    public const string AppKind = "app";

    public string Kind => AppKind;

    public string Title => T["Ứng dụng"];

    public async IAsyncEnumerable<SearchDocument> GetAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in db.RecommendedApps.AsNoTracking().Where(app => app.ReviewedOn != null).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return From(app);
        }
    }

    public static SearchDocument From(RecommendedApp app) => new(AppKind, app.Id, app.Name, $"{app.Purpose}\n{app.Publisher}", $"/apps/{app.Slug}")
    {
        Topic = app.TopicCode,
        Visibility = app.UnitPath is null ? SearchVisibility.Public : SearchVisibility.Unit,
        UnitPath = app.UnitPath,
        Source = app.Publisher,
    };
}

/// <summary>Keeps the index with the apps, in the transaction of each change.</summary>
internal sealed class AppIndexer(SiteDbContext db, SearchIndex index) : IEventHandler<AppChanged>
{
    public async Task HandleAsync(AppChanged fact, CancellationToken cancellationToken)
    {
        if (await db.RecommendedApps.AsNoTracking().SingleOrDefaultAsync(app => app.Id == fact.Id && app.ReviewedOn != null, cancellationToken) is { } app)
        {
            await index.PutAsync([AppSource.From(app)], cancellationToken);
        }
        else
        {
            await index.RemoveAsync(AppSource.AppKind, fact.Id, cancellationToken);
        }
    }
}
