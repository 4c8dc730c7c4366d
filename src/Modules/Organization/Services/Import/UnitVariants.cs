using System.Reflection;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Other spellings of communes' names that stand in official lists: <c>unit-variants.csv</c> beside this file.</summary>
internal static class UnitVariants
{
    private static readonly ILookup<string, string> All = Read();

    /// <summary>The other spellings of a commune.</summary>
    public static IEnumerable<string> Of(string unitCode) => All[unitCode];

    private static ILookup<string, string> Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("unit-variants.csv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)
            .Select(line => line.Split(','))
            .ToLookup(cells => cells[0], cells => cells[1], StringComparer.Ordinal);
    }
}
