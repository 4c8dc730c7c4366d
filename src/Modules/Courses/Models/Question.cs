using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Courses.Models;

/// <summary>How a question is answered.</summary>
public enum QuestionType
{
    /// <summary>Exactly one option is right.</summary>
    OneAnswer,

    /// <summary>Two or more options are right.</summary>
    SeveralAnswers,

    /// <summary>"Đúng" or "Sai".</summary>
    TrueFalse,

    /// <summary>Steps to put in order; the options stand in the right one.</summary>
    Order,

    /// <summary>Pairs to find: each option with its <see cref="QuestionOption.Pair"/>.</summary>
    Match,

    /// <summary>A few typed words or a number; each option is an accepted answer.</summary>
    ShortAnswer,

    /// <summary>Exactly one of several pictures is right.</summary>
    PictureChoice,

    /// <summary>A message on a phone, see <see cref="Question.Scene"/>; exactly one option is right.</summary>
    Scenario,
}

/// <summary>One option of a question: an answer, a step, one side of a pair, an accepted wording.</summary>
/// <param name="Text">What it says; of a picture, what it shows.</param>
/// <param name="Correct">Whether it is right; always so where every option belongs to the answer.</param>
/// <param name="Why">A kind line on why it is not right; null for a right one.</param>
public sealed record QuestionOption(string Text, bool Correct, string? Why = null)
{
    /// <summary>What goes with it, in a question of pairs.</summary>
    public string? Pair { get; init; }

    /// <summary>The picture, named as in Markdown: <c>media/NAME</c> or <c>drawings/NAME</c>.</summary>
    public string? Picture { get; init; }
}

/// <summary>The message that a scenario shows.</summary>
/// <param name="Sender">Who seems to have sent it.</param>
/// <param name="Text">What it says; its lines stay.</param>
public sealed record QuestionScene(string Sender, string Text)
{
    /// <summary>A picture in the message, named as in Markdown.</summary>
    public string? Picture { get; init; }

    /// <summary>What the picture shows.</summary>
    public string? PictureText { get; init; }

    /// <summary>Parts of the text that give it away, word for word; marked once it has been answered.</summary>
    public IReadOnlyList<string>? Signs { get; init; }
}

/// <summary>
/// A question of a course's quiz. It never changes once it is there: an author's change retires it and adds its next revision,
/// so that a past attempt always shows what was asked.
/// </summary>
public sealed class Question
{
    internal Question()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Of which course.</summary>
    public Guid CourseId { get; internal set; }

    /// <summary>Of which course.</summary>
    public Course Course { get; internal set; } = null!;

    /// <summary>The lesson that answers it; null when none does alone.</summary>
    public Guid? LessonId { get; internal set; }

    /// <summary>The lesson that answers it.</summary>
    public Lesson? Lesson { get; internal set; }

    /// <summary>Name that stays over the revisions: <c>T3-Q01</c>.</summary>
    public string Key { get; internal set; } = "";

    /// <summary>Grows with each change.</summary>
    public int Revision { get; internal set; } = 1;

    /// <summary>How it is answered.</summary>
    public QuestionType Type { get; internal set; }

    /// <summary>What is asked.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>The options as JSON; read them by <see cref="ReadOptions"/>.</summary>
    public string Options { get; internal set; } = "[]";

    /// <summary>The message of a scenario as JSON, null for the other kinds; read it by <see cref="ReadScene"/>.</summary>
    public string? Scene { get; internal set; }

    /// <summary>What is right and why, and what to do in real life.</summary>
    public string Explanation { get; internal set; } = "";

    /// <summary>Since when it is no longer drawn, UTC; null while it is.</summary>
    public DateTime? RetiredUtc { get; internal set; }

    /// <summary>The options in the author's order.</summary>
    public IReadOnlyList<QuestionOption> ReadOptions() => JsonSerializer.Deserialize<List<QuestionOption>>(Options, CourseJson.Options)!;

    /// <summary>The message of a scenario.</summary>
    public QuestionScene? ReadScene() => Scene is null ? null : JsonSerializer.Deserialize<QuestionScene>(Scene, CourseJson.Options);

    internal static string? WriteScene(QuestionScene? scene) => scene is null ? null : JsonSerializer.Serialize(scene, CourseJson.Options);

    internal static string WriteOptions(IEnumerable<QuestionOption> options) => JsonSerializer.Serialize(options.ToArray(), CourseJson.Options);

    internal sealed class Configuration : IEntityTypeConfiguration<Question>
    {
        public void Configure(EntityTypeBuilder<Question> builder)
        {
            builder.ToTable("Courses_Question");
            builder.Property(question => question.Key).HasMaxLength(30);
            builder.Property(question => question.Text).HasMaxLength(1000);
            builder.Property(question => question.Explanation).HasMaxLength(2000);
            builder.HasOne(question => question.Course).WithMany(course => course.Questions).HasForeignKey(question => question.CourseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(question => question.Lesson).WithMany().HasForeignKey(question => question.LessonId).OnDelete(DeleteBehavior.SetNull);
            builder.HasIndex(question => new { question.CourseId, question.Key, question.Revision }).IsUnique();
            builder.HasIndex(question => question.LessonId);
        }
    }
}
