using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Recipes;

namespace TrainingSite.Courses.Services;

/// <summary>A whole course: what course files hold, in one piece.</summary>
/// <param name="Course"><c>course.json</c>.</param>
/// <param name="Texts"><c>lessons/*.md</c> by the lesson's slug.</param>
/// <param name="Questions"><c>questions.json</c>.</param>
public sealed record CourseContent(CourseFile Course, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<QuestionItem> Questions)
{
    /// <summary>As it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CourseJson.Options);

    /// <summary>From what was kept.</summary>
    public static CourseContent FromJson(string json) => JsonSerializer.Deserialize<CourseContent>(json, CourseJson.Options)!;

    /// <summary>Hash of all that readers will see.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));
}

/// <summary>What a write changed, for whoever hears of changed courses.</summary>
public sealed record WrittenLessons(List<Lesson> Lessons, Guid[] Removed);

/// <summary>
/// Reads a course as one piece and writes one over a course: the one way of recipes, publishing, restoring, copying and import. Lessons are known
/// by slug, skills by code, questions by key, so that what people did with them stays.
/// </summary>
public sealed class CourseContents(SiteDbContext db, LessonRenderer renderer, LessonMedia media, QuestionBank questions, TimeProvider clock)
{
    /// <summary>All that a course says.</summary>
    public async Task<CourseContent> ReadAsync(Course course, CancellationToken cancellationToken)
    {
        var lessons = await db.Lessons.AsNoTracking().Where(lesson => lesson.CourseId == course.Id).OrderBy(lesson => lesson.Position).ToListAsync(cancellationToken);
        var skills = await db.Skills.AsNoTracking().Where(skill => skill.CourseId == course.Id).OrderBy(skill => skill.Position).Select(skill => new SkillItem(skill.Code, skill.Text)).ToListAsync(cancellationToken);
        var asked = await db.Questions.AsNoTracking().Where(question => question.CourseId == course.Id && question.RetiredUtc == null).OrderBy(question => question.Key).ToListAsync(cancellationToken);
        var requires = await db.CoursePrerequisites.AsNoTracking().Where(row => row.CourseId == course.Id).OrderBy(row => row.Required.Slug).Select(row => row.Required.Slug).ToListAsync(cancellationToken);
        return new(
            new(
                course.EditSlug, course.TopicCode, course.Title, course.Summary, course.Audience, course.Outcomes.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                lessons.ConvertAll(lesson => new LessonItem(lesson.Slug, lesson.Title, lesson.Summary, lesson.Minutes) { Package = lesson.PackageSha256 }),
                skills,
                new(course.PassPercent, course.DrawCount, course.MaxAttempts, course.Explain, course.TimeLimitMinutes))
            {
                Completion = new(course.QuizRequired, course.AttendanceRequired, course.MinimumAttendancePercent, course.CompletionMode, course.SkillsRequired, course.QuizProvesSkills, course.ValidMonths, course.LessonsRequired),
                Requires = requires.Count > 0 ? requires : null,
                ReadPercent = course.ReadPercent,
                Area = course.AreaPath,
                Quarter = course.Quarter,
            },
            lessons.ToDictionary(lesson => lesson.Slug, lesson => lesson.Markdown),
            asked.ConvertAll(question => new QuestionItem(question.Key, QuestionItem.NameOf(question.Type), question.Text, question.ReadOptions(), question.Explanation)
            {
                Lesson = lessons.Find(lesson => lesson.Id == question.LessonId)?.Slug,
                Scene = question.ReadScene(),
            }));
    }

    /// <summary>Makes the course this content, but for slug and state. The caller has checked it, publishes the event and saves.</summary>
    public async Task<WrittenLessons> WriteAsync(Course course, CourseContent content, CancellationToken cancellationToken)
    {
        Fill(course, content.Course);
        var known = await db.AllLessonsOf(course).ToListAsync(cancellationToken);
        var files = await media.FindAsync(content.Texts.Values, cancellationToken);
        var lessons = new List<Lesson>();
        foreach (var item in content.Course.Lessons)
        {
            var lesson = known.Find(row => row.Slug == item.Slug);
            if (lesson is null)
            {
                lesson = new() { CourseId = course.Id, Slug = item.Slug };
                db.Lessons.Add(lesson);
            }

            lesson.RemovedUtc = null;
            lesson.Position = lessons.Count + 1;
            lesson.Title = item.Title;
            lesson.Summary = item.Summary;
            lesson.Minutes = item.Minutes;
            lesson.PackageSha256 = item.Package;
            renderer.Write(lesson, content.Texts[item.Slug], files);
            lessons.Add(lesson);
        }

        var removed = known.Except(lessons).Where(lesson => lesson.RemovedUtc is null).ToList();
        db.TakeOut(course, removed, clock.UtcNow());
        await WriteSkillsAsync(course, content.Course.Skills, cancellationToken);
        await WritePrerequisitesAsync(course, content.Course.Requires ?? [], cancellationToken);
        await questions.ReplaceAllAsync(course, [.. content.Questions.Select(item => item.ToDraft(lessons.Find(lesson => lesson.Slug == item.Lesson)?.Id))], cancellationToken);
        return new(lessons, [.. removed.Select(lesson => lesson.Id)]);
    }

