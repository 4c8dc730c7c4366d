using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Library.Services;

/// <summary>What people tell about a document. Null or empty: taken from the document itself where it plainly says so.</summary>
public sealed record DocumentDetails
{
    /// <summary>One line.</summary>
    public string? Title { get; init; }

    /// <summary>Official number.</summary>
    public string? Number { get; init; }

    /// <summary>Who issued it.</summary>
    public string? Issuer { get; init; }

    /// <summary>When.</summary>
    public DateOnly? IssuedOn { get; init; }

    /// <summary>What sort of document.</summary>
    public DocumentKind? Kind { get; init; }

    /// <summary>Topic code.</summary>
    public string? Topic { get; init; }

    /// <summary>Who may read it.</summary>
    public DocumentVisibility Visibility { get; init; } = DocumentVisibility.SignedIn;

    /// <summary>Code of its unit; needed with <see cref="DocumentVisibility.Unit"/>.</summary>
    public string? UnitCode { get; init; }
}

/// <summary>A document in the library after adding.</summary>
/// <param name="Document">The document.</param>
/// <param name="IsNew">False when the same file was there before.</param>
public sealed record AddedDocument(Document Document, bool IsNew);

/// <summary>Adds, changes and deletes documents. File first, then row; a row never lacks its file.</summary>
public sealed class LibraryService(
    SiteDbContext db, LibraryFiles files, TextExtractor extractor, EventPublisher events, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private readonly FileSniffer _sniffer = new(T);

    /// <summary>Adds a file, or finds that it is there.</summary>
    /// <param name="content">The file.</param>
    /// <param name="fileName">What it was called.</param>
    /// <param name="details">What people say of it.</param>
    /// <param name="readNow">Read its words at once (commands, recipes) instead of by the background task.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<AddedDocument>> AddAsync(Stream content, string fileName, DocumentDetails details, bool readNow, CancellationToken cancellationToken = default)
    {
        var file = await files.ReceiveAsync(content, cancellationToken);
        try
        {
            if (Check(file) is { } fault)
            {
                return fault;
            }

            if (await FindAsync(file, cancellationToken) is { } known)
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
                CreatedUtc = clock.UtcNow(),
                CreatedById = user.Id,
            };
            var text = readNow ? await extractor.ExtractAsync(file.Path, document.Format, cancellationToken) : null;
            details = await CompleteAsync(details, document, file, text, fileName, cancellationToken);
            if (await DescribeAsync(document, details, cancellationToken) is { } wrong)
            {
                return wrong;
            }

            db.Add(document);
            if (text is not null)
            {
                db.PutText(document, text);
            }

            files.Keep(file);
            await db.SaveAndTellAsync(events, document.Id, cancellationToken);
            return new AddedDocument(document, IsNew: true);
        }
        catch (DbUpdateException) when (db.Database.CurrentTransaction is null && db.Documents.AsNoTracking().Any(document => document.Sha256 == file.Sha256))
        {
            db.ChangeTracker.Clear();
            return (await FindAsync(file, cancellationToken))!;
        }
        finally
        {
            LibraryFiles.Drop(file);
        }
    }

    /// <summary>Changes what is said of a document.</summary>
    public async Task<Result<Document>> UpdateAsync(Guid id, int version, DocumentDetails details, CancellationToken cancellationToken = default)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !user.CanManage(document))
        {
            return NotFound();
        }

        db.Entry(document).Property(row => row.Version).OriginalValue = version;
        if (await DescribeAsync(document, details, cancellationToken) is { } fault)
        {
            return fault;
        }

        try
        {
            await db.SaveAndTellAsync(events, id, cancellationToken);
            return document;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Fault("document_changed_meanwhile", T["Có người vừa sửa tài liệu này. Chưa lưu phần của bạn; hãy mở lại trang để xem bản mới nhất."], Kind: FaultKind.Conflict);
        }
    }

    /// <summary>Deletes a document with its words and its file.</summary>
    public async Task<Result<Document>> DeleteAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !user.CanManage(document))
        {
            return NotFound();
        }

        db.Remove(document);
        await db.SaveAndTellAsync(events, id, cancellationToken);
        files.Delete(document.Sha256);
        return document;
    }

    /// <summary>Lets the background task read the file once more.</summary>
    public async Task<Result<Document>> ReadAgainAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !user.CanManage(document))
        {
            return NotFound();
        }

        db.RemoveRange(await db.DocumentTexts.Where(text => text.DocumentId == id).ToListAsync(cancellationToken));
        (document.TextState, document.TextProblem, document.PageCount) = (TextState.Pending, null, 0);
        await db.SaveAndTellAsync(events, id, cancellationToken);
        return document;
    }

    private Fault? Check(ReceivedFile file) => file.Size switch
    {
        0 => new("file_empty", T["Tệp rỗng (0 byte). Hãy kiểm tra tệp trên máy của bạn rồi gửi lại."], "File"),
        var size when size > files.MaxBytes => new("file_too_large", T["Tệp lớn hơn {0} MB. Hãy giảm hình ảnh trong tệp, hoặc chia tệp rồi gửi lại.", Math.Max(1, files.MaxBytes / (1024 * 1024))], "File"),
        _ => null,
    };

    private async Task<Result<AddedDocument>?> FindAsync(ReceivedFile file, CancellationToken cancellationToken)
    {
        if (await db.Documents.AsNoTracking().FirstOrDefaultAsync(document => document.Sha256 == file.Sha256, cancellationToken) is not { } known)
        {
            return null;
        }

        return await db.Documents.VisibleTo(user).AnyAsync(document => document.Id == known.Id, cancellationToken)
            ? new AddedDocument(known, IsNew: false)
            : new Fault("file_known_elsewhere", T["Tệp này đã có trong thư viện, ở phần của một đơn vị khác."], "File", FaultKind.Conflict);
    }

    private static async Task<DocumentDetails> CompleteAsync(DocumentDetails details, Document document, ReceivedFile file, ExtractedText? text, string fileName, CancellationToken cancellationToken)
    {
        var facts = text is { Pages.Count: > 0 } ? DocumentFacts.Read(text.Pages[0]) : new(null, null, null, null, null);
        var title = document.Format == FileFormat.Markdown
            ? DocumentFacts.MarkdownTitle(await File.ReadAllTextAsync(file.Path, cancellationToken))
            : facts.Title;
        return details with
        {
            Title = string.IsNullOrWhiteSpace(details.Title) ? title ?? FileNames.ToTitle(fileName) : details.Title,
            Number = string.IsNullOrWhiteSpace(details.Number) ? facts.Number : details.Number,
            Issuer = string.IsNullOrWhiteSpace(details.Issuer) ? facts.Issuer : details.Issuer,
            IssuedOn = details.IssuedOn ?? facts.IssuedOn,
            Kind = details.Kind ?? facts.Kind,
        };
    }

    private async Task<Fault?> DescribeAsync(Document document, DocumentDetails details, CancellationToken cancellationToken)
    {
        if (Line(details.Title) is not { Length: <= 300 } title)
        {
            return new("title_invalid", T["Hãy ghi tên tài liệu, không quá 300 chữ cái."], "Title");
        }

        AdministrativeUnit? unit = null;
        if (details.Visibility == DocumentVisibility.Unit)
        {
            var code = Line(details.UnitCode);
            unit = code is null ? null : await db.Units.AsNoTracking().On(clock.Today()).FirstOrDefaultAsync(row => row.Code == code, cancellationToken);
            if (unit is null || !user.Can(Permissions.ManageLibrary, unit.Path))
            {
                return new("unit_not_found", T["Không có đơn vị mã “{0}” trong phạm vi của bạn. Hãy chọn lại đơn vị.", code ?? ""], "UnitCode");
            }
        }

        document.Title = title;
        document.Number = Cut(details.Number, 60);
        document.Issuer = Cut(details.Issuer, 200);
        document.IssuedOn = details.IssuedOn;
        document.Kind = details.Kind ?? DocumentKind.Material;
        document.Topic = Cut(details.Topic, 10);
        document.Visibility = details.Visibility;
        (document.UnitPath, document.UnitName) = (unit?.Path, unit?.FullName);
        return null;
    }

    private Fault NotFound() => new("document_not_found", T["Không có tài liệu này, hoặc bạn không được sửa."], Kind: FaultKind.NotFound);

    private static string? Line(string? text) => VietnameseText.Clean(text ?? "") is { Length: > 0 } clean ? clean : null;

    private static string? Cut(string? text, int length) => Line(text) is { } clean ? clean[..Math.Min(clean.Length, length)] : null;
}
