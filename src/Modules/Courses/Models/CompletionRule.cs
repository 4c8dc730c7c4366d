namespace TrainingSite.Courses.Models;

/// <summary>What kind of fact completes a course.</summary>
public enum CompletionFactKind
{
    /// <summary>A passed attempt at the quiz.</summary>
    Quiz,

    /// <summary>Enough minutes of a training session on the topic.</summary>
    Session,
}

/// <summary>One fact that a completion rests on.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Reference">Key of the attempt, or code of the session.</param>
/// <param name="Percent">Score, or share of the minutes attended.</param>
/// <param name="AtUtc">When it happened.</param>
public sealed record CompletionFact(CompletionFactKind Kind, string Reference, int Percent, DateTime AtUtc);

/// <summary>What completes a course.</summary>
/// <param name="QuizRequired">A passed quiz counts.</param>
/// <param name="AttendanceRequired">An attended session on the topic counts.</param>
/// <param name="MinimumAttendancePercent">Share of one session's minutes.</param>
/// <param name="Mode">Whether one of them is enough.</param>
internal sealed record CompletionRule(bool QuizRequired, bool AttendanceRequired, int MinimumAttendancePercent, CompletionMode Mode)
{
    /// <summary>The facts that complete the course, earliest first; empty when they do not. The same facts give the same answer in whatever order they came.</summary>
    /// <param name="quizzes">The person's passed attempts at the course.</param>
    /// <param name="sessions">The person's attendance of sessions on the topic, each with its share.</param>
    public IReadOnlyList<CompletionFact> Evaluate(IEnumerable<CompletionFact> quizzes, IEnumerable<CompletionFact> sessions)
    {
        var quiz = QuizRequired ? Earliest(quizzes) : null;
        var session = AttendanceRequired ? Earliest(sessions.Where(fact => fact.Percent >= MinimumAttendancePercent)) : null;
        var complete = Mode switch
        {
            CompletionMode.Any => quiz is not null || session is not null,
            CompletionMode.All => (QuizRequired || AttendanceRequired) && (quiz is not null || !QuizRequired) && (session is not null || !AttendanceRequired),
        };
        return complete ? [.. new[] { quiz, session }.OfType<CompletionFact>().OrderBy(fact => fact.AtUtc).ThenBy(fact => fact.Kind)] : [];
    }

    /// <summary>When the facts completed the course: with the first of them, or with the last when all are needed.</summary>
    public DateTime CompletedUtc(IReadOnlyList<CompletionFact> facts) => Mode switch
    {
        CompletionMode.Any => facts[0].AtUtc,
        CompletionMode.All => facts[^1].AtUtc,
    };

    private static CompletionFact? Earliest(IEnumerable<CompletionFact> facts) =>
        facts.OrderBy(fact => fact.AtUtc).ThenBy(fact => fact.Reference, StringComparer.Ordinal).FirstOrDefault();
}
