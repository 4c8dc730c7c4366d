using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>
/// Keeps completions true to the facts they rest on. Works on sets of people, in the caller's context and transaction: it never calls
/// <c>SaveChanges</c>, so that a fact and what follows from it are saved together or not at all.
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

        // What a person and a session are told last is what stands.
        changes = [.. changes.GroupBy(change => (change.SessionId, change.PersonId)).Select(group => group.Last())];
        Guid[] sessions = [.. changes.Select(change => change.SessionId).Distinct()];
        Guid[] people = [.. changes.Select(change => change.PersonId).Distinct()];
        await db.AttendanceCredits.Where(credit => EF.Parameter(sessions).Contains(credit.SessionId) && EF.Parameter(people).Contains(credit.PersonId)).LoadAsync(cancellationToken);
        var known = Tracked<AttendanceCredit>().ToDictionary(credit => (credit.SessionId, credit.PersonId, credit.TopicCode));
        var bySessionAndPerson = known.Values.ToLookup(credit => (credit.SessionId, credit.PersonId), credit => credit.TopicCode);
        var touched = new HashSet<(Guid Person, string Topic)>();
        foreach (var change in changes)
        {
            string[] topics = change.AttendedMinutes > 0 ? [.. change.Topics.Distinct()] : [];
            foreach (var withdrawn in bySessionAndPerson[(change.SessionId, change.PersonId)].Except(topics))
            {
                if (known.Remove((change.SessionId, change.PersonId, withdrawn), out var credit))
                {
                    db.AttendanceCredits.Remove(credit);
                    touched.Add((change.PersonId, withdrawn));
                }
            }

            foreach (var topic in topics)
            {
                if (Put(known, change, topic))
                {
                    touched.Add((change.PersonId, topic));
                }
            }
        }

        if (touched.Count > 0)
        {
            string[] topics = [.. touched.Select(pair => pair.Topic).Distinct()];
            var courses = await db.Courses.AsNoTracking()
                .Where(course => course.State == CourseState.Published && course.AttendanceRequired && EF.Parameter(topics).Contains(course.TopicCode))
                .ToListAsync(cancellationToken);
            await RecomputeAsync(courses, [.. touched.Select(pair => pair.Person).Distinct()], cancellationToken);
        }
    }

    /// <summary>Recomputes one course for some people, after a fact about them. The caller saves.</summary>
    internal Task RecomputeAsync(Course course, IReadOnlyCollection<Guid> people, CancellationToken cancellationToken) =>
        course.State == CourseState.Published ? RecomputeAsync([course], people, cancellationToken) : Task.CompletedTask;

    /// <summary>Recomputes one course for everybody whom it may concern, after its rule changed or it was published. The caller saves.</summary>
    internal async Task RecomputeAsync(Course course, CancellationToken cancellationToken)
    {
        var people = await db.QuizAttempts.Where(attempt => attempt.CourseId == course.Id && attempt.State == AttemptState.Passed).Select(attempt => attempt.PersonId)
            .Union(db.AttendanceCredits.Where(credit => credit.TopicCode == course.TopicCode).Select(credit => credit.PersonId))
            .Union(db.Completions.Valid().Where(completion => completion.CourseId == course.Id).Select(completion => completion.PersonId))
            .ToListAsync(cancellationToken);
        await RecomputeAsync(course, people, cancellationToken);
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
        var sessions = Tracked<AttendanceCredit>().ToLookup(credit => (credit.PersonId, credit.TopicCode), credit =>
            new CompletionFact(CompletionFactKind.Session, credit.SessionCode, credit.Percent, VietnamTime.ToUtc(credit.Date.ToDateTime(TimeOnly.MinValue))));
        var quizzes = Tracked<QuizAttempt>().Where(attempt => attempt is { State: AttemptState.Passed, FinishedUtc: not null }).ToLookup(attempt => (attempt.PersonId, attempt.CourseId), attempt =>
            new CompletionFact(CompletionFactKind.Quiz, attempt.Id.ToString(), attempt.Percent, attempt.FinishedUtc!.Value));
        // One that was revoked a moment ago and is not saved yet may hold again.
        var completions = db.ChangeTracker.Entries<Completion>().Where(entry => entry.State is EntityState.Added || entry.OriginalValues.GetValue<DateTime?>(nameof(Completion.RevokedUtc)) is null)
            .ToDictionary(entry => (entry.Entity.PersonId, entry.Entity.CourseId), entry => entry.Entity);
        foreach (var course in courses)
        {
            foreach (var person in personIds)
            {
                var facts = course.Rule.Evaluate(quizzes[(person, course.Id)], sessions[(person, course.TopicCode)]);
                Apply(course, person, facts, completions.GetValueOrDefault((person, course.Id)));
            }
        }
    }

    private void Apply(Course course, Guid person, IReadOnlyList<CompletionFact> facts, Completion? completion)
    {
        if (facts.Count == 0)
        {
            if (completion is { RevokedUtc: null })
            {
                completion.RevokedUtc = clock.UtcNow();
            }

            return;
        }

        var basis = Completion.WriteBasis(facts);
        var completedUtc = course.Rule.CompletedUtc(facts);
        if (completion is null)
        {
            db.Completions.Add(new() { PersonId = person, CourseId = course.Id, TopicCode = course.TopicCode, CompletedUtc = completedUtc, RecordedUtc = clock.UtcNow(), Basis = basis });
        }
        else
        {
            completion.RevokedUtc = null;
            completion.Basis = basis;
            completion.CompletedUtc = completedUtc;
        }
    }

    /// <summary>Writes one credit; false when it was there as it is.</summary>
    private bool Put(Dictionary<(Guid, Guid, string), AttendanceCredit> known, AttendanceCredit.Change change, string topic)
    {
        if (!known.TryGetValue((change.SessionId, change.PersonId, topic), out var credit))
        {
            credit = new() { SessionId = change.SessionId, PersonId = change.PersonId, TopicCode = topic };
            known.Add((change.SessionId, change.PersonId, topic), credit);
            db.AttendanceCredits.Add(credit);
        }
        else if (credit.SessionCode == change.SessionCode && credit.Date == change.Date && credit.AttendedMinutes == change.AttendedMinutes && credit.TotalMinutes == change.TotalMinutes)
        {
            return false;
        }

        credit.SessionCode = change.SessionCode;
        credit.Date = change.Date;
        credit.AttendedMinutes = change.AttendedMinutes;
        credit.TotalMinutes = change.TotalMinutes;
        return true;
    }

    private IEnumerable<T> Tracked<T>() where T : class =>
        db.ChangeTracker.Entries<T>().Where(entry => entry.State is not (EntityState.Deleted or EntityState.Detached)).Select(entry => entry.Entity);
}
