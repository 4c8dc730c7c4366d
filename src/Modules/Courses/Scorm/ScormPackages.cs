using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.Scorm;

/// <summary>A package that is here, as players ask for it.</summary>
/// <param name="Sha256">Its key.</param>
/// <param name="Edition">Which SCORM it speaks.</param>
/// <param name="Size">Bytes of the ZIP file.</param>
/// <param name="Items">Its table of contents.</param>
/// <param name="Files">Place on the disk by path, whatever the case.</param>
public sealed record KnownPackage(string Sha256, ScormEdition Edition, long Size, IReadOnlyList<ScormItem> Items, IReadOnlyDictionary<string, int> Files)
{
    /// <summary>The parts that can be opened.</summary>
    public IReadOnlyList<ScormItem> Parts { get; } = [.. Items.Where(item => item.Number > 0)];
}

/// <summary>Brings packages in, and finds those that are here.</summary>
public sealed class ScormPackages(SiteDbContext db, ScormFiles files, ScormReader reader, IMemoryCache cache, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private static readonly TimeSpan KeptInMemory = TimeSpan.FromHours(1);

    /// <summary>Takes a ZIP file in, or says why not; then nothing is left of it. The same file again gives the package that is here.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">What its sender calls it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<ScormPackage>> AddAsync(Stream content, string name, CancellationToken cancellationToken)
    {
        if (!Path.GetExtension(name).Equals(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(T["Gói SCORM là một tệp .zip. Hãy chọn tệp .zip mà phần mềm soạn bài xuất ra."]);
        }

        var zip = await files.ReceiveAsync(content, cancellationToken);
        try
        {
            if (zip.Size == 0)
            {
                return Refuse(T["Tệp trống (0 byte). Hãy xuất lại gói rồi tải lên."]);
            }

            if (zip.Size > files.MaxBytes)
            {
                return Refuse(T["Gói lớn hơn {0} MB. Hãy nén nhỏ phim, ảnh trong gói hoặc chia thành nhiều gói.", files.MaxMegabytes]);
            }

            var known = await db.ScormPackages.FindAsync([zip.Sha256], cancellationToken);
            return known is not null && files.Has(zip.Sha256) ? known : await UnfoldAsync(zip, known, cancellationToken);
        }
        finally
        {
            FileStore.Drop(zip);
        }
    }

    /// <summary>A package that is here; null when there is none of that key.</summary>
    public async Task<KnownPackage?> FindAsync(string sha256, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue((typeof(ScormPackages), sha256), out KnownPackage? known))
        {
            return known;
        }

        // What a key stands for never changes, so it can stay in memory.
        return await db.ScormPackages.AsNoTracking().SingleOrDefaultAsync(package => package.Sha256 == sha256, cancellationToken) is { } row
            ? cache.Set((typeof(ScormPackages), sha256), Describe(row), KeptInMemory)
            : null;
    }

    private async Task<Result<ScormPackage>> UnfoldAsync(ReceivedFile zip, ScormPackage? known, CancellationToken cancellationToken)
    {
        var folder = files.OpenFolder(zip);
        try
        {
            var opened = await reader.ReadAsync(zip.Path, folder, cancellationToken);
            if (!opened.Succeeded)
            {
                return opened.Faults.ToList();
            }

            files.Keep(zip, folder);
            if (known is not null)
            {
                return known;
            }

            var manifest = opened.Value.Manifest;
            var package = new ScormPackage
            {
                Sha256 = zip.Sha256,
                Edition = manifest.Edition,
                Title = manifest.Title,
                Size = zip.Size,
                Items = ScormPackage.Write(manifest.Items),
                Files = ScormPackage.Write(opened.Value.Files),
                CreatedUtc = clock.UtcNow(),
                CreatedBy = user.Name,
            };
            db.ScormPackages.Add(package);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return package;
            }
            catch (DbUpdateException)
            {
                // Somebody else sent the same file at the same moment.
                db.Entry(package).State = EntityState.Detached;
                return await db.ScormPackages.SingleAsync(row => row.Sha256 == zip.Sha256, cancellationToken);
            }
        }
        finally
        {
            ScormFiles.Drop(folder);
        }
    }

    private static KnownPackage Describe(ScormPackage package)
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in package.ReadFiles())
        {
            places.Add(file.Path, places.Count);
        }

        return new(package.Sha256, package.Edition, package.Size, package.ReadItems(), places);
    }

    private static Fault Refuse(string message) => new("package_refused", message, "File");
}
