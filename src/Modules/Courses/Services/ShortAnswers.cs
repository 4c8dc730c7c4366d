using System.Text.RegularExpressions;

namespace TrainingSite.Courses.Services;

/// <summary>
/// Compares a typed answer with an accepted one. Accents, case, spaces and punctuation do not matter, nor does one slip of typing in a word of five
/// letters or more; numbers are exact: 35.000 is 35000, 1,5 is not 15, 113 is not 114.
/// </summary>
internal static partial class ShortAnswers
{
    private const int LongWord = 5;

    /// <summary>Whether there is a letter or digit to compare.</summary>
    public static bool HasWords(string text) => Words(text, groupsBySpace: false).Count > 0;

    /// <summary>Whether the typed answer is as good as the accepted one.</summary>
    public static bool Accepts(string accepted, string typed) =>
        // "500 000" is one number, "113 114" is two: both readings are tried.
        IsSame(Words(accepted, groupsBySpace: false), Words(typed, groupsBySpace: false)) || IsSame(Words(accepted, groupsBySpace: true), Words(typed, groupsBySpace: true));

    private static bool IsSame(List<string> accepted, List<string> typed) =>
        (accepted.Count == typed.Count && accepted.Zip(typed).All(pair => pair.First == pair.Second || IsSlip(pair.First, pair.Second))) || Join(accepted) == Join(typed);

    /// <summary>Folded words and numbers. Dots, commas and (if wanted) spaces before three digits only group them; any other is a decimal comma.</summary>
    private static List<string> Words(string text, bool groupsBySpace) =>
        [.. (groupsBySpace ? WordOrGroupedNumber() : WordOrNumber()).Matches(VietnameseText.Fold(text))
            .Select(match => match.Groups["whole"] is { Success: true } whole ? Digits(whole.Value) + (match.Groups["part"] is { Success: true } part ? "," + part.Value : "") : match.Value)];

    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));

    /// <summary>Without spaces, but two numbers side by side stay two.</summary>
    private static string Join(List<string> words) =>
        string.Concat(words.Select((word, index) => index > 0 && char.IsAsciiDigit(word[0]) && char.IsAsciiDigit(words[index - 1][^1]) ? "|" + word : word));

    /// <summary>Whether one letter is missing, too many, another one, or changed places with its neighbour.</summary>
    private static bool IsSlip(string accepted, string typed)
    {
        if (accepted.Length < LongWord || Math.Abs(accepted.Length - typed.Length) > 1 || char.IsAsciiDigit(accepted[0]) || char.IsAsciiDigit(typed[0]))
        {
            return false;
        }

        var same = accepted.AsSpan().CommonPrefixLength(typed);
        var (right, given) = (accepted[same..], typed[same..]);
        return right.Length > given.Length ? right[1..] == given
            : right.Length < given.Length ? given[1..] == right
            : right[1..] == given[1..] || (right.Length > 1 && right[0] == given[1] && right[1] == given[0] && right[2..] == given[2..]);
    }

    [GeneratedRegex(@"(?<whole>0(?=[.,])|[0-9]+(?:[.,][0-9]{3}(?![0-9]))*)(?:[.,](?<part>[0-9]+))?|\p{L}+")]
    private static partial Regex WordOrNumber();

    [GeneratedRegex(@"(?<whole>0(?=[.,])|[0-9]+(?:[ .,][0-9]{3}(?![0-9]))*)(?:[.,](?<part>[0-9]+))?|\p{L}+")]
    private static partial Regex WordOrGroupedNumber();
}
