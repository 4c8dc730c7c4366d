using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.SiteTests.Courses;

/// <summary>How answers are marked, without a site.</summary>
public sealed class GradingTests
{
    [Theory]
    [InlineData("mã hồ sơ", "Mã hồ sơ", true)]
    [InlineData("mã hồ sơ", "ma ho so", true)]
    [InlineData("mã hồ sơ", "  MÃ   HỒ SƠ. ", true)]
    [InlineData("mã hồ sơ", "mã-hồ-sơ!", true)]
    [InlineData("mã hồ sơ", "mahoso", true)]
    [InlineData("mã hồ sơ", "hồ sơ", false)]
    [InlineData("mã hồ sơ", "mã số hồ sơ", false)]
    [InlineData("đăng xuất", "dang xuat", true)]
    [InlineData("VNeID", "vneid", true)]
    [InlineData("VNeID", "VN e ID", true)]
    [InlineData("VNeID", "VNieD", true)] // two letters changed places
    [InlineData("VNeID", "VNeIDD", true)] // one too many
    [InlineData("VNeID", "VNID", true)] // one missing
    [InlineData("VNeID", "VNaID", true)] // one another
    [InlineData("VNeID", "VNaIT", false)]
    [InlineData("làm mẫu", "lam mau", true)]
    [InlineData("làm mẫu", "lam mao", false)] // short words are exact
    [InlineData("nghiêng nghiêng", "nghieng nghien", true)]
    [InlineData("dichvucong.gov.vn", "dichvucong gov vn", true)]
    [InlineData("dichvucong.gov.vn", "dichvucon.gov.vn", true)]
    [InlineData("156", "156", true)]
    [InlineData("156", " 156. ", true)]
    [InlineData("156", "157", false)]
    [InlineData("156", "1560", false)]
    [InlineData("156", "15", false)]
    [InlineData("156", "165", false)]
    [InlineData("12345", "12346", false)] // a number is no long word
    [InlineData("35.000", "35000", true)]
    [InlineData("35000", "35.000 ", true)]
    [InlineData("35000", "35,000", true)]
    [InlineData("35.000 đồng", "35000 dong", true)]
    [InlineData("500000", "500 000", true)]
    [InlineData("1,5", "1.5", true)]
    [InlineData("1,5", "15", false)]
    [InlineData("0,125", "0125", false)]
    [InlineData("113, 114, 115", "113 114 115", true)]
    [InlineData("113, 114", "114, 113", false)]
    [InlineData("1/12", "11/2", false)]
    [InlineData("0500 112 648", "0500112648", true)]
    [InlineData("0500 112 648", "0500112649", false)]
    [InlineData("cấp 4", "cap4", true)]
    [InlineData("cấp 4", "cấp 5", false)]
    [InlineData("mức 2", "muc hai", false)]
    public void ShortAnswer_Typed_ForgivesSlipsButNotNumbers(string accepted, string typed, bool expected) => Assert.Equal(expected, ShortAnswers.Accepts(accepted, typed));

    /// <summary>The answer is written as its field and its values, a dash for an empty one.</summary>
    [Theory]
    [InlineData(QuestionType.OneAnswer, new[] { 1, 0 }, "choice 1", true)]
    [InlineData(QuestionType.OneAnswer, new[] { 1, 0 }, "choice 0", false)]
    [InlineData(QuestionType.TrueFalse, new[] { 0, 1 }, "choice 1", true)]
    [InlineData(QuestionType.TrueFalse, new[] { 0, 1 }, "choice 0", false)]
    [InlineData(QuestionType.SeveralAnswers, new[] { 2, 0, 1 }, "choice 2 1", true)]
    [InlineData(QuestionType.SeveralAnswers, new[] { 2, 0, 1 }, "choice 1 2 2 99 -1", true)]
    [InlineData(QuestionType.SeveralAnswers, new[] { 2, 0, 1 }, "choice 1", false)]
    [InlineData(QuestionType.SeveralAnswers, new[] { 2, 0, 1 }, "choice 0 1 2", false)]
    [InlineData(QuestionType.PictureChoice, new[] { 1, 0 }, "choice 1", true)]
    [InlineData(QuestionType.PictureChoice, new[] { 1, 0 }, "choice 0", false)]
    [InlineData(QuestionType.Scenario, new[] { 0, 1 }, "choice 0", true)]
    [InlineData(QuestionType.Scenario, new[] { 0, 1 }, "choice 1", false)]
    [InlineData(QuestionType.Order, new[] { 2, 0, 3, 1 }, "place 3 1 4 2", true)]
    [InlineData(QuestionType.Order, new[] { 2, 0, 3, 1 }, "place 1 2 3 4", false)]
    [InlineData(QuestionType.Order, new[] { 2, 0, 3, 1 }, "place 3 1 2 4", false)] // one wrong is all wrong
    [InlineData(QuestionType.Match, new[] { 1, 0 }, "pair 1 0 0", true)] // two left sides share a right one
    [InlineData(QuestionType.Match, new[] { 1, 0 }, "pair 1 0 1", false)]
    [InlineData(QuestionType.ShortAnswer, new int[0], "text dau so 156", true)]
    [InlineData(QuestionType.ShortAnswer, new int[0], "text 156", true)]
    [InlineData(QuestionType.ShortAnswer, new int[0], "text 113", false)]
    public void Take_Whole_IsRightOrWrong(QuestionType type, int[] shown, string answer, bool right)
    {
        var (answered, flaw) = QuizGrading.Take(Sample(type), new(Guid.NewGuid(), shown), Read(answer));

        Assert.Equal((AnswerFlaw.None, right), (flaw, answered.R));
        Assert.NotNull(answered.A);
    }

