using System.Globalization;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Offline;

/// <summary>Draws quizzes beforehand for a device, and counts those that were answered there.</summary>
public sealed class QuizPapers(SiteDbContext db, QuizService quizzes, CompletionService completions, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Most papers that a device keeps of a course.</summary>
    public const int Most = 3;

    private const int MostADay = 5 * Most;

    /// <summary>The papers of a person on a device: as many as attempts are left, those that it has and new ones.</summary>
    /// <returns>Papers, or why the person may make no further attempt.</returns>
    public async Task<Result<IReadOnlyList<QuizPaper>>> PrepareAsync(Guid personId, Course course, string device, CancellationToken cancellationToken)
    {
        if (course.TimeLimitMinutes is not null)
        {
            return new Fault("quiz_timed", T["Bài kiểm tra này có giờ nên chỉ làm được khi có mạng."], Kind: FaultKind.Conflict);
        }

        var attempts = await db.AttemptsOf(personId, course.Id).ToListAsync(cancellationToken);
        if (await quizzes.WhyNotAsync(personId, course, attempts, cancellationToken) is { } fault)
        {
            return fault;
        }

        var now = clock.UtcNow();
        var own = db.QuizPapers.AsNoTracking().Where(paper => paper.PersonId == personId && paper.CourseId == course.Id);
        var questions = await db.Questions.AsNoTracking().Where(question => question.CourseId == course.Id && question.RetiredUtc == null).ToArrayAsync(cancellationToken);
        var current = questions.Select(question => question.Id).ToHashSet();
        var kept = await own.Where(paper => paper.AttemptId == null && paper.Device == device).OrderBy(paper => paper.CreatedUtc).ThenBy(paper => paper.Id).ToListAsync(cancellationToken);
        var left = Math.Min(Most, course.MaxAttempts - course.AttemptsUsed(attempts, now));
        // What a device has answered and not sent yet is counted by its paper whatever was published since; new attempts ask what is asked now.
        List<QuizPaper> papers = [.. kept.Where(paper => paper.PassPercent == course.PassPercent && paper.ToAttempt().ReadDraw().All(drawn => current.Contains(drawn.Q))).Take(left)];
        var yesterday = now.AddDays(-1);
        if (papers.Count < left && await own.CountAsync(paper => paper.CreatedUtc > yesterday, cancellationToken) >= MostADay)
        {
            // Devices name themselves: whoever names ever new ones would read all questions.
            return new Fault("papers_too_many", T["Hôm nay bạn đã tải đề này trên nhiều máy. Hãy thử lại ngày mai, hoặc làm bài khi có mạng."], Kind: FaultKind.Conflict);
        }

        while (questions.Length > 0 && papers.Count < left)
        {
            var draw = QuizDraw.Make([.. questions], course.DrawCount, Random.Shared);
            var paper = new QuizPaper { PersonId = personId, CourseId = course.Id, Device = device, Draw = QuizAttempt.WriteDraw(draw), Total = draw.Count, PassPercent = course.PassPercent, CreatedUtc = now };
            db.QuizPapers.Add(paper);
            papers.Add(paper);
        }

        await db.SaveChangesAsync(cancellationToken);
        return papers.OrderBy(paper => paper.Id).ToList();
    }

    /// <summary>A person's own paper.</summary>
    public async Task<Result<QuizPaper>> FindAsync(Guid personId, Guid id, CancellationToken cancellationToken) =>
        await db.QuizPapers.SingleOrDefaultAsync(paper => paper.Id == id && paper.PersonId == personId, cancellationToken) is { } paper
            ? paper
            : new Fault("paper_unknown", T["Đề này không còn hoặc không phải của bạn. Hãy cập nhật khóa học trên máy rồi làm lại."], Kind: FaultKind.NotFound);

    /// <summary>Counts a paper that was answered. The caller saves.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="id">Key of the attempt, made by the device.</param>
    /// <param name="answers">For each question the fields of its form.</param>
    /// <param name="startedUtc">When it was begun.</param>
    /// <param name="atUtc">When it was finished.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<QuizAttempt>> HandInAsync(
        QuizPaper paper, Guid id, IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> answers, DateTime startedUtc, DateTime atUtc, CancellationToken cancellationToken)
    {
        if (await db.Courses.AsNoTracking().SingleOrDefaultAsync(row => row.Id == paper.CourseId && row.State == CourseState.Published, cancellationToken) is not { } course)
        {
            return new Fault("course_gone", T["Khóa học này không còn được đăng nên bài làm không được chấm."], Kind: FaultKind.NotFound);
        }

        var attempts = await db.AttemptsOf(paper.PersonId, course.Id).ToListAsync(cancellationToken);
        if (paper.AttemptId is { } used)
        {
            var number = attempts.Where(attempt => attempt.Id == used).Select(attempt => attempt.Number).FirstOrDefault();
            return new Fault("paper_used", T["Đề này đã được nộp rồi (lần {0}), bài làm này không được tính thêm.", number], Kind: FaultKind.Conflict);
        }

        if (await quizzes.WhyNotAsync(paper.PersonId, course, attempts, cancellationToken) is { } fault)
        {
            return fault;
        }

        var judged = await JudgeAsync(paper, answers, cancellationToken);
        if (!judged.Succeeded)
        {
            return judged.Faults.ToList();
        }

        var correct = judged.Value.Count(drawn => drawn.R == true);
        var attempt = new QuizAttempt
        {
            Id = id,
            PersonId = paper.PersonId,
            CourseId = course.Id,
            Number = attempts.Select(row => row.Number).DefaultIfEmpty().Max() + 1,
            State = correct * 100 >= paper.PassPercent * paper.Total ? AttemptState.Passed : AttemptState.Failed,
            Draw = QuizAttempt.WriteDraw(judged.Value),
            Total = paper.Total,
            Correct = correct,
            PassPercent = paper.PassPercent,
            // Nobody began a paper before it was made, whatever the phone's clock says.
            StartedUtc = startedUtc > paper.CreatedUtc ? startedUtc : paper.CreatedUtc,
            FinishedUtc = atUtc > paper.CreatedUtc ? atUtc : paper.CreatedUtc,
            RecordedUtc = clock.UtcNow(),
        };
        db.QuizAttempts.Add(attempt);
        paper.AttemptId = id;
        await completions.RecomputeAsync(course, [paper.PersonId], cancellationToken);
        return attempt;
    }

    private async Task<Result<List<DrawnQuestion>>> JudgeAsync(QuizPaper paper, IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> answers, CancellationToken cancellationToken)
    {
        var draw = paper.ToAttempt().ReadDraw();
        if (answers.Count != draw.Count)
        {
            return new Fault("quiz_answer_missing", T["Bài làm chưa đủ câu trả lời. Hãy mở lại bài kiểm tra trên máy và làm nốt."]);
        }

        Guid[] ids = [.. draw.Select(drawn => drawn.Q)];
        var questions = await db.Questions.AsNoTracking().Where(question => ids.Contains(question.Id)).ToDictionaryAsync(question => question.Id, cancellationToken);
        var judged = new List<DrawnQuestion>();
        foreach (var (drawn, fields) in draw.Zip(answers))
        {
            judged.Add(QuizService.Mark(questions[drawn.Q], drawn, ReadAnswer(fields)));
        }

        return judged;
    }

    /// <summary>The fields as the quiz's page would get them.</summary>
    private static QuizAnswer ReadAnswer(IReadOnlyList<IReadOnlyList<string>> fields) => new()
    {
        Choice = [.. Values(fields, name => name == "choice").Select(value => Number(value) ?? -1)],
        Place = [.. Values(fields, name => name.StartsWith("place[", StringComparison.Ordinal)).Select(Number)],
        Pair = [.. Values(fields, name => name.StartsWith("pair[", StringComparison.Ordinal)).Select(Number)],
        Text = Values(fields, name => name == "text").FirstOrDefault(),
    };

    private static IEnumerable<string> Values(IReadOnlyList<IReadOnlyList<string>> fields, Func<string, bool> isCalled) =>
        fields.Where(field => field is [var name, _] && isCalled(name)).Select(field => field[1]);

    private static int? Number(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
