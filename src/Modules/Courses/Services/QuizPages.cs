using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Before an attempt.</summary>
/// <param name="Course">The course.</param>
/// <param name="Attempts">The person's attempts so far.</param>
/// <param name="Questions">How many questions an attempt asks.</param>
/// <param name="Unfinished">Lessons not finished yet, to read before.</param>
/// <param name="UtcNow">When that was asked.</param>
public sealed record QuizStart(Course Course, IReadOnlyList<QuizAttempt> Attempts, int Questions, IReadOnlyList<LessonLink> Unfinished, DateTime UtcNow)
{
    /// <summary>The attempt to go on with.</summary>
    public QuizAttempt? Running => Attempts.FirstOrDefault(attempt => attempt.State == AttemptState.Running);

    /// <summary>The attempt that passed, while that counts.</summary>
    public QuizAttempt? Passed => Course.PassOf(Attempts, UtcNow);

    /// <summary>Attempts left; results on paper take none.</summary>
    public int Left => Math.Max(0, Course.MaxAttempts - Course.AttemptsUsed(Attempts, UtcNow));
}

/// <summary>Leads to a lesson.</summary>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Title">Title.</param>
public sealed record LessonLink(string Slug, string Title)
{
    /// <summary>Whether it plays a SCORM package.</summary>
    public bool HasPackage { get; init; }
}

/// <summary>One question on its screen: to answer, or answered.</summary>
/// <param name="Course">The course.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Position">Which question, from 1.</param>
/// <param name="Type">How it is answered.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Options">The options as shown.</param>
/// <param name="Explanation">What is right and why; null before the answer.</param>
/// <param name="IsRight">Whether the answer was right; null before it may be told.</param>
/// <param name="Lesson">Where to read about it; null before the answer.</param>
public sealed record QuizQuestion(Course Course, QuizAttempt Attempt, int Position, QuestionType Type, string Text, IReadOnlyList<ShownOption> Options, string? Explanation, bool? IsRight, LessonLink? Lesson)
{
    /// <summary>What was wrong with the form just sent.</summary>
    public string? Error { get; init; }

    /// <summary>What that form held, to go on from.</summary>
    public QuizAnswer Given { get; init; } = new();

    /// <summary>Whether it has been answered.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>The message that a scenario shows.</summary>
    public ShownScene? Scene { get; init; }

    /// <summary>Pairs: the right sides to choose from.</summary>
    public IReadOnlyList<string> Rights { get; init; } = [];

    /// <summary>What the person typed.</summary>
    public string? Typed { get; init; }

    /// <summary>Time left for the attempt; null without a limit.</summary>
    public TimeSpan? Left { get; init; }
}

/// <summary>One option as shown: an answer, a step, a left side, an accepted wording.</summary>
/// <param name="Text">What it says; of a picture, what it shows.</param>
/// <param name="Chosen">Whether the person chose it.</param>
/// <param name="Correct">Whether it, or what the person did with it, is right; null while that may not be told.</param>
/// <param name="Why">Why it is not right; null while that may not be told.</param>
public sealed record ShownOption(string Text, bool Chosen, bool? Correct, string? Why)
{
    /// <summary>Its picture; null when the file is gone, too.</summary>
    public ShownPicture? Picture { get; init; }

    /// <summary>Steps: the place that the person gave it, from 1.</summary>
    public int? Place { get; init; }

    /// <summary>Pairs: the right side that the person chose.</summary>
    public string? GivenPair { get; init; }

    /// <summary>Pairs: the right side that belongs to it; null while that may not be told.</summary>
    public string? Pair { get; init; }
}

/// <summary>A message on a phone.</summary>
/// <param name="Sender">Who seems to have sent it.</param>
/// <param name="Parts">What it says.</param>
/// <param name="Picture">A picture in it.</param>
/// <param name="PictureText">What the picture shows.</param>
public sealed record ShownScene(string Sender, IReadOnlyList<ScenePart> Parts, ShownPicture? Picture, string? PictureText);

