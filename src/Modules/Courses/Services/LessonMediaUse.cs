using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Media.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Tells the media library which lessons and questions show a file, and makes those lessons anew whose file got other captions.</summary>
internal sealed class LessonMediaUse(SiteDbContext db, LessonMedia media, LessonRenderer renderer, TimeProvider clock, IStringLocalizer<Strings> T) : IMediaUse, IEventHandler<MediaChanged>
{
    private const int MostPlaces = 20;

    public async Task<IReadOnlyList<MediaUse>> FindAsync(string name, CancellationToken cancellationToken)
    {
        var lessons = await Showing(name).OrderBy(lesson => lesson.Course.Title).ThenBy(lesson => lesson.Position).Take(MostPlaces)
            .Select(lesson => new MediaUse(T["{0}: {1}", lesson.Course.Title, lesson.Title].Value, $"/courses/edit/{(lesson.Course.DraftOfId == null ? lesson.Course.Slug : lesson.Course.Slug.Substring(1))}/lessons/{lesson.Slug}")).ToListAsync(cancellationToken);
        // As it stands in the JSON of options and scenes. Questions that are no longer asked do not keep a file; their words stay.
        var picture = $"\"{LessonMedia.Prefix}{name}\"";
        var questions = await db.Set<Question>().AsNoTracking().Where(question => question.RetiredUtc == null && (question.Options.Contains(picture) || (question.Scene != null && question.Scene.Contains(picture))))
            .OrderBy(question => question.Course.Title).ThenBy(question => question.Key).Take(MostPlaces)
            .Select(question => new MediaUse(T["{0}: câu {1}", question.Course.Title, question.Key].Value, $"/courses/edit/{(question.Course.DraftOfId == null ? question.Course.Slug : question.Course.Slug.Substring(1))}/questions/{question.Key}")).ToListAsync(cancellationToken);
        return [.. lessons.Concat(questions).Take(MostPlaces)];
    }

    public async Task HandleAsync(MediaChanged fact, CancellationToken cancellationToken)
    {
        var lessons = await Showing(fact.File.Name).Select(lesson => new { lesson.Id, lesson.CourseId, lesson.Markdown }).ToListAsync(cancellationToken);
        var files = (await media.FindAsync(lessons.Select(lesson => lesson.Markdown), cancellationToken)).ToDictionary();
        if (files.TryGetValue(fact.File.Name, out var file))
        {
            files[fact.File.Name] = file with { Captions = fact.File.Captions?.Name };
        }

        foreach (var lesson in lessons)
        {
            // Past the tracker: an author who has the lesson open is not in the way of this.
            var html = renderer.Render(lesson.Markdown, files).Html;
            await db.Set<Lesson>().Where(row => row.Id == lesson.Id).ExecuteUpdateAsync(row => row.SetProperty(item => item.Html, html), cancellationToken);
        }

        var courses = lessons.Select(lesson => lesson.CourseId).Distinct().ToArray();
        await db.Set<Course>().Where(course => courses.Contains(course.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(item => item.Revision, item => item.Revision + 1).SetProperty(item => item.UpdatedUtc, clock.UtcNow()), cancellationToken);
    }

    private IQueryable<Lesson> Showing(string name)
    {
        var link = "](" + LessonMedia.Prefix + name;
        return db.Set<Lesson>().AsNoTracking().Where(lesson => lesson.Markdown.Contains(link));
    }
}
