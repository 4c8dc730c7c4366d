using System.Globalization;
using System.Text;

namespace TrainingSite.Kernel;

/// <summary>Comparing Vietnamese text: stored NFC, compared also without accents (domain §8, R55).</summary>
public static class VietnameseText
{
    /// <summary>
    /// The text in a normalization form; what is no character (half a surrogate pair, U+FFFE), on which .NET would throw, is left out.
    /// Texts from outside go through here.
    /// </summary>
    public static string Normalize(string text, NormalizationForm form = NormalizationForm.FormC)
    {
        var valid = text;
        if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || text.Contains('\uFFFE', StringComparison.Ordinal))
        {
            valid = string.Concat(text.EnumerateRunes().Where(rune => rune.Value is not (0xFFFE or 0xFFFD)));
        }

        return valid.IsNormalized(form) ? valid : valid.Normalize(form);
    }

    /// <summary>
    /// The text without tone and vowel marks, đ as d, lower case, single spaces: what a person types on a phone without accents.
    /// "Chiềng Hặc" → "chieng hac". Stored beside a name to search and sort by.
    /// </summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var space = false;
        foreach (var character in Normalize(text, NormalizationForm.FormD))
        {
            if (char.IsWhiteSpace(character))
            {
                space = folded.Length > 0;
                continue;
            }

            if (CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
            {
                continue;
            }

            if (space)
            {
                folded.Append(' ');
                space = false;
            }

            folded.Append(character is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(character));
        }

        return folded.ToString();
    }

    /// <summary>NFC with single spaces and no spaces at the ends, all on one line; format characters (zero-width) and control characters are dropped. How every text is stored (R98).</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        var space = false;
        foreach (var character in Normalize(text))
        {
            if (char.IsWhiteSpace(character))
            {
                space = clean.Length > 0;
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                if (space)
                {
                    clean.Append(' ');
                    space = false;
                }

                clean.Append(character);
            }
        }

        return clean.ToString();
    }

    /// <summary>
    /// A Vietnamese phone number in E.164 ("+84500112648") from any usual way of writing it; null when it is none.
    /// The form is checked, not the operator (ten digits from 0; 84, +84 and (+84) stand for the 0).
    /// </summary>
    public static string? NormalizePhone(string text)
    {
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        if (text.Any(character => !char.IsAsciiDigit(character) && character is not (' ' or '.' or '-' or '+' or '(' or ')' or '\u00A0')))
        {
            return null;
        }

        if (digits.StartsWith("84", StringComparison.Ordinal) && digits.Length == 11)
        {
            digits = "0" + digits[2..];
        }

        return digits.Length == 10 && digits[0] == '0' ? "+84" + digits[1..] : null;
    }

    /// <summary>"0500 112 648": a stored number as people write it.</summary>
    public static string FormatPhone(string e164) =>
        e164.StartsWith("+84", StringComparison.Ordinal) && e164.Length == 12 ? $"0{e164[3..6]} {e164[6..9]} {e164[9..]}" : e164;
}
