using TrainingSite.Courses.Models;
using TrainingSite.Courses.Recipes;

namespace TrainingSite.SiteTests.Courses;

/// <summary>A question of each kind, courses that ask them, and what a form sends to answer them.</summary>
public static class QuestionSamples
{
    /// <summary>Stands in no page before it may be told.</summary>
    public const string Explanation = "Giải thích riêng của câu này.";

    /// <summary>A drawing that every site has.</summary>
    private const string Drawing = "drawings/t7-dung-lai.svg";

    /// <summary>The question of that kind, as files hold it.</summary>
    public static QuestionItem Of(QuestionType type) => type switch
    {
        QuestionType.OneAnswer => Item(type, "Ai giữ mã OTP?", new("Chỉ mình bạn.", true), new("Cả nhà cùng giữ.", false, "Nhiều người biết là lộ.")),
        QuestionType.SeveralAnswers => Item(type, "Điều nào đáng ngờ?", new("Giục gấp.", true), new("Dặn giấu.", true), new("Mời đến trụ sở.", false, "Mời đến trụ sở là bình thường.")),
        QuestionType.TrueFalse => Item(type, "Ổ khóa cạnh địa chỉ nghĩa là trang thật.", new("Đúng", false, "Trang giả cũng có ổ khóa."), new("Sai", true)),
        QuestionType.Order => Item(type, "Xếp việc cần làm.", new("Ngừng chuyển tiền", true), new("Gọi ngân hàng", true), new("Đổi mật khẩu", true), new("Báo Công an xã", true)),
        QuestionType.Match => Item(type, "Ghép chữ với nghĩa.", Pair("KT.", "Ký thay"), Pair("TM.", "Thay mặt"), Pair("T/M", "Thay mặt")),
        QuestionType.ShortAnswer => Item(type, "Gọi số nào khi bị lừa qua điện thoại?", new("Đầu số 156", true), new("156", true)),
        QuestionType.PictureChoice => Item(type, "Hình nào có bàn tay chặn?", Shown("Bàn tay giơ ra", Drawing, true), Shown("Bàn trực có tấm khiên", "drawings/t7-bao-cong-an.svg", false)),
        QuestionType.Scenario => Item(type, "Tin này có lừa đảo không?", new("Có, đừng bấm.", true), new("Không, cứ bấm.", false, "Đuôi địa chỉ lạ.")) with
        {
            Scene = new("Số lạ", "Bạn trúng thưởng.\nNhận trước 16h tại qua-tang.example/nhan, nhanh tay!") { Signs = ["trước 16h", "qua-tang.example/nhan"], Picture = Drawing, PictureText = "Tấm thiệp có chữ trúng thưởng" },
        },
    };

    /// <summary>A published course on a topic of its own that asks questions of these kinds, each once; its slug.</summary>
    public static Task<string> AskAsync(this SiteFixture site, params QuestionType[] types) => site.AskAsync(_ => { }, types);

    internal static Task<string> AskAsync(this SiteFixture site, Action<Course> change, params QuestionType[] types) => site.QueryAsync(async db =>
    {
        var topic = $"K{Guid.NewGuid():N}"[..10];
        var course = new Course { Slug = topic.ToLowerInvariant(), TopicCode = topic, Title = "Khóa đủ kiểu câu hỏi", State = CourseState.Published, UpdatedUtc = site.Clock.UtcNow() };
        change(course);
        db.Topics.Add(new() { Code = topic, Name = "Thử", Icon = "book" });
        db.Courses.Add(course);
        db.Lessons.Add(new() { CourseId = course.Id, Slug = "bai", Title = "Bài để đọc", Position = 1, Minutes = 10 });
        foreach (var type in types)
        {
            var draft = Of(type).ToDraft(null);
            db.Questions.Add(new()
            {
                CourseId = course.Id, Key = draft.Key, Type = draft.Type, Text = draft.Text, Options = Question.WriteOptions(draft.Options), Scene = Question.WriteScene(draft.Scene), Explanation = draft.Explanation,
            });
        }

        await db.SaveChangesAsync();
        return course.Slug;
    });

    /// <summary>What the form of a drawn question sends for a right or a wrong answer.</summary>
    public static Task<List<KeyValuePair<string, string>>> AnswerFieldsAsync(this SiteFixture site, Guid personId, string question, bool right) => site.QueryAsync(async db =>
    {
        var parts = question.Split('/');
        var (number, position) = (int.Parse(parts[^2]), int.Parse(parts[^1]));
        var attempt = await db.QuizAttempts.AsNoTracking().SingleAsync(row => row.PersonId == personId && row.Course.Slug == parts[2] && row.Number == number);
        var drawn = attempt.ReadDraw()[position - 1];
        var row = await db.Questions.AsNoTracking().SingleAsync(row => row.Id == drawn.Q);
        return Fields(row, drawn, right);
    });

    /// <summary>The same for a question and how it was drawn.</summary>
    internal static List<KeyValuePair<string, string>> Fields(Question row, DrawnQuestion drawn, bool right)
    {
        var options = row.ReadOptions();
        var shown = drawn.O.Select((index, place) => (options[index].Correct, Place: place)).ToList();
        return row.Type switch
        {
            QuestionType.Order => [.. drawn.O.Select((index, place) => KeyValuePair.Create($"place[{place}]", $"{(right ? index + 1 : options.Count - index)}"))],
            QuestionType.Match => [.. options.Select((option, index) => KeyValuePair.Create($"pair[{index}]", $"{drawn.O.Index().First(other => options[other.Item].Pair == option.Pair == right).Index}"))],
            QuestionType.ShortAnswer => [new("text", right ? options[0].Text : "Không rõ")],
            _ when right => shown.FindAll(pair => pair.Correct).ConvertAll(pair => KeyValuePair.Create("choice", $"{pair.Place}")),
            _ => [new("choice", $"{shown.Find(pair => !pair.Correct).Place}")],
        };
    }

    private static QuestionItem Item(QuestionType type, string text, params QuestionOption[] options) => new($"K-{type}", QuestionItem.NameOf(type), text, options, Explanation);

    private static QuestionOption Pair(string left, string right) => new(left, true) { Pair = right };

    private static QuestionOption Shown(string text, string picture, bool right) => new(text, right, right ? null : "Hình ấy là bàn trực.") { Picture = picture };
}
