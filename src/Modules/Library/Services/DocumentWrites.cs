using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>Writing a document: its row, its words and whoever indexes them change together.</summary>
internal static class DocumentWrites
{
    /// <summary>Saves and publishes <see cref="DocumentChanged"/> in one transaction, the running one if there is one.</summary>
    public static Task SaveAndTellAsync(this SiteDbContext db, EventPublisher events, Guid id, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        await db.SaveChangesAsync(cancellationToken);
        await events.PublishAsync(new DocumentChanged(id), cancellationToken);
    }, cancellationToken);

    /// <summary>
    /// Notes where the reading of a file stands, unless the document has another file by now or somebody asked to read it anew. People's
    /// edits do not notice: whoever has the page open may still save it.
    /// </summary>
    /// <returns>Whether it was noted.</returns>
    public static async Task<bool> MoveReadingAsync(this SiteDbContext db, Document read, TextState state, string? problem, int pages, CancellationToken cancellationToken) =>
        await db.Documents.Where(row => row.Id == read.Id && row.Sha256 == read.Sha256 && row.TextState == read.TextState)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.TextState, state).SetProperty(one => one.TextProblem, problem).SetProperty(one => one.PageCount, pages), cancellationToken) == 1;

    /// <summary>Notes what reading the file gave. The document has no words yet.</summary>
    public static void PutText(this SiteDbContext db, Document document, ExtractedText text)
    {
        document.TextState = text.State;
        document.TextProblem = text.Problem;
        document.PageCount = text.Pages.Count;
        db.AddPages(document.Id, text);
    }

    /// <summary>Adds the pages of what was read; the document has none yet.</summary>
    public static void AddPages(this SiteDbContext db, Guid id, ExtractedText text) =>
        db.AddRange(text.Pages.Select((page, i) => new DocumentText { DocumentId = id, PageNumber = i + 1, Text = page.Text, Source = page.Source, Confidence = page.Confidence }));
}
