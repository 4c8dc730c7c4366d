using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>
/// Keeps completions true to the facts they rest on. Works on sets of people, in the caller's context and transaction, so that a fact and
/// what follows from it are saved together or not at all. But for <see cref="WriteAttendanceAsync"/> the caller saves.
/// </summary>
public sealed class CompletionService(SiteDbContext db, TimeProvider clock)
{
    /// <summary>Takes over what is now true of some people and sessions, and recomputes the completions that it touches. The caller saves.</summary>
    public async Task RecordAttendanceAsync(IReadOnlyCollection<AttendanceCredit.Change> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return;
        }

        changes = CreditChanges.Latest(changes);
        Guid[] sessions = [.. changes.Select(change => change.SessionId).Distinct()];
        Guid[] people = [.. changes.Select(change => change.PersonId).Distinct()];
        await db.AttendanceCredits.Where(credit => EF.Parameter(sessions).Contains(credit.SessionId) && EF.Parameter(people).Contains(credit.PersonId)).LoadAsync(cancellationToken);
        var credits = new CreditChanges(Tracked<AttendanceCredit>().ToDictionary(credit => (credit.SessionId, credit.PersonId, credit.TopicCode)));
        credits.Take(changes);
        db.AttendanceCredits.AddRange(credits.Added);
        db.AttendanceCredits.RemoveRange(credits.Removed);
        var (topics, touched) = credits.Touched;
        if (touched.Length > 0)
        {
            await RecomputeAsync(await FindCoursesAsync(topics, cancellationToken), touched, cancellationToken);
        }
    }

    /// <summary>
    /// The same for thousands of people a second: asks and writes for all at once, past the change tracker, in the running transaction.
    /// Nothing is left to save.
    /// </summary>
    /// <exception cref="InvalidOperationException">No transaction is running.</exception>
    public async Task WriteAttendanceAsync(IReadOnlyCollection<AttendanceCredit.Change> changes, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Credits and completions are written in the transaction of the attendance.");
        }

        var batch = new StatementBatch(db);
        var update = BeginUpdate(batch, [.. changes.Select(change => change.PersonId).Distinct()]);
        await batch.ExecuteAsync(cancellationToken);
        update.Write(batch, changes);
        await batch.ExecuteAsync(cancellationToken);
    }

    /// <summary>The same for who has more to ask and to write in the same messages.</summary>
    /// <param name="batch">Where the questions are added; run it before <see cref="CompletionUpdate.Write"/>.</param>
    /// <param name="people">Whose attendance may change.</param>
    public CompletionUpdate BeginUpdate(StatementBatch batch, Guid[] people) => new(batch, people, clock.UtcNow());

    /// <summary>What follows when a lesson was finished. Runs in the transaction that finished it, under <see cref="PersonLock"/>, and leaves nothing to save.</summary>
    internal async Task WriteLessonsAsync(Guid personId, Guid lessonId, CancellationToken cancellationToken)
    {
        if (await db.Courses.AsNoTracking().SingleOrDefaultAsync(course => course.LessonsRequired && course.Lessons.Any(lesson => lesson.Id == lessonId), cancellationToken) is { } course)
        {
            await WriteLessonsAsync(personId, course, cancellationToken);
        }
    }

    /// <summary>The same for lessons of one course, finished or taken back; nothing follows unless the course asks for its lessons.</summary>
    internal async Task WriteLessonsAsync(Guid personId, Course course, CancellationToken cancellationToken)
    {
        if (!course.LessonsRequired)
        {
            return;
        }

        await RecomputeAsync(course, [personId], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// Writes facts about a person and what follows from them, after whoever else is writing some: the later of the two sees the earlier, and so
    /// the course complete. When something else came in between all the same, it is written anew on top of it.
    /// </summary>
    internal async Task<T> WriteAsync<T>(Guid personId, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        for (var again = 3; ; again--)
        {
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await PersonLock.TakeAsync(db, personId, cancellationToken);
                var result = await write();
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return result;
            }
            catch (DbUpdateException) when (again > 0)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>The same where nothing is asked back.</summary>
    internal Task WriteAsync(Guid personId, Func<Task> write, CancellationToken cancellationToken) => WriteAsync(
        personId,
        async () =>
        {
            await write();
            return true;
        },
        cancellationToken);

    /// <summary>Recomputes one course for some people, after a fact about them. The caller saves.</summary>
    internal Task RecomputeAsync(Course course, IReadOnlyCollection<Guid> people, CancellationToken cancellationToken) =>
        course.State == CourseState.Published ? RecomputeAsync([course], people, cancellationToken) : Task.CompletedTask;

    /// <summary>Recomputes one course for everybody whom it may concern, after it was published, in the running transaction. The caller saves.</summary>
    internal async Task RecomputeAsync(Course course, CancellationToken cancellationToken)
    {
        if (course.State != CourseState.Published)
        {
            return;
        }

        await PersonLock.TakeAllAsync(db, cancellationToken);

        var people = db.QuizAttempts.Where(attempt => attempt.CourseId == course.Id && attempt.State == AttemptState.Passed).Select(attempt => attempt.PersonId)
            .Union(db.AttendanceCredits.Where(credit => credit.TopicCode == course.TopicCode).Select(credit => credit.PersonId))
            .Union(db.SkillMasteries.Where(mastery => mastery.Skill.CourseId == course.Id && mastery.ConfirmedUtc != null).Select(mastery => mastery.PersonId))
            .Union(db.Completions.NotRevoked().Where(completion => completion.CourseId == course.Id).Select(completion => completion.PersonId));
        if (course.LessonsRequired)
        {
            // Of a lesson that is being put back too, which is still hidden there.
            people = people.Union(db.LessonProgress.IgnoreQueryFilters().Where(progress => progress.Lesson.CourseId == course.Id && progress.FinishedUtc != null).Select(progress => progress.PersonId));
        }

        await RecomputeAsync(course, await people.ToListAsync(cancellationToken), cancellationToken);
    }

    private async Task RecomputeAsync(List<Course> courses, IReadOnlyCollection<Guid> people, CancellationToken cancellationToken)
    {
        if (courses.Count == 0 || people.Count == 0)
        {
            return;
        }

        Guid[] courseIds = [.. courses.Select(course => course.Id)];
        Guid[] personIds = [.. people];
        string[] topics = [.. courses.Select(course => course.TopicCode).Distinct()];
        // Loaded into the context, so that what the caller has changed but not yet saved counts as well.
        await db.AttendanceCredits.Where(credit => EF.Parameter(personIds).Contains(credit.PersonId) && EF.Parameter(topics).Contains(credit.TopicCode)).LoadAsync(cancellationToken);
        await db.QuizAttempts.Where(attempt => EF.Parameter(personIds).Contains(attempt.PersonId) && EF.Parameter(courseIds).Contains(attempt.CourseId) && attempt.State == AttemptState.Passed).LoadAsync(cancellationToken);
        await db.Completions.Where(completion => EF.Parameter(personIds).Contains(completion.PersonId) && EF.Parameter(courseIds).Contains(completion.CourseId) && completion.RevokedUtc == null).LoadAsync(cancellationToken);
        // One that was revoked a moment ago and is not saved yet may hold again.
        var held = db.ChangeTracker.Entries<Completion>().Where(entry => entry.State is EntityState.Added ? !entry.Entity.IsEarlier : entry.OriginalValues.GetValue<DateTime?>(nameof(Completion.RevokedUtc)) is null)
            .ToDictionary(entry => (entry.Entity.PersonId, entry.Entity.CourseId), entry => entry.Entity);
        var completions = new CompletionChanges(held, clock.UtcNow());
        completions.Take(
            courses, personIds, Tracked<AttendanceCredit>(), Tracked<QuizAttempt>().Where(attempt => attempt is { State: AttemptState.Passed, FinishedUtc: not null }),
            await FindProofsAsync(courses, personIds, cancellationToken),
            await FindFinishedAsync(courses, personIds, cancellationToken));
        db.Completions.AddRange(completions.Added);
    }

    /// <summary>Who has shown all skills, of the courses that ask for them.</summary>
    private async Task<IEnumerable<StepProof>> FindProofsAsync(List<Course> courses, Guid[] people, CancellationToken cancellationToken)
    {
        Guid[] asking = [.. courses.Where(course => course.SkillsRequired).Select(course => course.Id)];
        if (asking.Length == 0)
        {
            return [];
        }

        await db.Skills.Where(skill => EF.Parameter(asking).Contains(skill.CourseId)).LoadAsync(cancellationToken);
        await db.SkillMasteries.Where(mastery => EF.Parameter(people).Contains(mastery.PersonId) && EF.Parameter(asking).Contains(mastery.Skill.CourseId)).LoadAsync(cancellationToken);
        var skills = Tracked<Skill>().ToDictionary(skill => skill.Id, skill => skill.CourseId);
        return StepProof.OfAll(
            Tracked<SkillMastery>().Where(mastery => mastery.ConfirmedUtc is not null && skills.ContainsKey(mastery.SkillId))
                .Select(mastery => new StepProof(mastery.PersonId, skills[mastery.SkillId], mastery.ConfirmedUtc!.Value)),
            skills.Values.CountBy(course => course).ToDictionary());
    }

    /// <summary>Who has finished all lessons, of the courses that ask for that. Lessons and progress that the caller changed but has not saved count as changed.</summary>
    private async Task<IEnumerable<StepProof>> FindFinishedAsync(List<Course> courses, Guid[] people, CancellationToken cancellationToken)
    {
        Guid[] asking = [.. courses.Where(course => course.LessonsRequired).Select(course => course.Id)];
        if (asking.Length == 0)
        {
            return [];
        }

        var lessons = await db.Lessons.Where(lesson => EF.Parameter(asking).Contains(lesson.CourseId)).Select(lesson => new { lesson.Id, lesson.CourseId }).ToDictionaryAsync(lesson => lesson.Id, lesson => lesson.CourseId, cancellationToken);
        foreach (var entry in db.ChangeTracker.Entries<Lesson>().Where(entry => asking.Contains(entry.Entity.CourseId)))
        {
            if (entry.State == EntityState.Deleted || entry.Entity.RemovedUtc is not null)
            {
                lessons.Remove(entry.Entity.Id);
            }
            else
            {
                lessons[entry.Entity.Id] = entry.Entity.CourseId;
            }
        }

        // Not tracked: who finishes a lesson writes past the context, which would go on showing the row as it was. A lesson just put back is still hidden there.
        var saved = await db.LessonProgress.AsNoTracking().IgnoreQueryFilters().Where(progress => EF.Parameter(people).Contains(progress.PersonId) && EF.Parameter(asking).Contains(progress.Lesson.CourseId) && progress.FinishedUtc != null)
            .Select(progress => new { progress.PersonId, progress.LessonId, progress.FinishedUtc }).ToListAsync(cancellationToken);
        var added = db.ChangeTracker.Entries<LessonProgress>().Where(entry => entry.State == EntityState.Added && entry.Entity.FinishedUtc is not null)
            .Select(entry => new { entry.Entity.PersonId, entry.Entity.LessonId, entry.Entity.FinishedUtc });
        return StepProof.OfAll(
            saved.Concat(added).Where(progress => lessons.ContainsKey(progress.LessonId)).Select(progress => new StepProof(progress.PersonId, lessons[progress.LessonId], progress.FinishedUtc!.Value)),
            lessons.Values.CountBy(course => course).ToDictionary());
    }

    /// <summary>The published courses on these topics that attendance can complete.</summary>
    private Task<List<Course>> FindCoursesAsync(string[] topics, CancellationToken cancellationToken) => db.Courses.AsNoTracking()
        .Where(course => course.State == CourseState.Published && course.AttendanceRequired && EF.Parameter(topics).Contains(course.TopicCode))
        .ToListAsync(cancellationToken);

    private IEnumerable<T> Tracked<T>() where T : class =>
        db.ChangeTracker.Entries<T>().Where(entry => entry.State is not (EntityState.Deleted or EntityState.Detached)).Select(entry => entry.Entity);
}
