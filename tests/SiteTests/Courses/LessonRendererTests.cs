using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Services;
using TrainingSite.SiteTests.Kernel;

namespace TrainingSite.SiteTests.Courses;

/// <summary>What an author's Markdown becomes, and what it may not become.</summary>
public sealed class LessonRendererTests(EmptySqliteSite site) : IClassFixture<EmptySqliteSite>
{
    private RenderedLesson Render(string markdown) => site.Services.GetRequiredService<LessonRenderer>().Render(markdown);

    [Theory]
    [InlineData("thu-ngay", "Thử ngay: Đổi vai")]
    [InlineData("luu-y", "Lưu ý: Đổi vai")]
    [InlineData("canh-bao", "Coi chừng: Đổi vai")]
    public void Render_Box_HasItsTitle(string box, string title)
    {
        var lesson = Render($":::{box} Đổi vai\n1. Một việc\n:::");

        Assert.Contains($"<div class=\"{box}\">\n<p class=\"box-title\">{title}</p>\n<ol>", lesson.Html);
        Assert.Equal($"{title}\nMột việc", lesson.Text);
    }

    [Fact]
    public void Render_TaskList_NamesEachBoxByItsWords()
    {
        var lesson = Render("- [ ] Gọi **lại** số\n  `1900 0368`\n- [x] Hỏi [người nhà](https://example.org) & bạn");

        Assert.Contains("<input aria-label=\"Gọi lại số 1900 0368\" disabled=\"disabled\" type=\"checkbox\" /> Gọi <strong>lại</strong>", lesson.Html);
        Assert.Contains("<input aria-label=\"Hỏi người nhà &amp; bạn\" disabled=\"disabled\" type=\"checkbox\" checked=\"checked\" />", lesson.Html);
        Assert.Equal("Gọi lại số\n1900 0368\nHỏi người nhà & bạn", lesson.Text);
    }

    [Fact]
    public void Render_UnknownBox_IsPlainText() => Assert.Equal("<p>chữ</p>\n", Render(":::la-lung\nchữ\n:::").Html);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("chữ <img src=x onerror=alert(1)>")]
    [InlineData("<iframe src=\"https://example.org\"></iframe>")]
    [InlineData(":::thu-ngay <b onclick=alert(1)>tên</b>\nchữ\n:::")]
    public void Render_RawHtml_IsShownAsText(string markdown)
    {
        var html = Render(markdown).Html;

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain("<iframe", html);
        Assert.DoesNotContain("<b ", html);
        Assert.Contains("&lt;", html);
    }

    [Theory]
    [InlineData("[bấm](javascript:alert(1))")]
    [InlineData("[bấm](JaVaScRiPt:alert(1))")]
    [InlineData("[bấm](data:text/html,x)")]
    [InlineData("[bấm](//example.org)")]
    [InlineData("<javascript:alert(1)>")]
    public void Render_UnsafeLink_IsNoLink(string markdown) => Assert.DoesNotContain("<a", Render(markdown).Html);

    [Theory]
    [InlineData("[bấm](https://dichvucong.gov.vn)", "https://dichvucong.gov.vn")]
    [InlineData("[bấm](/courses)", "/courses")]
    [InlineData("[gọi](tel:113)", "tel:113")]
    [InlineData("[mục](#ba-dau-hieu)", "#ba-dau-hieu")]
    public void Render_SafeLink_IsALink(string markdown, string url) => Assert.Contains($"href=\"{url}\"", Render(markdown).Html);

    [Fact]
    public void Render_Drawing_HasAddressSizeAndWords()
    {
        var lesson = Render("![Bàn tay chặn điện thoại](drawings/t7-dung-lai.svg)");

        Assert.Contains("<img src=\"/modules/courses/drawings/t7-dung-lai.svg\" loading=\"lazy\" width=\"400\" height=\"250\" alt=\"Bàn tay chặn điện thoại\" />", lesson.Html);
        Assert.True(lesson.Weight.Page > lesson.Html.Length + 500, "The drawing's bytes count.");
    }

    [Theory]
    [InlineData("![hình](https://example.org/x.png)")]
    [InlineData("![hình](drawings/../../secret.svg)")]
    [InlineData("![hình](drawings/khong-co.svg)")]
    public void Render_OtherPicture_IsItsWords(string markdown) => Assert.Equal("<p>hình</p>\n", Render(markdown).Html);

    [Fact]
    public void Render_Headings_HaveAnchorsAndBeginAtTwo()
    {
        var html = Render("# Đường đi\n\n## Đường đi\n\n## !!!").Html;

        Assert.Contains("<h2 id=\"duong-di\">", html);
        Assert.Contains("<h2 id=\"duong-di-2\">", html);
        Assert.Contains("<h2 id=\"muc\">", html);
        Assert.DoesNotContain("<h1", html);
    }

    [Fact]
    public void Render_TaskList_IsAList() => Assert.Contains("type=\"checkbox\"", Render("- [ ] Tôi đã đổi mật khẩu").Html);
}
