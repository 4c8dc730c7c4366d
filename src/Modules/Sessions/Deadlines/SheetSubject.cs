using System.Globalization;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>What a message about sheets is about, as its subject tells: session, step, postponements and, for a point with a time of its own, point and hours.</summary>
internal sealed record SheetSubject(string Session, string Step, int Postponements, string? Point, int? Hours)
{
    private const int MostNames = 10;

    public static SheetSubject Read(string subject)
    {
        var parts = subject.Split(':');
        return new(parts[0], parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture), parts.ElementAtOrDefault(3), parts.Length > 4 ? int.Parse(parts[4], CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The first names, and how many more.</summary>
    public static string Names(IStringLocalizer<Strings> T, IReadOnlyList<string> names) =>
        names.Count <= MostNames ? string.Join("; ", names) : T["{0} và {1} điểm cầu khác", string.Join("; ", names.Take(MostNames)), (names.Count - MostNames).ToVietnamese()];
}
