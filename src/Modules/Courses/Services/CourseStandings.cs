using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Services;

/// <summary>A published course and where one person is in it.</summary>
public sealed class CourseStanding
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name in addresses.</summary>
    public required string Slug { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences.</summary>
    public required string Summary { get; init; }

    /// <summary>Code of the topic.</summary>
    public required string TopicCode { get; init; }

    /// <summary>Name of the topic.</summary>
    public required string TopicName { get; init; }

    /// <summary>Icon of the topic.</summary>
    public required string TopicIcon { get; init; }

    /// <summary>Number of lessons.</summary>
    public required int Lessons { get; init; }

    /// <summary>Minutes that reading all takes.</summary>
    public required int Minutes { get; init; }

    /// <summary>Path of the unit whose people it is meant for; null for everybody.</summary>
    public required string? AreaPath { get; init; }

    /// <summary>Name of that unit.</summary>
    public required string? AreaName { get; init; }

    /// <summary>The quarter whose theme it carries, such as <c>2026-Q4</c>; null for always.</summary>
    public required string? Quarter { get; init; }

    /// <summary>Whether the quiz counts and has questions.</summary>
    public required bool HasQuiz { get; init; }

    /// <summary>Whether an attended session counts.</summary>
    public required bool HasSession { get; init; }

    /// <summary>Skills that count and that a leader has not confirmed.</summary>
    public required int SkillsLeft { get; init; }

    /// <summary>When the person last passed the quiz, UTC.</summary>
    public required DateTime? PassedUtc { get; init; }

    /// <summary>Months that what was done counts; null for ever.</summary>
    public required int? ValidMonths { get; init; }

    /// <summary>When this was read, UTC.</summary>
    public required DateTime ReadUtc { get; init; }

    /// <summary>Lessons finished.</summary>
    public required int Finished { get; init; }

    /// <summary>When the person opened their first lesson, UTC; null when they have not begun.</summary>
    public required DateTime? StartedUtc { get; init; }

    /// <summary>When the person last did something in it, UTC.</summary>
    public required DateTime? ActiveUtc { get; init; }

    /// <summary>The first unfinished lesson; null when all are done.</summary>
    public required string? NextLesson { get; init; }

    /// <summary>Its title.</summary>
    public required string? NextLessonTitle { get; init; }

    /// <summary>The day of the last session on the topic that the person attended.</summary>
    public required DateOnly? AttendedOn { get; init; }

    /// <summary>When it was completed, UTC; null while it is not, or no longer.</summary>
    public required DateTime? CompletedUtc { get; init; }

    /// <summary>Whether it is completed.</summary>
    public bool IsCompleted => CompletedUtc is not null;

    /// <summary>Whether the person has begun and not completed it.</summary>
    public bool IsRunning => !IsCompleted && StartedUtc is not null;

    /// <summary>Whether the person has passed the quiz, and that still counts.</summary>
    public bool IsQuizPassed => PassedUtc is { } passed && CompletionEnd.StillCounts(passed, ValidMonths, ReadUtc);

    /// <summary>Whether only the quiz is left of what the person does alone.</summary>
    public bool OnlyQuizLeft => !IsCompleted && NextLesson is null && HasQuiz && !IsQuizPassed;

    /// <summary>Whether nothing is left to do alone: a session or a leader's word is missing.</summary>
    public bool IsWaiting => !IsCompleted && NextLesson is null && !OnlyQuizLeft;

    /// <summary>Where to go on: the first unfinished lesson, else the quiz, else the course.</summary>
    public string NextUrl => NextLesson is not null && !IsCompleted ? $"/courses/{Slug}/{NextLesson}" : OnlyQuizLeft ? $"/courses/{Slug}/quiz" : $"/courses/{Slug}";

    /// <summary>Whether it has waited long: begun two weeks ago, or its topic was trained in a session, and still not completed.</summary>
    public bool IsOverdue(DateTime utcNow) =>
        !IsCompleted && (StartedUtc < utcNow.AddDays(-14) || AttendedOn < DateOnly.FromDateTime(VietnamTime.ToLocal(utcNow)));

    /// <summary>Steps of the way: each lesson, and the quiz when it counts.</summary>
    public int Steps => Lessons + (HasQuiz ? 1 : 0);

    /// <summary>Steps that are done.</summary>
    public int StepsDone => Finished + (HasQuiz && IsQuizPassed ? 1 : 0);

    /// <summary>Share of the way, 0 to 100.</summary>
    public int Percent => IsCompleted ? 100 : StepsDone * 100 / Math.Max(1, Steps);
}

