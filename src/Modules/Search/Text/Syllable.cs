namespace TrainingSite.Search.Text;

/// <summary>
/// One syllable of a text. The key is its canonical spelling in ASCII: bare letters, a capital for each mark, the tone last; so
/// dịch is <c>dichJ</c>, hòa and hoà are <c>hoaF</c>, kỹ and kĩ are <c>kiX</c>. The fold is the key without its capitals.
/// </summary>
/// <param name="Key">The spelling with its marks.</param>
/// <param name="Fold">The spelling without marks: what a person types on a phone without accents.</param>
/// <param name="Start">Where it stands in the text.</param>
/// <param name="Length">How many characters of the text it takes.</param>
internal readonly record struct Syllable(string Key, string Fold, int Start, int Length)
{
    /// <summary>Whether any mark is written.</summary>
    public bool IsMarked => Key.Length != Fold.Length;

    /// <summary>Whether it begins with a digit: a number, a date, a house number.</summary>
    public bool IsNumber => char.IsAsciiDigit(Fold[0]);

    /// <summary>The fold of a key.</summary>
    public static string FoldOf(string key)
    {
        var length = 0;
        foreach (var letter in key)
        {
            length += char.IsAsciiLetterUpper(letter) ? 0 : 1;
        }

        return length == key.Length ? key : string.Create(length, key, static (fold, key) => Fill(key, fold));
    }

    /// <summary>Writes the fold of a key and says how long it is; what does not fit is cut off.</summary>
    public static int Fill(ReadOnlySpan<char> key, Span<char> fold)
    {
        var length = 0;
        foreach (var letter in key)
        {
            if (!char.IsAsciiLetterUpper(letter) && length < fold.Length)
            {
                fold[length++] = letter;
            }
        }

        return length;
    }

    /// <summary>
    /// A syllable from its letters and marks. After a consonant a final y is an i (kỹ = kĩ, lý = lí; qui = quy), but not in thuý or ý.
    /// </summary>
    public static Syllable Create(string key, int start, int length)
    {
        var fold = FoldOf(key);
        if (fold.Length >= 2 && fold[^1] == 'y' && ((fold.Length <= 3 && !IsVowel(fold[^2])) || fold == "quy"))
        {
            key = key.Replace('y', 'i');
            fold = fold[..^1] + "i";
        }

        return new(key, fold.Length == key.Length ? key : fold, start, length);
    }

    /// <summary>Whether a folded letter is a vowel.</summary>
    public static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
