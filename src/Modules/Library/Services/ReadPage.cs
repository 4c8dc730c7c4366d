using System.Text;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>A page as it was read.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Source">How they were come by.</param>
/// <param name="Confidence">How sure they are, 0 to 100, where they were read from a picture.</param>
internal sealed record ReadPage(string Text, PageSource Source = PageSource.Layer, int? Confidence = null)
{
    /// <summary>A picture in which nothing could be read.</summary>
    public static readonly ReadPage Unread = new("", PageSource.Unread);

    /// <summary>A picture that waits.</summary>
    public static readonly ReadPage Waiting = new("", PageSource.Waiting);
}

/// <summary>The words of a file by page, or why there are none.</summary>
/// <param name="Pages">Each page; empty when it failed.</param>
/// <param name="Problem">Why it failed or what was left out, for people.</param>
/// <param name="HasFailed">Whether nothing could be read.</param>
internal sealed record ExtractedText(IReadOnlyList<ReadPage> Pages, string? Problem = null, bool HasFailed = false)
{
    /// <summary>Most pages that are kept; what is longer is no document for people.</summary>
    public const int MaxPages = 5000;

    /// <summary>Nothing could be read.</summary>
    public static ExtractedText Failed(string problem) => new([], problem, HasFailed: true);

    /// <summary>Where the document then stands.</summary>
    public TextState State => HasFailed ? TextState.Failed : Pages.Any(page => page.Source == PageSource.Waiting) ? TextState.Scanning : TextState.Done;
}

/// <summary>Text as it is stored.</summary>
internal static class PageText
{
    /// <summary>NFC, lines kept, control characters dropped (PostgreSQL refuses the null character).</summary>
    public static string Clean(string page)
    {
        var clean = new StringBuilder(page.Length);
        foreach (var character in VietnameseText.Normalize(page.ReplaceLineEndings("\n")))
        {
            if (character is '\n' or '\t' || !char.IsControl(character))
            {
                clean.Append(character);
            }
        }

        return clean.ToString().Trim();
    }
}
