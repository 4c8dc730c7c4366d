namespace TrainingSite.Search.Services;

/// <summary>What says who may see a passage, or what it can be asked by, as a number.</summary>
internal static class MarkHash
{
    /// <summary>The number of a mark; the same on every node and in every version.</summary>
    public static int Of(string mark)
    {
        // FNV-1a over the characters, then mixed, so that all bits depend on all characters. Negative, as the numbers stored by earlier versions are.
        var hash = 2166136261u;
        foreach (var character in mark)
        {
            hash = (hash ^ character) * 16777619u;
        }

        hash ^= hash >> 15;
        hash *= 2246822519u;
        hash ^= hash >> 13;
        return (int)(hash & int.MaxValue) | int.MinValue;
    }
}
