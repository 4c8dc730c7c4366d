using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Writes courses that readers do not see. Every change tells the search index in the transaction of the change.</summary>
public sealed class CourseEditor(SiteDbContext db, CourseContents contents, EventPublisher events, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Adds a draft.</summary>
    public async Task<Result<WrittenCourse>> CreateAsync(CourseForm form, CancellationToken cancellationToken)
    {
        var slug = string.IsNullOrWhiteSpace(form.Slug) ? WorkingCopies.ToSlug(form.Title) : form.Slug;
        if (ReservedNames.IsCourse(slug))
        {
            return new Fault("course_slug_reserved", T["“{0}” là địa chỉ của một trang có sẵn. Hãy chọn địa chỉ khác.", slug], nameof(form.Slug));
        }

        if (slug.Length is 0 or > WorkingCopies.LongestSlug || await db.Courses.AnyAsync(course => course.Slug == slug, cancellationToken))
        {
            return new Fault("course_slug_taken", T["Địa chỉ “{0}” đã có khóa học dùng. Hãy chọn địa chỉ khác.", slug], nameof(form.Slug));
        }

        var course = new Course { Slug = slug };
        return await WriteAsync(course, form, isNew: true, cancellationToken);
    }

    /// <summary>Changes a course.</summary>
    public async Task<Result<WrittenCourse>> UpdateAsync(Course course, CourseForm form, CancellationToken cancellationToken) =>
        course.Version == form.Version ? await WriteAsync(course, form, isNew: false, cancellationToken) : Changed();

    /// <summary>
    /// Takes a course back from its readers, to write on or for good, and with it what was asked for: else it would come back by itself. <see cref="CoursePublisher"/> publishes.
    /// </summary>
    public async Task<Result<Course>> TakeBackAsync(Course course, bool archive, CancellationToken cancellationToken)
    {
        course.State = archive ? CourseState.Archived : CourseState.Draft;
        if (await db.Publications.FindAsync([course.Id], cancellationToken) is { State: not PublicationState.Returned } pending)
        {
            db.Publications.Remove(pending);
        }

        return await SaveAsync(course, await db.Lessons.Where(lesson => lesson.CourseId == course.Id).ToListAsync(cancellationToken), cancellationToken);
    }

    private async Task<Result<WrittenCourse>> WriteAsync(Course course, CourseForm form, bool isNew, CancellationToken cancellationToken)
    {
        if (!form.QuizRequired && !form.AttendanceRequired && !form.SkillsRequired && !form.LessonsRequired)
        {
            return new Fault("course_rule_missing", T["Hãy chọn ít nhất một điều kiện hoàn thành: bài kiểm tra, dự tập huấn, đủ kỹ năng hoặc học xong các bài."], nameof(form.QuizRequired));
        }

        if (form.ValidMonths is not null && !form.QuizRequired && !form.AttendanceRequired && !form.SkillsRequired)
        {
            // The first time that a lesson was finished stands: nothing could renew it.
            return new Fault("course_never_renewed", T["Khóa học chỉ tính học xong các bài thì không gia hạn được. Hãy để trống thời hạn, hoặc chọn thêm bài kiểm tra, dự tập huấn hay kỹ năng."], nameof(form.ValidMonths));
        }

        if (Lines(form.Skills).FirstOrDefault(line => line.Length > Skill.LongestText) is { } longest)
        {
            return new Fault("course_skill_too_long", T["Dòng “{0}…” dài quá {1} chữ. Mỗi kỹ năng viết trên một dòng ngắn.", longest[..40], Skill.LongestText], nameof(form.Skills));
        }

        if (form.SkillsRequired && Lines(form.Skills).Length == 0)
        {
            return new Fault("course_skills_missing", T["Khóa học tính kỹ năng nên cần ít nhất một kỹ năng trong danh sách."], nameof(form.Skills));
        }

        if (!await db.Topics.AnyAsync(topic => topic.Code == form.TopicCode, cancellationToken))
        {
            return new Fault("course_topic_unknown", T["Hãy chọn một chuyên đề trong danh sách."], nameof(form.TopicCode));
        }

        string? area = null;
        if (!string.IsNullOrWhiteSpace(form.AreaCode))
        {
            area = await db.Units.On(clock.Today()).Where(unit => unit.Code == form.AreaCode.Trim()).Select(unit => unit.Path).SingleOrDefaultAsync(cancellationToken);
            if (area is null)
            {
                return new Fault("course_area_unknown", T["Không có đơn vị nào mang mã “{0}”.", form.AreaCode], nameof(form.AreaCode));
            }
        }

        string[] requires = [.. form.Requires.Distinct()];
        var required = await db.Courses.AsNoTracking().Where(row => EF.Parameter(requires).Contains(row.Slug) && row.DraftOfId == null && row.Id != course.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        if (await contents.LeadsBackAsync(course, required, cancellationToken))
        {
            return new Fault("course_requires_itself", T["Khóa được chọn lại cần chính khóa này hoàn thành trước. Hãy bỏ bớt."], nameof(form.Requires));
        }

        if (isNew)
        {
            db.Courses.Add(course);
        }

        course.TopicCode = form.TopicCode;
        course.Title = VietnameseText.Clean(form.Title);
        course.Summary = VietnameseText.Clean(form.Summary);
        course.Audience = VietnameseText.Clean(form.Audience ?? "");
        course.Outcomes = string.Join('\n', Lines(form.Outcomes));
        course.QuizRequired = form.QuizRequired;
        course.AttendanceRequired = form.AttendanceRequired;
        course.ValidMonths = form.ValidMonths;
        var known = await db.CoursePrerequisites.Where(row => row.CourseId == course.Id).ToListAsync(cancellationToken);
        db.CoursePrerequisites.RemoveRange(known.Where(row => !required.Contains(row.RequiredId)));
        db.CoursePrerequisites.AddRange(required.Where(id => !known.Exists(row => row.RequiredId == id)).Select(id => new CoursePrerequisite { CourseId = course.Id, RequiredId = id }));
        course.SkillsRequired = form.SkillsRequired;
        course.QuizProvesSkills = form.QuizProvesSkills;
        course.LessonsRequired = form.LessonsRequired;
        course.MinimumAttendancePercent = form.MinimumAttendancePercent;
        course.CompletionMode = form.CompletionMode;
        course.PassPercent = form.PassPercent;
        course.DrawCount = form.DrawCount;
        course.MaxAttempts = form.MaxAttempts;
        course.Explain = form.Explain;
        course.TimeLimitMinutes = form.TimeLimitMinutes;
        course.ReadPercent = form.ReadPercent;
        // Whoever must be looked over may ask for it, and does not switch it off.
        course.ReviewRequired = form.ReviewRequired || (course.ReviewRequired && !user.Can(Permissions.ApproveCourses));
        course.AreaPath = area;
        course.Quarter = string.IsNullOrWhiteSpace(form.Quarter) ? null : form.Quarter;
        var dropped = await WriteSkillsAsync(course, Lines(form.Skills), cancellationToken);
        var saved = await SaveAsync(course, await db.Lessons.Where(lesson => lesson.CourseId == course.Id).ToListAsync(cancellationToken), cancellationToken);
        return saved.Succeeded ? new WrittenCourse(course, dropped) : saved.Faults.ToList();
    }

    /// <summary>
    /// Skills that readers still see and that are no longer in the working copy: when it is published, their confirmations go with them.
    /// Only those that have any.
    /// </summary>
    public Task<List<DroppedSkill>> FindDroppedAsync(Course working, CancellationToken cancellationToken) =>
        FindConfirmedAsync(db.Skills.Where(skill => skill.CourseId == working.DraftOfId && !db.Set<Skill>().Any(kept => kept.CourseId == working.Id && kept.Code == skill.Code)), cancellationToken);

    private Task<List<DroppedSkill>> FindConfirmedAsync(IQueryable<Skill> skills, CancellationToken cancellationToken) => skills.OrderBy(skill => skill.Position)
        .Select(skill => new { skill.Text, Confirmations = db.Set<SkillMastery>().Count(mastery => mastery.SkillId == skill.Id && mastery.ConfirmedUtc != null) })
        .Where(skill => skill.Confirmations > 0).Select(skill => new DroppedSkill(skill.Text, skill.Confirmations)).ToListAsync(cancellationToken);

    /// <summary>
    /// A line that stays, or is only reworded, keeps its row and with it what people have shown; a new one gets the next code that does not
    /// stand for another skill. Returns what is dropped with its confirmations.
    /// </summary>
    private async Task<List<DroppedSkill>> WriteSkillsAsync(Course course, string[] lines, CancellationToken cancellationToken)
    {
        var known = await db.Skills.Where(skill => skill.CourseId == course.Id).ToListAsync(cancellationToken);
        var published = await db.Skills.AsNoTracking().Where(skill => skill.CourseId == course.DraftOfId).ToListAsync(cancellationToken);
        var next = known.Concat(published).Select(skill => int.TryParse(skill.Code.Split('-')[^1], out var number) ? number : 0).DefaultIfEmpty().Max();
        var rows = SkillLines.Match(known, lines);
        List<Skill> removed = [.. known.Except(rows.OfType<Skill>())];
        Guid[] removedIds = [.. removed.Select(skill => skill.Id)];
        var dropped = removedIds.Length == 0 ? [] : await FindConfirmedAsync(db.Skills.Where(skill => EF.Parameter(removedIds).Contains(skill.Id)), cancellationToken);
        db.Skills.RemoveRange(removed);
        foreach (var (line, index) in lines.Select((line, index) => (line, index)))
        {
            var skill = rows[index];
            if (skill is null)
            {
                // Taken out of the working copy and written again before that was published: it is the same skill.
                var code = published.Find(row => row.Text == line && !known.Exists(other => other.Code == row.Code))?.Code;
                skill = new() { CourseId = course.Id, Code = code ?? $"{course.TopicCode}-{++next:00}" };
                db.Skills.Add(skill);
            }

            (skill.Text, skill.Position) = (line, index + 1);
        }

        return dropped;
    }

    private async Task<Result<Course>> SaveAsync(Course course, List<Lesson> lessons, CancellationToken cancellationToken)
    {
        course.UpdatedUtc = clock.UtcNow();
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (db.Entry(course).State != EntityState.Added && !await db.MoveOnAsync(course, course.UpdatedUtc, cancellationToken))
            {
                return Changed();
            }

            await events.PublishAsync(new CourseChanged(course, lessons, []), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return course;
        }
        catch (DbUpdateException)
        {
            // Somebody else saved it, asked for it or took its address at the same moment.
            return Changed();
        }
    }

    private Fault Changed() => new("course_changed_meanwhile", T["Có người vừa sửa khóa học này. Phần bạn viết vẫn còn ở dưới và chưa được lưu."], Kind: FaultKind.Conflict);

    private static string[] Lines(string? text) =>
        [.. (text ?? "").Split('\n').Select(VietnameseText.Clean).Where(line => line.Length > 0).Distinct()];
}
