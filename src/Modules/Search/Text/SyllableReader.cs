using System.Collections.Frozen;
using System.Text;

namespace TrainingSite.Search.Text;

/// <summary>Cuts a text into syllables: runs of letters and digits, whatever their Unicode form, case and place of the tone mark.</summary>
internal static class SyllableReader
{
    private static readonly FrozenDictionary<char, Letter> Letters = BuildLetters();

    /// <summary>The syllables of a text. Offsets refer to its NFC form, which is how the site stores text.</summary>
    public static List<Syllable> Read(string text)
    {
        text = VietnameseText.Normalize(text);

        var syllables = new List<Syllable>((text.Length / 5) + 4);
        var key = new StringBuilder(16);
        for (var at = 0; at < text.Length;)
        {
            if (!Letters.ContainsKey(text[at]) && !IsDollarForS(text, at))
            {
                at++;
                continue;
            }

            var start = at;
            var tone = '\0';
            key.Clear();
            for (; at < text.Length; at++)
            {
                if (Letters.TryGetValue(text[at], out var letter))
                {
                    key.Append(letter.Spelling);
                    tone = letter.Tone == '\0' ? tone : letter.Tone;
                }
                else if (at == start)
                {
                    key.Append('s');
                }
                else if (text[at] is < '\u0300' or > '\u036F')
                {
                    break;
                }
            }

            if (tone != '\0')
            {
                key.Append(tone);
            }

            var syllable = Syllable.Create(key.ToString(), start, at - start);
            if (syllable.Fold.Length > 0)
            {
                syllables.Add(syllable);
            }
        }

        return syllables;
    }

    /// <summary>"$6" is how a scanner reads "số".</summary>
    private static bool IsDollarForS(string text, int at) => text[at] == '$' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);

    private static FrozenDictionary<char, Letter> BuildLetters()
    {
        var letters = new Dictionary<char, Letter>();
        var latin = Enumerable.Range(0x30, 0x370 - 0x30).Concat(Enumerable.Range(0x1E00, 0xFF)).Select(code => (char)code);
        foreach (var character in latin.Where(char.IsLetterOrDigit))
        {
            if (Spell(character) is { Spelling.Length: > 0 } letter)
            {
                letters[character] = letter;
            }
        }

        // What a scanner without Vietnamese makes of marked letters.
        letters['¢'] = letters['€'] = new("e", '\0');
        letters['§'] = letters['¥'] = new("y", '\0');
        letters['ﬁ'] = new("o", '\0');
        return letters.ToFrozenDictionary();
    }

    private static Letter Spell(char character)
    {
        var spelling = new StringBuilder();
        var tone = '\0';
        foreach (var part in char.ToLowerInvariant(character).ToString().Normalize(NormalizationForm.FormD))
        {
            switch (part)
            {
                case '\u0300':
                    tone = 'F';
                    break;
                case '\u0301':
                    tone = 'S';
                    break;
                case '\u0309':
                    tone = 'R';
                    break;
                case '\u0303':
                    tone = 'X';
                    break;
                case '\u0323':
                    tone = 'J';
                    break;
                case '\u0302':
                    spelling.Append(char.ToUpperInvariant(spelling.Length > 0 ? spelling[^1] : 'A'));
                    break;
                case '\u0306' or '\u031B':
                    spelling.Append('W');
                    break;
                case 'đ' or 'ð':
                    spelling.Append("dD");
                    break;
                default:
                    if (char.IsLetterOrDigit(part))
                    {
                        spelling.Append(part);
                    }

                    break;
            }
        }

        return new(spelling.ToString(), tone);
    }

    private readonly record struct Letter(string Spelling, char Tone);
}
