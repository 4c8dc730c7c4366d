using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;

namespace TrainingSite.Library.Controllers;

/// <summary>Reading the library: the list, a document with its words, its file. Public documents need no account.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("library")]
public sealed class DocumentController(SiteDbContext db, LibraryFiles files, TopicNames topics, CurrentUser user) : Controller
{
    /// <summary>Longer Markdown is shown as plain text.</summary>
    private const long MaxRenderedBytes = 300_000;

    [HttpGet("")]
    public async Task<IActionResult> Index(string? topic, DocumentKind? kind, string? issuer, string? q, int page, CancellationToken cancellationToken)
    {
        var visible = db.Documents.AsNoTracking().VisibleTo(user);
        var issuers = await visible.Where(document => document.Issuer != null).Select(document => document.Issuer!).Distinct().OrderBy(name => name).Take(100).ToListAsync(cancellationToken);
        var found = visible;
        if (!string.IsNullOrWhiteSpace(topic))
        {
            found = found.Where(document => document.Topic == topic);
        }

        if (kind is { } wanted)
        {
            found = found.Where(document => document.Kind == wanted);
        }

        if (!string.IsNullOrWhiteSpace(issuer))
        {
            found = found.Where(document => document.Issuer == issuer);
        }

        if (!string.IsNullOrWhiteSpace(q))
        {
            // Official numbers and words of the title as they are written; the search page finds the rest.
            found = found.Where(document => document.Title.Contains(q) || document.Number!.Contains(q));
        }

        var rows = await found.OrderByDescending(document => document.CreatedUtc).ThenBy(document => document.Id)
            .Select(document => new DocumentRow(document.Id, document.Title, document.Number, document.Issuer, document.IssuedOn, document.Kind, document.Topic, document.Visibility, document.UnitName, document.Format, document.Size))
            .ToPageAsync(page, size: 30, cancellationToken);
        return View(new DocumentList(rows, await topics.GetAsync(cancellationToken), issuers, new(topic, kind, issuer, q), user.Can(Permissions.ManageLibrary)));
    }

    [HttpGet("{id:guid}")]
    public async Task<IActionResult> Show(Guid id, int page, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } document)
        {
            return NotFound();
        }

        var number = Math.Clamp(page, 1, Math.Max(1, document.PageCount));
        var names = await topics.GetAsync(cancellationToken);
        return View(new DocumentPage(document, document.Topic is null ? null : names.GetValueOrDefault(document.Topic, document.Topic), user.CanManage(document))
        {
            Text = await db.DocumentTexts.Where(text => text.DocumentId == id && text.PageNumber == number).Select(text => text.Text).FirstOrDefaultAsync(cancellationToken),
            Rendered = document is { Format: FileFormat.Markdown, Size: <= MaxRenderedBytes }
                ? MarkdownPage.Render(await System.IO.File.ReadAllTextAsync(files.PathOf(document.Sha256), cancellationToken), document.Title)
                : null,
            Pages = new([], document.PageCount, number, Size: 1),
        });
    }

    /// <summary>The file: saved, or opened in the browser where that can do no harm.</summary>
    [HttpGet("{id:guid}/file")]
    public async Task<IActionResult> File(Guid id, bool open, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } document)
        {
            return NotFound();
        }

        var inline = open && document.Format != FileFormat.Word;
        var disposition = new ContentDispositionHeaderValue(inline ? "inline" : "attachment");
        disposition.SetHttpFileName(document.FileName);
        Response.Headers.ContentDisposition = disposition.ToString();
        // Whatever stands in the file, it runs nothing and belongs to nobody's session.
        Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        Response.Headers.CacheControl = document.Visibility == DocumentVisibility.Public ? "public, max-age=3600" : "private, no-cache";
        return PhysicalFile(files.PathOf(document.Sha256), FileNames.ContentType(document.Format), document.CreatedUtc, new EntityTagHeaderValue($"\"{document.Sha256}\""), enableRangeProcessing: true);
    }

    private Task<Document?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        db.Documents.AsNoTracking().VisibleTo(user).FirstOrDefaultAsync(document => document.Id == id, cancellationToken);
}

/// <summary>What the list was asked by.</summary>
public sealed record DocumentFilter(string? Topic, DocumentKind? Kind, string? Issuer, string? Q);

/// <summary>The list.</summary>
public sealed record DocumentList(Page<DocumentRow> Documents, IReadOnlyDictionary<string, string> Topics, IReadOnlyList<string> Issuers, DocumentFilter Filter, bool CanAdd);

/// <summary>A row of the list.</summary>
public sealed record DocumentRow(
    Guid Id, string Title, string? Number, string? Issuer, DateOnly? IssuedOn, DocumentKind Kind, string? Topic, DocumentVisibility Visibility, string? UnitName, FileFormat Format, long Size);

/// <summary>The page of a document.</summary>
public sealed record DocumentPage(Document Document, string? Topic, bool CanManage)
{
    /// <summary>Words of the page that is shown.</summary>
    public string? Text { get; init; }

    /// <summary>The whole, for Markdown.</summary>
    public IHtmlContent? Rendered { get; init; }

    /// <summary>Where among the pages.</summary>
    public required Page<object> Pages { get; init; }
}
