using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;
using TrainingSite.Organization.Services;

namespace TrainingSite.Library.Controllers;

/// <summary>Reading the library: the list, a document with its words, its file. Public documents need no account.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("library")]
public sealed class DocumentController(SiteDbContext db, LibraryFiles files, TopicNames topics, CurrentUser user) : Controller
{
    /// <summary>Longer Markdown is shown as plain text.</summary>
    private const long MaxRenderedBytes = 300_000;

    /// <summary>Letters of a page that are shown; a table or a text without pages could be a book.</summary>
    private const int MaxShown = 20_000;

    private const string Private = "private, no-cache";

    [HttpGet("")]
    public async Task<IActionResult> Index(DocumentFilter filter, int page, CancellationToken cancellationToken)
    {
        var (topic, kind, issuer, q) = (filter.Topic, filter.Kind, filter.Issuer, filter.Q);
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

        if (filter.Audience is { } audience)
        {
            found = found.Where(document => document.Audience == audience);
        }

        if (filter.Year is { } year)
        {
            found = found.Where(document => document.PeriodYear == year && (filter.Quarter == null || document.PeriodQuarter == filter.Quarter));
        }

        if (!string.IsNullOrWhiteSpace(filter.Unit))
        {
            // With what belongs to the units below.
            found = found.Where(document => document.UnitPath != null && document.UnitPath.StartsWith(filter.Unit));
        }

        if (!string.IsNullOrWhiteSpace(q))
        {
            // Official numbers and words of the title as they are written; the search page finds the rest.
            found = found.Where(document => document.Title.Contains(q) || document.Number!.Contains(q));
        }

        var rows = await found.OrderByDescending(document => document.CreatedUtc).ThenBy(document => document.Id)
            .Select(document => new DocumentRow(document.Id, document.Title, document.Number, document.Issuer, document.IssuedOn, document.Kind, document.Topic, document.Visibility, document.UnitName, document.Format, document.Size, document.Audience, document.PeriodYear, document.PeriodQuarter))
            .ToPageAsync(page, size: 30, cancellationToken);
        return View(new DocumentList(rows, await topics.GetChoicesAsync([topic], cancellationToken), issuers, filter, user.Can(Permissions.ManageLibrary))
        {
            Years = await visible.Where(document => document.PeriodYear != null).Select(document => document.PeriodYear!.Value).Distinct().OrderByDescending(value => value).Take(50).ToListAsync(cancellationToken),
            Units = await visible.Where(document => document.UnitPath != null).GroupBy(document => document.UnitPath!).Select(unit => new { Path = unit.Key, Name = unit.Max(document => document.UnitName!) })
                .OrderBy(unit => unit.Path).Take(200).Select(unit => new UnitOption(unit.Path, unit.Name!)).ToListAsync(cancellationToken),
            CanFill = user.Can(Organization.Permissions.ManageTeams),
            CanPropose = user.Can(Permissions.ProposeDocuments),
            Mine = user.Id is { } me && page <= 1
                ? await db.Documents.AsNoTracking().Where(document => document.CreatedById == me && document.State != DocumentState.Published)
                    .OrderByDescending(document => document.CreatedUtc).Select(document => new ProposedDocument(document.Id, document.Title, document.State)).Take(20).ToListAsync(cancellationToken)
                : [],
            Waiting = user.Can(Permissions.ManageLibrary) ? await db.Documents.ManagedBy(user).CountAsync(document => document.State == DocumentState.Proposed, cancellationToken) : 0,
        });
    }

