using System.Globalization;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>Counts of syllables and pairs in Vietnamese software texts: what the language looks like before the site has texts of its own. The file's first line names its sources.</summary>
internal static class ShippedStatistics
{
    /// <summary>Reads the list; some milliseconds.</summary>
    public static LanguageStatistics Load()
    {
        var statistics = new LanguageStatistics();
        using var reader = new StreamReader(typeof(ShippedStatistics).Assembly.GetManifestResourceStream("syllables.tsv")!);
        while (reader.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (!line.StartsWith('#') && tab > 0)
            {
                statistics.Add(line[..tab].Replace(' ', '_'), new(0, int.Parse(line.AsSpan(tab + 1), CultureInfo.InvariantCulture)));
            }
        }

        return statistics;
    }
}
