using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>How a page was read.</summary>
public sealed record PageQuality(int Number, PageSource Source, int? Confidence, int Length);

/// <summary>Which pages of a document were read how well, in words.</summary>
/// <param name="Pages">All pages, in order.</param>
public sealed record ReadingReport(IReadOnlyList<PageQuality> Pages)
{
    private const int Good = 80;
    private const int Fair = 60;

    /// <summary>Whether there is more to say than that the words stand in the file.</summary>
    public bool HasScans => Pages.Any(page => page.Source != PageSource.Layer);

    /// <summary>A sentence for each sort of page that there is.</summary>
    public IEnumerable<string> Lines(IStringLocalizer<Strings> T)
    {
        var lines = new (string Words, Func<PageQuality, bool> Has)[]
        {
            (T["Có sẵn chữ trong tệp"], page => page.Source == PageSource.Layer),
            (T["Nhận dạng tốt (độ chắc từ {0}%)", Good], page => page is { Source: PageSource.Scan, Confidence: >= Good }),
            (T["Nhận dạng tạm được (từ {0} đến {1}%)", Fair, Good - 1], page => page is { Source: PageSource.Scan, Confidence: >= Fair and < Good }),
            (T["Nhận dạng kém (dưới {0}%), nên xem tệp gốc", Fair], page => page is { Source: PageSource.Scan, Confidence: < Fair }),
            (T["Đang chờ nhận dạng"], page => page.Source == PageSource.Waiting),
            (T["Không nhận ra chữ nào"], page => page.Source == PageSource.Unread),
        };
        return lines.Select(line => (line.Words, Numbers: Pages.Where(line.Has).Select(page => page.Number).ToList()))
            .Where(line => line.Numbers.Count > 0).Select(line => $"{line.Words}: {T["trang {0}", Ranges(line.Numbers)]}");
    }

    /// <summary>"1–3, 7".</summary>
    private static string Ranges(List<int> numbers)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var number in numbers)
        {
            if (ranges.Count > 0 && ranges[^1].Last == number - 1)
            {
                ranges[^1] = (ranges[^1].First, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(", ", ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}–{range.Last}"));
    }
}
