using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Recipes;
using TrainingSite.Courses.Scorm;
using TrainingSite.Courses.Services;
using TrainingSite.Media.Models;
using TrainingSite.Media.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Archives;

/// <summary>Takes courses out of the site as archives and brings archives in: all of one, or nothing of it.</summary>
public sealed partial class CourseTransfer(
    SiteDbContext db, CourseArchive archives, CourseContents contents, CourseContentCheck check, WorkingCopies copies, MediaLibrary library, MediaFolders folders, MediaFiles files,
    ScormPackages packages, ScormFiles packageFiles,
    EventPublisher events, IOptions<CourseOptions> options, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Writes what the author sees of a course.</summary>
    public async Task ExportAsync(Course working, Stream target, CancellationToken cancellationToken)
    {
        var content = await contents.ReadAsync(working, cancellationToken);
        var asked = content.Questions.SelectMany(item => QuestionPictures.NamesOf(item.Options, item.Scene)).Select(QuestionPictures.FileName).OfType<string>();
        var names = content.Texts.Values.SelectMany(LessonMedia.Names).Concat(asked).Distinct().ToArray();
        var shown = await db.MediaFiles.AsNoTracking().Include(file => file.Captions).Where(file => names.Contains(file.Name)).ToListAsync(cancellationToken);
        var all = shown.Concat(shown.Select(file => file.Captions).OfType<MediaFile>()).DistinctBy(file => file.Name).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        // A unit's place in one site's tree means nothing in another's.
        var file = content.Course with { Area = null };
        var beside = all.ToDictionary(item => CourseArchive.MediaFolder + item.Name, item => files.PathOf(item.Sha256));
        foreach (var package in file.Lessons.Select(lesson => lesson.Package).OfType<string>().Distinct())
        {
            beside.Add($"{CourseArchive.PackageFolder}{package}.zip", packageFiles.PathOf(package));
        }

        await CourseArchive.WriteAsync(
            target, content with { Course = file }, all.ConvertAll(item => new MediaItem(item.Name, item.Description) { Captions = item.Captions?.Name }), beside, cancellationToken);
    }

    /// <summary>Brings an archive in, as a draft of its own or into the working copy of the course of that address.</summary>
    /// <param name="source">The file.</param>
    /// <param name="replace">Whether to write over the working copy when the address is taken.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<Course>> ImportAsync(Stream source, bool replace, CancellationToken cancellationToken)
    {
        var opened = await archives.ReadAsync(source, options.Value.ImportMaxBytes, files.MaxBytes, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Faults.ToList();
        }

        if (await check.CheckAsync(opened.Value.Content, opened.Value.Media.Keys, cancellationToken) is { Count: > 0 } faults)
        {
            return faults;
        }

        if (opened.Value.Content.Course.Lessons.FirstOrDefault(lesson => lesson.Package is { } package && !opened.Value.Packages.ContainsKey(package)) is { } without)
        {
            return new Fault("package_missing", T["Bài “{0}” cần tệp packages/{1}.zip, nhưng trong ZIP không có.", without.Title, without.Package!], "File");
        }

        // Kept by their content, whatever becomes of the course; what nothing uses in the end is swept away.
        foreach (var (sha256, bytes) in opened.Value.Packages)
        {
            using var package = new MemoryStream(bytes, writable: false);
            var taken = await packages.AddAsync(package, $"{sha256}.zip", cancellationToken);
            if (!taken.Succeeded || taken.Value.Sha256 != sha256)
            {
                return new Fault("package_refused", $"packages/{sha256}.zip: {(taken.Succeeded ? T["nội dung không khớp với tên tệp."].Value : taken.Faults[0].Message)}", "File");
            }
        }

        var media = new Dictionary<string, PreparedMedia>(StringComparer.Ordinal);
        try
        {
            // Files are looked into before the transaction: nobody who writes waits for that.
            var folder = await PrepareMediaAsync(opened.Value, media, cancellationToken);
            return folder.Succeeded ? await ImportAsync(opened.Value, folder.Value, media, replace, cancellationToken) : folder.Faults.ToList();
        }
        finally
        {
            foreach (var file in media.Values)
            {
                file.Dispose();
            }
        }
    }

    private async Task<Result<Course>> ImportAsync(OpenedArchive archive, Guid folder, Dictionary<string, PreparedMedia> media, bool replace, CancellationToken cancellationToken)
    {
        var added = new Dictionary<string, MediaFile>(StringComparer.Ordinal);
        Result<Course> result;
        try
        {
            result = await WriteAsync(archive, folder, media, added, replace, cancellationToken);
        }
        catch (DbUpdateException)
        {
            result = Raced();
        }

        if (!result.Succeeded)
        {
            db.ChangeTracker.Clear();
            await library.ForgetAsync(added.Values, cancellationToken);
        }

        return result;
    }

    private async Task<Result<Course>> WriteAsync(OpenedArchive archive, Guid folder, Dictionary<string, PreparedMedia> media, Dictionary<string, MediaFile> added, bool replace, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await AddMediaAsync(archive, folder, media, added, cancellationToken) is { } refused)
        {
            return refused;
        }

        var content = archive.Content;
        var course = await TargetAsync(content.Course.Slug, replace, cancellationToken);
        if (await contents.LeadsBackAsync(course, await contents.FindRequiredAsync(content.Course.Requires ?? [], cancellationToken), cancellationToken))
        {
            return new Fault("course_requires_itself", T["course.json: một khóa ghi ở requires lại cần chính khóa này hoàn thành trước. Hãy bỏ bớt."], "File");
        }

        if (db.Entry(course).State != EntityState.Added && !await db.MoveOnAsync(course, clock.UtcNow(), cancellationToken))
        {
            return Raced();
        }

        course.UpdatedUtc = clock.UtcNow();
        var texts = content.Texts.ToDictionary(pair => pair.Key, pair => Rename(pair.Value, added));
        // Whom a course is for is chosen on the site that shows it.
        var written = await contents.WriteAsync(course, new(content.Course with { Area = course.AreaPath }, texts, [.. content.Questions.Select(item => Rename(item, added))]), cancellationToken);
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

    /// <summary>Looks into the files; gives the folder that they will go to.</summary>
    private async Task<Result<Guid>> PrepareMediaAsync(OpenedArchive archive, Dictionary<string, PreparedMedia> media, CancellationToken cancellationToken)
    {
        if (archive.Media.Count == 0)
        {
            return Guid.Empty;
        }

        if (await folders.ManagedAsync(cancellationToken) is not [var folder, ..])
        {
            return new Fault("media_forbidden", T["Khóa học này có hình, tiếng, phim; bạn cần quyền tải lên kho để nhập."], "File", FaultKind.Forbidden);
        }

        foreach (var (name, bytes) in archive.Media)
        {
            using var content = new MemoryStream(bytes, writable: false);
            var description = archive.Described.FirstOrDefault(item => item.Name == name)?.Description;
            var prepared = await library.PrepareAsync(content, HashEnd().Replace(name, "."), description, [], cancellationToken);
            if (!prepared.Succeeded)
            {
                return RefuseMedia(name, prepared.Faults[0]);
            }

            media.Add(name, prepared.Value);
        }

        return folder.Id;
    }

    /// <summary>Adds the files to the library, by the names that the archive has for them.</summary>
    private async Task<Fault?> AddMediaAsync(OpenedArchive archive, Guid folder, Dictionary<string, PreparedMedia> media, Dictionary<string, MediaFile> added, CancellationToken cancellationToken)
    {
        if (media.Count == 0)
        {
            return null;
        }

        if (await db.MediaFolders.SingleOrDefaultAsync(row => row.Id == folder, cancellationToken) is not { } target)
        {
            return Raced();
        }

        foreach (var (name, file) in media)
        {
            var result = await library.AddAsync(target, file, cancellationToken);
            if (!result.Succeeded)
            {
                return RefuseMedia(name, result.Faults[0]);
            }

            added.Add(name, result.Value.File);
        }

        foreach (var item in archive.Described.Where(item => item.Captions is not null && added.ContainsKey(item.Name) && added.ContainsKey(item.Captions)))
        {
            await library.CaptionAsync(added[item.Name], added[item.Captions!], cancellationToken);
        }

        // Saved, because the lessons' texts are made from what the database says of their files.
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    private Fault Raced() => new("import_raced", T["Có người vừa nhập hoặc sửa cùng khóa học này. Chưa nhập gì cả; hãy bấm Nhập khóa học lần nữa."], "File", FaultKind.Conflict);

    private static Fault RefuseMedia(string name, Fault fault) => new("media_refused", $"media/{name}: {fault.Message}", "File");

    private static string Rename(string text, Dictionary<string, MediaFile> names) =>
        names.Aggregate(text, (renamed, pair) => renamed.Replace($"]({LessonMedia.Prefix}{pair.Key}", $"]({LessonMedia.Prefix}{pair.Value.Name}", StringComparison.Ordinal));

    private static QuestionItem Rename(QuestionItem item, Dictionary<string, MediaFile> names)
    {
        return item with
        {
            Options = [.. item.Options.Select(option => option with { Picture = Named(option.Picture) })],
            Scene = item.Scene is { } scene ? scene with { Picture = Named(scene.Picture) } : null,
        };

        string? Named(string? picture) =>
            picture is not null && QuestionPictures.FileName(picture) is { } name && names.TryGetValue(name, out var here) ? LessonMedia.Prefix + here.Name : picture;
    }

    [GeneratedRegex(@"-[0-9a-f]{10}\.")]
    private static partial Regex HashEnd();
}
