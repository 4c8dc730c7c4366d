using System.Security.Cryptography;
using System.Text;
using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>What of a query may be kept: no numbers of phones, identity cards or accounts, no addresses of mail, nothing long.</summary>
/// <param name="Form">The syllables without marks, case and signs.</param>
/// <param name="Text">As it was typed, tidied.</param>
internal sealed record AskedText(string Form, string Text)
{
    /// <summary>Old identity cards have nine digits, phones ten (nine without the 0), new identity cards twelve; a date has eight.</summary>
    private const int DigitsOfANumber = 9;

    /// <summary>The text to keep; null when it must not be kept.</summary>
    public static AskedText? Of(string typed)
    {
        var text = VietnameseText.Clean(typed);
        if (text.Length > MissedSearch.MaxLength || text.Contains('@', StringComparison.Ordinal) || HasLongNumber(text))
        {
            return null;
        }

        var form = string.Join(' ', SyllableReader.Read(text).Select(syllable => syllable.Fold));
        return form.Length is 0 or > MissedSearch.MaxLength ? null : new(form, text);
    }

    /// <summary>One of 64 marks: the account's for this query.</summary>
    public long MarkOf(Guid account) => 1L << (SHA256.HashData(Encoding.UTF8.GetBytes($"{Form}\n{account:N}"))[0] & 63);

    /// <summary>Digits count on over the signs that people put between them.</summary>
    private static bool HasLongNumber(string text)
    {
        var digits = 0;
        foreach (var character in text)
        {
            if (char.IsDigit(character))
            {
                digits++;
            }
            else if (character is not (' ' or '.' or ',' or '-' or '(' or ')' or '+' or '/' or '_'))
            {
                digits = 0;
            }

            if (digits >= DigitsOfANumber)
            {
                return true;
            }
        }

        return false;
    }
}
