using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Runs attempts at a course's quiz. What is asked is fixed at the start; the first answer to a question stands; the score is counted here.</summary>
public sealed class QuizService(SiteDbContext db, CompletionService completions, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Starts an attempt, or goes on with the running one.</summary>
    /// <returns>The attempt, or why there is none.</returns>
    public Task<Result<QuizAttempt>> StartAsync(Guid personId, Course course, CancellationToken cancellationToken) =>
        completions.WriteAsync(personId, () => BeginAsync(personId, course, cancellationToken), cancellationToken);

    private async Task<Result<QuizAttempt>> BeginAsync(Guid personId, Course course, CancellationToken cancellationToken)
    {
        var attempts = await db.AttemptsOf(personId, course.Id).AsTracking().ToListAsync(cancellationToken);
        if (attempts.Find(attempt => attempt.State == AttemptState.Running) is { } running && !await EndWhenOverdueAsync(running, course, cancellationToken))
        {
            return running;
        }

        if (await WhyNotAsync(personId, course, attempts, cancellationToken) is { } fault)
        {
            return fault;
        }

        var questions = await db.Questions.AsNoTracking().Where(question => question.CourseId == course.Id && question.RetiredUtc == null).ToArrayAsync(cancellationToken);
        if (questions.Length == 0)
        {
            return new Fault("quiz_empty", T["Khóa học này chưa có câu hỏi."], Kind: FaultKind.NotFound);
        }

        var draw = QuizDraw.Make(questions, course.DrawCount, Random.Shared);
        var now = clock.UtcNow();
        var started = new QuizAttempt
        {
            PersonId = personId,
            CourseId = course.Id,
            Number = attempts.Select(attempt => attempt.Number).DefaultIfEmpty().Max() + 1,
            Draw = QuizAttempt.WriteDraw(draw),
            Total = draw.Count,
            PassPercent = course.PassPercent,
            StartedUtc = now,
            EndsUtc = course.TimeLimitMinutes is { } minutes ? now.AddMinutes(minutes) : null,
        };
        db.QuizAttempts.Add(started);
        return started;
    }

    /// <summary>Why a person may not begin, or hand in, another attempt; null when they may.</summary>
    /// <param name="personId">Who.</param>
    /// <param name="course">The course.</param>
    /// <param name="attempts">The person's attempts at it so far.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Fault?> WhyNotAsync(Guid personId, Course course, IReadOnlyCollection<QuizAttempt> attempts, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        if (course.AttemptsUsed(attempts, now) >= course.MaxAttempts)
        {
            return NoAttemptsLeft(course);
        }

        var done = db.Completions.Current(now).Where(completion => completion.PersonId == personId);
        var missing = await db.CoursePrerequisites.AsNoTracking()
            .Where(row => row.CourseId == course.Id && row.Required.State == CourseState.Published && !done.Any(completion => completion.CourseId == row.RequiredId))
            .Select(row => row.Required.Title).FirstOrDefaultAsync(cancellationToken);
        return missing is null ? null : new Fault("course_required", T["Hãy hoàn thành khóa “{0}” trước, rồi làm bài kiểm tra này.", missing], Kind: FaultKind.Conflict);
    }

    /// <summary>Takes the answer to one question of a running attempt.</summary>
    /// <param name="personId">Who answers.</param>
    /// <param name="course">The attempt's course.</param>
    /// <param name="number">The attempt's number.</param>
    /// <param name="position">The question's position, from 1.</param>
    /// <param name="answer">What the form sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The attempt as it is now, or why the answer does not count.</returns>
    public Task<Result<QuizAttempt>> AnswerAsync(Guid personId, Course course, int number, int position, QuizAnswer answer, CancellationToken cancellationToken) =>
        // Saved also when the answer is refused: an attempt whose time is over ends with it.
        completions.WriteAsync(personId, () => TakeAsync(personId, course, number, position, answer, cancellationToken), cancellationToken);

    /// <summary>Ends the running attempt when its time is over: what was not answered counts as wrong.</summary>
    public async Task CloseOverdueAsync(Guid personId, Course course, CancellationToken cancellationToken)
    {
        var running = db.QuizAttempts.Where(row => row.PersonId == personId && row.CourseId == course.Id && row.State == AttemptState.Running);
        if (await running.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } open && open.IsOverdue(clock.UtcNow()))
        {
            await completions.WriteAsync(personId, async () => await running.SingleOrDefaultAsync(cancellationToken) is { } attempt && await EndWhenOverdueAsync(attempt, course, cancellationToken), cancellationToken);
        }
    }

    private async Task<Result<QuizAttempt>> TakeAsync(Guid personId, Course course, int number, int position, QuizAnswer answer, CancellationToken cancellationToken)
    {
        var attempt = await db.QuizAttempts.SingleOrDefaultAsync(row => row.PersonId == personId && row.CourseId == course.Id && row.Number == number, cancellationToken);
        if (attempt is null)
        {
            var used = course.AttemptsUsed(await db.QuizAttempts.AsNoTracking().Where(row => row.PersonId == personId && row.CourseId == course.Id).ToListAsync(cancellationToken), clock.UtcNow());
            return used >= course.MaxAttempts ? NoAttemptsLeft(course) : new Fault("quiz_attempt_unknown", T["Lần làm bài này không có. Hãy bắt đầu lại từ trang khóa học."], Kind: FaultKind.NotFound);
        }

        await EndWhenOverdueAsync(attempt, course, cancellationToken);
        List<DrawnQuestion> draw = [.. attempt.ReadDraw()];
        if (position < 1 || position > draw.Count)
        {
            return new Fault("quiz_question_unknown", T["Câu hỏi này không có trong lần làm bài."], Kind: FaultKind.NotFound);
        }

        var drawn = draw[position - 1];
        var question = await db.Questions.AsNoTracking().SingleAsync(row => row.Id == drawn.Q, cancellationToken);
        var (answered, flaw) = QuizGrading.Take(question, drawn, answer);
        if (drawn.A is not null)
        {
            // The same form sent twice is harmless; another answer after the attempt is over is not.
            var isSame = flaw == AnswerFlaw.None && answered.A!.SequenceEqual(drawn.A) && answered.T == drawn.T;
            return attempt.State == AttemptState.Running || isSame ? attempt : AttemptFinished();
        }

        if (attempt.State != AttemptState.Running)
        {
            return new Fault("quiz_time_over", T["Đã hết giờ làm bài nên câu này không được tính. Những câu bạn trả lời kịp vẫn được giữ."], Kind: FaultKind.Conflict);
        }

        if (Say(flaw) is { } fault)
        {
            return fault;
        }

        draw[position - 1] = answered;
        attempt.Draw = QuizAttempt.WriteDraw(draw);
        attempt.Correct = draw.Count(item => item.R == true);
        if (draw.TrueForAll(item => item.A is not null))
        {
            await EndAsync(attempt, course, clock.UtcNow(), cancellationToken);
        }

        return attempt;
    }

    /// <summary>A drawn question with the answer of a whole paper, marked. What cannot be taken as an answer counts as wrong: nobody is there any more to ask.</summary>
    internal static DrawnQuestion Mark(Question question, DrawnQuestion drawn, QuizAnswer answer) =>
        QuizGrading.Take(question, drawn, answer) is (var answered, AnswerFlaw.None) ? answered : drawn with { R = false };

    private async Task<bool> EndWhenOverdueAsync(QuizAttempt attempt, Course course, CancellationToken cancellationToken)
    {
        if (!attempt.IsOverdue(clock.UtcNow()))
        {
            return false;
        }

        attempt.Draw = QuizAttempt.WriteDraw(attempt.ReadDraw().Select(drawn => drawn.A is null ? drawn with { R = false } : drawn));
        attempt.RecordedUtc = clock.UtcNow();
        await EndAsync(attempt, course, attempt.EndsUtc!.Value, cancellationToken);
        return true;
    }

    private Task EndAsync(QuizAttempt attempt, Course course, DateTime finished, CancellationToken cancellationToken)
    {
        attempt.State = attempt.Correct * 100 >= attempt.PassPercent * attempt.Total ? AttemptState.Passed : AttemptState.Failed;
        attempt.FinishedUtc = finished;
        return completions.RecomputeAsync(course, [attempt.PersonId], cancellationToken);
    }

    private Fault? Say(AnswerFlaw flaw) => flaw switch
    {
        AnswerFlaw.None => null,
        AnswerFlaw.NoChoice => new("quiz_answer_missing", T["Bạn chưa chọn câu trả lời."], "choice"),
        AnswerFlaw.TooManyChoices => new("quiz_answer_too_many", T["Câu này chỉ chọn một câu trả lời."], "choice"),
        AnswerFlaw.PlaceMissing => new("quiz_place_missing", T["Hãy chọn thứ tự cho mọi bước. Phần đã chọn vẫn còn."], "place"),
        AnswerFlaw.PlaceTwice => new("quiz_place_twice", T["Có hai bước cùng một thứ tự. Mỗi số chỉ dùng cho một bước."], "place"),
        AnswerFlaw.PairMissing => new("quiz_pair_missing", T["Hãy chọn cho đủ các dòng. Phần đã chọn vẫn còn."], "pair"),
        AnswerFlaw.NoText => new("quiz_answer_missing", T["Bạn chưa viết câu trả lời."], "text"),
        AnswerFlaw.TextTooLong => new("quiz_text_too_long", T["Câu trả lời dài quá {0} chữ. Hãy viết ngắn lại.", QuizGrading.LongestText], "text"),
    };

    private Fault NoAttemptsLeft(Course course) =>
        new("quiz_no_attempts_left", T["Bạn đã làm đủ {0} lần. Kết quả các lần trước vẫn được giữ.", course.MaxAttempts], Kind: FaultKind.Conflict);

    private Fault AttemptFinished() =>
        new("quiz_attempt_finished", T["Lần làm bài này đã xong, câu trả lời mới không được tính. Kết quả của bạn vẫn được giữ."], Kind: FaultKind.Conflict);
}
