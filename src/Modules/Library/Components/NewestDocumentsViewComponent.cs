using Microsoft.AspNetCore.Mvc;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Components;

/// <summary>The newest public documents, on the visitors' home page.</summary>
public sealed class NewestDocumentsViewComponent(SiteDbContext db) : ViewComponent
{
    private const int Count = 4;

    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var documents = await db.Documents.AsNoTracking().Where(document => document.Visibility == DocumentVisibility.Public && document.State == DocumentState.Published)
            .OrderByDescending(document => document.CreatedUtc).ThenBy(document => document.Id).Take(Count)
            .Select(document => new NewestDocument(document.Id, document.Title, document.Kind, document.IssuedOn)).ToListAsync();
        return documents.Count > 0 ? View(documents) : Content("");
    }
}

/// <summary>One line.</summary>
public sealed record NewestDocument(Guid Id, string Title, DocumentKind Kind, DateOnly? IssuedOn);
