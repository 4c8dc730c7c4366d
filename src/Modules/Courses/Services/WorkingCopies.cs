using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>
/// What authors write in. A draft is written as it is. A published course is written in a working copy: a draft of its own beside it, that
/// the first change makes and that publishing puts over the course; readers see the course meanwhile.
/// </summary>
public sealed class WorkingCopies(SiteDbContext db)
{
    /// <summary>How a working copy's slug begins.</summary>
    internal const string Mark = "~";

    /// <summary>Longest slug of a course: that of its working copy is longer by the mark.</summary>
    internal const int LongestSlug = 99;

    /// <summary>What an author of the course sees: its working copy when there is one.</summary>
    public async Task<Course?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        if (slug.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var copy = Mark + slug;
        return await db.Courses.Where(course => course.Slug == slug || course.Slug == copy).OrderByDescending(course => course.DraftOfId != null).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>What a change is written to: the working copy of a published course, made when there is none yet; never the published course itself.</summary>
    /// <exception cref="InvalidOperationException">No working copy could be made.</exception>
    public async Task<Course?> OpenAsync(string slug, CancellationToken cancellationToken)
    {
        var found = await FindAsync(slug, cancellationToken);
        if (found is not { State: CourseState.Published })
        {
            return found;
        }

        try
        {
            return await CopyAsync(found, Mark + found.Slug, found.Id, cancellationToken);
        }
        catch (DbUpdateException refused)
        {
            // Another author began at the same moment; both write in the same copy.
            db.ChangeTracker.Clear();
            var copy = await FindAsync(slug, cancellationToken);
            return copy is { DraftOfId: null, State: CourseState.Published } ? throw new InvalidOperationException($"The course '{slug}' got no working copy.", refused) : copy;
        }
    }

    /// <summary>The course itself, whichever of the two is given.</summary>
    public async Task<Course> CourseOfAsync(Course course, CancellationToken cancellationToken) =>
        course.DraftOfId is { } id ? await db.Courses.SingleAsync(row => row.Id == id, cancellationToken) : course;

    /// <summary>Forgets what was written since the course was published.</summary>
    public Task DiscardAsync(Course copy, CancellationToken cancellationToken) =>
        db.Courses.Where(course => course.Id == copy.Id && course.DraftOfId != null).ExecuteDeleteAsync(cancellationToken);

    /// <summary>A course of its own, under the first free address.</summary>
    public async Task<Course> DuplicateAsync(Course course, string title, CancellationToken cancellationToken)
    {
        for (var again = 3; ; again--)
        {
            var slug = await FreeSlugAsync(course.EditSlug + "-ban-sao", cancellationToken);
            try
            {
                var copy = await CopyAsync(course, slug, draftOf: null, cancellationToken);
                copy.Title = title.Length <= 200 ? title : title[..200];
                await db.SaveChangesAsync(cancellationToken);
                return copy;
            }
            catch (DbUpdateException) when (again > 0)
            {
                // Somebody else took the address in the same moment; the next one is free.
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>An address made from a title.</summary>
    internal static string ToSlug(string title) => LessonRenderer.ToSlug(title) is var slug && slug.Length > LongestSlug ? slug[..LongestSlug].TrimEnd('-') : slug;

    /// <summary>The address, else the address with the first free number behind it.</summary>
    internal async Task<string> FreeSlugAsync(string slug, CancellationToken cancellationToken)
    {
        var stem = slug.Length <= 90 ? slug : slug[..90].TrimEnd('-');
        var taken = await db.Courses.Where(row => row.Slug.StartsWith(stem)).Select(row => row.Slug).ToListAsync(cancellationToken);
        return Enumerable.Range(1, taken.Count + 1).Select(number => number == 1 ? stem : $"{stem}-{number}").First(free => !taken.Contains(free));
    }

    /// <summary>A draft with all that a course says, versions too: whoever has the course's form open can go on.</summary>
    internal async Task<Course> CopyAsync(Course course, string slug, Guid? draftOf, CancellationToken cancellationToken)
    {
        var copy = Clone(course, new Course());
        (copy.Id, copy.Slug, copy.DraftOfId, copy.State) = (Guid.CreateVersion7(), slug, draftOf, CourseState.Draft);
        db.Courses.Add(copy);
        var lessons = new Dictionary<Guid, Guid>();
        foreach (var lesson in await db.Lessons.AsNoTracking().Where(lesson => lesson.CourseId == course.Id).ToListAsync(cancellationToken))
        {
            var row = Clone(lesson, new Lesson());
            (row.Id, row.CourseId) = (Guid.CreateVersion7(), copy.Id);
            lessons.Add(lesson.Id, row.Id);
            db.Lessons.Add(row);
        }

        foreach (var skill in await db.Skills.AsNoTracking().Where(skill => skill.CourseId == course.Id).ToListAsync(cancellationToken))
        {
            var row = Clone(skill, new Skill());
            (row.Id, row.CourseId) = (Guid.CreateVersion7(), copy.Id);
            db.Skills.Add(row);
        }

        foreach (var question in await db.Questions.AsNoTracking().Where(question => question.CourseId == course.Id && question.RetiredUtc == null).ToListAsync(cancellationToken))
        {
            var row = Clone(question, new Question());
            (row.Id, row.CourseId, row.LessonId) = (Guid.CreateVersion7(), copy.Id, question.LessonId is { } lesson ? lessons[lesson] : null);
            db.Questions.Add(row);
        }

        foreach (var required in await db.CoursePrerequisites.AsNoTracking().Where(row => row.CourseId == course.Id).Select(row => row.RequiredId).ToListAsync(cancellationToken))
        {
            db.CoursePrerequisites.Add(new() { CourseId = copy.Id, RequiredId = required });
        }

        await db.SaveChangesAsync(cancellationToken);
        return copy;
    }

    private T Clone<T>(T row, T copy) where T : class
    {
        db.Entry(copy).CurrentValues.SetValues(row);
        return copy;
    }
}