    /// <summary>Whether one of the courses needs this one, directly or through others: nobody could ever begin.</summary>
    /// <param name="course">The course, or its working copy.</param>
    /// <param name="required">The courses to complete before it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<bool> LeadsBackAsync(Course course, IReadOnlyCollection<Guid> required, CancellationToken cancellationToken)
    {
        if (required.Count == 0)
        {
            return false;
        }

        var id = course.DraftOfId ?? course.Id;
        var all = (await db.CoursePrerequisites.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(row => row.CourseId, row => row.RequiredId);
        var seen = new HashSet<Guid>();
        var waiting = new Queue<Guid>(required);
        while (waiting.TryDequeue(out var next))
        {
            if (next == id)
            {
                return true;
            }

            foreach (var needed in seen.Add(next) ? all[next] : [])
            {
                waiting.Enqueue(needed);
            }
        }

        return false;
    }

    /// <summary>The courses of those slugs that are here.</summary>
    internal Task<List<Guid>> FindRequiredAsync(IReadOnlyList<string> slugs, CancellationToken cancellationToken)
    {
        string[] named = [.. slugs];
        return db.Courses.AsNoTracking().Where(row => EF.Parameter(named).Contains(row.Slug) && row.DraftOfId == null).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    internal static void Fill(Course course, CourseFile file)
    {
        course.TopicCode = file.Topic;
        course.Title = file.Title;
        course.Summary = file.Summary;
        course.Audience = file.Audience;
        course.Outcomes = string.Join('\n', file.Outcomes);
        course.QuizRequired = file.Completion.Quiz;
        course.AttendanceRequired = file.Completion.Attendance;
        course.MinimumAttendancePercent = file.Completion.MinimumPercent;
        course.CompletionMode = file.Completion.Mode;
        course.SkillsRequired = file.Completion.Skills;
        course.QuizProvesSkills = file.Completion.QuizProvesSkills;
        course.ValidMonths = file.Completion.ValidMonths;
        course.LessonsRequired = file.Completion.Lessons;
        course.PassPercent = file.Quiz.PassPercent;
        course.DrawCount = file.Quiz.Draw;
        course.MaxAttempts = file.Quiz.Attempts;
        course.Explain = file.Quiz.Explain;
        course.TimeLimitMinutes = file.Quiz.TimeLimitMinutes;
        course.ReadPercent = file.ReadPercent;
        course.AreaPath = file.Area;
        course.Quarter = file.Quarter;
    }

    /// <summary>A course that is not here cannot be asked for; what else is named is.</summary>
    private async Task WritePrerequisitesAsync(Course course, IReadOnlyList<string> slugs, CancellationToken cancellationToken)
    {
        var required = await FindRequiredAsync(slugs, cancellationToken);
        required.Remove(course.Id);
        var known = await db.CoursePrerequisites.Where(row => row.CourseId == course.Id).ToListAsync(cancellationToken);
        db.CoursePrerequisites.RemoveRange(known.Where(row => !required.Contains(row.RequiredId)));
        db.CoursePrerequisites.AddRange(required.Where(id => !known.Exists(row => row.RequiredId == id)).Select(id => new CoursePrerequisite { CourseId = course.Id, RequiredId = id }));
    }

    private async Task WriteSkillsAsync(Course course, IReadOnlyList<SkillItem> items, CancellationToken cancellationToken)
    {
        var known = await db.Skills.Where(skill => skill.CourseId == course.Id).ToListAsync(cancellationToken);
        db.Skills.RemoveRange(known.Where(skill => items.All(item => item.Code != skill.Code)));
        foreach (var (item, position) in items.Select((item, index) => (item, index + 1)))
        {
            var skill = known.Find(row => row.Code == item.Code);
            if (skill is null)
            {
                skill = new() { CourseId = course.Id, Code = item.Code };
                db.Skills.Add(skill);
            }

            skill.Text = item.Text;
            skill.Position = position;
        }
    }
}
