using Microsoft.AspNetCore.Mvc;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Components;

/// <summary>Zone "jobs": the documents whose words could not be read, why, and a button to try again.</summary>
public sealed class UnreadDocumentsViewComponent(SiteDbContext db, CurrentUser user) : ViewComponent
{
    private const int Most = 50;

    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var cancellationToken = HttpContext.RequestAborted;
        var failed = await db.Documents.AsNoTracking().ManagedBy(user).Where(document => document.TextState == TextState.Failed)
            .OrderByDescending(document => document.CreatedUtc).Take(Most).ToListAsync(cancellationToken);
        var scanning = db.Documents.ManagedBy(user).Where(document => document.TextState == TextState.Scanning).Select(document => document.Id);
        var waiting = await db.DocumentTexts.CountAsync(text => scanning.Contains(text.DocumentId) && text.Source == PageSource.Waiting, cancellationToken);
        var rows = failed.ConvertAll(document => new UnreadDocument(document.Id, document.Title, document.TextProblem ?? ""));
        return rows.Count == 0 && waiting == 0 ? Content("") : View(new UnreadDocuments(rows, waiting));
    }
}

/// <summary>What is not read.</summary>
/// <param name="Failed">Documents that could not be read.</param>
/// <param name="WaitingPages">Scanned pages that wait their turn.</param>
public sealed record UnreadDocuments(IReadOnlyList<UnreadDocument> Failed, int WaitingPages);

/// <summary>A document that could not be read.</summary>
public sealed record UnreadDocument(Guid Id, string Title, string Problem);
