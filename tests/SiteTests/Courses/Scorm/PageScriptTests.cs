using System.Text;
using TrainingSite.Courses.Scorm;

namespace TrainingSite.SiteTests.Courses.Scorm;

/// <summary>Our script comes first in a page of a package, but after what decides how the page is read.</summary>
public sealed class PageScriptTests
{
    private const string Script = "<script src=\"/a?b&amp;c\"></script>";

    [Theory]
    [InlineData("", "<html><body>", "utf-8")]
    [InlineData("<!DOCTYPE html>", "<html><head><meta charset=utf-8>", "utf-8")]
    [InlineData("\uFEFF<!doctype html>", "\n<title>Chữ</title>", "utf-8")]
    [InlineData("\n<?xml version=\"1.0\"?>\n<!-- <head> \n --> <!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">", "<html>", "utf-8")]
    [InlineData("", "<!-- không đóng <!DOCTYPE html>", "utf-8")]
    [InlineData("\uFEFF<!DOCTYPE html>", "<p>Chữ", "utf-16")]
    [InlineData("\uFEFF<!DOCTYPE html>", "<p>Chữ", "utf-16BE")]
    [InlineData("<!DOCTYPE html>", "<p>é", "iso-8859-1")]
    [InlineData("", "", "utf-8")]
    public void Insert_Page_ComesAfterTheDoctype(string before, string after, string name)
    {
        var encoding = Encoding.GetEncoding(name);

        var page = PageScript.Insert(encoding.GetBytes(before + after), "/a?b&c");

        Assert.Equal(before + Script + after, encoding.GetString(page));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><p>Chữ", "utf-8", "text/html; charset=utf-8")]
    [InlineData("<p>abc", "utf-8", "text/html; charset=utf-8")]
    [InlineData("<meta charset=windows-1258><p>abc", "utf-8", "text/html")]
    [InlineData("<META http-equiv=Content-Type content='text/html; CHARSET=iso-8859-1'>", "utf-8", "text/html")]
    [InlineData("<p>é", "iso-8859-1", "text/html")]
    [InlineData("\uFEFF<p>Chữ", "utf-16", "text/html")]
    public void TypeOf_Page_SaysUtf8WhereNothingElseDoes(string page, string name, string type) => Assert.Equal(type, PageScript.TypeOf(Encoding.GetEncoding(name).GetBytes(page)));
}
