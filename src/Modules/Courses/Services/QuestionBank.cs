using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>A question as its author wants it.</summary>
/// <param name="Key">Name that stays over the revisions.</param>
/// <param name="LessonId">The lesson that answers it.</param>
/// <param name="Type">How it is answered.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Options">The options.</param>
/// <param name="Explanation">What is right and why.</param>
public sealed record QuestionDraft(string Key, Guid? LessonId, QuestionType Type, string Text, IReadOnlyList<QuestionOption> Options, string Explanation);

/// <summary>Writes questions. A changed question is retired and goes on as its next revision. The caller saves.</summary>
public sealed class QuestionBank(SiteDbContext db, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>What is wrong with a question; empty when nothing is.</summary>
    public List<Fault> Check(QuestionDraft draft)
    {
        var faults = new List<Fault>();
        var right = draft.Options.Count(option => option.Correct);
        if (draft.Text.Length == 0)
        {
            faults.Add(new("question_text_missing", T["Hãy viết câu hỏi."], nameof(draft.Text)));
        }

        if (draft.Options.Count is < 2 or > 8)
        {
            faults.Add(new("question_option_count", T["Câu hỏi cần từ 2 đến 8 lựa chọn."], nameof(draft.Options)));
        }

        if (draft.Type == QuestionType.SeveralAnswers ? right < 2 : right != 1)
        {
            faults.Add(new("question_correct_count", draft.Type == QuestionType.SeveralAnswers ? T["Câu chọn nhiều cần ít nhất hai lựa chọn đúng."] : T["Câu này cần đúng một lựa chọn đúng."], nameof(draft.Options)));
        }

        if (draft.Explanation.Length == 0)
        {
            faults.Add(new("question_explanation_missing", T["Hãy viết lời giải thích: vì sao đúng, ngoài đời nên làm gì."], nameof(draft.Explanation)));
        }

        return faults;
    }

    /// <summary>Makes the course's questions these: changed ones get a new revision, missing ones are retired.</summary>
    public async Task ReplaceAllAsync(Course course, List<QuestionDraft> drafts, CancellationToken cancellationToken)
    {
        var known = await db.Questions.Where(question => question.CourseId == course.Id).ToListAsync(cancellationToken);
        foreach (var draft in drafts)
        {
            Put(course, draft, known.FindAll(question => question.Key == draft.Key));
        }

        foreach (var question in known.Where(question => question.RetiredUtc is null && drafts.TrueForAll(draft => draft.Key != question.Key)))
        {
            question.RetiredUtc = clock.UtcNow();
        }
    }

    /// <summary>Writes one question.</summary>
    public async Task PutAsync(Course course, QuestionDraft draft, CancellationToken cancellationToken) =>
        Put(course, draft, await db.Questions.Where(question => question.CourseId == course.Id && question.Key == draft.Key).ToListAsync(cancellationToken));

    private void Put(Course course, QuestionDraft draft, List<Question> revisions)
    {
        var options = Question.WriteOptions(draft.Options);
        var current = revisions.Find(question => question.RetiredUtc is null);
        if (current is not null && current.Type == draft.Type && current.Text == draft.Text && current.Options == options && current.Explanation == draft.Explanation)
        {
            current.LessonId = draft.LessonId;
            return;
        }

        if (current is not null)
        {
            current.RetiredUtc = clock.UtcNow();
        }

        db.Questions.Add(new()
        {
            CourseId = course.Id,
            LessonId = draft.LessonId,
            Key = draft.Key,
            Revision = revisions.Select(question => question.Revision).DefaultIfEmpty().Max() + 1,
            Type = draft.Type,
            Text = draft.Text,
            Options = options,
            Explanation = draft.Explanation,
        });
    }
}
