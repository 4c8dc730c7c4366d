using System.Runtime.InteropServices;

namespace TrainingSite.Search.Text;

/// <summary>Sums what each passage holds and keeps the best for ranking.</summary>
internal sealed class Candidates
{
    private readonly Dictionary<int, float> _sums = new(1024);

    /// <summary>Whether there are as many as will be ranked.</summary>
    public bool IsFull => _sums.Count >= Scoring.MostCandidates;

    /// <summary>Says that a passage answers a lookup of this weight.</summary>
    public void Add(float weight, int passage)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, passage, out _);
        sum += weight;
    }

    /// <summary>The best passages. Ties go to the smaller id; otherwise the two databases would drift apart.</summary>
    public int[] Best()
    {
        if (_sums.Count <= Scoring.MostCandidates)
        {
            return [.. _sums.Keys];
        }

        // One number each: the rounded sum above, the id below; sorting numbers is what is quick.
        var order = new long[_sums.Count];
        var count = 0;
        foreach (var (passage, sum) in _sums)
        {
            order[count++] = -(((long)(sum * 4096) << 32) | (uint)(int.MaxValue - passage));
        }

        Array.Sort(order);
        return Array.ConvertAll(order[..Scoring.MostCandidates], value => int.MaxValue - (int)(-value & 0xFFFF_FFFF));
    }
}
