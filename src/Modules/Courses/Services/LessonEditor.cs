using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Writes the lessons and questions of a course.</summary>
public sealed class LessonEditor(SiteDbContext db, LessonRenderer renderer, LessonMedia media, QuestionBank questions, QuestionPictures pictures, EventPublisher events, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Adds a lesson, or changes one.</summary>
    /// <param name="course">In which course.</param>
    /// <param name="lesson">The lesson; null for a new one.</param>
    /// <param name="form">What its author wrote.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="package">Key of the SCORM package that it plays from now on; null to leave that as it is.</param>
    public async Task<Result<Lesson>> WriteAsync(Course course, Lesson? lesson, LessonForm form, CancellationToken cancellationToken, string? package = null)
    {
        if (lesson is not null && lesson.Version != form.Version)
        {
            return Changed();
        }

        var siblings = await db.Lessons.Where(row => row.CourseId == course.Id).OrderBy(row => row.Position).ToListAsync(cancellationToken);
        if (lesson is null)
        {
            var slug = string.IsNullOrWhiteSpace(form.Slug) ? WorkingCopies.ToSlug(form.Title) : form.Slug;
            if (ReservedNames.IsLesson(slug))
            {
                return new Fault("lesson_slug_reserved", T["“{0}” là địa chỉ của một trang có sẵn. Hãy chọn địa chỉ khác.", slug], nameof(form.Slug));
            }

            if (slug.Length is 0 or > 100 || siblings.Exists(row => row.Slug == slug))
            {
                return new Fault("lesson_slug_taken", T["Địa chỉ “{0}” đã có bài khác dùng. Hãy chọn địa chỉ khác.", slug], nameof(form.Slug));
            }

            lesson = await db.AllLessonsOf(course).SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken) ?? db.Lessons.Add(new() { CourseId = course.Id, Slug = slug }).Entity;
            (lesson.RemovedUtc, lesson.PackageSha256) = (null, null);
        }

        lesson.Title = VietnameseText.Clean(form.Title);
        lesson.Summary = VietnameseText.Clean(form.Summary ?? "");
        lesson.Minutes = form.Minutes;
        lesson.PackageSha256 = package ?? lesson.PackageSha256;
        renderer.Write(lesson, form.Markdown, await media.FindAsync([form.Markdown], cancellationToken));
        siblings.Remove(lesson);
        siblings.Insert(Math.Clamp(form.Position - 1, 0, siblings.Count), lesson);
        Number(siblings);
        return await SaveAsync(course, lesson, new(course, [lesson], []), cancellationToken);
    }

    /// <summary>Takes a lesson away.</summary>
    public async Task<Result<Lesson>> RemoveAsync(Course course, Lesson lesson, CancellationToken cancellationToken)
    {
        var siblings = await db.Lessons.Where(row => row.CourseId == course.Id).OrderBy(row => row.Position).ToListAsync(cancellationToken);
        if (course.State == CourseState.Published && siblings.Count == 1)
        {
            return new Fault("course_empty", T["Đây là bài duy nhất của khóa học đang đăng. Hãy gỡ khóa học xuống trước khi xóa bài."]);
        }

        siblings.Remove(lesson);
        Number(siblings);
        db.TakeOut(course, [lesson], clock.UtcNow());
        return await SaveAsync(course, lesson, new(course, [], [lesson.Id]), cancellationToken);
    }

    /// <summary>Adds a question, or its next revision.</summary>
    public async Task<Result<string>> WriteQuestionAsync(Course course, string? key, QuestionForm form, CancellationToken cancellationToken)
    {
        var current = key is null ? null : await db.Questions.AsNoTracking().SingleOrDefaultAsync(question => question.CourseId == course.Id && question.Key == key && question.RetiredUtc == null, cancellationToken);
        if (key is not null && current?.Revision != form.Revision)
        {
            return Changed();
        }

        if (key is null)
        {
            key = string.IsNullOrWhiteSpace(form.Key) ? await NextKeyAsync(course, cancellationToken) : form.Key;
            if (ReservedNames.IsQuestion(key))
            {
                return new Fault("question_key_reserved", T["“{0}” là địa chỉ của một trang có sẵn. Hãy chọn mã khác.", key], nameof(form.Key));
            }

            if (await db.Questions.AnyAsync(question => question.CourseId == course.Id && question.Key == key, cancellationToken))
            {
                return new Fault("question_key_taken", T["Mã “{0}” đã có câu hỏi khác dùng.", key], nameof(form.Key));
            }
        }

        var draft = form.ToDraft(key, await db.Lessons.AnyAsync(lesson => lesson.Id == form.LessonId && lesson.CourseId == course.Id, cancellationToken) ? form.LessonId : null);
        if (questions.Check(draft) is { Count: > 0 } faults)
        {
            return faults;
        }

        var named = QuestionPictures.NamesOf(draft.Options, draft.Scene).ToList();
        var found = await pictures.FindAsync(named, cancellationToken);
        if (named.Find(name => !found.ContainsKey(name)) is { } missing)
        {
            return new Fault("question_picture_unknown", T["Kho không có hình “{0}”. Hãy mở kho, chép lại đúng tên hình.", missing], draft.Scene is null ? nameof(form.Options) : nameof(form.MessagePicture));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.MoveOnAsync(course, clock.UtcNow(), cancellationToken))
        {
            return Changed();
        }

        await questions.PutAsync(course, draft, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return key;
    }

    /// <summary>Draws a question no more. Past attempts keep it.</summary>
    public async Task<Result<string>> RetireQuestionAsync(Course course, string key, CancellationToken cancellationToken)
    {
        var active = await db.Questions.Where(question => question.CourseId == course.Id && question.RetiredUtc == null).ToListAsync(cancellationToken);
        if (active.Find(question => question.Key == key) is not { } question)
        {
            return new Fault("question_unknown", T["Câu hỏi này không còn."], Kind: FaultKind.NotFound);
        }

        if (active.Count == 1 && course is { State: CourseState.Published, AsksQuiz: true })
        {
            return new Fault("course_without_questions", T["Đây là câu hỏi cuối cùng của khóa học đang đăng. Hãy soạn câu khác trước khi bỏ câu này."]);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.MoveOnAsync(course, clock.UtcNow(), cancellationToken))
        {
            return Changed();
        }

        question.RetiredUtc = clock.UtcNow();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return key;
    }

    private async Task<Result<Lesson>> SaveAsync(Course course, Lesson lesson, CourseChanged fact, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await db.MoveOnAsync(course, clock.UtcNow(), cancellationToken))
            {
                return Changed();
            }

            await events.PublishAsync(fact, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return lesson;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Changed();
        }
    }

    private async Task<string> NextKeyAsync(Course course, CancellationToken cancellationToken)
    {
        var keys = await db.Questions.Where(question => question.CourseId == course.Id).Select(question => question.Key).Distinct().ToListAsync(cancellationToken);
        var number = keys.Select(key => int.TryParse(key.Split("-Q")[^1], out var known) ? known : 0).DefaultIfEmpty().Max() + 1;
        return $"{course.TopicCode}-Q{number:00}";
    }

    private static void Number(List<Lesson> lessons)
    {
        for (var index = 0; index < lessons.Count; index++)
        {
            lessons[index].Position = index + 1;
        }
    }

    private Fault Changed() => new("lesson_changed_meanwhile", T["Có người vừa sửa phần này. Phần bạn viết vẫn còn ở dưới và chưa được lưu."], Kind: FaultKind.Conflict);
}
