using System.Text;
using TrainingSite.Search.Services;
using TrainingSite.Search.Text;

namespace TrainingSite.SiteTests.Search;

public sealed class AnalyzerTests
{
    private static readonly LanguageStatistics Shipped = ShippedStatistics.Load();

    [Theory]
    [InlineData("dịch", "dichJ", "dich")]
    [InlineData("Đăng", "dDaWng", "dang")]
    [InlineData("hòa", "hoaF", "hoa")]
    [InlineData("hoà", "hoaF", "hoa")]
    [InlineData("kỹ", "kiX", "ki")]
    [InlineData("kĩ", "kiX", "ki")]
    [InlineData("qui", "qui", "qui")]
    [InlineData("quy", "qui", "qui")]
    [InlineData("thuý", "thuyS", "thuy")]
    [InlineData("NƯỚC", "nuWoWcS", "nuoc")]
    public void Read_Spelling_GivesOneKey(string text, string key, string fold)
    {
        var syllable = Assert.Single(SyllableReader.Read(text));

        Assert.Equal(key, syllable.Key);
        Assert.Equal(fold, syllable.Fold);
    }

    [Fact]
    public void Read_DecomposedText_GivesTheSameKeys()
    {
        const string Text = "Tổ công nghệ số cộng đồng xã Chiềng Hặc";

        Assert.Equal(SyllableReader.Read(Text).Select(s => s.Key), SyllableReader.Read(Text.Normalize(NormalizationForm.FormD)).Select(s => s.Key));
    }

    [Fact]
    public void Read_NumbersAndSigns_KeepsRunsOfLettersAndDigits() =>
        Assert.Equal(["quyet", "dinh", "749", "qd", "ttg"], SyllableReader.Read("Quyết định: 749/QĐ-TTg!").Select(s => s.Fold));

    [Theory]
    [InlineData("dichj", "dichJ")]
    [InlineData("truwcj", "truWcJ")]
    [InlineData("khoanr", "khoanR")]
    [InlineData("ddooir", "dDoOiR")]
    [InlineData("chuyeern", "chuyeEnR")]
    public void Telex_LeftOver_IsDecoded(string typed, string key) =>
        Assert.Equal(key, Telex.Decode(Assert.Single(SyllableReader.Read(typed)))?.Key);

    [Theory]
    [InlineData("dich")]
    [InlineData("zalo")]
    [InlineData("2026")]
    public void Telex_OrdinaryWord_IsLeftAlone(string typed) => Assert.Null(Telex.Decode(Assert.Single(SyllableReader.Read(typed))));

    [Theory]
    [InlineData("nghieng", true)]
    [InlineData("gi", true)]
    [InlineData("quoc", true)]
    [InlineData("cbng", false)]
    [InlineData("zalo", false)]
    public void IsSyllable_Fold_IsJudgedByOnsetAndRime(string fold, bool expected) => Assert.Equal(expected, SyllableShape.IsSyllable(fold));

    [Fact]
    public void Analyze_BadScan_IsRepaired()
    {
        const string Scan = "Huéng dan thi diém trién khai T6 cbng nghé so6 cong dong tai cac dia phuong, Uy ban nhan dan céc tinh, thanh phé truc thudc";

        var passage = new PassageAnalyzer(Shipped).Analyze("", Scan);

        Assert.False(passage.IsClean);
        Assert.Contains("cong_nghe", passage.Features);
        Assert.Contains("cbng", passage.Features);
        Assert.Equal(passage.Length, passage.Reading!.Split(' ').Length);
    }

    [Fact]
    public void Analyze_CleanText_IsLeftAlone()
    {
        var passage = new PassageAnalyzer(Shipped).Analyze("An toàn trên mạng", "Không đưa mã OTP cho bất kỳ ai, kể cả người tự xưng là công an hay ngân hàng.");

        Assert.True(passage.IsClean);
        Assert.Null(passage.Reading);
        Assert.Equal(4, passage.TitleLength);
    }

    [Fact]
    public void Abbreviations_BothWays_AreReplaced()
    {
        var list = new AbbreviationList([("DVC", "dịch vụ công"), ("DVCTT", "dịch vụ công trực tuyến")]);

        Assert.Equal(["dichJ", "vuJ", "coOng", "truWcJ", "tuyeEnS"], list.SpellOut(SyllableReader.Read("dvctt"))!.Select(s => s.Key));
        Assert.Equal(["dvctt"], list.Abbreviate(SyllableReader.Read("dich vu cong truc tuyen"))!.Select(s => s.Key));
        Assert.Null(list.SpellOut(SyllableReader.Read("bản đồ số")));
        Assert.Null(list.Abbreviate(SyllableReader.Read("dịch vụ cống")));
    }

    [Fact]
    public void Rank_RightMarks_ComeBeforeOthers()
    {
        var plan = new QueryPlanner(Shipped, QueryWords.None).Plan("bán đồ");
        var ranker = new PassageRanker(plan, 4);

        var right = ranker.Score("banS dDoOF cuR gias", null, 0).Score;
        var other = ranker.Score("banR dDoOF cuR gias", null, 0).Score;

        Assert.True(right > other && other > 0, $"{right} {other}");
    }

    [Fact]
    public void Rank_PhraseAgainstScatteredWords_PhraseWins()
    {
        var plan = new QueryPlanner(Shipped, QueryWords.None).Plan("dich vu cong");
        var ranker = new PassageRanker(plan, 8);

        Assert.True(ranker.Score("noOpJ hoOF soW dichJ vuJ coOng taiJ nhaF", null, 0).Score > ranker.Score("coOng anF xaX dichJ beEnhJ taiJ noWi vuJ", null, 0).Score);
    }

    [Fact]
    public void Cut_LongText_GivesPassagesThatTogetherAreTheText()
    {
        var text = string.Join(' ', Enumerable.Range(1, 900).Select(number => number % 15 == 0 ? $"từ{number}." : $"từ{number}"));

        var passages = PassageCutter.Cut(text);

        Assert.Equal(text, string.Join(' ', passages));
        Assert.All(passages, passage => Assert.InRange(passage.Split(' ').Length, 60, 230));
    }

    [Fact]
    public void Snippet_HostileText_IsPlainPieces()
    {
        var plan = new QueryPlanner(Shipped, QueryWords.None).Plan("công nghệ");

        var segments = new SnippetMaker(plan).Make("<b>x</b> tổ công nghệ số <script>", null, 0);

        Assert.Equal("<b>x</b> tổ công nghệ số <script>", string.Concat(segments.Select(segment => segment.Text)));
        Assert.Equal(["công nghệ"], segments.Where(segment => segment.IsMatch).Select(segment => segment.Text));
    }

    [Theory]
    [InlineData("an toàn", "An toàn khi thanh toán", "An toàn")]
    [InlineData("an toan", "An toàn khi thanh toán", "An toàn|toán")]
    [InlineData("an toàn", "Thanh toán không dùng tiền mặt", "toán")]
    public void Snippet_WordAndNamesake_MarksTheNamesakeOnlyForWantOfTheWord(string typed, string text, string marked)
    {
        var plan = new QueryPlanner(Shipped, QueryWords.None).Plan(typed);

        var segments = new SnippetMaker(plan).Make(text, null, 0);

        Assert.Equal(marked.Split('|'), segments.Where(segment => segment.IsMatch).Select(segment => segment.Text));
    }
}
