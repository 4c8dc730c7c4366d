using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Finds the commune and the village that a row of a list names, by code or by the name as clerks write it.</summary>
internal sealed class RosterUnits
{
    private static readonly string[] Kinds = ["xa", "phuong", "thi tran"];
    private static readonly (string Written, string Kind)[] Abbreviations = [("tt. ", "thị trấn "), ("tt.", "thị trấn "), ("tt ", "thị trấn "), ("x. ", "xã "), ("x.", "xã "), ("p. ", "phường "), ("p.", "phường ")];
    private readonly Dictionary<string, AdministrativeUnit> _byCode;
    private readonly Dictionary<Guid, AdministrativeUnit> _byId;
    private readonly List<AdministrativeUnit> _communes;
    private readonly ILookup<string, AdministrativeUnit> _exact;
    private readonly ILookup<string, AdministrativeUnit> _variants;
    private readonly ILookup<string, AdministrativeUnit> _withoutKind;
    private readonly ILookup<string, AdministrativeUnit> _folded;
    private readonly ILookup<string, AdministrativeUnit> _foldedWithoutKind;
    private readonly ILookup<Guid, AdministrativeUnit> _villages;

    /// <param name="units">The units of the list's day.</param>
    /// <param name="district">Code of the district that the list is from; null for any.</param>
    public RosterUnits(IReadOnlyList<AdministrativeUnit> units, string? district)
    {
        _byCode = units.ToDictionary(unit => unit.Code, StringComparer.Ordinal);
        _byId = units.ToDictionary(unit => unit.Id);
        _communes = [.. units.Where(unit => unit.Level == UnitLevel.Commune && (district is null || unit.Path.Contains($"/{district}/", StringComparison.Ordinal)))];
        _exact = _communes.ToLookup(unit => Lower(unit.Name), StringComparer.Ordinal);
        _variants = _communes.SelectMany(unit => UnitVariants.Of(unit.Code).Append(unit.Name), (unit, name) => (unit, name))
            .ToLookup(pair => WithLongKind(Lower(pair.name)), pair => pair.unit, StringComparer.Ordinal);
        _withoutKind = _communes.ToLookup(unit => Lower(WithoutKind(unit.Name)), StringComparer.Ordinal);
        _folded = _communes.ToLookup(unit => unit.NameFolded, StringComparer.Ordinal);
        _foldedWithoutKind = _communes.ToLookup(unit => VietnameseText.Fold(WithoutKind(unit.Name)), StringComparer.Ordinal);
        _villages = units.Where(unit => unit is { Level: UnitLevel.Village, ParentId: not null }).ToLookup(unit => unit.ParentId!.Value);
    }

    public AdministrativeUnit? ByCode(string code) => _byCode.GetValueOrDefault(code);

    public AdministrativeUnit? ById(Guid id) => _byId.GetValueOrDefault(id);

    /// <summary>The commune of a name: exact, then variants, without its kind, without accents, nearest; the first step with a match decides.</summary>
    public Reading<AdministrativeUnit> Commune(string cell)
    {
        var text = VietnameseText.Clean(cell);
        var (name, district) = text.Split(',', 2, StringSplitOptions.TrimEntries) is [var before, var after] ? (before, after) : (text, null);
        if (name.Length == 0)
        {
            return new(null, "UNIT_UNKNOWN", text);
        }

        var lower = Lower(name);
        (IEnumerable<AdministrativeUnit> Found, string? Code)[] steps =
        [
            (_exact[lower], null),
            (_variants[WithLongKind(lower)], "UNIT_VARIANT"),
            (_withoutKind[lower], "UNIT_TYPE_ADDED"),
            (IsAccentless(name) ? _folded[lower].Concat(_foldedWithoutKind[lower]).Distinct() : [], "UNIT_ACCENTLESS"),
        ];
        foreach (var (found, code) in steps)
        {
            var matches = found.Where(unit => district is null || IsIn(unit, district)).ToArray();
            if (matches.Length > 0)
            {
                return matches.Length == 1 ? new(matches[0], code) : new(null, "UNIT_AMBIGUOUS", Candidates(matches));
            }
        }

        return Nearest(name, text, district);
    }

