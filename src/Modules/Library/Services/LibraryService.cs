using System.Security.Cryptography;
using System.Text;
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

    /// <summary>What it says, in a few sentences.</summary>
    public string? Summary { get; init; }

    /// <summary>For whom it is written.</summary>
    public DocumentAudience? Audience { get; init; }

    /// <summary>Year that it is about.</summary>
    public int? PeriodYear { get; init; }

    /// <summary>Quarter of that year.</summary>
    public int? PeriodQuarter { get; init; }

    /// <summary>Address on the web; only for links.</summary>
    public string? Url { get; init; }

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
    public Task<Result<AddedDocument>> AddAsync(Stream content, string fileName, DocumentDetails details, bool readNow, CancellationToken cancellationToken = default) =>
        AddAsync(content, fileName, details, readNow, DocumentState.Published, cancellationToken);

    /// <summary>Adds a file that others look at before it stands in the library, or finds that it is there.</summary>
    public Task<Result<AddedDocument>> ProposeAsync(Stream content, string fileName, DocumentDetails details, CancellationToken cancellationToken = default) =>
        AddAsync(content, fileName, details, readNow: false, DocumentState.Proposed, cancellationToken);

    /// <summary>Adds an address on the web, or finds that it is there.</summary>
    public async Task<Result<AddedDocument>> AddLinkAsync(DocumentDetails details, CancellationToken cancellationToken = default)
    {
        var document = new Document { Format = FileFormat.Link, TextState = TextState.Done, CreatedUtc = clock.UtcNow(), EditionUtc = clock.UtcNow(), CreatedById = user.Id };
        if (await DescribeAsync(document, details, cancellationToken) is { } wrong)
        {
            return wrong;
        }

        if (await FindAsync(document.Sha256, cancellationToken) is { } known)
        {
            return known;
        }

        db.Add(document);
        await db.SaveAndTellAsync(events, document.Id, cancellationToken);
        return new AddedDocument(document, IsNew: true);
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
            return (await FindAsync(file.Sha256, cancellationToken))!;
        }
        finally
        {
            LibraryFiles.Drop(file);
        }
    }

    /// <summary>Changes what is said of a document.</summary>
    public async Task<Result<Document>> UpdateAsync(Guid id, int version, DocumentDetails details, CancellationToken cancellationToken = default)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !MayChange(document))
        {
            return NotFound();
        }

        if (!user.CanManage(document))
        {
            (document.State, document.ReviewNote) = (DocumentState.Proposed, null);
        }

        db.Entry(document).Property(row => row.Version).OriginalValue = version;
        if (await DescribeAsync(document, details, cancellationToken) is { } fault)
        {
            return fault;
        }

        if (document.Format == FileFormat.Link && await db.Documents.AnyAsync(row => row.Sha256 == document.Sha256 && row.Id != id, cancellationToken))
        {
            return new Fault("link_known", T["Địa chỉ này đã là của một tài liệu khác trong thư viện."], "Url", FaultKind.Conflict);
        }

        try
        {
            await db.SaveAndTellAsync(events, id, cancellationToken);
            return document;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChangedMeanwhile();
        }
    }

    /// <summary>Puts a newer file in the place of the document's; the earlier one stays to be downloaded.</summary>
    /// <param name="id">The document.</param>
    /// <param name="version">The version that the user saw.</param>
    /// <param name="content">The file.</param>
    /// <param name="fileName">What it was called.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<Document>> ReplaceFileAsync(Guid id, int version, Stream content, string fileName, CancellationToken cancellationToken = default)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !MayChange(document) || document.Format == FileFormat.Link)
        {
            return NotFound();
        }

        var file = await files.ReceiveAsync(content, cancellationToken);
        try
        {
            if (Check(file) is { } fault)
            {
                return fault;
            }

            if (await db.Documents.AsNoTracking().FirstOrDefaultAsync(row => row.Sha256 == file.Sha256, cancellationToken) is { } known)
            {
                return new Fault("file_known", known.Id == id ? T["Tệp này giống hệt tệp đang có, không có gì để thay."] : T["Tệp này đã là tệp của một tài liệu khác trong thư viện."], "File", FaultKind.Conflict);
            }

            var format = _sniffer.Detect(file.Path, fileName);
            if (!format.Succeeded)
            {
                return format.Faults.ToList();
            }

            db.Entry(document).Property(row => row.Version).OriginalValue = version;
            db.Add(new EarlierEdition
            {
                DocumentId = id,
                Number = document.Edition,
                FileName = document.FileName,
                Format = document.Format,
                Size = document.Size,
                Sha256 = document.Sha256,
                CreatedUtc = document.EditionUtc,
            });
            (document.FileName, document.Format, document.Size, document.Sha256) = (FileNames.Clean(fileName, format.Value.Format), format.Value.Format, file.Size, file.Sha256);
            (document.Edition, document.EditionUtc) = (document.Edition + 1, clock.UtcNow());
            await ForgetTextAsync(document, cancellationToken);
            files.Keep(file);
            await db.SaveAndTellAsync(events, id, cancellationToken);
            return document;
        }
        catch (DbUpdateConcurrencyException)
        {
            await DeleteUnusedAsync(file.Sha256, cancellationToken);
            return ChangedMeanwhile();
        }
        finally
        {
            LibraryFiles.Drop(file);
        }
    }

    /// <summary>Lets a proposed document into the library.</summary>
    public Task<Result<Document>> PublishAsync(Guid id, CancellationToken cancellationToken = default) => ReviewAsync(id, DocumentState.Published, note: null, cancellationToken);

    /// <summary>Gives a proposed document back; who proposed it reads the reason.</summary>
    public async Task<Result<Document>> RefuseAsync(Guid id, string? reason, CancellationToken cancellationToken = default) =>
        Cut(reason, 1000) is { } note
            ? await ReviewAsync(id, DocumentState.Refused, note, cancellationToken)
            : new Fault("reason_missing", T["Chưa trả lại: hãy ghi lý do để người gửi biết cần sửa gì."], "Reason");

    private async Task<Result<Document>> ReviewAsync(Guid id, DocumentState state, string? note, CancellationToken cancellationToken)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !user.CanManage(document))
        {
            return NotFound();
        }

        if (document.State != DocumentState.Proposed)
        {
            return new Fault("not_waiting", T["Tài liệu này không còn chờ duyệt: có người vừa xem xong."], Kind: FaultKind.Conflict);
        }

        (document.State, document.ReviewNote, document.ReviewedById, document.ReviewedUtc) = (state, note, user.Id, clock.UtcNow());
        try
        {
            await db.SaveAndTellAsync(events, id, cancellationToken);
            return document;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChangedMeanwhile();
        }
    }

    /// <summary>Deletes a document with its words and all its files.</summary>
    public async Task<Result<Document>> DeleteAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (await db.Documents.FindAsync([id], cancellationToken) is not { } document || !MayChange(document))
        {
            return NotFound();
        }

        var hashes = await db.EarlierEditions.Where(edition => edition.DocumentId == id).Select(edition => edition.Sha256).ToListAsync(cancellationToken);
        db.Remove(document);
        await db.SaveAndTellAsync(events, id, cancellationToken);
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
            return NotFound();
        }

        await ForgetTextAsync(document, cancellationToken);
        await db.SaveAndTellAsync(events, id, cancellationToken);
        return document;
    }

    /// <summary>The same file may be an edition of another document.</summary>
    private async Task DeleteUnusedAsync(string sha256, CancellationToken cancellationToken)
    {
        if (!await db.Documents.AnyAsync(row => row.Sha256 == sha256, cancellationToken) && !await db.EarlierEditions.AnyAsync(row => row.Sha256 == sha256, cancellationToken))
        {
            files.DeleteWithCopy(sha256);
        }
    }

    private bool MayChange(Document document) => user.CanManage(document) || user.MayRevise(document);

    private async Task ForgetTextAsync(Document document, CancellationToken cancellationToken)
    {
        db.RemoveRange(await db.DocumentTexts.Where(text => text.DocumentId == document.Id).ToListAsync(cancellationToken));
        (document.TextState, document.TextProblem, document.PageCount, document.ReadAttempts) = (TextState.Pending, null, 0, 0);
    }

    private Fault ChangedMeanwhile() =>
        new("document_changed_meanwhile", T["Có người vừa sửa tài liệu này. Chưa lưu phần của bạn; hãy mở lại trang để xem bản mới nhất."], Kind: FaultKind.Conflict);

    private Fault? Check(ReceivedFile file) => file.Size switch
    {
        0 => new("file_empty", T["Tệp rỗng (0 byte). Hãy kiểm tra tệp trên máy của bạn rồi gửi lại."], "File"),
        var size when size > files.MaxBytes => new("file_too_large", T["Tệp lớn hơn {0} MB. Hãy giảm hình ảnh trong tệp, hoặc chia tệp rồi gửi lại.", Math.Max(1, files.MaxBytes / (1024 * 1024))], "File"),
        _ => null,
    };

    private async Task<Result<AddedDocument>?> FindAsync(string sha256, CancellationToken cancellationToken)
    {
        if (await db.Documents.AsNoTracking().FirstOrDefaultAsync(document => document.Sha256 == sha256, cancellationToken) is not { } known)
        {
            return null;
        }

        return await db.Documents.VisibleTo(user).AnyAsync(document => document.Id == known.Id, cancellationToken)
            ? new AddedDocument(known, IsNew: false)
            : new Fault("file_known_elsewhere", T["Tệp này đã có trong thư viện, ở phần của một đơn vị khác hoặc đang chờ duyệt."], "File", FaultKind.Conflict);
    }

    private static async Task<DocumentDetails> CompleteAsync(DocumentDetails details, Document document, ReceivedFile file, ExtractedText? text, string fileName, CancellationToken cancellationToken)
    {
        var facts = text is { Pages.Count: > 0 } ? DocumentFacts.Read(text.Pages[0].Text) : new(null, null, null, null, null);
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

        if (document.Format == FileFormat.Link)
        {
            if (details.Url?.Trim() is not { Length: > 0 and <= 1000 } url || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                return new("link_invalid", T["Địa chỉ phải bắt đầu bằng https:// và không quá {0} chữ cái.", 1000], "Url");
            }

            (document.Url, document.Sha256) = (url, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url))));
        }

        if (details.PeriodYear is not (null or (>= 1990 and <= 2100)) || details.PeriodQuarter is not (null or (>= 1 and <= 4)) || (details.PeriodQuarter is not null && details.PeriodYear is null))
        {
            return new("period_invalid", T["Hãy ghi năm từ 1990 đến 2100, và chỉ chọn quý khi có năm."], "PeriodYear");
        }

        AdministrativeUnit? unit = null;
        if (details.Visibility == DocumentVisibility.Unit || Line(details.UnitCode) is not null)
        {
            var code = Line(details.UnitCode);
            unit = code is null ? null : await db.Units.AsNoTracking().On(clock.Today()).FirstOrDefaultAsync(row => row.Code == code, cancellationToken);
            if (unit is null || !(user.Can(Permissions.ManageLibrary, unit.Path) || (document.State != DocumentState.Published && user.Can(Permissions.ProposeDocuments, unit.Path))))
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
        document.Summary = Cut(details.Summary, 1000);
        (document.Audience, document.PeriodYear, document.PeriodQuarter) = (details.Audience, details.PeriodYear, details.PeriodQuarter);
        document.Visibility = details.Visibility;
        (document.UnitPath, document.UnitName) = (unit?.Path, unit?.FullName);
        return null;
    }

    private Fault NotFound() => new("document_not_found", T["Không có tài liệu này, hoặc bạn không được sửa."], Kind: FaultKind.NotFound);

    private static string? Line(string? text) => VietnameseText.Clean(text ?? "") is { Length: > 0 } clean ? clean : null;

    private static string? Cut(string? text, int length) => Line(text) is { } clean ? clean[..Math.Min(clean.Length, length)] : null;
}
