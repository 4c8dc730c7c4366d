namespace TrainingSite.Courses.Models;

/// <summary>What kind of fact completes a course.</summary>
public enum CompletionFactKind
{
    /// <summary>A passed attempt at the quiz.</summary>
    Quiz,

    /// <summary>Enough minutes of a training session on the topic.</summary>
    Session,

    /// <summary>All skills of the course, shown to a leader or in the quiz.</summary>
    Skills,

    /// <summary>All lessons of the course, finished.</summary>
    Lessons,
}

/// <summary>One fact that a completion rests on.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Reference">Key of the attempt, code of the session, or key of the course whose skills or lessons they are.</param>
/// <param name="Percent">Score, share of the minutes attended, or share of the skills or lessons.</param>
/// <param name="AtUtc">When it happened.</param>
public sealed record CompletionFact(CompletionFactKind Kind, string Reference, int Percent, DateTime AtUtc);

/// <summary>A completion as the facts say it.</summary>
/// <param name="Facts">The facts, earliest first: those that completed the course, and the last that renewed it.</param>
/// <param name="CompletedUtc">When the course was first completed.</param>
/// <param name="ExpiresUtc">When it ends, the midnight after its last day; null for never.</param>
internal sealed record CompletionPeriod(IReadOnlyList<CompletionFact> Facts, DateTime CompletedUtc, DateTime? ExpiresUtc)
{
    /// <summary>From and until when it held before, each time that it ended and was renewed only later; earliest first.</summary>
    public IReadOnlyList<(DateTime FromUtc, DateTime UntilUtc)> Earlier { get; init; } = [];

    /// <summary>Since when it holds again after that; null when it never ended before.</summary>
    public DateTime? ResumedUtc { get; init; }
}

/// <summary>What completes a course.</summary>
/// <param name="QuizRequired">A passed quiz counts.</param>
/// <param name="AttendanceRequired">An attended session on the topic counts.</param>
/// <param name="MinimumAttendancePercent">Share of one session's minutes.</param>
/// <param name="Mode">Whether one of them is enough.</param>
/// <param name="SkillsRequired">Having shown all skills counts.</param>
/// <param name="ValidMonths">How long a completion holds until facts that complete the course anew renew it; null for ever.</param>
/// <param name="LessonsRequired">Having finished all lessons counts.</param>
internal sealed record CompletionRule(bool QuizRequired, bool AttendanceRequired, int MinimumAttendancePercent, CompletionMode Mode, bool SkillsRequired = false, int? ValidMonths = null, bool LessonsRequired = false)
{
    /// <summary>The facts that complete the course, earliest first; empty when they do not. The same facts give the same answer in whatever order they came.</summary>
    /// <param name="quizzes">The person's passed attempts at the course.</param>
    /// <param name="sessions">The person's attendance of sessions on the topic, each with its share.</param>
    /// <param name="steps">That the person has shown all skills of the course, or finished all its lessons, each time that it can be said.</param>
    public IReadOnlyList<CompletionFact> Evaluate(IEnumerable<CompletionFact> quizzes, IEnumerable<CompletionFact> sessions, params IEnumerable<CompletionFact> steps)
    {
        var quiz = QuizRequired ? Earliest(quizzes) : null;
        var session = AttendanceRequired ? Earliest(sessions.Where(fact => fact.Percent >= MinimumAttendancePercent)) : null;
        var shown = SkillsRequired ? Earliest(steps.Where(fact => fact.Kind == CompletionFactKind.Skills)) : null;
        var read = LessonsRequired ? Earliest(steps.Where(fact => fact.Kind == CompletionFactKind.Lessons)) : null;
        var complete = Mode switch
        {
            CompletionMode.Any => quiz is not null || session is not null || shown is not null || read is not null,
            CompletionMode.All => (QuizRequired || AttendanceRequired || SkillsRequired || LessonsRequired)
                && (quiz is not null || !QuizRequired) && (session is not null || !AttendanceRequired) && (shown is not null || !SkillsRequired) && (read is not null || !LessonsRequired),
        };
        return complete ? [.. new[] { quiz, session, shown, read }.OfType<CompletionFact>().OrderBy(fact => fact.AtUtc).ThenBy(fact => fact.Kind)] : [];
    }

    /// <summary>What the facts say in all: which they are, when they completed the course, and until when that holds; null when they do not complete it.</summary>
    /// <param name="quizzes">The person's passed attempts at the course.</param>
    /// <param name="sessions">The person's attendance of sessions on the topic, each with its share.</param>
    /// <param name="steps">That the person has shown all skills of the course, or finished all its lessons, each time that it can be said.</param>
    public CompletionPeriod? Decide(IReadOnlyCollection<CompletionFact> quizzes, IReadOnlyCollection<CompletionFact> sessions, IReadOnlyCollection<CompletionFact> steps)
    {
        var facts = Evaluate(quizzes, sessions, steps);
        if (facts.Count == 0)
        {
            return null;
        }

        var completed = CompletedUtc(facts);
        if (ValidMonths is not { } months)
        {
            return new(facts, completed, null);
        }

        var (from, end) = (completed, CompletionEnd.After(completed, months));
        var earlier = new List<(DateTime, DateTime)>();
        CompletionFact? renewal = null;
        // Each fact with which the course was complete again, counting only what was not yet too old then. A skill once shown and a lesson once finished stay.
        foreach (var fact in quizzes.Concat(sessions).Concat(steps).Where(fact => fact.AtUtc > completed && Counts(fact)).OrderBy(fact => fact.AtUtc).ThenByDescending(fact => fact.Reference, StringComparer.Ordinal))
        {
            if (Evaluate(Recent(quizzes, fact.AtUtc), Recent(sessions, fact.AtUtc), steps.Where(step => step.AtUtc <= fact.AtUtc)).Count == 0)
            {
                continue;
            }

            if (fact.AtUtc >= end)
            {
                earlier.Add((from, end));
                from = fact.AtUtc;
            }

            (renewal, end) = (fact, CompletionEnd.After(fact.AtUtc, months));
        }

        return new(renewal is null ? facts : [.. facts.Append(renewal).OrderBy(fact => fact.AtUtc).ThenBy(fact => fact.Kind)], completed, end)
        {
            Earlier = earlier,
            ResumedUtc = earlier.Count > 0 ? from : null,
        };

        IEnumerable<CompletionFact> Recent(IEnumerable<CompletionFact> of, DateTime until) => of.Where(fact => fact.AtUtc <= until && CompletionEnd.After(fact.AtUtc, months) > until);
    }

    /// <summary>When the facts completed the course: with the first of them, or with the last when all are needed.</summary>
    public DateTime CompletedUtc(IReadOnlyList<CompletionFact> facts) => Mode switch
    {
        CompletionMode.Any => facts[0].AtUtc,
        CompletionMode.All => facts[^1].AtUtc,
    };

    private bool Counts(CompletionFact fact) => fact.Kind switch
    {
        CompletionFactKind.Quiz => QuizRequired,
        CompletionFactKind.Session => AttendanceRequired && fact.Percent >= MinimumAttendancePercent,
        CompletionFactKind.Skills => SkillsRequired,
        CompletionFactKind.Lessons => LessonsRequired,
    };

    private static CompletionFact? Earliest(IEnumerable<CompletionFact> facts) =>
        facts.OrderBy(fact => fact.AtUtc).ThenBy(fact => fact.Reference, StringComparer.Ordinal).FirstOrDefault();
}
