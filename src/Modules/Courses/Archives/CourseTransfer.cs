using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Media.Models;
using TrainingSite.Media.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Archives;

/// <summary>Takes courses out of the site as archives and brings archives in: all of one, or nothing of it.</summary>
public sealed partial class CourseTransfer(
    SiteDbContext db, CourseArchive archives, CourseContents contents, CourseContentCheck check, WorkingCopies copies, MediaLibrary library, MediaFolders folders, MediaFiles files,
    EventPublisher events, IOptions<CourseOptions> options, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Writes what the author sees of a course.</summary>
    public async Task ExportAsync(Course working, Stream target, CancellationToken cancellationToken)
    {
        var content = await contents.ReadAsync(working, cancellationToken);
        var names = content.Texts.Values.SelectMany(LessonMedia.Names).Distinct().ToArray();
        var shown = await db.MediaFiles.AsNoTracking().Include(file => file.Captions).Where(file => names.Contains(file.Name)).ToListAsync(cancellationToken);
        var all = shown.Concat(shown.Select(file => file.Captions).OfType<MediaFile>()).DistinctBy(file => file.Name).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        // A unit's place in one site's tree means nothing in another's.
        var file = content.Course with { Area = null };
        await CourseArchive.WriteAsync(
            target, content with { Course = file }, all.ConvertAll(item => new MediaItem(item.Name, item.Description) { Captions = item.Captions?.Name }), all.ToDictionary(item => item.Name, item => files.PathOf(item.Sha256)), cancellationToken);
    }

    /// <summary>Brings an archive in, as a draft of its own or into the working copy of the course of that address.</summary>
    /// <param name="source">The file.</param>
    /// <param name="replace">Whether to write over the working copy when the address is taken.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<Course>> ImportAsync(Stream source, bool replace, CancellationToken cancellationToken)
    {
        var opened = await archives.ReadAsync(source, options.Value.ImportMaxBytes, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Faults.ToList();
        }

        var content = opened.Value.Content;
        if (await check.CheckAsync(content, cancellationToken) is { Count: > 0 } faults)
        {
            return faults;
        }

        var added = new List<MediaFile>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var names = await AddMediaAsync(opened.Value, added, cancellationToken);
        if (!names.Succeeded)
        {
            await transaction.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            await library.ForgetAsync(added, cancellationToken);
            return names.Faults.ToList();
        }

        var texts = content.Texts.ToDictionary(pair => pair.Key, pair => Rename(pair.Value, names.Value));
        var course = await TargetAsync(content.Course.Slug, replace, cancellationToken);
        // Whom a course is for is chosen on the site that shows it.
        var written = await contents.WriteAsync(course, new(content.Course with { Area = course.AreaPath }, texts, content.Questions), cancellationToken);
        course.UpdatedUtc = clock.UtcNow();
        course.Revision++;
        await events.PublishAsync(new CourseChanged(course, written.Lessons, written.Removed), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return course;
    }

    private async Task<Course> TargetAsync(string slug, bool replace, CancellationToken cancellationToken)
    {
        if (replace && await copies.OpenAsync(slug, cancellationToken) is { } working)
        {
            return working;
        }

        var course = new Course { Slug = await copies.FreeSlugAsync(slug, cancellationToken) };
        db.Courses.Add(course);
        return course;
    }

    /// <summary>Adds the files, and gives the names that they have on this site.</summary>
    private async Task<Result<Dictionary<string, string>>> AddMediaAsync(OpenedArchive archive, List<MediaFile> added, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (archive.Media.Count == 0)
        {
            return names;
        }

        if (await folders.ManagedAsync(cancellationToken) is not [var folder, ..])
        {
            return new Fault("media_forbidden", T["Khóa học này có hình, tiếng, phim; bạn cần quyền tải lên kho để nhập."], "File", FaultKind.Forbidden);
        }

        var target = await db.MediaFolders.SingleAsync(row => row.Id == folder.Id, cancellationToken);
        foreach (var (name, bytes) in archive.Media)
        {
            var described = archive.Described.FirstOrDefault(item => item.Name == name);
            using var content = new MemoryStream(bytes, writable: false);
            var result = await library.AddAsync(target, content, HashEnd().Replace(name, "."), described?.Description, [], cancellationToken);
            if (!result.Succeeded)
            {
                return new Fault("media_refused", $"media/{name}: {result.Faults[0].Message}", "File");
            }

            names[name] = result.Value.Name;
            added.Add(result.Value);
        }

        // Saved, because the lessons' texts are made from what the database says of their files.
        foreach (var item in archive.Described.Where(item => item.Captions is not null && names.ContainsKey(item.Name) && names.ContainsKey(item.Captions)))
        {
            await library.CaptionAsync(added.Find(file => file.Name == names[item.Name])!, added.Find(file => file.Name == names[item.Captions!])!, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return names;
    }

    private static string Rename(string text, Dictionary<string, string> names) =>
        names.Aggregate(text, (renamed, pair) => renamed.Replace($"]({LessonMedia.Prefix}{pair.Key}", $"]({LessonMedia.Prefix}{pair.Value}", StringComparison.Ordinal));

    [GeneratedRegex(@"-[0-9a-f]{10}\.")]
    private static partial Regex HashEnd();
}
