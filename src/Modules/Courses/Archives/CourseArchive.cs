using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Recipes;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Archives;

/// <summary>What stood in an archive: the course, and its media files in memory.</summary>
/// <param name="Content">The course.</param>
/// <param name="Media">Bytes by name.</param>
/// <param name="Described">What <c>media.json</c> says of them.</param>
/// <param name="Packages">Bytes of SCORM packages by their hash, as the archive calls them.</param>
public sealed record OpenedArchive(CourseContent Content, IReadOnlyDictionary<string, byte[]> Media, IReadOnlyList<MediaItem> Described, IReadOnlyDictionary<string, byte[]> Packages);

/// <summary>One element of <c>media.json</c>.</summary>
public sealed record MediaItem(string Name, string Description)
{
    /// <summary>Name of the file with its captions.</summary>
    public string? Captions { get; init; }
}

/// <summary>
/// A course as one ZIP, in the shape of the course files: <c>course.json</c>, <c>lessons/*.md</c>, <c>questions.json</c>, <c>media.json</c>, <c>media/*</c>, <c>packages/*</c>.
/// What is read is read into memory within limits, by the bytes that really come and not by what the archive says of itself; nothing is written to the disk by an archive's names.
/// </summary>
public sealed partial class CourseArchive(IStringLocalizer<Strings> T)
{
    internal const string MediaFolder = "media/";
    internal const string PackageFolder = "packages/";

    private const int MostEntries = 600;
    private const int LongestText = 2_000_000;

    private static readonly JsonSerializerOptions Pretty = new(CourseJson.Options) { WriteIndented = true };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes an archive.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="content">The course.</param>
    /// <param name="described">What is said of its media.</param>
    /// <param name="files">Where further files lie, by their names in the archive.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task WriteAsync(Stream target, CourseContent content, IReadOnlyList<MediaItem> described, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        await using var archive = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        await WriteAsync(archive, "course.json", JsonSerializer.Serialize(content.Course, Pretty), cancellationToken);
        await WriteAsync(archive, "questions.json", JsonSerializer.Serialize(content.Questions, Pretty), cancellationToken);
        foreach (var (slug, text) in content.Texts)
        {
            await WriteAsync(archive, $"lessons/{slug}.md", text + "\n", cancellationToken);
        }

        if (described.Count > 0)
        {
            await WriteAsync(archive, "media.json", JsonSerializer.Serialize(described, Pretty), cancellationToken);
        }

