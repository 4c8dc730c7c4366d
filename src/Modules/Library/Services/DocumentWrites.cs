using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>Writing a document: its row, its words and whoever indexes them change together.</summary>
internal static class DocumentWrites
{
    /// <summary>Saves and publishes <see cref="DocumentChanged"/> in one transaction, the running one if there is one.</summary>
    public static async Task SaveAndTellAsync(this SiteDbContext db, EventPublisher events, Guid id, CancellationToken cancellationToken)
    {
        var outer = db.Database.CurrentTransaction;
        var transaction = outer ?? await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await events.PublishAsync(new DocumentChanged(id), cancellationToken);
            if (outer is null)
            {
                await transaction.CommitAsync(cancellationToken);
            }
        }
        finally
        {
            if (outer is null)
            {
                await transaction.DisposeAsync();
            }
        }
    }

    /// <summary>Notes what reading the file gave. The document has no words yet.</summary>
    public static void PutText(this SiteDbContext db, Document document, ExtractedText text)
    {
        document.TextState = text.State;
        document.TextProblem = text.Problem;
        document.PageCount = text.Pages.Count;
        db.AddRange(text.Pages.Select((page, i) => new DocumentText { DocumentId = document.Id, PageNumber = i + 1, Text = page.Text, Source = page.Source, Confidence = page.Confidence }));
    }
}
