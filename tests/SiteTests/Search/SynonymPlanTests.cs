using TrainingSite.Search.Services;
using TrainingSite.Search.Text;

namespace TrainingSite.SiteTests.Search;

/// <summary>What the planner and the ranking make of synonyms, without a database.</summary>
public sealed class SynonymPlanTests
{
    private static readonly LanguageStatistics Shipped = ShippedStatistics.Load();

    private static readonly QueryWords Words = new(
        new([("CCCD", "căn cước công dân")]),
        new([["ví điện tử", "ví momo"], ["căn cước", "căn cước công dân", "chứng minh nhân dân"], ["app", "ứng dụng", "phần mềm"], ["vneid", "định danh điện tử"], ["quét mã", "không dùng tiền mặt"]]));

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

    [Theory]
    [InlineData("vneid", "Đóng tiền điện, mở sổ điện tử rồi cài định danh điện tử.", "định danh điện tử")]
    [InlineData("vneid", "Cài ĐỊNH DANH ĐIỆN TỬ; ứng dụng VNeID định danh người dân.", "ĐỊNH DANH ĐIỆN TỬ", "VNeID")]
    [InlineData("vneid", "cai dinh danh dien tu cho ba con, dong tien dien", "dinh danh dien tu")]
    [InlineData("vneid", "Định danh điền tứ là chữ khác.")]
    [InlineData("ví momo", "Ví điện tử và tiền điện: ví nào cũng được.", "Ví điện tử", "ví")]
    [InlineData("quét mã", "Trả tiền không dùng tiền mặt, tiền lẻ để ở nhà.", "không dùng tiền mặt")]
    [InlineData("điện", "Đóng tiền điện và ví điện tử.", "điện", "điện")]
    public void Snippet_PhraseOfAGroup_IsMarkedOnlyWhereAllOfItStands(string typed, string text, params string[] marked)
    {
        var snippets = new SnippetMaker(Plan(typed));

        Assert.Equal(marked, Marked(snippets.Make(text, null, 0)));
        Assert.Equal(marked, Marked(snippets.MarkAll(text)));
    }

    [Fact]
    public void Snippet_PhraseInARepairedText_IsMarkedWhereTheReadingHoldsIt()
    {
        var segments = new SnippetMaker(Plan("vneid")).Make("cài đinh dauh đien tu và tien đien", "cai dinh danh dien tu va tien dien", 0);

        Assert.Equal(["đinh dauh đien tu"], Marked(segments));
    }

    [Fact]
    public void Snippet_NothingToMark_IsTheBeginning()
    {
        var segments = new SnippetMaker(Plan("vneid")).Make(string.Join(' ', Enumerable.Range(1, 60).Select(number => $"chữ{number}")), null, 0);

        Assert.StartsWith("chữ1 ", segments.ToText(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Marked(List<SnippetSegment> segments) => segments.Where(segment => segment.IsMatch).Select(segment => segment.Text);

    private static QueryPlan Plan(string typed) => new QueryPlanner(Shipped, Words).Plan(typed);

    private static List<string> Synonyms(QueryPlan plan) =>
        [.. plan.Readings.Where(reading => reading.Kind == ReadingKind.Synonym).Select(reading => string.Join(' ', reading.Terms.Select(term => plan.Terms[term].Fold)))];

    private static IEnumerable<string> Lookups(QueryPlan plan) => plan.Lookups.Select(lookup => string.Join('+', lookup.Features));
}
