using System.Text.Json;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;

namespace TrainingSite.Library.Recipes;

/// <summary>
/// The step <c>library-documents</c>: documents of our own that travel with this module, listed in its <c>documents.json</c>.
/// A file that was improved since replaces the document of the same file name.
/// </summary>
internal sealed class DocumentsStep(SiteDbContext db, LibraryService library) : IRecipeStepHandler
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public string Name => "library-documents";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Recipes", "Library");
        var entries = JsonSerializer.Deserialize<List<Entry>>(await File.ReadAllBytesAsync(Path.Combine(folder, "documents.json"), cancellationToken), Json)!;
        var added = 0;
        foreach (var entry in entries)
        {
            await using var content = File.OpenRead(Path.Combine(folder, entry.File));
            var details = new DocumentDetails { Title = entry.Title, Kind = entry.Kind, Topic = entry.Topic, Issuer = entry.Issuer, Visibility = entry.Visibility };
            var result = await library.AddAsync(content, entry.File, details, readNow: true, cancellationToken);
            if (!result.Succeeded)
            {
                throw new InvalidOperationException($"{entry.File}: {result.Faults[0].Message}");
            }

            if (result.Value.IsNew)
            {
                added++;
                await RemoveOlderAsync(result.Value.Document, cancellationToken);
            }
        }

        context.Report($"Thư viện: {added} tài liệu mới, {entries.Count - added} đã có.");
    }

    private async Task RemoveOlderAsync(Document document, CancellationToken cancellationToken)
    {
        var older = await db.Documents.Where(row => row.FileName == document.FileName && row.CreatedById == null && row.Id != document.Id)
            .Select(row => row.Id).ToListAsync(cancellationToken);
        foreach (var id in older)
        {
            await library.DeleteAsync(id, cancellationToken);
        }
    }

    private sealed record Entry(string File, string? Title, DocumentKind Kind, string? Topic, string? Issuer, DocumentVisibility Visibility);
}
