using TrainingSite.Courses.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Which attempts count towards the most that a person has.</summary>
public sealed class AttemptCountTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 2, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(null, "F-300 F-200 P-100 F-50", 4)]
    [InlineData(null, "F-300 paperP-100 F-50", 2)]
    [InlineData(12, "F-300 F-200 P-100", 0)]
    [InlineData(12, "F-300 P-100 F-50 R-1", 2)]
    [InlineData(12, "P-300 F-200 P-100 F-50", 1)]
    [InlineData(12, "F-300 paperP-100 F-50 paperF-40", 1)]
    [InlineData(12, "F-400 F-300", 1)]
    [InlineData(12, "", 0)]
    public void AttemptsUsed_WhereCompletionsEnd_BeginsAnewWithAPass(int? validMonths, string attempts, int used)
    {
        var course = new Course { ValidMonths = validMonths };

        Assert.Equal(used, course.AttemptsUsed(Read(attempts), Now));
    }

    [Theory]
    [InlineData(null, "F-900 P-800 P-100", 2)]
    [InlineData(12, "F-900 P-800 P-100", 3)]
    [InlineData(12, "P-800 F-100", null)]
    public void PassOf_APassTooOld_DoesNotCount(int? validMonths, string attempts, int? number)
    {
        var course = new Course { ValidMonths = validMonths };

        Assert.Equal(number, course.PassOf(Read(attempts), Now)?.Number);
    }

    /// <summary>Attempts as words: passed, failed or running, so many days ago, on paper or not.</summary>
    private static List<QuizAttempt> Read(string attempts) => [.. attempts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, index) =>
    {
        var isPaper = word.StartsWith("paper", StringComparison.Ordinal);
        var text = isPaper ? word["paper".Length..] : word;
        var started = Now.AddDays(int.Parse(text[1..]));
        return new QuizAttempt
        {
            Number = index + 1,
            State = text[0] switch { 'P' => AttemptState.Passed, 'F' => AttemptState.Failed, _ => AttemptState.Running },
            StartedUtc = started,
            FinishedUtc = text[0] == 'R' ? null : started.AddMinutes(5),
            RecordedBy = isPaper ? "Tổ trưởng" : null,
        };
    })];
}
