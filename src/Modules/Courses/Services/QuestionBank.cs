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
public sealed record QuestionDraft(string Key, Guid? LessonId, QuestionType Type, string Text, IReadOnlyList<QuestionOption> Options, string Explanation)
{
    /// <summary>The message of a scenario.</summary>
    public QuestionScene? Scene { get; init; }
}

/// <summary>Writes questions. A changed question is retired and goes on as its next revision. The caller saves.</summary>
public sealed class QuestionBank(SiteDbContext db, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Most options of a question.</summary>
    public const int MostOptions = 8;

    private const int LongestSender = 60;
    private const int LongestMessage = 1000;

    /// <summary>What is wrong with a question; empty when nothing is. Whether its pictures are there is not asked here.</summary>
    public List<Fault> Check(QuestionDraft draft)
    {
        var faults = new List<Fault>();
        void Require(bool holds, string code, string field, string message)
        {
            if (!holds)
            {
                faults.Add(new(code, message, field));
            }
        }

        Require(draft.Text.Length > 0, "question_text_missing", nameof(draft.Text), T["Hãy viết câu hỏi."]);
        CheckOptions(draft, Require);
        CheckScene(draft, Require);
        Require(draft.Explanation.Length > 0, "question_explanation_missing", nameof(draft.Explanation), T["Hãy viết lời giải thích: vì sao đúng, ngoài đời nên làm gì."]);
        return faults;
    }

    private void CheckOptions(QuestionDraft draft, Action<bool, string, string, string> require)
    {
        const string Field = nameof(draft.Options);
        var options = draft.Options;
        var right = options.Count(option => option.Correct);
        var texts = options.Select(option => VietnameseText.Fold(option.Text)).Distinct().Count();
        require(options.Count >= Least(draft.Type) && options.Count <= MostOptions, "question_option_count", Field, draft.Type switch
        {
            QuestionType.Order => T["Câu xếp thứ tự cần từ 3 đến 8 bước."],
            QuestionType.Match => T["Câu ghép đôi cần từ 2 đến 8 dòng."],
            QuestionType.ShortAnswer => T["Câu viết ngắn cần từ 1 đến 8 cách trả lời được chấp nhận."],
            QuestionType.OneAnswer or QuestionType.SeveralAnswers or QuestionType.TrueFalse or QuestionType.PictureChoice or QuestionType.Scenario => T["Câu hỏi cần từ 2 đến 8 lựa chọn."],
        });
        require(options.All(option => option.Pair is null || draft.Type == QuestionType.Match) && options.All(option => option.Picture is null || draft.Type == QuestionType.PictureChoice), "question_field_unused", Field, T["pair chỉ dùng cho câu ghép đôi, picture chỉ dùng cho câu chọn hình."]);
        switch (draft.Type)
        {
            case QuestionType.SeveralAnswers:
                require(right >= 2, "question_correct_count", Field, T["Câu chọn nhiều cần ít nhất hai lựa chọn đúng."]);
                break;
            case QuestionType.Order:
                require(texts == options.Count, "question_option_twice", Field, T["Có hai bước viết giống nhau."]);
                break;
            case QuestionType.Match:
                require(options.All(option => option is { Text.Length: > 0, Pair.Length: > 0 }), "question_pair_missing", Field, T["Mỗi dòng của câu ghép đôi cần cả vế trái và vế phải."]);
                require(texts == options.Count, "question_option_twice", Field, T["Có hai vế trái viết giống nhau."]);
                require(options.Select(option => option.Pair).Distinct().Count() >= 2, "question_pairs_alike", Field, T["Câu ghép đôi cần ít nhất hai vế phải khác nhau."]);
                break;
            case QuestionType.ShortAnswer:
                require(options.All(option => option.Text.Length <= QuizGrading.LongestText && ShortAnswers.HasWords(option.Text)), "question_answer_unusable", Field, T["Câu trả lời được chấp nhận cần có chữ hoặc số, dài không quá {0} chữ.", QuizGrading.LongestText]);
                break;
            case QuestionType.PictureChoice:
                require(options.All(option => option.Text.Length > 0 && option.Picture is { } picture && QuestionPictures.IsName(picture)), "question_picture_missing", Field, T["Mỗi lựa chọn cần tên hình, ví dụ media/cho-phien.webp chép từ kho, và lời tả hình."]);
                require(texts == options.Count && options.Select(option => option.Picture).Distinct().Count() == options.Count, "question_option_twice", Field, T["Có hai hình, hoặc hai lời tả hình, giống nhau."]);
                break;
        }

        switch (draft.Type)
        {
            case QuestionType.OneAnswer or QuestionType.TrueFalse or QuestionType.PictureChoice or QuestionType.Scenario:
                require(right == 1, "question_correct_count", Field, T["Câu này cần đúng một lựa chọn đúng."]);
                break;
            case QuestionType.Order or QuestionType.Match or QuestionType.ShortAnswer:
                require(right == options.Count, "question_correct_count", Field, T["Ở kiểu câu này mọi dòng đều thuộc đáp án: trong tệp, dòng nào cũng ghi correct là true."]);
                break;
        }
    }

    private void CheckScene(QuestionDraft draft, Action<bool, string, string, string> require)
    {
        if (draft.Type != QuestionType.Scenario)
        {
            require(draft.Scene is null, "question_field_unused", nameof(QuestionForm.Message), T["scene chỉ dùng cho câu tình huống."]);
            return;
        }

        require(draft.Scene is { Sender.Length: > 0 and <= LongestSender }, "question_sender_missing", nameof(QuestionForm.Sender), T["Hãy ghi tên người gửi như hiện trên điện thoại, không quá {0} chữ.", LongestSender]);
        require(draft.Scene is { Text.Length: > 0 and <= LongestMessage }, "question_message_missing", nameof(QuestionForm.Message), T["Hãy viết nội dung tin nhắn, không quá {0} chữ.", LongestMessage]);
        if (draft.Scene is not { } scene)
        {
            return;
        }

        require(scene.Picture is null || (QuestionPictures.IsName(scene.Picture) && scene.PictureText is { Length: > 0 and <= 300 }), "question_picture_missing", nameof(QuestionForm.MessagePicture), T["Hình trong tin nhắn cần tên hình, ví dụ media/cho-phien.webp, và lời tả hình."]);
        foreach (var sign in scene.Signs ?? [])
        {
            require(sign.Length > 0 && scene.Text.Contains(sign, StringComparison.Ordinal), "question_sign_unknown", nameof(QuestionForm.Signs), T["Trong tin nhắn không có nguyên văn “{0}”. Hãy chép lại đúng từng chữ.", sign]);
        }
    }

    private static int Least(QuestionType type) => type switch
    {
        QuestionType.Order => 3,
        QuestionType.ShortAnswer => 1,
        QuestionType.OneAnswer or QuestionType.SeveralAnswers or QuestionType.TrueFalse or QuestionType.Match or QuestionType.PictureChoice or QuestionType.Scenario => 2,
    };

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
        var scene = Question.WriteScene(draft.Scene);
        var current = revisions.Find(question => question.RetiredUtc is null);
        if (current is not null && current.Type == draft.Type && current.Text == draft.Text && current.Options == options && current.Scene == scene && current.Explanation == draft.Explanation)
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
            Scene = scene,
            Explanation = draft.Explanation,
        });
    }
}
