using TrainingSite.Search.Services;
using TrainingSite.Search.Text;

namespace TrainingSite.SiteTests.Search;

/// <summary>What the planner and the ranking make of synonyms, without a database.</summary>
public sealed class SynonymPlanTests
{
    private static readonly LanguageStatistics Shipped = ShippedStatistics.Load();

    private static readonly QueryWords Words = new(
        new([("CCCD", "căn cước công dân")]),
        new([["ví điện tử", "ví momo"], ["căn cước", "căn cước công dân", "chứng minh nhân dân"], ["app", "ứng dụng", "phần mềm"]]));

    [Theory]
    [InlineData("cài ví điện tử", "cai vi momo")]
    [InlineData("cai vi dien tu", "cai vi momo")]
    [InlineData("CÀI VÍ MOMO", "cai vi dien tu")]
    [InlineData("vis ddieenj tuwr", "vi momo")]
    [InlineData("căn cước công dân", "chung minh nhan dan")]
    [InlineData("làm cccd", "lam chung minh nhan dan")]
    public void Plan_PhraseOfAGroup_IsAlsoReadAsTheOthers(string typed, string expected) => Assert.Contains(expected, Synonyms(Plan(typed)));

    [Theory]
    [InlineData("ví điện thoại")]
    [InlineData("ví điên tử")]
    [InlineData("điện tử")]
    [InlineData("")]
    public void Plan_NoPhraseOfAGroup_HasNoSynonym(string typed) => Assert.Empty(Synonyms(Plan(typed)));

    [Fact]
    public void Plan_LongerPhrase_IsNotReadAsTheShorterOneAndARest() =>
        Assert.DoesNotContain("chung minh nhan dan cong dan", Synonyms(Plan("căn cước công dân")));

    [Fact]
    public void Plan_TwoPhrases_ReplacesOneAtATime() =>
        Assert.Equal(["app vi momo", "phan mem vi dien tu", "ung dung vi dien tu"], Synonyms(Plan("app ví điện tử")).Order(StringComparer.Ordinal));

    [Fact]
    public void Plan_ManyPhrases_StaysWithinTheLimit()
    {
        var plan = Plan(string.Join(' ', Enumerable.Repeat("app ví momo căn cước", 4)));

        Assert.Equal(Scoring.MostSynonyms, Synonyms(plan).Count);
    }

    [Fact]
    public void Plan_Synonyms_TakeNoLookupFromWhatWasTyped()
    {
        var without = new QueryPlanner(Shipped, QueryWords.None).Plan("cài ví điện tử cho người già");
        var with = Plan("cài ví điện tử cho người già");

        Assert.Equal(Lookups(without), Lookups(with).Take(without.Lookups.Count));
        Assert.Contains("vi_momo", Lookups(with).Skip(without.Lookups.Count));
    }

    [Theory]
    [InlineData("ví điện tử", "viS dDieEnJ tuWR", "viS momo")]
    [InlineData("vi momo", "viS momo", "viS dDieEnJ tuWR")]
    public void Rank_TypedPhrase_ComesBeforeItsSynonymAndThatBeforeNothing(string typed, string same, string synonym)
    {
        var ranker = new PassageRanker(Plan(typed), 8);

        var asTyped = ranker.Score($"huwoWngS daanX caiF {same} cho baF con", null, 0);
        var other = ranker.Score($"huwoWngS daanX caiF {synonym} cho baF con", null, 0);
        var part = ranker.Score("huwoWngS daanX caiF viS cho baF con", null, 0);

        Assert.True(asTyped.Score > other.Score && other.Score > part.Score, $"{asTyped} {other} {part}");
        Assert.Equal((ReadingKind.Typed, ReadingKind.Synonym), (asTyped.Via, other.Via));
    }

    [Fact]
    public void Snippet_Synonym_IsMarked()
    {
        var segments = new SnippetMaker(Plan("căn cước")).Make("Mang theo chứng minh nhân dân khi đi khám.", null, 0);

        Assert.Equal(["chứng minh nhân dân"], segments.Where(segment => segment.IsMatch).Select(segment => segment.Text));
    }

    private static QueryPlan Plan(string typed) => new QueryPlanner(Shipped, Words).Plan(typed);

    private static List<string> Synonyms(QueryPlan plan) =>
        [.. plan.Readings.Where(reading => reading.Kind == ReadingKind.Synonym).Select(reading => string.Join(' ', reading.Terms.Select(term => plan.Terms[term].Fold)))];

    private static IEnumerable<string> Lookups(QueryPlan plan) => plan.Lookups.Select(lookup => string.Join('+', lookup.Features));
}
