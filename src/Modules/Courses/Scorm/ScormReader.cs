using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Archives;

namespace TrainingSite.Courses.Scorm;

/// <summary>What stood in a package.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Files">Its files, each in the folder under its place in this list.</param>
internal sealed record OpenedPackage(ScormManifest Manifest, IReadOnlyList<ScormFile> Files);

/// <summary>
/// Unfolds a package's ZIP within limits, by the bytes that really come and not by what the archive says of itself, and reads its manifest. What is
/// refused is refused before it lies under a name of its own; the caller drops the folder.
/// </summary>
public sealed partial class ScormReader(IOptions<ScormOptions> options, ScormManifestReader manifests, IStringLocalizer<Strings> T)
{
    private const string Manifest = "imsmanifest.xml";
    private const int LongestPath = 400;
    private const int KindMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>So much may unfold from next to nothing: pages of one colour do.</summary>
    private const int SmallBytes = 1_000_000;

    /// <summary>Reads a package.</summary>
    /// <param name="zip">Where it lies.</param>
    /// <param name="folder">An empty folder for its files.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Result<OpenedPackage>> ReadAsync(string zip, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await using var archive = await ZipFile.OpenReadAsync(zip, cancellationToken);
            var entries = List(archive);
            if (!entries.Succeeded)
            {
                return entries.Faults.ToList();
            }

            var files = await UnfoldAsync(entries.Value, folder, cancellationToken);
            return files.Succeeded ? Open(files.Value, folder) : files.Faults.ToList();
        }
        catch (InvalidDataException)
        {
            return Refuse(T["Tệp này không phải ZIP, hoặc bị hỏng. Hãy xuất lại gói từ phần mềm soạn bài rồi tải lên."]);
        }
    }

    /// <summary>The files by their paths in the package, looked over by name alone.</summary>
    private Result<List<(string Path, ZipArchiveEntry Entry)>> List(ZipArchive archive)
    {
        if (archive.Entries.Count > options.Value.MaxFiles)
        {
            return Refuse(T["Gói có quá nhiều tệp (tối đa {0}). Hãy chia thành nhiều gói.", options.Value.MaxFiles]);
        }

        var entries = new List<(string Path, ZipArchiveEntry Entry)>();
        foreach (var entry in archive.Entries.Where(entry => !ZipEntries.IsClutter(entry.FullName)))
        {
            // Old programs on Windows write the other slash.
            var path = VietnameseText.Normalize(entry.FullName).Replace('\\', '/');
            if (!IsSafe(path))
            {
                return Refuse(T["Trong gói có tệp tên “{0}” trỏ ra ngoài gói hoặc có ký tự lạ, nên không nhận. Hãy xuất lại gói.", Shown(path)]);
            }

            var kind = (entry.ExternalAttributes >> 16) & KindMask;
            if (kind is not (0 or RegularFile or Folder))
            {
                return Refuse(T["Trong gói, “{0}” là liên kết chứ không phải tệp, nên không nhận.", Shown(path)]);
            }

            if (entry.IsEncrypted)
            {
                return Refuse(T["Gói có đặt mật khẩu. Hãy xuất lại gói không có mật khẩu."]);
            }

            if (!path.EndsWith('/'))
            {
                entries.Add((path, entry));
            }
        }

        // Who zips a folder instead of what is in it gets the folder's name before each name.
        var manifest = entries.Select(entry => entry.Path).Where(path => path.Split('/') is { Length: <= 2 } parts && parts[^1].Equals(Manifest, StringComparison.OrdinalIgnoreCase)).MinBy(path => path.Length);
        if (manifest is null)
        {
            return Refuse(T["Trong ZIP không có imsmanifest.xml, nên đây không phải gói SCORM. Hãy xuất bài ở dạng SCORM 1.2 hoặc SCORM 2004."]);
        }

        var top = manifest[..^Manifest.Length];
        entries = [.. entries.Where(entry => entry.Path.StartsWith(top, StringComparison.Ordinal)).Select(entry => (entry.Path[top.Length..], entry.Entry))];
        var twice = entries.GroupBy(entry => entry.Path, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? entries : Refuse(T["Trong gói có hai tệp cùng tên “{0}”, nên không nhận. Hãy xuất lại gói.", Shown(twice.Key)]);
    }

    private async Task<Result<List<ScormFile>>> UnfoldAsync(List<(string Path, ZipArchiveEntry Entry)> entries, string folder, CancellationToken cancellationToken)
    {
        var files = new List<ScormFile>(entries.Count);
        var left = options.Value.MaxUnfoldedBytes;
        foreach (var (path, entry) in entries)
        {
            var most = Math.Min(Math.Min(left, options.Value.MaxFileBytes), Math.Max(SmallBytes, entry.CompressedLength * options.Value.MaxRatio));
            await using var target = new FileStream(ScormFiles.FileIn(folder, files.Count), FileMode.CreateNew, FileAccess.Write, FileShare.None);
            if (!await ZipEntries.CopyAsync(entry, target, most, cancellationToken))
            {
                return Refuse(T["“{0}” bung ra quá lớn so với giới hạn (mỗi tệp {1} MB, cả gói {2} MB), nên không nhận.", Shown(path), options.Value.MaxFileBytes / 1_000_000, options.Value.MaxUnfoldedBytes / 1_000_000]);
            }

            left -= target.Length;
            files.Add(new(path, target.Length));
        }

        return files;
    }

    private Result<OpenedPackage> Open(List<ScormFile> files, string folder)
    {
        try
        {
            // Nothing that a manifest says is fetched or expanded.
            using var reader = XmlReader.Create(
                ScormFiles.FileIn(folder, files.FindIndex(file => file.Path.Equals(Manifest, StringComparison.OrdinalIgnoreCase))),
                new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 5_000_000 });
            var manifest = manifests.Read(XDocument.Load(reader), files);
            return manifest.Succeeded ? new OpenedPackage(manifest.Value, files) : manifest.Faults.ToList();
        }
        catch (XmlException broken)
        {
            return Refuse(T["imsmanifest.xml bị hỏng ở dòng {0}. Hãy xuất lại gói từ phần mềm soạn bài.", Math.Max(1, broken.LineNumber)]);
        }
    }

    private static bool IsSafe(string path) =>
        path.Length is > 0 and <= LongestPath && !path.StartsWith('/') && !path.Any(character => char.IsControl(character) || character is ':' or '\uFFFD')
        && path.TrimEnd('/').Split('/').All(part => part is not ("" or "." or ".."));

    private static string Shown(string path) => Unshown().Replace(path.Length <= 80 ? path : path[..80] + "…", "?");

    private static Fault Refuse(string message) => new("package_refused", message, "File");

    [GeneratedRegex(@"[\p{C}]")]
    private static partial Regex Unshown();
}
