using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Writes learning paths.</summary>
public sealed class PathEditor(SiteDbContext db, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const int LongestSlug = 100;

    private static readonly string[] ReservedSlugs = ["", "edit", "new"];

    /// <summary>Adds a path; its address is made from the title and stays.</summary>
    public async Task<Result<LearningPath>> CreateAsync(PathForm form, CancellationToken cancellationToken)
    {
        var slug = LessonRenderer.ToSlug(form.Title);
        slug = (ReservedSlugs.Contains(slug) ? $"lo-trinh-{slug}" : slug[..Math.Min(slug.Length, LongestSlug)]).TrimEnd('-');
        return await db.LearningPaths.AnyAsync(path => path.Slug == slug, cancellationToken)
            ? new Fault("path_title_taken", T["Đã có lộ trình tên là “{0}”. Hãy đặt tên khác.", form.Title], nameof(form.Title))
            : await WriteAsync(new() { Slug = slug }, form, isNew: true, cancellationToken);
    }

    /// <summary>Changes a path.</summary>
    public async Task<Result<LearningPath>> UpdateAsync(LearningPath path, PathForm form, CancellationToken cancellationToken) =>
        path.Version == form.Version ? await WriteAsync(path, form, isNew: false, cancellationToken) : Changed();

    /// <summary>Removes a path; its courses and what people have learned stay.</summary>
    public Task RemoveAsync(LearningPath path, CancellationToken cancellationToken) =>
        db.LearningPaths.Where(row => row.Id == path.Id).ExecuteDeleteAsync(cancellationToken);

    private async Task<Result<LearningPath>> WriteAsync(LearningPath path, PathForm form, bool isNew, CancellationToken cancellationToken)
    {
        string[] slugs = [.. form.Courses.OfType<string>().Where(slug => slug.Length > 0)];
        var courses = await db.Courses.AsNoTracking().Where(course => slugs.Contains(course.Slug) && course.DraftOfId == null)
            .ToDictionaryAsync(course => course.Slug, course => (course.Id, course.Title, course.State), cancellationToken);
        var faults = new List<Fault>();
        if (form.Roles.Count == 0)
        {
            faults.Add(new("path_without_roles", T["Hãy chọn ít nhất một vai trò."], nameof(form.Roles)));
        }

        if (form.Levels.Count == 0)
        {
            faults.Add(new("path_without_levels", T["Hãy chọn ít nhất một cấp tổ."], nameof(form.Levels)));
        }

        if (!slugs.All(courses.ContainsKey))
        {
            faults.Add(new("path_course_unknown", T["Hãy chọn khóa học trong danh sách."], nameof(form.Courses)));
        }
        else if (slugs.GroupBy(slug => slug).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            faults.Add(new("path_course_twice", T["Khóa “{0}” có hơn một lần trong lộ trình. Hãy giữ lại một lần.", courses[twice.Key].Title], nameof(form.Courses)));
        }
        else if (form.IsPublished && courses.Values.All(course => course.State != CourseState.Published))
        {
            faults.Add(new("path_empty", T["Lộ trình cần ít nhất một khóa học đang đăng thì mới đăng được."], nameof(form.Courses)));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        path.Title = VietnameseText.Clean(form.Title);
        path.Summary = VietnameseText.Clean(form.Summary);
        path.Roles = form.Roles.Together();
        path.Levels = form.Levels.Together();
        path.Order = form.Order;
        path.IsPublished = form.IsPublished;
        path.UpdatedUtc = clock.UtcNow();
        // Also when only its courses change: whoever edits the path meanwhile must be told.
        db.Entry(path).State = isNew ? EntityState.Added : EntityState.Modified;
        await db.WritePathCoursesAsync(path, [.. slugs.Select(slug => courses[slug].Id)], cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return path;
        }
        catch (DbUpdateException)
        {
            // Somebody else saved it, took its address, or deleted one of its courses at the same moment.
            return Changed();
        }
    }

    private Fault Changed() => new("path_changed_meanwhile", T["Có người vừa sửa lộ trình này. Phần bạn viết vẫn còn ở dưới và chưa được lưu."], Kind: FaultKind.Conflict);
}

/// <summary>What the editor and the recipe step share.</summary>
internal static class PathCourses
{
    /// <summary>Makes these the courses of a path, in this order; the caller saves.</summary>
    public static async Task WritePathCoursesAsync(this SiteDbContext db, LearningPath path, IReadOnlyList<Guid> courses, CancellationToken cancellationToken)
    {
        var known = await db.LearningPathCourses.Where(step => step.PathId == path.Id).ToListAsync(cancellationToken);
        db.LearningPathCourses.RemoveRange(known.Where(step => !courses.Contains(step.CourseId)));
        foreach (var (course, position) in courses.Select((course, index) => (course, index + 1)))
        {
            var step = known.Find(row => row.CourseId == course);
            if (step is null)
            {
                step = new() { PathId = path.Id, CourseId = course };
                db.LearningPathCourses.Add(step);
            }

            step.Position = position;
        }
    }
}