    [Theory]
    [InlineData(QuestionType.OneAnswer, "", nameof(AnswerFlaw.NoChoice))]
    [InlineData(QuestionType.OneAnswer, "choice 7", nameof(AnswerFlaw.NoChoice))]
    [InlineData(QuestionType.Scenario, "choice 0 1", nameof(AnswerFlaw.TooManyChoices))]
    [InlineData(QuestionType.Order, "choice 0", nameof(AnswerFlaw.PlaceMissing))]
    [InlineData(QuestionType.Order, "place 1 2 - 4", nameof(AnswerFlaw.PlaceMissing))]
    [InlineData(QuestionType.Order, "place 1 2 3 5", nameof(AnswerFlaw.PlaceMissing))]
    [InlineData(QuestionType.Order, "place 1 2 3 4 5", nameof(AnswerFlaw.PlaceMissing))]
    [InlineData(QuestionType.Order, "place 1 2 2 4", nameof(AnswerFlaw.PlaceTwice))]
    [InlineData(QuestionType.Match, "pair 0 1", nameof(AnswerFlaw.PairMissing))]
    [InlineData(QuestionType.Match, "pair 0 1 2", nameof(AnswerFlaw.PairMissing))]
    [InlineData(QuestionType.Match, "pair 0 1 -", nameof(AnswerFlaw.PairMissing))]
    [InlineData(QuestionType.ShortAnswer, "text  ?! ", nameof(AnswerFlaw.NoText))]
    public void Take_Lacking_SaysWhatAndAnswersNothing(QuestionType type, string answer, string flaw)
    {
        var question = Sample(type);
        var drawn = QuizDraw.Make([question], 1, new Random(5))[0];

        var (answered, found) = QuizGrading.Take(question, drawn, Read(answer));

        Assert.Equal(flaw, found.ToString());
        Assert.Equal(drawn, answered);
    }

    [Fact]
    public void Take_EndlessText_IsNotTaken() =>
        Assert.Equal(AnswerFlaw.TextTooLong, QuizGrading.Take(Sample(QuestionType.ShortAnswer), new(Guid.NewGuid(), []), new() { Text = new string('a', QuizGrading.LongestText + 1) }).Flaw);

    [Fact]
    public void Invent_OfEachKind_IsMarkedAsItSays()
    {
        foreach (var question in Enum.GetValues<QuestionType>().Select(Sample))
        {
            var drawn = QuizDraw.Make([question], 1, new Random(3))[0];
            Assert.All([true, false], right => Assert.Equal(right, QuizGrading.Take(question, drawn, Fields(question, QuizGrading.Invent(question, drawn, right))).Answered.R));
        }
    }

    [Fact]
    public void Draw_Order_NeverShowsTheAnswer()
    {
        var question = Sample(QuestionType.Order);

        Assert.All(Enumerable.Range(0, 200), seed => Assert.NotEqual([0, 1, 2, 3], QuizDraw.Make([question], 1, new Random(seed))[0].O));
    }

    [Fact]
    public void Draw_Match_ShowsEachRightSideOnce() => Assert.Equal([0, 1], QuizDraw.Make([Sample(QuestionType.Match)], 1, new Random(1))[0].O.Order());

    [Theory]
    [InlineData(null, 0, null)]
    [InlineData(null, 50, 5)]
    [InlineData(30, 50, 3)]
    [InlineData(0, 50, null)]
    public void FinishFrom_CourseAndSite_TheCourseSaysFirst(int? course, int site, int? minutes)
    {
        var opened = new DateTime(2026, 11, 22, 2, 0, 0, DateTimeKind.Utc);
        var row = new LessonRow(Guid.NewGuid(), "bai", "Bài", 10, 0, 0, "", "", "T7", true, opened, null, null) { ReadPercent = course };

        Assert.Equal(minutes is { } wait ? opened.AddMinutes(wait) : null, row.FinishFrom(site));
        Assert.Null((row with { OpenedUtc = null }).FinishFrom(site));
        Assert.Null((row with { FinishedUtc = opened }).FinishFrom(site));
    }

    private static QuizAnswer Read(string answer)
    {
        var (field, values) = answer.Split(' ', 2) is [var name, var rest] ? (name, rest) : ("", "");
        int?[] numbers = [.. field is "" or "text" ? [] : values.Split(' ').Select(value => value == "-" ? (int?)null : int.Parse(value))];
        return field switch
        {
            "choice" => new() { Choice = [.. numbers.Select(number => number!.Value)] },
            "place" => new() { Place = numbers },
            "pair" => new() { Pair = numbers },
            "text" => new() { Text = values },
            _ => new(),
        };
    }

    /// <summary>The form that would have led to the answer.</summary>
    private static QuizAnswer Fields(Question question, DrawnQuestion answered) => question.Type switch
    {
        QuestionType.Order => new() { Place = [.. answered.O.Select(index => (int?)answered.A!.Index().First(step => step.Item == index).Index + 1)] },
        QuestionType.Match => new() { Pair = [.. answered.A!.Select(index => (int?)answered.O.Index().First(right => right.Item == index).Index)] },
        QuestionType.ShortAnswer => new() { Text = answered.T == "?" ? "không rõ" : answered.T },
        _ => new() { Choice = [.. answered.A!.Select(index => answered.O.Index().First(shown => shown.Item == index).Index)] },
    };

    private static Question Sample(QuestionType type)
    {
        var item = QuestionSamples.Of(type);
        return new() { Type = type, Options = Question.WriteOptions(item.Options), Scene = Question.WriteScene(item.Scene) };
    }
}
