using System.Runtime.InteropServices;

namespace TrainingSite.Search.Text;

/// <summary>How often a feature (a folded syllable, or a pair such as <c>cong_nghe</c>) occurs.</summary>
/// <param name="Passages">In how many passages of the index.</param>
/// <param name="Clean">In how many undamaged passages, and how often in the shipped list.</param>
internal readonly record struct FeatureCount(int Passages, int Clean)
{
    /// <summary>The larger of the two: whether the language knows it at all.</summary>
    public int Known => Math.Max(Passages, Clean);

    public static FeatureCount operator +(FeatureCount left, FeatureCount right) => new(left.Passages + right.Passages, left.Clean + right.Clean);
}

/// <summary>
/// Counts of syllables and pairs: what is rare and so tells much, what a slip probably meant, how a damaged text should read. Filled
/// before it is published, read only afterwards; a change makes a <see cref="Copy"/>.
/// </summary>
internal sealed class LanguageStatistics
{
    /// <summary>A word that is no syllable may be proposed when it was seen this often in clean text.</summary>
    private const int SeenOftenEnough = 8;

    private readonly Dictionary<string, int> _ids;
    private readonly List<string> _names;
    private readonly List<FeatureCount> _singles;
    private readonly Dictionary<long, FeatureCount> _pairs;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _idLookup;
    private readonly Lazy<NearSyllables> _near;
    private readonly Lazy<ILookup<(char First, int Length), string>> _foreignWords;

    public LanguageStatistics()
        : this(new(StringComparer.Ordinal), [], [], [])
    {
    }

    private LanguageStatistics(Dictionary<string, int> ids, List<string> names, List<FeatureCount> singles, Dictionary<long, FeatureCount> pairs)
    {
        (_ids, _names, _singles, _pairs) = (ids, names, singles, pairs);
        _idLookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _near = new(() => new NearSyllables(this));
        _foreignWords = new(() => _names
            .Where((word, id) => word.Length is >= 3 and < 12 && !char.IsAsciiDigit(word[0]) && _singles[id].Passages > 0 && !SyllableShape.IsSyllable(word))
            .ToLookup(word => (word[0], word.Length)));
    }

    /// <summary>Passages in the index.</summary>
    public int Passages { get; set; }

    /// <summary>Syllables in the index.</summary>
    public long Length { get; set; }

    /// <summary>How many clean syllables were counted.</summary>
    public long CleanTotal { get; private set; }

    /// <summary>Syllables of the average passage.</summary>
    public double AverageLength => Passages > 0 ? Math.Max(1, (double)Length / Passages) : 120;

    /// <summary>Near syllables for repair; made at first use.</summary>
    public NearSyllables Near => _near.Value;

    /// <summary>Words of the index that are no Vietnamese syllables, by first letter and length.</summary>
    public ILookup<(char First, int Length), string> ForeignWords => _foreignWords.Value;

    /// <summary>Ids of what may be proposed in place of something else: real syllables, and other words seen often enough.</summary>
    public IEnumerable<int> Proposable => Enumerable.Range(0, _names.Count)
        .Where(id => _singles[id].Clean >= (SyllableShape.IsSyllable(_names[id]) ? 1 : SeenOftenEnough));

    /// <summary>A copy that can be filled further.</summary>
    public LanguageStatistics Copy() =>
        new(new(_ids, StringComparer.Ordinal), [.. _names], [.. _singles], new(_pairs)) { Passages = Passages, Length = Length, CleanTotal = CleanTotal };

    /// <summary>Adds to the count of a feature.</summary>
    public void Add(ReadOnlySpan<char> feature, FeatureCount count)
    {
        var cut = feature.IndexOf('_');
        if (cut >= 0)
        {
            ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, PairKey(IdOf(feature[..cut]), IdOf(feature[(cut + 1)..])), out _);
            pair += count;
            return;
        }

        var id = IdOf(feature);
        _singles[id] += count;
        CleanTotal += count.Clean;
    }

    /// <summary>Adds a passage of the index.</summary>
    public void AddPassage(IReadOnlyCollection<string> features, bool isClean, int length)
    {
        foreach (var feature in features)
        {
            Add(feature, new(1, isClean ? 1 : 0));
        }

        Passages++;
        Length += length;
    }

    /// <summary>Every feature with its counts.</summary>
    public IEnumerable<(string Feature, FeatureCount Count)> All() =>
        _names.Select((name, id) => (name, _singles[id])).Concat(_pairs.Select(pair => ($"{_names[(int)(pair.Key >> 32)]}_{_names[(int)(pair.Key & 0xFFFF_FFFF)]}", pair.Value)));

    /// <summary>The id of a syllable; -1 when it was never seen.</summary>
    public int Find(ReadOnlySpan<char> syllable) => _idLookup.TryGetValue(syllable, out var id) ? id : -1;

    /// <summary>The syllable of an id.</summary>
    public string NameOf(int id) => _names[id];

    /// <summary>The counts of a syllable.</summary>
    public FeatureCount CountOf(int id) => id < 0 ? default : _singles[id];

    /// <summary>The counts of two neighbours.</summary>
    public FeatureCount CountOf(int first, int second) => first < 0 || second < 0 ? default : _pairs.GetValueOrDefault(PairKey(first, second));

    /// <summary>The counts of a feature.</summary>
    public FeatureCount CountOf(ReadOnlySpan<char> feature)
    {
        var cut = feature.IndexOf('_');
        return cut < 0 ? CountOf(Find(feature)) : CountOf(Find(feature[..cut]), Find(feature[(cut + 1)..]));
    }

    /// <summary>The counts of two neighbours.</summary>
    public FeatureCount CountOf(string first, string second) => CountOf(Find(first), Find(second));

    /// <summary>How much it tells that a passage holds the feature.</summary>
    public double Weight(ReadOnlySpan<char> feature)
    {
        var passages = Math.Min(CountOf(feature).Passages, Passages);
        return Math.Log(1 + ((Passages - passages + .5) / (passages + .5)));
    }

    private static long PairKey(int first, int second) => ((long)first << 32) | (uint)second;

    private int IdOf(ReadOnlySpan<char> syllable)
    {
        if (!_idLookup.TryGetValue(syllable, out var id))
        {
            id = _names.Count;
            var name = syllable.ToString();
            _ids[name] = id;
            _names.Add(name);
            _singles.Add(default);
        }

        return id;
    }
}
