using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>What becomes of credits when attendance changes: rows to add, to change (already changed here), to take away.</summary>
/// <param name="known">The credits that these people have; what stands afterwards.</param>
internal sealed class CreditChanges(Dictionary<(Guid SessionId, Guid PersonId, string TopicCode), AttendanceCredit> known)
{
    public List<AttendanceCredit> Added { get; } = [];

    public List<AttendanceCredit> Changed { get; } = [];

    public List<AttendanceCredit> Removed { get; } = [];

    public IEnumerable<AttendanceCredit> Standing => known.Values;

    /// <summary>Topics and people whose completions may be others now.</summary>
    public (string[] Topics, Guid[] People) Touched
    {
        get
        {
            var touched = Added.Concat(Changed).Concat(Removed).ToList();
            return ([.. touched.Select(credit => credit.TopicCode).Distinct()], [.. touched.Select(credit => credit.PersonId).Distinct()]);
        }
    }

    /// <summary>What a person and a session are told last is what stands.</summary>
    public static List<AttendanceCredit.Change> Latest(IReadOnlyCollection<AttendanceCredit.Change> changes)
    {
        var latest = new Dictionary<(Guid, Guid), AttendanceCredit.Change>(changes.Count);
        foreach (var change in changes)
        {
            latest[(change.SessionId, change.PersonId)] = change;
        }

        return [.. latest.Values];
    }

    /// <summary>Takes over what is now true; each person and session once.</summary>
    public void Take(IReadOnlyCollection<AttendanceCredit.Change> changes)
    {
        var bySessionAndPerson = known.Values.ToLookup(credit => (credit.SessionId, credit.PersonId));
        foreach (var change in changes)
        {
            IReadOnlyList<string> topics = change.AttendedMinutes > 0 ? change.Topics : [];
            foreach (var credit in bySessionAndPerson[(change.SessionId, change.PersonId)])
            {
                if (!topics.Contains(credit.TopicCode) && known.Remove((change.SessionId, change.PersonId, credit.TopicCode)))
                {
                    Removed.Add(credit);
                }
            }

            foreach (var topic in topics)
            {
                Put(change, topic);
            }
        }
    }

    private void Put(AttendanceCredit.Change change, string topic)
    {
        var key = (change.SessionId, change.PersonId, topic);
        if (!known.TryGetValue(key, out var credit))
        {
            credit = new() { SessionId = change.SessionId, PersonId = change.PersonId, TopicCode = topic };
            known.Add(key, credit);
            Added.Add(credit);
        }
        else if (credit.SessionCode == change.SessionCode && credit.Date == change.Date && credit.AttendedMinutes == change.AttendedMinutes && credit.TotalMinutes == change.TotalMinutes)
        {
            return;
        }
        else
        {
            Changed.Add(credit);
        }

        credit.SessionCode = change.SessionCode;
        credit.Date = change.Date;
        credit.AttendedMinutes = change.AttendedMinutes;
        credit.TotalMinutes = change.TotalMinutes;
    }
}

/// <summary>What becomes of completions when the facts change: rows to add and to change (already changed here).</summary>
/// <param name="known">The completions that hold.</param>
/// <param name="now">When that is recorded.</param>
internal sealed class CompletionChanges(Dictionary<(Guid PersonId, Guid CourseId), Completion> known, DateTime now)
{
    public List<Completion> Added { get; } = [];

    public List<Completion> Changed { get; } = [];

    /// <summary>Takes over what the facts say of some people and courses.</summary>
    public void Take(IReadOnlyCollection<Course> courses, IReadOnlyCollection<Guid> people, IEnumerable<AttendanceCredit> credits, IEnumerable<QuizAttempt> attempts, IEnumerable<StepProof> proofs, IEnumerable<StepProof> finished)
    {
        var shown = proofs.ToLookup(proof => (proof.PersonId, proof.CourseId), proof => new CompletionFact(CompletionFactKind.Skills, proof.CourseId.ToString(), 100, proof.AtUtc));
        var read = finished.ToLookup(proof => (proof.PersonId, proof.CourseId), proof => new CompletionFact(CompletionFactKind.Lessons, proof.CourseId.ToString(), 100, proof.AtUtc));
        var sessions = credits.ToLookup(credit => (credit.PersonId, credit.TopicCode), credit =>
            new CompletionFact(CompletionFactKind.Session, credit.SessionCode, credit.Percent, VietnamTime.ToUtc(credit.Date.ToDateTime(TimeOnly.MinValue))));
        var quizzes = attempts.ToLookup(attempt => (attempt.PersonId, attempt.CourseId), attempt =>
            new CompletionFact(CompletionFactKind.Quiz, attempt.Id.ToString(), attempt.Percent, attempt.FinishedUtc!.Value));
        foreach (var course in courses)
        {
            var rule = course.Rule;
            foreach (var person in people)
            {
                List<CompletionFact> passed = [.. quizzes[(person, course.Id)]];
                List<CompletionFact> steps = [.. shown[(person, course.Id)], .. read[(person, course.Id)]];
                if (course.QuizProvesSkills)
                {
                    steps.AddRange(passed.Select(quiz => new CompletionFact(CompletionFactKind.Skills, course.Id.ToString(), 100, quiz.AtUtc)));
                }

                Put(course, person, rule.Decide(passed, [.. sessions[(person, course.TopicCode)]], steps), known.GetValueOrDefault((person, course.Id)));
            }
        }
    }

    private void Put(Course course, Guid person, CompletionPeriod? period, Completion? completion)
    {
        if (period is null)
        {
            if (completion is { RevokedUtc: null })
            {
                completion.RevokedUtc = now;
                Changed.Add(completion);
            }

            return;
        }

        var basis = Completion.WriteBasis(period.Facts);
        if (completion?.ResumedUtc != period.ResumedUtc)
        {
            KeepEarlier(course, person, period, completion, basis);
        }

        if (completion is null)
        {
            Added.Add(new() { PersonId = person, CourseId = course.Id, TopicCode = course.TopicCode, CompletedUtc = period.CompletedUtc, RecordedUtc = now, ExpiresUtc = period.ExpiresUtc, ResumedUtc = period.ResumedUtc, Basis = basis });
        }
        else if (completion.RevokedUtc is not null || completion.Basis != basis || completion.CompletedUtc != period.CompletedUtc || completion.ExpiresUtc != period.ExpiresUtc || completion.ResumedUtc != period.ResumedUtc)
        {
            (completion.RevokedUtc, completion.Basis, completion.CompletedUtc, completion.ExpiresUtc, completion.ResumedUtc) = (null, basis, period.CompletedUtc, period.ExpiresUtc, period.ResumedUtc);
            Changed.Add(completion);
        }
    }

    /// <summary>What held before a break stays known as of its days: a row for each time that the completion does not tell any more.</summary>
    private void KeepEarlier(Course course, Guid person, CompletionPeriod period, Completion? completion, string basis)
    {
        var told = completion?.ResumedUtc ?? completion?.CompletedUtc ?? DateTime.MinValue;
        Added.AddRange(period.Earlier.Where(earlier => earlier.FromUtc >= told).Select(earlier => new Completion
        {
            PersonId = person,
            CourseId = course.Id,
            TopicCode = completion?.TopicCode ?? course.TopicCode,
            CompletedUtc = earlier.FromUtc,
            RecordedUtc = completion?.RecordedUtc ?? now,
            ExpiresUtc = earlier.UntilUtc,
            RevokedUtc = now,
            Basis = completion?.Basis ?? basis,
        }));
    }
}
