using System.ComponentModel.DataAnnotations;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>A question as its author fills it in. Empty options are left out, and so is what another kind of question would need.</summary>
public sealed class QuestionForm
{
    /// <summary>The two answers of "Đúng hay sai", as they are stored and asked in every language of the site.</summary>
    private static readonly string[] TrueOrFalse = ["Đúng", "Sai"];

    /// <summary>Revision that the author began from; 0 for a new question.</summary>
    public int Revision { get; set; }

    [StringLength(30), RegularExpression("[A-Za-z0-9-]+", ErrorMessage = "Mã chỉ gồm chữ không dấu, số và dấu gạch nối."), Display(Name = "mã câu hỏi")]
    public string? Key { get; set; }

    public Guid? LessonId { get; set; }

    public QuestionType Type { get; set; }

    [Required, StringLength(1000), Display(Name = "câu hỏi")]
    public string Text { get; set; } = "";

    public List<OptionForm> Options { get; set; } = [];

    /// <summary>True or false: which of the options is right, from 0.</summary>
    public int? Right { get; set; }

    /// <summary>Scenario: who seems to have sent the message.</summary>
    public string? Sender { get; set; }

    /// <summary>Scenario: what the message says.</summary>
    public string? Message { get; set; }

    /// <summary>Scenario: parts of the message that give it away, one a line.</summary>
    public string? Signs { get; set; }

    /// <summary>Scenario: name of a picture in the message.</summary>
    public string? MessagePicture { get; set; }

    /// <summary>Scenario: what that picture shows.</summary>
    public string? MessagePictureText { get; set; }

    [Required, StringLength(2000), Display(Name = "lời giải thích")]
    public string Explanation { get; set; } = "";

    /// <summary>The form of a question that there is.</summary>
    internal static QuestionForm Of(Question question)
    {
        var scene = question.ReadScene();
        return new()
        {
            Revision = question.Revision,
            Key = question.Key,
            LessonId = question.LessonId,
            Type = question.Type,
            Text = question.Text,
            Explanation = question.Explanation,
            Options = [.. question.ReadOptions().Select(option => new OptionForm { Text = option.Text, Correct = option.Correct, Why = option.Why, Pair = option.Pair, Picture = option.Picture })],
            Sender = scene?.Sender,
            Message = scene?.Text,
            Signs = string.Join('\n', scene?.Signs ?? []),
            MessagePicture = scene?.Picture,
            MessagePictureText = scene?.PictureText,
        };
    }

    /// <summary>The question that the form describes, also while it is half filled in.</summary>
    internal QuestionDraft ToDraft(string key, Guid? lessonId) => new(key, lessonId, Type, Clean(Text) ?? "", [.. Options.Index().Where(option => !option.Item.IsEmpty(Type)).Select(option => ToOption(option.Item, option.Index))], Clean(Explanation) ?? "")
    {
        Scene = Type == QuestionType.Scenario ? ToScene() : null,
    };

    /// <summary>Goes on as a question of another kind: what is typed stays, but true or false has its own two answers.</summary>
    internal void Turn()
    {
        if (Options.ElementAtOrDefault(Right ?? -1) is { } right)
        {
            right.Correct = true;
        }

        var hasTwo = Options.Where(option => !option.IsEmpty(Type)).Select(option => Clean(option.Text)).SequenceEqual(TrueOrFalse);
        if (Type == QuestionType.TrueFalse && !hasTwo)
        {
            Options = [.. TrueOrFalse.Select(text => new OptionForm { Text = text })];
            Right = null;
        }
        else if (hasTwo && Type is (QuestionType.PictureChoice or QuestionType.Order or QuestionType.Match or QuestionType.ShortAnswer))
        {
            // The page's words, not the author's: of no use as what a picture shows, as a step, as one side of a pair.
            Options = [];
        }
    }

    /// <summary>Makes the rows that the page offers: of true or false those that there are, else two empty ones more, as far as a question may have them.</summary>
    internal void Lay(int rows)
    {
        if (Type == QuestionType.TrueFalse)
        {
            Options.RemoveAll(option => option.IsEmpty(Type));
            Right ??= Options.FindIndex(option => option.Correct) is >= 0 and var right ? right : null;
            return;
        }

        while (Options.Count < Math.Clamp(Options.Count(option => !option.IsEmpty(Type)) + 2, rows, QuestionBank.MostOptions))
        {
            Options.Add(new());
        }
    }

    private QuestionOption ToOption(OptionForm option, int index)
    {
        var isChoice = Type is not (QuestionType.Order or QuestionType.Match or QuestionType.ShortAnswer);
        var isRight = Type == QuestionType.TrueFalse && Right is { } right ? index == right : option.Correct || !isChoice;
        return new(VietnameseText.Clean(option.Text ?? ""), isRight, isRight ? null : Clean(option.Why))
        {
            Pair = Type == QuestionType.Match ? Clean(option.Pair) : null,
            Picture = Type == QuestionType.PictureChoice ? ToPicture(option.Picture) : null,
        };
    }

    private QuestionScene ToScene() => new(VietnameseText.Clean(Sender ?? ""), string.Join('\n', (Message ?? "").Trim().Split('\n').Select(VietnameseText.Clean)))
    {
        Picture = ToPicture(MessagePicture),
        PictureText = ToPicture(MessagePicture) is null ? null : Clean(MessagePictureText),
        Signs = (Signs ?? "").Split('\n').Select(VietnameseText.Clean).Where(sign => sign.Length > 0).Distinct().ToList() is { Count: > 0 } signs ? signs : null,
    };

    /// <summary>Authors copy the name with or without its folder.</summary>
    internal static string? ToPicture(string? name) => Clean(name) is { } clean ? clean.Contains('/', StringComparison.Ordinal) ? clean.TrimStart('/') : LessonMedia.Prefix + clean : null;

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : VietnameseText.Clean(text);
}

/// <summary>One option.</summary>
public sealed class OptionForm
{
    [StringLength(500), Display(Name = "lựa chọn")]
    public string? Text { get; set; }

    public bool Correct { get; set; }

    [StringLength(500), Display(Name = "vì sao chưa đúng")]
    public string? Why { get; set; }

    [StringLength(500), Display(Name = "vế phải")]
    public string? Pair { get; set; }

    [StringLength(200), Display(Name = "tên hình")]
    public string? Picture { get; set; }

    /// <summary>Whether nothing is in it that makes an option of that kind of question.</summary>
    internal bool IsEmpty(QuestionType type) =>
        string.IsNullOrWhiteSpace(Text) && (type != QuestionType.Match || string.IsNullOrWhiteSpace(Pair)) && (type != QuestionType.PictureChoice || string.IsNullOrWhiteSpace(Picture));
}