    /// <summary>The village of a name in a commune; the kind (bản, tiểu khu) may be left out, and so may the accents when one is left.</summary>
    public Reading<AdministrativeUnit> Village(AdministrativeUnit commune, string cell)
    {
        var name = VietnameseText.Clean(cell);
        var villages = _villages[commune.Id];
        var lower = Lower(name);
        if (villages.FirstOrDefault(unit => Lower(unit.Name) == lower) is { } exact)
        {
            return new(exact);
        }

        var folded = VietnameseText.Fold(name);
        return villages.Where(unit => unit.NameFolded == folded || unit.NameFolded.EndsWith($" {folded}", StringComparison.Ordinal)).Take(2).ToArray() is [var single]
            ? new(single)
            : new(null, "VILLAGE_UNKNOWN", name);
    }

    /// <summary>The village with whose name a title ends.</summary>
    public AdministrativeUnit? VillageAtEnd(AdministrativeUnit commune, string title)
    {
        var lower = Lower(title);
        return _villages[commune.Id].FirstOrDefault(unit => lower.EndsWith($" {Lower(unit.Name)}", StringComparison.Ordinal));
    }

    private Reading<AdministrativeUnit> Nearest(string name, string text, string? district)
    {
        var folded = VietnameseText.Fold(name);
        var best = _communes.Where(unit => district is null || IsIn(unit, district))
            .Select(unit => (Unit: unit, Distance: Distance(folded, unit.NameFolded)))
            .Where(pair => pair.Distance <= 2)
            .GroupBy(pair => pair.Distance).MinBy(group => group.Key);
        return best is null
            ? new(null, "UNIT_UNKNOWN", text)
            : new(null, best.Count() == 1 ? "UNIT_FUZZY" : "UNIT_AMBIGUOUS", Candidates(best.Select(pair => pair.Unit)));
    }

    private UnitCandidates Candidates(IEnumerable<AdministrativeUnit> units) =>
        new([.. units.OrderBy(unit => unit.Code, StringComparer.Ordinal).Select(unit => (unit.Code, unit.ParentId is { } parent && _byId.TryGetValue(parent, out var above) ? $"{unit.Name}, {above.Name}" : unit.Name))]);

    private bool IsIn(AdministrativeUnit commune, string district) =>
        commune.ParentId is { } parent && _byId.TryGetValue(parent, out var unit) && unit.NameFolded.EndsWith(VietnameseText.Fold(district), StringComparison.Ordinal);

    private static string Lower(string name) => name.ToLowerInvariant();

    private static bool IsAccentless(string name) => Lower(name) == VietnameseText.Fold(name);

    private static string WithoutKind(string name)
    {
        var folded = VietnameseText.Fold(name);
        var kind = Array.Find(Kinds, kind => folded.StartsWith($"{kind} ", StringComparison.Ordinal));
        return kind is null ? name : name[(kind.Length + 1)..];
    }

    /// <summary>"tt nt mộc châu" → "thị trấn nt mộc châu": the kind may be abbreviated.</summary>
    private static string WithLongKind(string lower)
    {
        foreach (var (written, kind) in Abbreviations)
        {
            if (lower.StartsWith(written, StringComparison.Ordinal))
            {
                return kind + lower[written.Length..];
            }
        }

        return lower;
    }

    /// <summary>Letters to change, add or leave out; anything above 2 is given as 3.</summary>
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 2)
        {
            return 3;
        }

        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var above = row[column];
                row[column] = Math.Min(Math.Min(above, row[column - 1]) + 1, diagonal + (left[line - 1] == right[column - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
