using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Library.Services;

/// <summary>A document in the library after adding.</summary>
/// <param name="Document">The document.</param>
/// <param name="IsNew">False when the same file was there before.</param>
public sealed record AddedDocument(Document Document, bool IsNew);

/// <summary>Adds, changes and deletes documents. File first, then row; a row never lacks its file.</summary>
public sealed class LibraryService(
    SiteDbContext db, LibraryFiles files, TextExtractor extractor, UnitChoices units, EventPublisher events, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private readonly FileSniffer _sniffer = new(T);
    private readonly DocumentDescriber _describer = new(units, user, clock, T);

    /// <summary>Adds a file, or finds that it is there.</summary>
    /// <param name="content">The file.</param>
    /// <param name="fileName">What it was called.</param>
    /// <param name="details">What people say of it.</param>
    /// <param name="readNow">Read its words at once (commands, recipes) instead of by the background task.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<Result<AddedDocument>> AddAsync(Stream content, string fileName, DocumentDetails details, bool readNow, CancellationToken cancellationToken = default) =>
        AddAsync(content, fileName, details, readNow, DocumentState.Published, cancellationToken);

    /// <summary>Adds a file that others look at before it stands in the library, or finds that it is there.</summary>
    public Task<Result<AddedDocument>> ProposeAsync(Stream content, string fileName, DocumentDetails details, CancellationToken cancellationToken = default) =>
        AddAsync(content, fileName, details, readNow: false, DocumentState.Proposed, cancellationToken);

    /// <summary>Adds an address on the web, or finds that it is there.</summary>
    public async Task<Result<AddedDocument>> AddLinkAsync(DocumentDetails details, CancellationToken cancellationToken = default)
    {
        var document = new Document { Format = FileFormat.Link, TextState = TextState.Done, CreatedUtc = clock.UtcNow(), EditionUtc = clock.UtcNow(), CreatedById = user.Id };
        if (await _describer.DescribeAsync(document, details, cancellationToken) is { } wrong)
        {
            return wrong;
        }

        if (await FindAsync(document.Sha256, cancellationToken) is { } known)
        {
            return known;
        }

        db.Add(document);
        return await SaveNewAsync(document, cancellationToken);
    }

    private async Task<Result<AddedDocument>> AddAsync(Stream content, string fileName, DocumentDetails details, bool readNow, DocumentState state, CancellationToken cancellationToken)
    {
        var file = await files.ReceiveAsync(content, cancellationToken);
        try
        {
            if (Check(file) is { } fault)
            {
                return fault;
            }

            if (await FindAsync(file.Sha256, cancellationToken) is { } known)
            {
                return known;
            }

            var format = _sniffer.Detect(file.Path, fileName);
            if (!format.Succeeded)
            {
                return format.Faults.ToList();
            }

            var document = new Document
            {
                FileName = FileNames.Clean(fileName, format.Value.Format),
                Format = format.Value.Format,
                Size = file.Size,
                Sha256 = file.Sha256,
                State = state,
                CreatedUtc = clock.UtcNow(),
                EditionUtc = clock.UtcNow(),
                CreatedById = user.Id,
            };
            var text = readNow ? await extractor.ExtractAsync(file.Path, document.Format, cancellationToken) : null;
            details = await DocumentDescriber.CompleteAsync(details, document, file, text, fileName, cancellationToken);
            if (await _describer.DescribeAsync(document, details, cancellationToken) is { } wrong)
            {
                return wrong;
            }

            db.Add(document);
            if (text is not null)
            {
                db.PutText(document, text);
            }

            files.Keep(file);
            return await SaveNewAsync(document, cancellationToken);
        }
        finally
        {
            LibraryFiles.Drop(file);
        }
    }

    /// <summary>Saves a new document, or finds the same that somebody added at the same moment.</summary>
    private async Task<Result<AddedDocument>> SaveNewAsync(Document document, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveAndTellAsync(events, document.Id, cancellationToken);
            return new AddedDocument(document, IsNew: true);
        }
        catch (DbUpdateException) when (db.Database.CurrentTransaction is null && db.Documents.AsNoTracking().Any(row => row.Sha256 == document.Sha256))
        {
            db.ChangeTracker.Clear();
            return (await FindAsync(document.Sha256, cancellationToken))!;
        }
    }

    /// <summary>Changes what is said of a document.</summary>
    public async Task<Result<Document>> UpdateAsync(Guid id, int version, DocumentDetails details, CancellationToken cancellationToken = default)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !user.CanManage(document))
        {
            return T.DocumentNotFound();
        }

        db.Entry(document).Property(row => row.Version).OriginalValue = version;
        return await DescribeAsync(document, details, cancellationToken) ?? await SaveAsync(document, cancellationToken);
    }

    /// <summary>Mends one's own document that waits or was given back, and sends it again.</summary>
    /// <param name="id">The document.</param>
    /// <param name="version">The version that the user saw.</param>
    /// <param name="details">What the user says of it.</param>
    /// <param name="content">Another file; null to keep the one that is there.</param>
    /// <param name="fileName">What it was called.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<Document>> ReviseAsync(Guid id, int version, DocumentDetails details, Stream? content, string? fileName, CancellationToken cancellationToken = default)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !user.MayRevise(document))
        {
            return T.DocumentNotFound();
        }

        (document.State, document.ReviewNote) = (DocumentState.Proposed, null);
        db.Entry(document).Property(row => row.Version).OriginalValue = version;
        return await DescribeAsync(document, details, cancellationToken)
            ?? (content is null ? await SaveAsync(document, cancellationToken) : await PutFileAsync(document, content, fileName!, cancellationToken));
    }

    /// <summary>Puts a newer file in the place of the document's; the earlier one stays to be downloaded.</summary>
    /// <param name="id">The document.</param>
    /// <param name="version">The version that the user saw.</param>
    /// <param name="content">The file.</param>
    /// <param name="fileName">What it was called.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<Document>> ReplaceFileAsync(Guid id, int version, Stream content, string fileName, CancellationToken cancellationToken = default)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !user.CanManage(document) || document.Format == FileFormat.Link)
        {
            return T.DocumentNotFound();
        }

        db.Entry(document).Property(row => row.Version).OriginalValue = version;
        return await PutFileAsync(document, content, fileName, cancellationToken);
    }

    private async Task<Result<Document>?> DescribeAsync(Document document, DocumentDetails details, CancellationToken cancellationToken)
    {
        if (await _describer.DescribeAsync(document, details, cancellationToken) is { } fault)
        {
            return fault;
        }

        if (document.Format == FileFormat.Link && await db.Documents.AsNoTracking().FirstOrDefaultAsync(row => row.Sha256 == document.Sha256 && row.Id != document.Id, cancellationToken) is { } known)
        {
            return await RefuseAsync(known, cancellationToken);
        }

        return null;
    }

    private async Task<Result<Document>> PutFileAsync(Document document, Stream content, string fileName, CancellationToken cancellationToken)
    {
        var file = await files.ReceiveAsync(content, cancellationToken);
        try
        {
            if (Check(file) is { } fault)
            {
                return fault;
            }

            if (await db.Documents.AsNoTracking().FirstOrDefaultAsync(row => row.Sha256 == file.Sha256, cancellationToken) is { } known)
            {
                return known.Id != document.Id ? await RefuseAsync(known, cancellationToken)
                    : document.State == DocumentState.Proposed ? await SaveAsync(document, cancellationToken)
                    : new Fault("file_known", T["Tệp này giống hệt tệp đang có, không có gì để thay."], "File", FaultKind.Conflict);
            }

            var format = _sniffer.Detect(file.Path, fileName);
            if (!format.Succeeded)
            {
                return format.Faults.ToList();
            }

            var replaced = document.Sha256;
            if (document.State == DocumentState.Published)
            {
                // What was never in the library is no edition of it.
                db.Add(new EarlierEdition
                {
                    DocumentId = document.Id,
                    Number = document.Edition,
                    FileName = document.FileName,
                    Format = document.Format,
                    Size = document.Size,
                    Sha256 = document.Sha256,
                    CreatedUtc = document.EditionUtc,
                });
                document.Edition++;
            }

            (document.FileName, document.Format, document.Size, document.Sha256, document.EditionUtc) = (FileNames.Clean(fileName, format.Value.Format), format.Value.Format, file.Size, file.Sha256, clock.UtcNow());
            files.Keep(file);
            var saved = await SaveAsync(document, cancellationToken, isReadAnew: true);
            await DeleteUnusedAsync(saved.Succeeded ? replaced : file.Sha256, cancellationToken);
            return saved;
        }
        finally
        {
            LibraryFiles.Drop(file);
        }
    }

    /// <summary>Saves, and tells who must know.</summary>
    private async Task<Result<Document>> SaveAsync(Document document, CancellationToken cancellationToken, bool isReadAnew = false)
    {
        try
        {
            await db.InTransactionAsync(async () =>
            {
                if (isReadAnew)
                {
                    (document.TextState, document.TextProblem, document.PageCount, document.ReadAttempts) = (TextState.Pending, null, 0, 0);
                    await db.DocumentTexts.Where(text => text.DocumentId == document.Id).ExecuteDeleteAsync(cancellationToken);
                }

                await db.SaveAndTellAsync(events, document.Id, cancellationToken);
            }, cancellationToken);
            return document;
        }
        catch (DbUpdateException meanwhile) when (meanwhile is DbUpdateConcurrencyException || db.Documents.AsNoTracking().Any(row => row.Sha256 == document.Sha256 && row.Id != document.Id))
        {
            db.ChangeTracker.Clear();
            return T.DocumentChangedMeanwhile();
        }
    }

    /// <summary>Deletes a document with its words and all its files.</summary>
    public async Task<Result<Document>> DeleteAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !(user.CanManage(document) || user.MayRevise(document)))
        {
            return T.DocumentNotFound();
        }

        var hashes = await db.EarlierEditions.Where(edition => edition.DocumentId == id).Select(edition => edition.Sha256).ToListAsync(cancellationToken);
        db.Remove(document);
        var deleted = await SaveAsync(document, cancellationToken);
        if (!deleted.Succeeded)
        {
            return deleted;
        }

        foreach (var hash in hashes.Append(document.Sha256).Distinct())
        {
            await DeleteUnusedAsync(hash, cancellationToken);
        }

        return document;
    }

    /// <summary>Lets the background task read the file once more.</summary>
    public async Task<Result<Document>> ReadAgainAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !user.CanManage(document) || document.Format == FileFormat.Link)
        {
            return T.DocumentNotFound();
        }

        return await SaveAsync(document, cancellationToken, isReadAnew: true);
    }

    /// <summary>The same file may be an edition of another document.</summary>
    private async Task DeleteUnusedAsync(string sha256, CancellationToken cancellationToken)
    {
        if (!await db.Documents.AnyAsync(row => row.Sha256 == sha256, cancellationToken) && !await db.EarlierEditions.AnyAsync(row => row.Sha256 == sha256, cancellationToken))
        {
            files.DeleteWithCopy(sha256);
        }
    }

    private Fault? Check(ReceivedFile file) => file.Size switch
    {
        0 => new("file_empty", T["Tệp rỗng (0 byte). Hãy kiểm tra tệp trên máy của bạn rồi gửi lại."], "File"),
        var size when size > files.MaxBytes => new("file_too_large", T["Tệp lớn hơn {0} MB. Hãy giảm hình ảnh trong tệp, hoặc chia tệp rồi gửi lại.", files.MaxMegabytes], "File"),
        _ => null,
    };

    private async Task<Result<AddedDocument>?> FindAsync(string sha256, CancellationToken cancellationToken)
    {
        if (await db.Documents.AsNoTracking().FirstOrDefaultAsync(document => document.Sha256 == sha256, cancellationToken) is not { } known)
        {
            return null;
        }

        return await IsOpenAsync(known, cancellationToken) ? new AddedDocument(known, IsNew: false) : IsElsewhere(known);
    }

    /// <summary>Says that a document has the file or address already, and which one to those who may see it.</summary>
    private async Task<Fault> RefuseAsync(Document known, CancellationToken cancellationToken) => !await IsOpenAsync(known, cancellationToken) ? IsElsewhere(known)
        : known.Format == FileFormat.Link
            ? new Fault("link_known", T["Địa chỉ này đã là của “{0}” trong thư viện.", known.Title], "Url", FaultKind.Conflict) { Link = $"/library/{known.Id}" }
            : new Fault("file_known", T["Tệp này đã là tệp của “{0}” trong thư viện.", known.Title], "File", FaultKind.Conflict) { Link = $"/library/{known.Id}" };

    private Fault IsElsewhere(Document known) => known.Format == FileFormat.Link
        ? new("link_known_elsewhere", T["Địa chỉ này đã có trong thư viện, ở phần của một đơn vị khác hoặc đang chờ duyệt."], "Url", FaultKind.Conflict)
        : new("file_known_elsewhere", T["Tệp này đã có trong thư viện, ở phần của một đơn vị khác hoặc đang chờ duyệt."], "File", FaultKind.Conflict);

    private Task<bool> IsOpenAsync(Document known, CancellationToken cancellationToken) => db.Documents.OpenTo(user).AnyAsync(document => document.Id == known.Id, cancellationToken);
}
