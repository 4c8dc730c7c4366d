namespace TrainingSite.Kernel;

/// <summary>Names that people gave their files, made harmless.</summary>
public static class UploadName
{
    private const int MaxLength = 150;

    /// <summary>The last part of the name without its ending, NFC, without what file systems or headers stumble over; empty when nothing is left.</summary>
    public static string Stem(string name)
    {
        var normalized = VietnameseText.Normalize(name);
        var stem = Path.GetFileNameWithoutExtension(normalized[(normalized.LastIndexOfAny(['/', '\\']) + 1)..]);
        var clean = VietnameseText.Clean(string.Concat(stem.Where(character => !char.IsControl(character) && !"<>:\"|?*;".Contains(character, StringComparison.Ordinal)))).Trim('.', ' ');
        return clean.Length <= MaxLength ? clean : clean[..MaxLength].TrimEnd();
    }
}
