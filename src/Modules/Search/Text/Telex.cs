using System.Text;

namespace TrainingSite.Search.Text;

/// <summary>Reads what a keyboard left that was not switched to Vietnamese: "dichj" is dịch, "truwcj" trực, "khoanr" khoản.</summary>
internal static class Telex
{
    /// <summary>The syllable that was meant; null when the word bears no Telex marks or would be no syllable.</summary>
    public static Syllable? Decode(Syllable typed)
    {
        var key = new StringBuilder(typed.Fold.Length + 2);
        var tone = '\0';
        var seenVowel = false;
        var seenMark = false;
        foreach (var letter in typed.Fold)
        {
            if (!char.IsAsciiLetterLower(letter))
            {
                return null;
            }

            if (seenVowel && letter is 's' or 'f' or 'r' or 'x' or 'j' && seenVowel)
            {
                tone = char.ToUpperInvariant(letter);
                seenMark = true;
            }
            else if (letter == 'w')
            {
                seenVowel |= AddHornOrBreve(key);
                seenMark = true;
            }
            else if (letter is 'a' or 'e' or 'o' or 'd' && key.Length > 0 && key[^1] == letter)
            {
                key.Append(char.ToUpperInvariant(letter));
                seenMark = true;
            }
            else
            {
                key.Append(letter);
                seenVowel |= Syllable.IsVowel(letter);
            }
        }

        if (!seenMark)
        {
            return null;
        }

        if (tone != '\0')
        {
            key.Append(tone);
        }

        var meant = Syllable.Create(key.ToString(), typed.Start, typed.Length);
        return SyllableShape.IsSyllable(meant.Fold) ? meant : null;
    }

    /// <summary>A w marks the vowel before it ("uo" both letters); alone it is ư. Says whether it added a vowel.</summary>
    private static bool AddHornOrBreve(StringBuilder key)
    {
        var at = key.Length - 1;
        while (at >= 0 && key[at] is not ('a' or 'o' or 'u'))
        {
            at--;
        }

        if (at < 0)
        {
            key.Append("uW");
            return true;
        }

        key.Insert(at + 1, 'W');
        if (key[at] == 'o' && at > 0 && key[at - 1] == 'u')
        {
            key.Insert(at, 'W');
        }

        return false;
    }
}