/// <summary>Reads where people are.</summary>
public sealed class CourseStandings(SiteDbContext db, CurrentUser user, TimeProvider clock)
{
    /// <summary>The published courses by topic, with the standing of a person, or without any for a visitor.</summary>
    public Task<List<CourseStanding>> ListAsync(Guid? personId, CancellationToken cancellationToken)
    {
        var person = personId ?? Guid.Empty;
        var own = db.LessonProgress.Where(progress => progress.PersonId == person);
        var finished = own.Where(progress => progress.FinishedUtc != null);
        var credits = db.AttendanceCredits.Where(credit => credit.PersonId == person);
        var passed = db.QuizAttempts.Where(attempt => attempt.PersonId == person && attempt.State == AttemptState.Passed);
        var confirmed = db.SkillMasteries.Where(mastery => mastery.PersonId == person && mastery.ConfirmedUtc != null);
        var units = db.Units.On(clock.Today());
        var now = clock.UtcNow();
        var completions = db.Completions.Current(now).Where(completion => completion.PersonId == person);
        return db.Courses.AsNoTracking()
            .Where(course => course.State == CourseState.Published)
            .OrderBy(course => course.Topic.Order).ThenBy(course => course.Title)
            .Select(course => new CourseStanding
            {
                Id = course.Id,
                Slug = course.Slug,
                Title = course.Title,
                Summary = course.Summary,
                TopicCode = course.TopicCode,
                TopicName = course.Topic.Name,
                TopicIcon = course.Topic.Icon,
                Lessons = course.Lessons.Count,
                Minutes = course.Lessons.Sum(lesson => lesson.Minutes),
                AreaPath = course.AreaPath,
                AreaName = units.Where(unit => unit.Path == course.AreaPath).Select(unit => unit.Name).FirstOrDefault(),
                Quarter = course.Quarter,
                HasQuiz = (course.QuizRequired || (course.SkillsRequired && course.QuizProvesSkills)) && course.Questions.Any(question => question.RetiredUtc == null),
                HasSession = course.AttendanceRequired,
                SkillsLeft = course.SkillsRequired ? course.Skills.Count(skill => !confirmed.Any(mastery => mastery.SkillId == skill.Id)) : 0,
                PassedUtc = passed.Where(attempt => attempt.CourseId == course.Id).Max(attempt => attempt.FinishedUtc),
                ValidMonths = course.ValidMonths,
                ReadUtc = now,
                Finished = finished.Count(progress => progress.Lesson.CourseId == course.Id),
                StartedUtc = own.Where(progress => progress.Lesson.CourseId == course.Id).Min(progress => (DateTime?)progress.OpenedUtc),
                ActiveUtc = own.Where(progress => progress.Lesson.CourseId == course.Id).Max(progress => (DateTime?)progress.ActiveUtc),
                NextLesson = course.Lessons.Where(lesson => !finished.Any(progress => progress.LessonId == lesson.Id))
                    .OrderBy(lesson => lesson.Position).Select(lesson => lesson.Slug).FirstOrDefault(),
                NextLessonTitle = course.Lessons.Where(lesson => !finished.Any(progress => progress.LessonId == lesson.Id))
                    .OrderBy(lesson => lesson.Position).Select(lesson => lesson.Title).FirstOrDefault(),
                AttendedOn = credits.Where(credit => credit.TopicCode == course.TopicCode).Max(credit => (DateOnly?)credit.Date),
                CompletedUtc = completions.Where(completion => completion.CourseId == course.Id).Select(completion => (DateTime?)completion.CompletedUtc).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// The course to go on with: the next of the person's path (R31); without one what has waited long, then what was begun, then the next of
    /// the catalogue. What waits for others comes last, and what is meant for another area only when it was begun (R33). Null when all is done.
    /// </summary>
    public CourseStanding? Next(IReadOnlyCollection<CourseStanding> standings, PathStanding? path)
    {
        var now = clock.UtcNow();
        return path?.Next is { IsWaiting: false } next ? next : standings.Where(standing => !standing.IsCompleted && (standing.IsRunning || IsMeantFor(standing.AreaPath)))
            .OrderBy(standing => standing.IsWaiting)
            .ThenByDescending(standing => standing.IsRunning && standing.IsOverdue(now))
            .ThenByDescending(standing => standing.IsOverdue(now))
            .ThenByDescending(standing => standing.ActiveUtc ?? DateTime.MinValue)
            .FirstOrDefault();
    }

    private bool IsMeantFor(string? area) =>
        area is null || user.Units.Paths.Any(path => path.StartsWith(area, StringComparison.Ordinal) || area.StartsWith(path, StringComparison.Ordinal));
}
