using System.Collections;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Units that a name may mean: programs read their codes, people their names.</summary>
internal sealed class UnitCandidates(IReadOnlyList<(string Code, string Name)> units) : IEnumerable<string>
{
    public IEnumerator<string> GetEnumerator() => units.Select(unit => unit.Code).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The names, with what is said before each code.</summary>
    public string InWords(string codeWord) => string.Join("; ", units.Select(unit => $"{unit.Name}, {codeWord} {unit.Code}"));
}