    [HttpGet("{id:guid}")]
    public async Task<IActionResult> Show(Guid id, int page, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } document)
        {
            return NotFound();
        }

        var number = Math.Clamp(page, 1, Math.Max(1, document.PageCount));
        var pages = await db.DocumentTexts.Where(text => text.DocumentId == id).OrderBy(text => text.PageNumber)
            .Select(text => new PageQuality(text.PageNumber, text.Source, text.Confidence, text.Text.Length)).ToListAsync(cancellationToken);
        var names = await topics.GetAsync(cancellationToken);
        return View(new DocumentPage(document, document.Topic is null ? null : names.GetValueOrDefault(document.Topic, document.Topic), user.CanManage(document))
        {
            Text = await db.DocumentTexts.Where(text => text.DocumentId == id && text.PageNumber == number).Select(text => text.Text.Substring(0, MaxShown)).FirstOrDefaultAsync(cancellationToken),
            Rendered = document is { Format: FileFormat.Markdown, Size: <= MaxRenderedBytes }
                ? MarkdownPage.Render(await System.IO.File.ReadAllTextAsync(files.PathOf(document.Sha256), cancellationToken), document.Title)
                : null,
            Pages = new([], document.PageCount, number, Size: 1),
            Reading = new(pages),
            Quality = pages.Find(row => row.Number == number),
            IsCut = pages.Find(row => row.Number == number) is { Length: > MaxShown },
            MayRevise = user.MayRevise(document),
            TextLength = pages.Sum(row => (long)row.Length),
            SmallSize = FileNames.IsPicture(document.Format) && new FileInfo(files.SmallPathOf(document.Sha256)) is { Exists: true } small ? small.Length : null,
            ProposedBy = document.State == DocumentState.Published ? null : await db.Users.Where(account => account.Id == document.CreatedById).Select(account => account.DisplayName).FirstOrDefaultAsync(cancellationToken),
            Earlier = IsStaff(document)
                ? await db.EarlierEditions.AsNoTracking().Where(edition => edition.DocumentId == id).OrderByDescending(edition => edition.Number).ToListAsync(cancellationToken)
                : [],
        });
    }

    /// <summary>The file: saved, or opened in the browser where that can do no harm.</summary>
    [HttpGet("{id:guid}/file")]
    public async Task<IActionResult> File(Guid id, bool open, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { Format: not FileFormat.Link } document)
        {
            return NotFound();
        }

        return Send(new(document.FileName, document.Format, document.Sha256, document.EditionUtc), open, Caching(document));
    }

    /// <summary>Only the words, for those to whom each kB counts (R58).</summary>
    [HttpGet("{id:guid}/text")]
    public async Task<IActionResult> Text(Guid id, string? format, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { PageCount: > 0 } document)
        {
            return NotFound();
        }

        var pages = await db.DocumentTexts.Where(text => text.DocumentId == id && text.Text != "").OrderBy(text => text.PageNumber).Select(text => new TextPage(text.PageNumber, text.Text)).ToListAsync(cancellationToken);
        var isHtml = format == "html";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(Path.GetFileNameWithoutExtension(document.FileName) + (isHtml ? ".html" : ".txt"));
        Response.Headers.ContentDisposition = disposition.ToString();
        Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return Content(isHtml ? LightText.Html(document, pages) : LightText.Plain(document, pages), isHtml ? "text/html; charset=utf-8" : "text/plain; charset=utf-8");
    }

    /// <summary>A small copy of a picture, where this site could make one.</summary>
    [HttpGet("{id:guid}/small")]
    public async Task<IActionResult> Small(Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } document || !FileNames.IsPicture(document.Format) || !System.IO.File.Exists(files.SmallPathOf(document.Sha256)))
        {
            return NotFound();
        }

        Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        Response.Headers.CacheControl = Caching(document);
        return PhysicalFile(files.SmallPathOf(document.Sha256), FileNames.ContentType(FileFormat.Webp), document.EditionUtc, new EntityTagHeaderValue($"\"{document.Sha256}-small\""));
    }

    /// <summary>A file that a newer one took the place of, for staff.</summary>
    [HttpGet("{id:guid}/editions/{number:int}")]
    public async Task<IActionResult> Edition(Guid id, int number, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } document || !IsStaff(document)
            || await db.EarlierEditions.AsNoTracking().FirstOrDefaultAsync(row => row.DocumentId == id && row.Number == number, cancellationToken) is not { } edition)
        {
            return NotFound();
        }

        return Send(new(edition.FileName, edition.Format, edition.Sha256, edition.CreatedUtc), open: false, Private);
    }

    private static string Caching(Document document) =>
        document is { Visibility: DocumentVisibility.Public, State: DocumentState.Published } ? "public, max-age=3600" : Private;

    /// <summary>Whose work it is to see how a document came to be what it is.</summary>
    private bool IsStaff(Document document) => user.CanManage(document) || (document.UnitPath is { } path ? user.Can(Permissions.ProposeDocuments, path) : user.Can(Permissions.ProposeDocuments));

    private PhysicalFileResult Send(StoredFile file, bool open, string caching)
    {
        var inline = open && FileNames.OpensInBrowser(file.Format);
        var disposition = new ContentDispositionHeaderValue(inline ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        Response.Headers.ContentDisposition = disposition.ToString();
        // Whatever stands in the file, it runs nothing and belongs to nobody's session. Browsers show no PDF in a sandbox: theirs is the
        // viewer's own, and the page around it may load nothing.
        Response.Headers.ContentSecurityPolicy = file.Format == FileFormat.Pdf ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'" : "sandbox; default-src 'none'";
        Response.Headers.CacheControl = caching;
        return PhysicalFile(files.PathOf(file.Sha256), FileNames.ContentType(file.Format), file.CreatedUtc, new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }

    private Task<Document?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        db.Documents.AsNoTracking().OpenTo(user).FirstOrDefaultAsync(document => document.Id == id, cancellationToken);
}

/// <summary>A file on the disk.</summary>
internal sealed record StoredFile(string Name, FileFormat Format, string Sha256, DateTime CreatedUtc);

/// <summary>A document of one's own that is not published.</summary>
public sealed record ProposedDocument(Guid Id, string Title, DocumentState State);

/// <summary>What the list was asked by.</summary>
public sealed record DocumentFilter(string? Topic, DocumentKind? Kind, string? Issuer, string? Q, DocumentAudience? Audience, int? Year, int? Quarter, string? Unit)
{
    /// <summary>Whether anything was asked.</summary>
    public bool IsEmpty => this is { Topic: null or "", Kind: null, Issuer: null or "", Q: null or "", Audience: null, Year: null, Unit: null or "" };
}

/// <summary>The list.</summary>
public sealed record DocumentList(Page<DocumentRow> Documents, IReadOnlyDictionary<string, string> Topics, IReadOnlyList<string> Issuers, DocumentFilter Filter, bool CanAdd)
{
    /// <summary>Whether the reader may fill templates.</summary>
    public bool CanFill { get; init; }

    /// <summary>Years to choose from.</summary>
    public IReadOnlyList<int> Years { get; init; } = [];

    /// <summary>Units to choose from.</summary>
    public IReadOnlyList<UnitOption> Units { get; init; } = [];

    /// <summary>Whether the reader may propose documents.</summary>
    public bool CanPropose { get; init; }

    /// <summary>The reader's own documents that are not published.</summary>
    public IReadOnlyList<ProposedDocument> Mine { get; init; } = [];

    /// <summary>How many documents wait for the reader to review them.</summary>
    public int Waiting { get; init; }
}

/// <summary>A row of the list.</summary>
public sealed record DocumentRow(
    Guid Id, string Title, string? Number, string? Issuer, DateOnly? IssuedOn, DocumentKind Kind, string? Topic, DocumentVisibility Visibility, string? UnitName, FileFormat Format, long Size, DocumentAudience? Audience, int? PeriodYear, int? PeriodQuarter);

/// <summary>The page of a document.</summary>
public sealed record DocumentPage(Document Document, string? Topic, bool CanManage)
{
    /// <summary>Words of the page that is shown.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the page has more words than are shown.</summary>
    public bool IsCut { get; init; }

    /// <summary>The whole, for Markdown.</summary>
    public IHtmlContent? Rendered { get; init; }

    /// <summary>Where among the pages.</summary>
    public required Page<object> Pages { get; init; }

    /// <summary>Which pages were read how well.</summary>
    public required ReadingReport Reading { get; init; }

    /// <summary>Letters of text; 0 when there is none.</summary>
    public long TextLength { get; init; }

    /// <summary>Bytes of the small copy of a picture; null when there is none.</summary>
    public long? SmallSize { get; init; }

    /// <summary>Whether the reader proposed it and may still change it.</summary>
    public bool MayRevise { get; init; }

    /// <summary>Who proposed it; null once it is published.</summary>
    public string? ProposedBy { get; init; }

    /// <summary>Earlier files, for staff.</summary>
    public IReadOnlyList<EarlierEdition> Earlier { get; init; } = [];

    /// <summary>How the page that is shown was read.</summary>
    public PageQuality? Quality { get; init; }
}
