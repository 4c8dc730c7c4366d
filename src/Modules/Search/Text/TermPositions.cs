namespace TrainingSite.Search.Text;

/// <summary>A place where a passage matches a term.</summary>
/// <param name="Position">Number of the syllable.</param>
/// <param name="Quality">1 with the right marks, less otherwise.</param>
internal readonly record struct TermMatch(int Position, float Quality);

/// <summary>Where the terms of a query stand in one passage. Used again for each passage of a search.</summary>
internal sealed class TermPositions
{
    /// <summary>Four readings of 24 syllables, some of them several times as long when abbreviations are spelt out, and what eight synonyms add to them, stay below this.</summary>
    private const int TermBits = 10;

    private const int TermMask = (1 << TermBits) - 1;

    private readonly List<int> _places = [];
    private readonly int[] _inWindow;
    private readonly QueryPlan _plan;
    private readonly List<TermMatch>[] _matches;
    private readonly Dictionary<string, int[]> _termsOfFold;
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _foldLookup;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _nearLookup;

    /// <summary>A bit for each word looked for: most words of a passage are none of them, and that is seen by this alone.</summary>
    private readonly ulong[] _wanted = new ulong[16];

    public TermPositions(QueryPlan plan)
    {
        _plan = plan;
        _inWindow = new int[plan.Terms.Count];
        _matches = [.. plan.Terms.Select(_ => new List<TermMatch>())];
        _termsOfFold = plan.Terms.Select((term, at) => (term.Fold, at)).GroupBy(pair => pair.Fold, pair => pair.at, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _foldLookup = _termsOfFold.GetAlternateLookup<ReadOnlySpan<char>>();
        _nearLookup = new Dictionary<string, int>(plan.NearWords, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var fold in _termsOfFold.Keys.Concat(plan.NearWords.Keys))
        {
            var hash = fold.Aggregate(0u, Mix);
            _wanted[(hash >> 6) & 15] |= 1ul << (int)hash;
        }
    }

    /// <summary>The matches of a term in the passage read last, in order.</summary>
    public List<TermMatch> Of(int term) => _matches[term];

    /// <summary>Reads a passage and says how many syllables it has.</summary>
    public int Read(string keys, string? reading)
    {
        foreach (var matches in _matches)
        {
            matches.Clear();
        }

        var position = 0;
        for (var start = 0; start <= keys.Length; position++)
        {
            var end = FindEnd(keys, start, out var hash);
            if (IsWanted(hash))
            {
                Match(keys.AsSpan(start..end), position, marksAreTrusted: reading is null);
            }

            start = end + 1;
        }

        if (!string.IsNullOrEmpty(reading))
        {
            AddRepaired(reading);
        }

        return position;
    }

    /// <summary>How closely the matched terms stand together at the tightest place, from 0 to 1.</summary>
    public double Tightness(int[] terms)
    {
        // Position above, term below: sorting plain numbers is what is quick, and this runs for every passage.
        _places.Clear();
        int needed = 0, distinct = 0;
        for (var at = 0; at < terms.Length; at++)
        {
            if (Array.IndexOf(terms, terms[at]) < at)
            {
                continue;
            }

            distinct++;
            needed += _matches[terms[at]].Count > 0 ? 1 : 0;
            foreach (var match in _matches[terms[at]])
            {
                _places.Add((match.Position << TermBits) | terms[at]);
            }
        }

        _places.Sort();
        Array.Clear(_inWindow);
        int left = 0, inside = 0, tightest = int.MaxValue;
        foreach (var place in _places)
        {
            inside += _inWindow[place & TermMask]++ == 0 ? 1 : 0;
            while (inside == needed)
            {
                tightest = Math.Min(tightest, (place >> TermBits) - (_places[left] >> TermBits) + 1);
                inside -= --_inWindow[_places[left++] & TermMask] == 0 ? 1 : 0;
            }
        }

        return tightest == int.MaxValue ? 0 : Math.Min(1, (double)needed / tightest) * needed / distinct;
    }

    private static uint Mix(uint hash, char letter) => (hash ^ letter) * 0x9E3779B1u;

    /// <summary>Where the word that begins here ends, and the hash of its fold.</summary>
    private static int FindEnd(string words, int start, out uint hash)
    {
        hash = 0;
        var at = start;
        for (; at < words.Length && words[at] != ' '; at++)
        {
            if (!char.IsAsciiLetterUpper(words[at]))
            {
                hash = Mix(hash, words[at]);
            }
        }

        return at;
    }

    private bool IsWanted(uint hash) => (_wanted[(hash >> 6) & 15] >> (int)hash & 1) != 0;

    private void Match(ReadOnlySpan<char> key, int position, bool marksAreTrusted)
    {
        Span<char> room = stackalloc char[64];
        var fold = room[..Syllable.Fill(key, room)];
        if (_foldLookup.TryGetValue(fold, out var terms))
        {
            foreach (var term in terms)
            {
                // A syllable typed without marks matches any marks.
                var wanted = _plan.Terms[term];
                var isRight = wanted.Key.Length == wanted.Fold.Length || !marksAreTrusted || key.SequenceEqual(wanted.Key);
                _matches[term].Add(new(position, isRight ? 1 : Scoring.OtherMarks));
            }
        }
        else if (_nearLookup.TryGetValue(fold, out var term) && (!marksAreTrusted || !SyllableShape.IsSyllable(_plan.Terms[term].Fold)))
        {
            _matches[term].Add(new(position, Scoring.NearWord));
        }
    }

    private void AddRepaired(string reading)
    {
        var position = 0;
        for (var start = 0; start <= reading.Length; position++)
        {
            var end = FindEnd(reading, start, out var hash);
            if (IsWanted(hash) && _foldLookup.TryGetValue(reading.AsSpan(start..end), out var terms))
            {
                foreach (var term in terms)
                {
                    Raise(_matches[term], position);
                }
            }

            start = end + 1;
        }

        foreach (var matches in _matches)
        {
            matches.Sort(static (left, right) => left.Position - right.Position);
        }
    }

    /// <summary>Adds a repaired match, unless the raw text matches there already, and better.</summary>
    private static void Raise(List<TermMatch> matches, int position)
    {
        var known = matches.FindIndex(match => match.Position == position);
        if (known < 0)
        {
            matches.Add(new(position, Scoring.RepairedReading));
        }
        else if (matches[known].Quality < Scoring.RepairedReading)
        {
            matches[known] = new(position, Scoring.RepairedReading);
        }
    }
}
