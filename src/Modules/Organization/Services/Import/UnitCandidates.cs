using System.Collections;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Units that a name may mean: programs read their codes, people their names.</summary>
internal sealed class UnitCandidates(IReadOnlyList<(string Code, string Name)> units) : IEnumerable<string>
{
    public IEnumerator<string> GetEnumerator() => units.Select(unit => unit.Code).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Each unit as it is described by its name and code.</summary>
    public string InWords(Func<string, string, string> describe) => string.Join("; ", units.Select(unit => describe(unit.Name, unit.Code)));
}