/// <summary>A part of a message.</summary>
/// <param name="Text">Its words.</param>
/// <param name="IsSign">Whether it gives the message away; never before that may be told.</param>
public sealed record ScenePart(string Text, bool IsSign);

/// <summary>A finished attempt.</summary>
/// <param name="Start">The course and the attempts.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Questions">All its questions with answers and explanations.</param>
/// <param name="Completion">The person's completion of the course.</param>
public sealed record QuizResult(QuizStart Start, QuizAttempt Attempt, IReadOnlyList<QuizQuestion> Questions, Completion? Completion);

/// <summary>Why an answer or a start does not count.</summary>
/// <param name="Start">The course and the attempts.</param>
/// <param name="Fault">What is the matter.</param>
/// <param name="Result">Number of an attempt whose result there is to see.</param>
public sealed record RefusedModel(QuizStart Start, Fault Fault, int? Result = null);

/// <summary>Reads what the quiz's pages show. Decides in one place what may be told when.</summary>
public sealed class QuizPages(SiteDbContext db, QuestionPictures pictures, TimeProvider clock)
{
    /// <summary>The page before an attempt.</summary>
    public async Task<QuizStart> StartAsync(Guid person, Course course, CancellationToken cancellationToken)
    {
        var attempts = await db.AttemptsOf(person, course.Id).ToListAsync(cancellationToken);
        var questions = await db.Questions.CountAsync(question => question.CourseId == course.Id && question.RetiredUtc == null, cancellationToken);
        var finished = db.LessonProgress.Where(progress => progress.PersonId == person && progress.FinishedUtc != null);
        var unfinished = await db.Lessons.AsNoTracking().Where(lesson => lesson.CourseId == course.Id && !finished.Any(progress => progress.LessonId == lesson.Id))
            .OrderBy(lesson => lesson.Position).Select(lesson => new LessonLink(lesson.Slug, lesson.Title)).ToListAsync(cancellationToken);
        return new(course, attempts, Math.Min(questions, course.DrawCount), unfinished, clock.UtcNow());
    }

    /// <summary>One question of an attempt; null when there is no such position.</summary>
    public async Task<QuizQuestion?> QuestionAsync(Course course, QuizAttempt attempt, int position, CancellationToken cancellationToken)
    {
        var draw = attempt.ReadDraw();
        if (position < 1 || position > draw.Count)
        {
            return null;
        }

        var id = draw[position - 1].Q;
        var question = await db.Questions.AsNoTracking().Include(row => row.Lesson).SingleAsync(row => row.Id == id, cancellationToken);
        return Show(course, attempt, position, draw[position - 1], question, await PicturesOfAsync([question], cancellationToken));
    }

    /// <summary>A finished attempt with all its questions.</summary>
    public async Task<QuizResult> ResultAsync(Guid person, Course course, QuizAttempt attempt, CancellationToken cancellationToken)
    {
        var completion = await db.Completions.AsNoTracking().Current(clock.UtcNow()).SingleOrDefaultAsync(row => row.PersonId == person && row.CourseId == course.Id, cancellationToken);
        return new(await StartAsync(person, course, cancellationToken), attempt, await QuestionsAsync(course, attempt, cancellationToken), completion);
    }

    /// <summary>All questions of an attempt, as far as each may be told.</summary>
    public async Task<IReadOnlyList<QuizQuestion>> QuestionsAsync(Course course, QuizAttempt attempt, CancellationToken cancellationToken)
    {
        var draw = attempt.ReadDraw();
        Guid[] ids = [.. draw.Select(drawn => drawn.Q)];
        var questions = await db.Questions.AsNoTracking().Include(question => question.Lesson).Where(question => ids.Contains(question.Id)).ToDictionaryAsync(question => question.Id, cancellationToken);
        var shown = await PicturesOfAsync(questions.Values, cancellationToken);
        return [.. draw.Select((drawn, index) => Show(course, attempt, index + 1, drawn, questions[drawn.Q], shown))];
    }

