using TrainingSite.Courses.Services;

namespace TrainingSite.SiteTests.Courses;

/// <summary>How two texts of a lesson are set beside each other.</summary>
public sealed class CourseDiffTests
{
    private const string Lesson = "## Chuẩn bị\n\n- Căn cước công dân\n- Điện thoại có mạng\n- Mật khẩu\n\nĐến nhà văn hóa đúng giờ.";

    [Fact]
    public void Lines_WordChanged_MarksItInTheLineThatWentAndTheOneThatCame() =>
        Assert.Equal(
            ["  - Căn cước công dân", "- - Điện thoại có [mạng]", "+ - Điện thoại có [sóng khỏe]", "  - Mật khẩu"],
            Show(Lesson, Lesson.Replace("có mạng", "có sóng khỏe", StringComparison.Ordinal))[2..6]);

    [Fact]
    public void Lines_HeadingAndItemsReplacedByAParagraph_AreNotRunTogether() =>
        Assert.Equal(
            ["- [## Chuẩn bị]", "+ [Chiều thứ Sáu mọi người gặp nhau ở chợ.]", "  ", "  - Căn cước công dân", "…"],
            Show(Lesson, Lesson.Replace("## Chuẩn bị", "Chiều thứ Sáu mọi người gặp nhau ở chợ.", StringComparison.Ordinal)));

    [Fact]
    public void Lines_ItemPutBeforeAChangedOne_PairsTheLinesThatAreAlike() =>
        Assert.Equal(
            ["+ [- Sổ tay và bút]", "- - Điện thoại có mạng", "+ - Điện thoại có mạng[ 4G]"],
            Show(Lesson, Lesson.Replace("- Điện thoại có mạng", "- Sổ tay và bút\n- Điện thoại có mạng 4G", StringComparison.Ordinal)).Where(line => line[0] is '-' or '+'));

    [Fact]
    public void Lines_OnlyAddedOrRemoved_StandAlone()
    {
        Assert.Equal(["  - Mật khẩu", "+ [- Bút]", "  "], Show(Lesson, Lesson.Replace("Mật khẩu", "Mật khẩu\n- Bút", StringComparison.Ordinal))[2..5]);
        Assert.Equal(["- [- Mật khẩu]"], Show(Lesson, Lesson.Replace("- Mật khẩu\n", "", StringComparison.Ordinal)).Where(line => line[0] == '-'));
        Assert.Equal(["+ [Một]", "+ ", "+ [Hai]"], Show("", "Một\n\nHai"));
        Assert.Equal(["- [Một]"], Show("Một", ""));
    }

    [Fact]
    public void Lines_ManyOfBothKinds_AreComparedInTime()
    {
        var (before, after) = (string.Join('\n', Enumerable.Range(0, 3000).Select(number => $"- mục cũ {number}")), string.Join('\n', Enumerable.Range(0, 3000).Select(number => $"- khoản mới {number}")));

        Assert.Equal(6000, Show(before, after).Count);
    }

    /// <summary>A sign for each line, and brackets around the words that are marked.</summary>
    private static List<string> Show(string before, string after) => CourseDiff.Lines(before, after).ConvertAll(line => line is null ? "…"
        : $"{line.Kind switch { DiffKind.Same => ' ', DiffKind.Added => '+', DiffKind.Removed => '-' }} {string.Concat(line.Pieces.Select(piece => piece.Kind == DiffKind.Same ? piece.Text : $"[{piece.Text}]"))}");
}
