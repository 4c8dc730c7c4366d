using System.Globalization;
using System.Text;

namespace TrainingSite.Courses.Certificates.Pdf;

/// <summary>A font as one document uses it: remembers which glyphs were set, for the subset at the end.</summary>
/// <param name="font">The font.</param>
/// <param name="key">Its name in the document's pages: <c>F0</c>.</param>
internal sealed class PdfFont(TrueTypeFont font, string key)
{
    private readonly SortedDictionary<int, Rune> _used = [];

    public TrueTypeFont Font => font;

    public string Key => key;

    /// <summary>Glyphs that were set, with the character of each, so that a reader can copy and search the text.</summary>
    public IReadOnlyDictionary<int, Rune> Used => _used;

    /// <summary>Width of a text in points.</summary>
    public double Width(string text, double size, double tracking = 0) =>
        text.EnumerateRunes().Sum(rune => font.Width(font.Glyph(rune)) * size / 1000 + tracking);

    /// <summary>The text as numbers of glyphs, in hexadecimal.</summary>
    public string Encode(string text)
    {
        var code = new StringBuilder(text.Length * 4);
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = font.Glyph(rune);
            _used.TryAdd(glyph, rune);
            code.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
        }

        return code.ToString();
    }

    /// <summary>The text in lines no wider than that; a word that is wider has a line of its own, or is cut.</summary>
    public List<string> Break(string text, double size, double width, bool cutsWords)
    {
        var lines = new List<string>();
        var line = "";
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in cutsWords ? words.SelectMany(word => Cut(word, size, width)) : words)
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Width(longer, size) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        lines.Add(line);
        return lines;
    }

    private IEnumerable<string> Cut(string word, double size, double width)
    {
        var piece = new StringBuilder();
        var room = width;
        foreach (var rune in word.EnumerateRunes())
        {
            var needed = font.Width(font.Glyph(rune)) * size / 1000;
            if (needed > room && piece.Length > 0)
            {
                yield return piece.ToString();
                piece.Clear();
                room = width;
            }

            piece.Append(rune);
            room -= needed;
        }

        yield return piece.ToString();
    }
}
