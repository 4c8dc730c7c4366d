using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Mastery;

/// <summary>Reads what a leader sees of a member of their team, and who that may be.</summary>
public sealed class MemberLearningReader(SiteDbContext db, CurrentUser user, TimeProvider clock)
{
    /// <summary>
    /// The member whose learning the reader may write down: one of their teams of today lies where the reader holds the right. Nobody
    /// confirms themselves; that is for whoever stands above. Null otherwise.
    /// </summary>
    internal async Task<LearningMember?> FindAsync(string code, CancellationToken cancellationToken)
    {
        var own = user.PersonId;
        return await db.MembersFor(user, Permissions.ConfirmLearning, clock.Today()).AsNoTracking()
            .Where(membership => membership.Person.Code == code && membership.PersonId != own)
            .Select(membership => new LearningMember(membership.PersonId, membership.Person.Code, membership.Person.FullName)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether the reader may write down the learning of that person.</summary>
    internal Task<bool> MayWriteAsync(Guid personId, CancellationToken cancellationToken) =>
        db.MembersFor(user, Permissions.ConfirmLearning, clock.Today())
            .AnyAsync(membership => membership.PersonId == personId && membership.PersonId != user.PersonId, cancellationToken);

    /// <summary>The published courses with what the person has in each.</summary>
    internal Task<List<MemberCourse>> ListAsync(Guid personId, CancellationToken cancellationToken)
    {
        var confirmed = db.SkillMasteries.Where(mastery => mastery.PersonId == personId && mastery.ConfirmedUtc != null);
        var completions = db.Completions.Current(clock.UtcNow()).Where(completion => completion.PersonId == personId);
        return db.Courses.AsNoTracking().Where(course => course.State == CourseState.Published).OrderBy(course => course.Topic.Order).ThenBy(course => course.Title)
            .Select(course => new MemberCourse(
                course.Slug, course.Title, course.TopicCode, course.Skills.Count, confirmed.Count(mastery => mastery.Skill.CourseId == course.Id), completions.Any(completion => completion.CourseId == course.Id)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>What the person has in one course.</summary>
    internal async Task<MemberCourseDetail> ReadAsync(Guid personId, Course course, CancellationToken cancellationToken)
    {
        var lessons = await db.Lessons.AsNoTracking().Where(lesson => lesson.CourseId == course.Id).OrderBy(lesson => lesson.Position).Select(lesson => new { lesson.Id, lesson.Title }).ToListAsync(cancellationToken);
        var progress = await db.LessonProgress.AsNoTracking().Where(row => row.PersonId == personId && row.Lesson.CourseId == course.Id).ToDictionaryAsync(row => row.LessonId, cancellationToken);
        return new(
            await SkillsAsync(personId, course, cancellationToken),
            [.. lessons.Select(lesson => new MemberLesson(lesson.Id, lesson.Title, progress.GetValueOrDefault(lesson.Id)?.FinishedUtc, progress.GetValueOrDefault(lesson.Id)?.RecordedBy))],
            await db.AttemptsOf(personId, course.Id).Where(attempt => attempt.State != AttemptState.Running).ToListAsync(cancellationToken),
            await db.Completions.AsNoTracking().Current(clock.UtcNow()).SingleOrDefaultAsync(completion => completion.PersonId == personId && completion.CourseId == course.Id, cancellationToken));
    }

    /// <summary>The checklist of a course as it stands for a person; for a visitor without marks.</summary>
    public async Task<List<SkillLine>> SkillsAsync(Guid? personId, Course course, CancellationToken cancellationToken)
    {
        var skills = await db.Skills.AsNoTracking().Where(skill => skill.CourseId == course.Id).OrderBy(skill => skill.Position).Select(skill => new { skill.Id, skill.Text }).ToListAsync(cancellationToken);
        var said = await db.SkillMasteries.AsNoTracking().Where(mastery => mastery.PersonId == personId && mastery.Skill.CourseId == course.Id).ToDictionaryAsync(mastery => mastery.SkillId, cancellationToken);
        var tested = course.QuizProvesSkills && await db.QuizAttempts.AnyAsync(attempt => attempt.PersonId == personId && attempt.CourseId == course.Id && attempt.State == AttemptState.Passed, cancellationToken);
        return [.. skills.Select(skill => new SkillLine(skill.Id, skill.Text, said.GetValueOrDefault(skill.Id)?.MarkedUtc, said.GetValueOrDefault(skill.Id)?.ConfirmedUtc, said.GetValueOrDefault(skill.Id)?.ConfirmedBy, tested))];
    }
}

/// <summary>A member.</summary>
public sealed record LearningMember(Guid Id, string Code, string Name);

/// <summary>A course in a member's list.</summary>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Title">Title.</param>
/// <param name="TopicCode">Topic.</param>
/// <param name="Skills">Skills of the course.</param>
/// <param name="Confirmed">Those confirmed.</param>
/// <param name="IsCompleted">Whether it is completed.</param>
public sealed record MemberCourse(string Slug, string Title, string TopicCode, int Skills, int Confirmed, bool IsCompleted);

/// <summary>A member in one course.</summary>
/// <param name="Skills">The checklist.</param>
/// <param name="Lessons">The lessons.</param>
/// <param name="Attempts">Finished attempts, those on paper too.</param>
/// <param name="Completion">The completion; null while there is none, or when it has ended.</param>
public sealed record MemberCourseDetail(IReadOnlyList<SkillLine> Skills, IReadOnlyList<MemberLesson> Lessons, IReadOnlyList<QuizAttempt> Attempts, Completion? Completion);

/// <summary>A lesson.</summary>
public sealed record MemberLesson(Guid Id, string Title, DateTime? FinishedUtc, string? RecordedBy)
{
    /// <summary>Whether a leader wrote down that it was read on paper.</summary>
    public bool IsOnPaper => FinishedUtc is not null && RecordedBy is not null;
}

/// <summary>One line of a checklist.</summary>
/// <param name="Id">Key of the skill.</param>
/// <param name="Text">What one can do.</param>
/// <param name="MarkedUtc">When the person marked it.</param>
/// <param name="ConfirmedUtc">When a leader confirmed it.</param>
/// <param name="ConfirmedBy">Who.</param>
/// <param name="IsTested">Whether the passed quiz proves it.</param>
public sealed record SkillLine(Guid Id, string Text, DateTime? MarkedUtc, DateTime? ConfirmedUtc, string? ConfirmedBy, bool IsTested);