    private QuizQuestion Show(Course course, QuizAttempt attempt, int position, DrawnQuestion drawn, Question question, IReadOnlyDictionary<string, ShownPicture> pictures)
    {
        // The one place where right answers leave the server: after the person's own answer, and not before the end where the course says so.
        var tell = attempt.State != AttemptState.Running || (drawn.A is not null && course.Explain == ExplainMode.AfterEach);
        var options = question.ReadOptions();
        return new(
            course,
            attempt,
            position,
            question.Type,
            question.Text,
            [.. Options(question.Type, options, drawn, tell, pictures)],
            tell ? question.Explanation : null,
            tell ? drawn.R : null,
            tell && question.Lesson is { } lesson ? new(lesson.Slug, lesson.Title) : null)
        {
            IsAnswered = drawn.A is not null,
            Scene = question.ReadScene() is { } scene ? new(scene.Sender, Parts(scene.Text, tell ? scene.Signs ?? [] : []), scene.Picture is null ? null : pictures.GetValueOrDefault(scene.Picture), scene.PictureText) : null,
            Rights = question.Type == QuestionType.Match ? [.. drawn.O.Select(index => options[index].Pair!)] : [],
            Typed = drawn.T,
            Left = attempt is { State: AttemptState.Running, EndsUtc: { } end } && end > clock.UtcNow() ? end - clock.UtcNow() : null,
        };
    }

    private static IEnumerable<ShownOption> Options(QuestionType type, IReadOnlyList<QuestionOption> options, DrawnQuestion drawn, bool tell, IReadOnlyDictionary<string, ShownPicture> pictures)
    {
        var all = Enumerable.Range(0, options.Count);
        return type switch
        {
            QuestionType.OneAnswer or QuestionType.SeveralAnswers or QuestionType.TrueFalse or QuestionType.PictureChoice or QuestionType.Scenario =>
                drawn.O.Select(index => new ShownOption(options[index].Text, drawn.A?.Contains(index) ?? false, tell ? options[index].Correct : null, tell ? options[index].Why : null)
                {
                    Picture = options[index].Picture is { } picture ? pictures.GetValueOrDefault(picture) : null,
                }),
            // To answer: as drawn. Answered: as the person put them. Told: as they belong.
            QuestionType.Order => (tell ? all : drawn.A ?? drawn.O).Select(index =>
            {
                int? place = drawn.A?.Index().First(step => step.Item == index).Index + 1;
                return new ShownOption(options[index].Text, place is not null, tell ? place == index + 1 : null, null) { Place = place };
            }),
            QuestionType.Match => all.Select(index =>
            {
                var given = drawn.A is null ? null : options[drawn.A[index]].Pair;
                return new ShownOption(options[index].Text, given is not null, tell ? given == options[index].Pair : null, null) { GivenPair = given, Pair = tell ? options[index].Pair : null };
            }),
            QuestionType.ShortAnswer => tell ? options.Select(option => new ShownOption(option.Text, false, true, null)) : [],
        };
    }

    /// <summary>The text cut at its signs.</summary>
    private static List<ScenePart> Parts(string text, IReadOnlyList<string> signs)
    {
        var parts = new List<ScenePart>();
        while (text.Length > 0)
        {
            var (start, length) = signs.Select(sign => (Start: text.IndexOf(sign, StringComparison.Ordinal), sign.Length)).Where(found => found.Start >= 0).DefaultIfEmpty((text.Length, 0)).Min();
            if (start > 0)
            {
                parts.Add(new(text[..start], false));
            }

            if (length > 0)
            {
                parts.Add(new(text.Substring(start, length), true));
            }

            text = text[(start + length)..];
        }

        return parts;
    }

    private Task<IReadOnlyDictionary<string, ShownPicture>> PicturesOfAsync(IEnumerable<Question> questions, CancellationToken cancellationToken) =>
        pictures.FindAsync(questions.SelectMany(question => QuestionPictures.NamesOf(question.ReadOptions(), question.ReadScene())), cancellationToken);
}