        foreach (var (name, path) in files)
        {
            await using var source = File.OpenRead(path);
            await using var entry = await archive.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(cancellationToken);
            await source.CopyToAsync(entry, cancellationToken);
        }
    }

    /// <summary>Reads an archive.</summary>
    /// <param name="source">The file; it can be sought in.</param>
    /// <param name="maxBytes">Most bytes of all that is in it.</param>
    /// <param name="maxMediaBytes">Most bytes of one media file.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<OpenedArchive>> ReadAsync(Stream source, long maxBytes, long maxMediaBytes, CancellationToken cancellationToken)
    {
        try
        {
            await using var archive = await ZipArchive.CreateAsync(source, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            if (archive.Entries.Count > MostEntries)
            {
                return Refuse(T["Tệp ZIP có quá nhiều tệp bên trong (tối đa {0}).", MostEntries]);
            }

            return await ReadAsync(archive, maxBytes, maxMediaBytes, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return Refuse(T["Tệp này không phải ZIP, hoặc bị hỏng. Hãy tải lại từ nơi đã xuất."]);
        }
    }

    private async Task<Result<OpenedArchive>> ReadAsync(ZipArchive archive, long maxBytes, long maxMediaBytes, CancellationToken cancellationToken)
    {
        // Who zips a folder instead of what is in it gets the folder's name before each name.
        var entries = archive.Entries.Where(entry => !entry.FullName.EndsWith('/') && !ZipEntries.IsClutter(entry.FullName)).ToList();
        var top = entries.Find(entry => entry.FullName.EndsWith("course.json", StringComparison.Ordinal) && entry.FullName.Count(character => character == '/') <= 1)?.FullName[..^"course.json".Length] ?? "";
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var left = maxBytes;
        foreach (var entry in entries)
        {
            var name = entry.FullName.StartsWith(top, StringComparison.Ordinal) ? entry.FullName[top.Length..] : entry.FullName;
            if (!KnownName().IsMatch(name) || texts.ContainsKey(name) || files.ContainsKey(name))
            {
                return Refuse(T["Trong ZIP có tệp lạ hoặc trùng tên: {0}. Chỉ nhận course.json, questions.json, media.json, lessons/*.md, media/* và packages/*.", Shown(entry.FullName)]);
            }

            var isMedia = name.StartsWith(MediaFolder, StringComparison.Ordinal);
            var most = isMedia ? maxMediaBytes : name.StartsWith(PackageFolder, StringComparison.Ordinal) ? left : LongestText;
            var bytes = await ReadAsync(entry, Math.Min(left, most), cancellationToken);
            if (bytes is null)
            {
                return Refuse(isMedia && most < left ? T["{0} lớn hơn {1} MB, mức tối đa của một tệp trong kho.", name, Math.Max(1, most / (1024 * 1024))] : T["{0} bung ra quá lớn nên không nhận.", name]);
            }

            left -= bytes.Length;
            if (isMedia || name.StartsWith(PackageFolder, StringComparison.Ordinal))
            {
                files[name] = bytes;
                continue;
            }

            try
            {
                texts[name] = VietnameseText.Normalize(Strict.GetString(bytes)).TrimStart('\uFEFF');
            }
            catch (DecoderFallbackException)
            {
                return Refuse(T["{0} không ở bảng mã UTF-8. Hãy lưu lại với mã UTF-8.", name]);
            }
        }

        return Parse(texts, files);
    }

    private Result<OpenedArchive> Parse(Dictionary<string, string> texts, Dictionary<string, byte[]> files)
    {
        var file = Read<CourseFile>(texts, "course.json");
        var questions = Read<List<QuestionItem>>(texts, "questions.json");
        var described = texts.ContainsKey("media.json") ? Read<List<MediaItem>>(texts, "media.json") : new List<MediaItem>();
        List<Fault> faults = [.. file.Faults, .. questions.Faults, .. described.Faults];
        if (faults.Count > 0)
        {
            return faults;
        }

        // The serializer minds nulls everywhere but among the elements of a list.
        if (file.Value!.Outcomes.Contains(null!) || file.Value.Lessons.Contains(null!) || file.Value.Skills.Contains(null!)
            || questions.Value!.Contains(null!) || questions.Value.Exists(question => question.Options.Contains(null!) || question.Scene?.Signs?.Contains(null!) == true) || described.Value!.Contains(null!))
        {
            return Refuse(T["Trong một danh sách của tệp JSON có chỗ ghi null."]);
        }

        return new OpenedArchive(
            new(
                file.Value,
                texts.Where(pair => pair.Key.StartsWith("lessons/", StringComparison.Ordinal)).ToDictionary(pair => pair.Key["lessons/".Length..^".md".Length], pair => pair.Value.ReplaceLineEndings("\n").Trim()),
                questions.Value),
            In(MediaFolder, ""),
            described.Value,
            In(PackageFolder, ".zip"));

        Dictionary<string, byte[]> In(string folder, string ending) =>
            files.Where(pair => pair.Key.StartsWith(folder, StringComparison.Ordinal)).ToDictionary(pair => pair.Key[folder.Length..^ending.Length], pair => pair.Value, StringComparer.Ordinal);
    }

    private Result<TFile> Read<TFile>(Dictionary<string, string> texts, string name) where TFile : class
    {
        if (!texts.TryGetValue(name, out var text))
        {
            return Refuse(T["Trong ZIP thiếu tệp {0}.", name]);
        }

        try
        {
            return JsonSerializer.Deserialize<TFile>(text, CourseJson.Options) is { } value ? value : Refuse(T["{0} trống.", name]);
        }
        catch (JsonException broken)
        {
            return Refuse(T["{0}, dòng {1}: sai định dạng JSON ở “{2}”.", name, (broken.LineNumber ?? 0) + 1, broken.Path ?? ""]);
        }
    }

    /// <summary>The bytes of an entry; null when there are more than allowed.</summary>
    private static async Task<byte[]?> ReadAsync(ZipArchiveEntry entry, long most, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        return await ZipEntries.CopyAsync(entry, bytes, most, cancellationToken) ? bytes.ToArray() : null;
    }

    private static async Task WriteAsync(ZipArchive archive, string name, string text, CancellationToken cancellationToken)
    {
        await using var entry = await archive.CreateEntry(name, CompressionLevel.Optimal).OpenAsync(cancellationToken);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    private static string Shown(string name) => UploadName.Stem(name) is { Length: > 0 } stem ? stem : "?";

    private static Fault Refuse(string message) => new("archive_refused", message, "File");

    [GeneratedRegex(@"^(course\.json|questions\.json|media\.json|lessons/[a-z0-9-]+\.md|media/[a-z0-9-]+\.[a-z0-9]+|packages/[0-9a-f]{64}\.zip)$")]
    private static partial Regex KnownName();
}
