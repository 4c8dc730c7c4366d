using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Paper;

/// <summary>
/// The short code of a person on a point's paper sheet: their number there and a check letter, <c>7K</c>. One wrong digit or two that
/// changed places give another letter, always; so does most often the sheet of another point.
/// </summary>
public static partial class PaperCode
{
    /// <summary>Nineteen, a prime: that is what makes every single slip show. A letter stands only at the end, so none is taken for a digit.</summary>
    private const string Alphabet = "BCDFGHJKLMNPRSTVWXZ";

    /// <summary>The code of a number at a point.</summary>
    public static string Of(Guid point, int number) => string.Create(CultureInfo.InvariantCulture, $"{number}{LetterOf(point, number)}");

    /// <summary>The check letter.</summary>
    public static char LetterOf(Guid point, int number)
    {
        Span<byte> key = stackalloc byte[16];
        point.TryWriteBytes(key);
        // Seven steps from one number to the next, so that neighbours on the sheet have letters that look nothing alike.
        return Alphabet[(int)((SHA256.HashData(key)[0] + (7L * number)) % Alphabet.Length)];
    }

    /// <summary>Takes a text apart: codes with spaces, commas, lines or nothing between them; <c>7K+15</c> came 15 minutes late, <c>7K-</c> is absent.</summary>
    internal static IReadOnlyList<PaperWord> Read(string? text) =>
        [.. Separators().Split(text ?? "").Where(word => word.Length > 0).SelectMany(Apart).Select(word => Shape().Match(word) is { Success: true } match
            ? new PaperWord(word, int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), char.ToUpperInvariant(match.Groups["letter"].ValueSpan[0]),
                match.Groups["late"].Success ? AttendanceKind.Late : match.Groups["absent"].Success ? AttendanceKind.Absent : AttendanceKind.In,
                match.Groups["late"].Success ? int.Parse(match.Groups["late"].ValueSpan, CultureInfo.InvariantCulture) : null)
            : new PaperWord(word, null, ' ', AttendanceKind.In, null))];

    /// <summary>A letter ends a code, so the next one needs no space before it. After minutes it does: 7K+1512M would have two meanings.</summary>
    private static IEnumerable<string> Apart(string word) =>
        Row().Match(word) is { Success: true } row ? row.Groups["code"].Captures.Select(code => code.Value) : [word];

    [GeneratedRegex(@"^(?<code>[0-9]{1,5}[A-Za-z]-?)*(?<code>[0-9]{1,5}[A-Za-z](?:\+[0-9]{1,3}|-)?)$")]
    private static partial Regex Row();

    [GeneratedRegex(@"[\s,;]+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(?<number>[0-9]{1,5})(?<letter>[A-Za-z])(?:\+(?<late>[0-9]{1,3})|(?<absent>-))?$")]
    private static partial Regex Shape();
}

/// <summary>One word of what was typed.</summary>
/// <param name="Text">As typed.</param>
/// <param name="Number">The number; null when it is no code at all.</param>
/// <param name="Letter">The letter.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Minutes">Minutes late.</param>
internal sealed record PaperWord(string Text, int? Number, char Letter, AttendanceKind Kind, int? Minutes);
