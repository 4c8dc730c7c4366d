using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TrainingSite.SiteTests.Kernel;

/// <summary>Every Vietnamese text in the code has its English one, and no translation is left over (decision 8).</summary>
public sealed partial class TranslationTests
{
    public static TheoryData<string> Projects
    {
        get
        {
            var folders = new[] { "src/Kernel", "src/Site" }
                .Concat(Directory.EnumerateDirectories(Path.Combine(Root(), "src", "Modules")))
                .Concat(Directory.EnumerateDirectories(Path.Combine(Root(), "themes")));
            return [.. folders.Select(folder => Path.GetRelativePath(Root(), Path.Combine(Root(), folder)))];
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Texts_InCode_HaveAnEnglishTranslation(string project)
    {
        var used = UsedTexts(project);
        var translated = TranslatedTexts(project);

        Assert.Equal("", string.Join('\n', used.Except(translated, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)));
        Assert.Equal("", string.Join('\n', translated.Except(used, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)));
    }

    private static HashSet<string> UsedTexts(string project) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root(), project), "*.cs*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".cshtml", StringComparison.Ordinal))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal))
            .SelectMany(path => TextPattern().Matches(File.ReadAllText(path)))
            .Select(match => Regex.Unescape(match.Groups["text"].Value))];

    private static HashSet<string> TranslatedTexts(string project)
    {
        var path = Path.Combine(Root(), project, "Resources", "Strings.en.resx");
        return File.Exists(path) ? [.. XDocument.Load(path).Root!.Elements("data").Select(data => data.Attribute("name")!.Value)] : [];
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    /// <summary>The text in <c>T["…"]</c>, on a background task, in an <c>ErrorMessage = "…"</c> or in a <c>Display(Name = "…")</c>.</summary>
    [GeneratedRegex("(?:\\bT\\[\\s*|\\bBackgroundTask\\(\"[^\"]*\", |\\bErrorMessage = |\\bDisplay\\(Name = )\"(?<text>(?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex TextPattern();
}
