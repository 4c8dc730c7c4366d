using System.Diagnostics.CodeAnalysis;

namespace TrainingSite.Kernel;

/// <summary>Paths of units: the codes from the province down, each followed by a slash, such as <c>14/116/03646/</c>.</summary>
public static class UnitPath
{
    /// <summary>Code of the unit itself, the last one of its path: <c>03646</c>.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static string? CodeOf(string? path) => path?.TrimEnd('/').Split('/')[^1];
}
