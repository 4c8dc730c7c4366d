using System.Text.Json;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Recipes;

/// <summary>
/// Invented progress for a demonstration, always the same: <c>{ "name": "progress", "seed": 7, "unit": "03646", "every": 3, "elsewhere": 40,
/// "members": [ { "person": "SL-000210", "completed": "an-toan-tren-mang", "halfway": "thanh-toan-khong-tien-mat" } ] }</c>: of every so
/// many people in the unit, and elsewhere, one has begun a course and perhaps completed it. Who has progress already is left alone.
/// </summary>
internal sealed class ProgressStep(SiteDbContext db, CompletionService completions, TimeProvider clock) : IRecipeStepHandler
{
    private readonly List<LessonProgress> _progress = [];
    private readonly List<QuizAttempt> _attempts = [];

    public string Name => "progress";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        var step = context.Step;
        var courses = await db.Courses.AsNoTracking().Include(course => course.Lessons).Include(course => course.Questions.Where(question => question.RetiredUtc == null)).AsSplitQuery()
            .Where(course => course.State == CourseState.Published).OrderBy(course => course.Slug).ToListAsync(cancellationToken);
        if (courses.Count == 0)
        {
            throw new InvalidOperationException("The step 'progress' needs courses: put it after the step 'courses'.");
        }

        var begun = await db.LessonProgress.Select(progress => progress.PersonId).Distinct().ToHashSetAsync(cancellationToken);
        if (step.TryGetProperty("members", out var members))
        {
            foreach (var member in members.EnumerateArray())
            {
                await AddNamedAsync(member, courses, begun, cancellationToken);
            }
        }

        await AddCrowdAsync(step, courses, begun, cancellationToken);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.LessonProgress.AddRange(_progress);
        db.QuizAttempts.AddRange(_attempts);
        db.ChangeTracker.AutoDetectChangesEnabled = true;
        foreach (var course in courses)
        {
            await completions.RecomputeAsync(course, [.. _attempts.Where(attempt => attempt.CourseId == course.Id).Select(attempt => attempt.PersonId).Distinct()], cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        context.Report($"Tiến độ học: {_progress.Count} bài, {_attempts.Count} lần làm bài kiểm tra.");
    }

    private async Task AddNamedAsync(JsonElement member, List<Course> courses, HashSet<Guid> begun, CancellationToken cancellationToken)
    {
        var code = member.GetProperty("person").GetString()!;
        var person = await db.People.Where(row => row.Code == code).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw new InvalidOperationException($"The step 'progress' names the person '{code}', who is not there.");
        if (!begun.Add(person))
        {
            return;
        }

        var random = new Random(1);
        var now = clock.UtcNow();
        var completed = Find(member.GetProperty("completed"));
        Learn(person, completed, completed.Lessons.Count, now.AddDays(-20), random);
        Answer(person, completed, passes: true, now.AddDays(-14), random);
        var halfway = Find(member.GetProperty("halfway"));
        Learn(person, halfway, halfway.Lessons.Count / 2, now.AddDays(-4), random);

        Course Find(JsonElement slug) => courses.Find(course => course.Slug == slug.GetString()) ?? throw new InvalidOperationException($"The step 'progress' names the course '{slug}', which is not published.");
    }

    private async Task AddCrowdAsync(JsonElement step, List<Course> courses, HashSet<Guid> begun, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var code = step.GetProperty("unit").GetString();
        var path = await db.Units.On(today).Where(unit => unit.Code == code).Select(unit => unit.Path).SingleAsync(cancellationToken);
        var people = await db.Memberships.On(today).GroupBy(membership => new { membership.PersonId, membership.Person.Code })
            .Select(group => new { group.Key.PersonId, group.Key.Code, Inside = group.Max(membership => membership.Team.Unit.Path.StartsWith(path) ? 1 : 0) })
            .OrderBy(person => person.Code).ToListAsync(cancellationToken);
        var random = new Random(step.GetProperty("seed").GetInt32());
        foreach (var person in people)
        {
            // Drawn for everybody, so that one person more or less changes nobody else's story.
            var chosen = random.Next(step.GetProperty(person.Inside == 1 ? "every" : "elsewhere").GetInt32()) == 0;
            var story = new Random(random.Next());
            if (chosen && begun.Add(person.PersonId))
            {
                Tell(person.PersonId, courses, story);
            }
        }
    }

    /// <summary>One or two courses; the first is often finished, the second seldom.</summary>
    private void Tell(Guid person, List<Course> courses, Random random)
    {
        var first = random.Next(courses.Count);
        var finishes = 65;
        for (var number = 0; number < 1 + random.Next(2) && number < courses.Count; number++)
        {
            var course = courses[(first + number) % courses.Count];
            var start = clock.UtcNow().AddDays(-random.Next(2, 60)).AddMinutes(-random.Next(600));
            var all = random.Next(100) < finishes;
            Learn(person, course, all ? course.Lessons.Count : random.Next(course.Lessons.Count), start, random);
            if (all && course.Questions.Count > 0)
            {
                var passes = random.Next(100) < 80;
                Answer(person, course, passes, start.AddMinutes(random.Next(60, 120)), random);
            }

            finishes = 25;
        }
    }

    private void Learn(Guid person, Course course, int finished, DateTime start, Random random)
    {
        foreach (var lesson in course.Lessons.OrderBy(lesson => lesson.Position).Take(finished + 1))
        {
            var done = lesson.Position <= finished;
            var end = start.AddMinutes(lesson.Minutes + random.Next(5));
            _progress.Add(new() { PersonId = person, LessonId = lesson.Id, OpenedUtc = start, ActiveUtc = done ? end : start, FinishedUtc = done ? end : null });
            start = end.AddMinutes(random.Next(3));
        }
    }

    private void Answer(Guid person, Course course, bool passes, DateTime start, Random random)
    {
        var draw = QuizDraw.Make([.. course.Questions.OrderBy(question => question.Key, StringComparer.Ordinal)], course.DrawCount, random);
        var needed = (course.PassPercent * draw.Count + 99) / 100;
        var right = passes ? random.Next(needed, draw.Count + 1) : random.Next(needed);
        var questions = course.Questions.ToDictionary(question => question.Id);
        _attempts.Add(new()
        {
            PersonId = person,
            CourseId = course.Id,
            Number = 1,
            State = passes ? AttemptState.Passed : AttemptState.Failed,
            Draw = QuizAttempt.WriteDraw(draw.Select((drawn, index) => QuizGrading.Invent(questions[drawn.Q], drawn, index < right))),
            Total = draw.Count,
            Correct = right,
            PassPercent = course.PassPercent,
            StartedUtc = start,
            FinishedUtc = start.AddMinutes(random.Next(4, 15)),
        });
    }
}
