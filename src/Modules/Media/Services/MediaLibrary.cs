using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using TrainingSite.Media.Models;

namespace TrainingSite.Media.Services;

/// <summary>A file in the library after adding.</summary>
/// <param name="File">The file.</param>
/// <param name="IsNew">False when the same file was there before.</param>
public sealed record AddedMedia(MediaFile File, bool IsNew);

/// <summary>Adds, describes and deletes files. File first, then row; a row never lacks its file.</summary>
public sealed partial class MediaLibrary(
    SiteDbContext db, MediaFiles files, PictureScaler scaler, IEnumerable<IMediaUse> uses, EventPublisher events, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const int NameStem = 80;
    private const int HashLength = 10;

    private readonly MediaSniffer _sniffer = new(T);

    /// <summary>Adds a file, or finds that it is there.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="content">The file.</param>
    /// <param name="fileName">What it was called.</param>
    /// <param name="description">What it shows; taken from the name when empty.</param>
    /// <param name="scaled">Smaller copies that the author's browser made; whatever does not fit is left out.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<AddedMedia>> AddAsync(MediaFolder folder, Stream content, string fileName, string? description, IEnumerable<Stream> scaled, CancellationToken cancellationToken)
    {
        if (!user.CanManage(folder))
        {
            return new Fault("folder_forbidden", T["Bạn không được tải tệp vào thư mục “{0}”.", folder.Name], "FolderId", FaultKind.Forbidden);
        }

        var prepared = await PrepareAsync(content, fileName, description, scaled, cancellationToken);
        if (!prepared.Succeeded)
        {
            return prepared.Faults.ToList();
        }

        using var media = prepared.Value;
        return await AddAsync(folder, media, cancellationToken);
    }

    /// <summary>Looks into a file and makes its smaller copies, outside any transaction: that takes its time. Nothing is in the library yet.</summary>
    /// <param name="content">The file.</param>
    /// <param name="fileName">What it was called.</param>
    /// <param name="description">What it shows; taken from the name when empty.</param>
    /// <param name="scaled">Smaller copies that the author's browser made; whatever does not fit is left out.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<PreparedMedia>> PrepareAsync(Stream content, string fileName, string? description, IEnumerable<Stream> scaled, CancellationToken cancellationToken)
    {
        var received = await files.ReceiveAsync(content, cancellationToken);
        var copies = new List<PreparedMedia.Copy>();
        var isReady = false;
        try
        {
            if (Check(received) is { } fault)
            {
                return fault;
            }

            var found = _sniffer.Detect(received.Path, fileName);
            if (!found.Succeeded)
            {
                return found.Faults.ToList();
            }

            var words = Cut(string.IsNullOrWhiteSpace(description) ? UploadName.Stem(fileName).Replace('_', ' ') : description);
            var file = new MediaFile
            {
                Name = NameOf(words, received.Sha256, found.Value.Format),
                Description = words,
                Kind = MediaFormats.KindOf(found.Value.Format),
                Format = found.Value.Format,
                Size = received.Size,
                Sha256 = received.Sha256,
                Width = found.Value.Width,
                Height = found.Value.Height,
            };
            if (file.Kind == MediaKind.Picture && !await db.MediaFiles.AnyAsync(row => row.Sha256 == received.Sha256, cancellationToken))
            {
                await AddCopiesAsync(file, received.Path, copies, scaled, cancellationToken);
            }

            isReady = true;
            return new PreparedMedia(file, received, copies);
        }
        finally
        {
            if (!isReady)
            {
                PreparedMedia.Drop(received, copies);
            }
        }
    }

    /// <summary>Adds a file that was prepared, or finds that it is there.</summary>
    public async Task<Result<AddedMedia>> AddAsync(MediaFolder folder, PreparedMedia media, CancellationToken cancellationToken)
    {
        if (!user.CanManage(folder))
        {
            return new Fault("folder_forbidden", T["Bạn không được tải tệp vào thư mục “{0}”.", folder.Name], "FolderId", FaultKind.Forbidden);
        }

        var file = media.File;
        if (await db.MediaFiles.FirstOrDefaultAsync(row => row.Sha256 == file.Sha256, cancellationToken) is { } known)
        {
            return new AddedMedia(known, IsNew: false);
        }

        (file.FolderId, file.CreatedUtc, file.CreatedById) = (folder.Id, clock.UtcNow(), user.Id);
        db.Add(file);
        foreach (var copy in media.Copies)
        {
            db.Add(new MediaRendition { FileId = file.Id, Width = copy.Width, Size = new FileInfo(copy.Path).Length });
            File.Move(copy.Path, files.PathOf(file.Sha256, copy.Width), overwrite: true);
        }

        files.Keep(media.Received);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new AddedMedia(file, IsNew: true);
        }
        catch (DbUpdateException) when (db.Database.CurrentTransaction is null && db.MediaFiles.AsNoTracking().Any(row => row.Sha256 == file.Sha256))
        {
            // Somebody else sent the same file at the same time.
            db.ChangeTracker.Clear();
            return new AddedMedia(await db.MediaFiles.FirstAsync(row => row.Sha256 == file.Sha256, cancellationToken), IsNew: false);
        }
    }

    /// <summary>Changes what is said of a file, where it is, and which captions it has.</summary>
    public async Task<Result<MediaFile>> UpdateAsync(MediaFile file, int version, string description, MediaFolder folder, string? captions, CancellationToken cancellationToken)
    {
        if (!user.CanManage(file.Folder) || !user.CanManage(folder))
        {
            return new Fault("folder_forbidden", T["Bạn không được tải tệp vào thư mục “{0}”.", folder.Name], "FolderId", FaultKind.Forbidden);
        }

        MediaFile? words = null;
        if (file.Kind is MediaKind.Audio or MediaKind.Video && !string.IsNullOrEmpty(captions))
        {
            words = await db.MediaFiles.FirstOrDefaultAsync(row => row.Name == captions && row.Kind == MediaKind.Captions, cancellationToken);
            if (words is null)
            {
                return new Fault("captions_unknown", T["Không có phụ đề này trong kho. Hãy tải tệp .vtt lên trước."], "Captions");
            }
        }

        db.Entry(file).Property(row => row.Version).OriginalValue = version;
        var changed = file.CaptionsId != words?.Id;
        (file.Description, file.FolderId, file.CaptionsId, file.Captions) = (Cut(description), folder.Id, words?.Id, words);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (changed)
            {
                await events.PublishAsync(new MediaChanged(file), cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return file;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Fault("file_changed_meanwhile", T["Có người vừa sửa tệp này. Chưa lưu phần của bạn; hãy mở lại trang để xem bản mới nhất."], Kind: FaultKind.Conflict);
        }
    }

    /// <summary>Gives a file its captions, as <see cref="UpdateAsync"/> does, where it has none and the user may. The caller saves.</summary>
    public async Task CaptionAsync(MediaFile file, MediaFile captions, CancellationToken cancellationToken)
    {
        if (file.Kind is not (MediaKind.Audio or MediaKind.Video) || captions.Kind != MediaKind.Captions || file.CaptionsId is not null)
        {
            return;
        }

        await db.Entry(file).Reference(row => row.Folder).LoadAsync(cancellationToken);
        if (user.CanManage(file.Folder))
        {
            (file.CaptionsId, file.Captions) = (captions.Id, captions);
            await events.PublishAsync(new MediaChanged(file), cancellationToken);
        }
    }

    /// <summary>Deletes from the disk what was added in a transaction that came to nothing.</summary>
    public async Task ForgetAsync(IReadOnlyCollection<MediaFile> added, CancellationToken cancellationToken)
    {
        foreach (var file in added)
        {
            if (!await db.MediaFiles.AnyAsync(row => row.Sha256 == file.Sha256, cancellationToken))
            {
                files.DeleteAll(file);
            }
        }
    }

    /// <summary>Where pages show the file.</summary>
    public async Task<List<MediaUse>> UsesAsync(MediaFile file, CancellationToken cancellationToken)
    {
        var places = new List<MediaUse>();
        foreach (var use in uses)
        {
            places.AddRange(await use.FindAsync(file.Name, cancellationToken));
        }

        places.AddRange(await db.MediaFiles.Where(row => row.CaptionsId == file.Id).OrderBy(row => row.Name).Select(row => new MediaUse(row.Description, "/media/edit/" + row.Name)).Take(20).ToListAsync(cancellationToken));
        return places;
    }

    /// <summary>Deletes a file that no page shows.</summary>
    public async Task<Result<MediaFile>> DeleteAsync(MediaFile file, CancellationToken cancellationToken)
    {
        if (!user.CanManage(file.Folder))
        {
            return new Fault("folder_forbidden", T["Bạn không được xóa tệp trong thư mục “{0}”.", file.Folder.Name], Kind: FaultKind.Forbidden);
        }

        if (await UsesAsync(file, cancellationToken) is [var first, ..])
        {
            return new Fault("file_in_use", T["Tệp đang dùng trong “{0}”. Hãy bỏ tệp khỏi đó trước khi xóa.", first.Title], Kind: FaultKind.Conflict);
        }

        db.MediaFiles.Remove(file);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            return new Fault("file_changed_meanwhile", T["Có người vừa xóa hoặc dùng tệp này. Hãy mở lại trang."], Kind: FaultKind.Conflict);
        }

        files.DeleteAll(file);
        return file;
    }

    /// <summary>"cho-phien-3f2a9c1b04.webp": words to recognise it by, then what makes it the only one.</summary>
    private static string NameOf(string description, string sha256, MediaFormat format)
    {
        var words = NotName().Replace(VietnameseText.Fold(description), "-").Trim('-');
        words = words[..Math.Min(words.Length, NameStem)].Trim('-');
        return $"{(words.Length > 0 ? words : "tep")}-{sha256[..HashLength]}{MediaFormats.Extension(format)}";
    }

    private Fault? Check(ReceivedFile file) => file.Size switch
    {
        0 => new("file_empty", T["Tệp rỗng (0 byte). Hãy kiểm tra tệp trên máy của bạn rồi gửi lại."], "Files"),
        var size when size > files.MaxBytes => new("file_too_large", T["Tệp lớn hơn {0} MB. Hãy thu nhỏ, hoặc cắt ngắn phim, rồi gửi lại.", files.MaxMegabytes], "Files"),
        _ => null,
    };

    private async Task AddCopiesAsync(MediaFile file, string source, List<PreparedMedia.Copy> copies, IEnumerable<Stream> scaled, CancellationToken cancellationToken)
    {
        var missing = MediaFiles.Widths.Where(width => width < file.Width).ToList();
        foreach (var copy in scaled.Take(MediaFiles.Widths.Length))
        {
            var received = await files.ReceiveAsync(copy, cancellationToken);
            if (received.Size < file.Size && _sniffer.Detect(received.Path) is { Succeeded: true, Value: { Format: MediaFormat.WebP } found } && IsSameShape(file, found) && missing.Remove(found.Width))
            {
                copies.Add(new(found.Width, received.Path));
            }
            else
            {
                FileStore.Drop(received);
            }
        }

        // A GIF may move; a still copy would not be the same picture.
        foreach (var width in file.Format == MediaFormat.Gif ? [] : missing)
        {
            var target = Path.Combine(Path.GetDirectoryName(source)!, $".{Guid.NewGuid():N}");
            if (await scaler.ScaleAsync(source, file.Format == MediaFormat.Jpeg, width, target, files.ToolMemory, cancellationToken))
            {
                copies.Add(new(width, target));
            }
        }
    }

    /// <summary>Rounding takes a line of pixels at most.</summary>
    private static bool IsSameShape(MediaFile file, FoundMedia copy) =>
        Math.Abs(((double)file.Height * copy.Width / file.Width) - copy.Height) <= 1.5;

    private static string Cut(string text) => VietnameseText.Clean(text) is var clean && clean.Length > 300 ? clean[..300] : clean;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotName();
}
