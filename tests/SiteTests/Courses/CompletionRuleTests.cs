using TrainingSite.Courses.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>What completes a course, decided from facts alone.</summary>
public sealed class CompletionRuleTests
{
    private static readonly DateTime Monday = new(2026, 11, 16, 0, 0, 0, DateTimeKind.Utc);
    private static readonly CompletionFact Quiz = new(CompletionFactKind.Quiz, "attempt", 90, Monday.AddDays(1));
    private static readonly CompletionFact Session = new(CompletionFactKind.Session, "TH-1", 80, Monday.AddDays(3));
    private static readonly CompletionFact ShortSession = new(CompletionFactKind.Session, "TH-0", 79, Monday);

    [Theory]
    [InlineData(CompletionMode.Any, true, true, true, true, true)]
    [InlineData(CompletionMode.Any, true, true, true, false, true)]
    [InlineData(CompletionMode.Any, true, true, false, true, true)]
    [InlineData(CompletionMode.Any, true, true, false, false, false)]
    [InlineData(CompletionMode.All, true, true, true, true, true)]
    [InlineData(CompletionMode.All, true, true, true, false, false)]
    [InlineData(CompletionMode.All, true, true, false, true, false)]
    [InlineData(CompletionMode.Any, true, false, false, true, false)]
    [InlineData(CompletionMode.Any, false, true, true, false, false)]
    [InlineData(CompletionMode.All, true, false, true, false, true)]
    [InlineData(CompletionMode.All, false, true, false, true, true)]
    [InlineData(CompletionMode.All, false, false, true, true, false)]
    [InlineData(CompletionMode.Any, false, false, true, true, false)]
    public void Evaluate_Facts_FollowsTheRule(CompletionMode mode, bool quizCounts, bool sessionCounts, bool passed, bool attended, bool expected)
    {
        var rule = new CompletionRule(quizCounts, sessionCounts, 80, mode);

        var facts = rule.Evaluate(passed ? [Quiz] : [], attended ? [ShortSession, Session] : [ShortSession]);

        Assert.Equal(expected, facts.Count > 0);
        Assert.DoesNotContain(ShortSession, facts);
    }

    [Fact]
    public void CompletedUtc_AnyMode_IsTheFirstFact()
    {
        var rule = new CompletionRule(true, true, 80, CompletionMode.Any);

        Assert.Equal(Quiz.AtUtc, rule.CompletedUtc(rule.Evaluate([Quiz], [Session])));
    }

    [Fact]
    public void CompletedUtc_AllMode_IsTheLastFact()
    {
        var rule = new CompletionRule(true, true, 80, CompletionMode.All);

        Assert.Equal(Session.AtUtc, rule.CompletedUtc(rule.Evaluate([Quiz], [Session])));
    }

    [Fact]
    public void Evaluate_InAnyOrder_NamesTheSameFacts()
    {
        var rule = new CompletionRule(true, true, 80, CompletionMode.All);
        var later = Session with { Reference = "TH-2", AtUtc = Session.AtUtc.AddDays(1) };

        Assert.Equal(rule.Evaluate([Quiz], [Session, later]), rule.Evaluate([Quiz], [later, Session]));
    }

    [Theory]
    [InlineData(CompletionMode.Any, 5, true)]
    [InlineData(CompletionMode.Any, 40, true)]
    [InlineData(CompletionMode.All, 25, true)]
    [InlineData(CompletionMode.All, 45, false)]
    public void Decide_LaterQuiz_RenewsWhereTheCourseIsStillComplete(CompletionMode mode, int laterDay, bool renewed)
    {
        var rule = new CompletionRule(true, true, 80, mode, ValidMonths: 1);
        var later = Quiz with { Reference = "later", AtUtc = Monday.AddDays(laterDay) };
        var completed = mode == CompletionMode.Any ? Quiz.AtUtc : Session.AtUtc;

        var period = rule.Decide([Quiz, later], [Session], [])!;

        Assert.Equal(completed, period.CompletedUtc);
        var last = VietnamTime.ToLocal(renewed ? later.AtUtc : completed).Date.AddMonths(1);
        Assert.Equal(VietnamTime.ToUtc(last.AddDays(1)), period.ExpiresUtc);
        Assert.Equal(renewed, period.Facts.Contains(later));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(31, true)]
    public void Decide_RenewedAfterItsEnd_SaysWhenItHeldBefore(int laterDay, bool afterTheEnd)
    {
        var rule = new CompletionRule(true, false, 80, CompletionMode.Any, ValidMonths: 1);
        var later = Quiz with { Reference = "later", AtUtc = Quiz.AtUtc.AddDays(laterDay) };

        var period = rule.Decide([Quiz, later], [], [])!;

        Assert.Equal(Quiz.AtUtc, period.CompletedUtc);
        Assert.Equal(afterTheEnd ? later.AtUtc : (DateTime?)null, period.ResumedUtc);
        List<(DateTime, DateTime)> earlier = afterTheEnd ? [(Quiz.AtUtc, VietnamTime.ToUtc(new(2026, 12, 18)))] : [];
        Assert.Equal(earlier, period.Earlier);
    }

    [Fact]
    public void Decide_SkillsRequired_AreOneOfTheFacts()
    {
        var skills = new CompletionFact(CompletionFactKind.Skills, "course", 100, Monday.AddDays(9));
        var rule = new CompletionRule(true, false, 80, CompletionMode.All, SkillsRequired: true);

        Assert.Null(rule.Decide([Quiz], [Session], []));
        Assert.Equal([Quiz, skills], rule.Decide([Quiz], [Session], [skills])!.Facts);
    }
}
