using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Recipes;

/// <summary><c>{ "name": "courses", "folder": "courses" }</c>: courses with lessons, skills and questions; again and again the same by slug and key.</summary>
internal sealed class CoursesStep(SiteDbContext db, LessonRenderer renderer, LessonMedia media, QuestionBank questions, EventPublisher events, TimeProvider clock) : IRecipeStepHandler
{
    public string Name => "courses";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        var lessons = 0;
        var count = 0;
        foreach (var folder in CourseFiles.FindFolders(context))
        {
            lessons += await ImportAsync(folder, cancellationToken);
            count++;
        }

        context.Report($"Khóa học: {count}, bài học: {lessons}.");
    }

    private async Task<int> ImportAsync(string folder, CancellationToken cancellationToken)
    {
        var file = await CourseFiles.ReadAsync<CourseFile>(Path.Combine(folder, "course.json"), cancellationToken);
        var items = await CourseFiles.ReadAsync<List<QuestionItem>>(Path.Combine(folder, "questions.json"), cancellationToken);
        var course = await db.Courses.SingleOrDefaultAsync(row => row.Slug == file.Slug, cancellationToken);
        if (course is null)
        {
            course = new() { Slug = file.Slug };
            db.Courses.Add(course);
        }

        Fill(course, file);
        var known = await db.Lessons.Where(lesson => lesson.CourseId == course.Id).ToListAsync(cancellationToken);
        var lessons = new List<Lesson>();
        foreach (var item in file.Lessons)
        {
            var lesson = known.Find(row => row.Slug == item.Slug);
            if (lesson is null)
            {
                lesson = new() { CourseId = course.Id, Slug = item.Slug };
                db.Lessons.Add(lesson);
            }

            lesson.Position = lessons.Count + 1;
            lesson.Title = item.Title;
            lesson.Summary = item.Summary;
            lesson.Minutes = item.Minutes;
            var markdown = await File.ReadAllTextAsync(Path.Combine(folder, "lessons", item.Slug + ".md"), cancellationToken);
            renderer.Write(lesson, markdown, await media.FindAsync([markdown], cancellationToken));
            lessons.Add(lesson);
        }

        Guid[] removed = [.. known.Except(lessons).Select(lesson => lesson.Id)];
        db.Lessons.RemoveRange(known.Except(lessons));
        await WriteSkillsAsync(course, file.Skills, cancellationToken);
        await WriteQuestionsAsync(folder, course, lessons, items, cancellationToken);
        if (db.ChangeTracker.HasChanges())
        {
            course.UpdatedUtc = clock.UtcNow();
            course.Revision++;
            await events.PublishAsync(new CourseChanged(course, lessons, removed), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return lessons.Count;
    }

    private static void Fill(Course course, CourseFile file)
    {
        course.TopicCode = file.Topic;
        course.Title = file.Title;
        course.Summary = file.Summary;
        course.Audience = file.Audience;
        course.Outcomes = string.Join('\n', file.Outcomes);
        course.State = file.State;
        course.QuizRequired = file.Completion.Quiz;
        course.AttendanceRequired = file.Completion.Attendance;
        course.MinimumAttendancePercent = file.Completion.MinimumPercent;
        course.CompletionMode = file.Completion.Mode;
        course.PassPercent = file.Quiz.PassPercent;
        course.DrawCount = file.Quiz.Draw;
        course.MaxAttempts = file.Quiz.Attempts;
        course.Explain = file.Quiz.Explain;
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

    private async Task WriteQuestionsAsync(string folder, Course course, List<Lesson> lessons, List<QuestionItem> items, CancellationToken cancellationToken)
    {
        var drafts = items.Select(item => new QuestionDraft(
            item.Key,
            item.Lesson is null ? null : (lessons.Find(lesson => lesson.Slug == item.Lesson) ?? throw new InvalidOperationException($"{folder}: question {item.Key} names the lesson '{item.Lesson}', which the course does not have.")).Id,
            item.Type switch
            {
                "single" => QuestionType.OneAnswer,
                "multiple" => QuestionType.SeveralAnswers,
                "true_false" => QuestionType.TrueFalse,
                _ => throw new InvalidOperationException($"{folder}: question {item.Key} has the type '{item.Type}'; it can be single, multiple or true_false."),
            },
            item.Text,
            item.Options,
            item.Explanation)).ToList();
        foreach (var draft in drafts)
        {
            if (questions.Check(draft) is [var fault, ..])
            {
                throw new InvalidOperationException($"{folder}: question {draft.Key}: {fault.Message}");
            }
        }

        await questions.ReplaceAllAsync(course, drafts, cancellationToken);
    }
}
