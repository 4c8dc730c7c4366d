using System.Runtime.CompilerServices;

namespace TrainingSite.SiteTests.Kernel;

/// <summary>What no page's own test would notice in its view.</summary>
public sealed class ViewTests
{
    /// <summary>Razor resolves "~/" only where it stands written; a "~" before an expression reaches the browser as it is, and the link leads nowhere.</summary>
    [Fact]
    public void Addresses_InViews_AreResolved()
    {
        var views = new[] { "src", "themes" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cshtml", SearchOption.AllDirectories)).ToList();

        Assert.NotEmpty(views);
        Assert.All(views, view => Assert.DoesNotContain("=\"~@", File.ReadAllText(view)));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
