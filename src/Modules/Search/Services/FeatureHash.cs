namespace TrainingSite.Search.Services;

/// <summary>A feature as a number. Those that say who may see a passage (they begin with @) are negative, the words are not: no word can ever pass for a right.</summary>
internal static class FeatureHash
{
    /// <summary>The number of a feature; the same on every node and in every version.</summary>
    public static int Of(string feature)
    {
        // FNV-1a over the characters, then mixed, so that all bits depend on all characters.
        var hash = 2166136261u;
        foreach (var character in feature)
        {
            hash = (hash ^ character) * 16777619u;
        }

        hash ^= hash >> 15;
        hash *= 2246822519u;
        hash ^= hash >> 13;
        return (int)(hash & int.MaxValue) | (feature.StartsWith('@') ? int.MinValue : 0);
    }
}
