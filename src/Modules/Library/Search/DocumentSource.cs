using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.Library.Search;

/// <summary>Documents can be found: by title, number and issuer at once, by the words inside as soon as they were read.</summary>
internal sealed class DocumentSource(SiteDbContext db, IStringLocalizer<Strings> T) : ISearchSource
{
    public const string DocumentKindName = "document";

    public string Kind => DocumentKindName;

    public string Title => T["Văn bản, tài liệu"];

    public async IAsyncEnumerable<SearchDocument> GetAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = await db.Documents.OrderBy(document => document.Id).Select(document => document.Id).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            if (await ReadAsync(db, id, cancellationToken) is { } document)
            {
                yield return document;
            }
        }
    }

    /// <summary>One document as the index wants it; null when it is gone or not published.</summary>
    public static async Task<SearchDocument?> ReadAsync(SiteDbContext db, Guid id, CancellationToken cancellationToken)
    {
        if (await db.Documents.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id && row.State == DocumentState.Published, cancellationToken) is not { } document)
        {
            return null;
        }

        var pages = await db.DocumentTexts.Where(text => text.DocumentId == id).OrderBy(text => text.PageNumber).Select(text => text.Text).ToListAsync(cancellationToken);
        var head = string.Join(". ", new[] { document.Number, document.Issuer, document.Summary }.OfType<string>());
        return new(DocumentKindName, id, document.Title, pages.Count > 1 ? head : string.Join("\n\n", pages.Prepend(head).Where(part => part.Length > 0)), $"/library/{id}")
        {
            Pages = pages.Count > 1 ? pages : [],
            Topic = document.Topic,
            Visibility = document.Visibility switch
            {
                DocumentVisibility.Public => SearchVisibility.Public,
                DocumentVisibility.SignedIn => SearchVisibility.SignedIn,
                DocumentVisibility.Unit => SearchVisibility.Unit,
            },
            UnitPath = document.UnitPath,
            Source = string.Join(", ", new[] { document.Issuer, document.IssuedOn?.ToDateText() }.OfType<string>()),
        };
    }
}

/// <summary>Keeps the index in step, in the transaction of the change.</summary>
internal sealed class IndexDocument(SiteDbContext db, SearchIndex index) : IEventHandler<DocumentChanged>
{
    public async Task HandleAsync(DocumentChanged fact, CancellationToken cancellationToken)
    {
        if (await DocumentSource.ReadAsync(db, fact.Id, cancellationToken) is { } document)
        {
            await index.PutAsync([document], cancellationToken);
        }
        else
        {
            await index.RemoveAsync(DocumentSource.DocumentKindName, fact.Id, cancellationToken);
        }
    }
}
