using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>
/// Takes over attendance for thousands of people a second: asks for all that is known of them at once, decides, and writes for all at once,
/// in batches that the caller runs. The caller's transaction keeps what was asked true until it is written.
/// </summary>
public sealed class CompletionUpdate
{
    private readonly DateTime _now;
    private readonly Dictionary<(Guid SessionId, Guid PersonId, string TopicCode), AttendanceCredit> _credits = [];
    private readonly Dictionary<(Guid PersonId, Guid CourseId), Completion> _completions = [];
    private readonly List<QuizAttempt> _attempts = [];
    private readonly List<Course> _courses = [];
    private readonly Dictionary<Guid, int> _skills = [];
    private readonly List<StepProof> _confirmed = [];
    private readonly Dictionary<Guid, int> _lessons = [];
    private readonly List<StepProof> _finished = [];

    internal CompletionUpdate(StatementBatch batch, Guid[] people, DateTime now)
    {
        _now = now;
        batch.Read(PersonLock.Share, _ => { }, people);
        batch.Read(CompletionSql.SelectCourses, row => Keep(CompletionSql.ReadCourse(row), CompletionSql.ReadSkillCount(row), CompletionSql.ReadLessonCount(row)));
        batch.Read(CompletionSql.SelectCredits, row => Keep(CompletionSql.ReadCredit(row)), people);
        batch.Read(CompletionSql.SelectAttempts, row => _attempts.Add(CompletionSql.ReadAttempt(row)), people);
        batch.Read(CompletionSql.SelectConfirmed, row => _confirmed.Add(CompletionSql.ReadProof(row)), people);
        batch.Read(CompletionSql.SelectFinished, row => _finished.Add(CompletionSql.ReadProof(row)), people);
        batch.Read(CompletionSql.SelectCompletions, row => Keep(CompletionSql.ReadCompletion(row)), people);
    }

    /// <summary>Decides what follows from the changes, and adds what is to be written; nothing when nothing follows.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="changes">What is now true of some of the people; told twice of one session, the last holds.</param>
    public void Write(StatementBatch batch, IReadOnlyCollection<AttendanceCredit.Change> changes)
    {
        var credits = new CreditChanges(_credits);
        credits.Take(CreditChanges.Latest(changes));
        var (topics, touched) = credits.Touched;
        batch.Write(CompletionSql.RemoveCredits, credits.Removed);
        batch.Write(CompletionSql.ChangeCredits, credits.Changed);
        batch.Write(CompletionSql.AddCredits, credits.Added);
        var completions = new CompletionChanges(_completions, _now);
        completions.Take(_courses.FindAll(course => topics.Contains(course.TopicCode)), touched, credits.Standing, _attempts, StepProof.OfAll(_confirmed, _skills), StepProof.OfAll(_finished, _lessons));
        batch.Write(CompletionSql.ChangeCompletions, completions.Changed);
        batch.Write(CompletionSql.AddCompletions, completions.Added);
    }

    private void Keep(Course course, int skills, int lessons)
    {
        _courses.Add(course);
        _skills[course.Id] = skills;
        _lessons[course.Id] = lessons;
    }

    private void Keep(AttendanceCredit credit) => _credits[(credit.SessionId, credit.PersonId, credit.TopicCode)] = credit;

    private void Keep(Completion completion) => _completions[(completion.PersonId, completion.CourseId)] = completion;
}
