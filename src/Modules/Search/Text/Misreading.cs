namespace TrainingSite.Search.Text;

/// <summary>
/// How far what is seen lies from what may be meant, in units of one plain misreading. Letters that a scanner (or a finger) often
/// confuses are nearer; the costs were read off scanned office documents.
/// </summary>
internal static class Misreading
{
    /// <summary>Farther than any limit.</summary>
    public const float TooFar = 9;

    private const int LongestWord = 14;
    private const int Width = LongestWord + 2;

    [ThreadStatic]
    private static float[]? _table;

    /// <summary>The distance; <see cref="TooFar"/> as soon as it must exceed the limit.</summary>
    public static float Distance(ReadOnlySpan<char> seen, ReadOnlySpan<char> meant, float limit)
    {
        if (seen.Length - meant.Length > 3 || meant.Length - seen.Length > 2 || seen.Length > LongestWord || meant.Length > LongestWord)
        {
            return TooFar;
        }

        var table = _table ??= new float[Width * Width];
        for (var column = 0; column <= meant.Length; column++)
        {
            table[column] = column * .8f;
        }

        for (var row = 1; row <= seen.Length; row++)
        {
            var best = TooFar;
            table[row * Width] = row * .7f;
            for (var column = 1; column <= meant.Length; column++)
            {
                var cost = table[((row - 1) * Width) + column - 1] + Substitution(seen[row - 1], meant[column - 1]);
                cost = Math.Min(cost, table[((row - 1) * Width) + column] + Extra(seen, row - 1));
                cost = Math.Min(cost, table[(row * Width) + column - 1] + .8f);
                if (row > 1 && column > 1 && seen[row - 1] == meant[column - 2] && seen[row - 2] == meant[column - 1])
                {
                    cost = Math.Min(cost, table[((row - 2) * Width) + column - 2] + .7f);
                }

                table[(row * Width) + column] = cost;
                best = Math.Min(best, cost);
            }

            if (best > limit)
            {
                return TooFar;
            }
        }

        return table[(seen.Length * Width) + meant.Length];
    }

    /// <summary>Whether a word that is no syllable may be another one badly read: CNSCĐ as CNSCP, VNeID as VNelD.</summary>
    public static bool IsNearWord(string meant, string seen) =>
        Math.Abs(meant.Length - seen.Length) <= 1 && meant[0] == seen[0]
        && Distance(seen, meant, 1) <= meant.Length switch { <= 3 => .4f, 4 => .7f, _ => 1f };

    /// <summary>Whether a damaged spelling may be this syllable.</summary>
    public static bool IsNearSyllable(string meant, string seen) =>
        Math.Abs(seen.Length - meant.Length) <= 2 && Distance(seen, meant, .7f) <= .6f;

    private static float Extra(ReadOnlySpan<char> seen, int at) =>
        seen[at] is 'r' or 't' or 'i' or '1' ? .5f
        : at > 0 && seen[at] == seen[at - 1] ? .3f
        : char.IsAsciiDigit(seen[at]) ? .5f
        : .7f;

    private static float Substitution(char seen, char meant) => seen == meant ? 0 : (meant, seen) switch
    {
        ('o', '0' or '6') => .15f,
        ('o', 'd' or 'b' or 'e' or 'c' or 'g' or 'a') => .5f,
        ('o', 'u' or 'w') => .6f,
        ('u', 'w') => .2f,
        ('u', 'o' or 'i' or 'y' or 'v' or 't' or 'a') => .55f,
        ('a', '4' or '3' or 'x') => .3f,
        ('a', 'd' or 'e' or 'i' or 'o') => .5f,
        ('e', 'c' or 'o' or 'i' or 'a') => .55f,
        ('i', '1' or 'j' or 'l') => .2f,
        ('i', 'y' or 't' or 'e') => .5f,
        ('l', '1' or 'i' or 'j') => .2f,
        ('d', 'p' or 'b') => .35f,
        ('d', 'o') => .6f,
        ('s', '5' or '8') => .2f,
        ('s', 'x') or ('x', 's') => .6f,
        ('n', 'h' or 'm' or 'r') => .6f,
        ('h', 'n' or 'b') => .5f,
        ('m', 'n') => .7f,
        ('c', 'e' or 'o' or 'g' or 't') => .5f,
        ('t', 'r' or 'f' or 'l' or 'i' or 'c') => .6f,
        ('r', 'l' or 't') => .6f,
        ('g', 'q' or '9' or 'c') => .4f,
        ('y', 'i' or 'v') => .4f,
        ('v', 'y' or 'u') => .4f,
        _ => char.IsAsciiDigit(seen) ? .9f : 1f,
    };
}
