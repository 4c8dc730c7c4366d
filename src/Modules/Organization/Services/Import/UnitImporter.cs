using Microsoft.Extensions.Options;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>What to do with the units of a file.</summary>
/// <param name="FileName">The file's name, for the report.</param>
public sealed record UnitImportOptions(string FileName)
{
    /// <summary>First day of the units; the setting <c>Organization:UnitsFrom</c> when null.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Only look.</summary>
    public bool DryRun { get; init; }

    /// <summary>Write the valid rows although others are rejected.</summary>
    public bool AcceptValid { get; init; }
}

/// <summary>
/// Reads lists of administrative units (<c>code,parent_code,level,name</c>) and upserts them by code and period. A unit that is known
/// with another name or parent gets a new period when the list begins later, so that old reports keep the old names.
/// </summary>
public sealed class UnitImporter(SiteDbContext db, IOptions<OrganizationOptions> options)
{
    private static readonly ImportColumns Columns = new(new Dictionary<string, string[]>
    {
        ["code"] = ["code", "Mã", "Mã đơn vị", "unit_code"],
        ["parent_code"] = ["parent_code", "Mã cấp trên", "Mã đơn vị cấp trên"],
        ["level"] = ["level", "Cấp"],
        ["name"] = ["name", "Tên", "Tên đơn vị", "unit_name"],
    }, "code", "parent_code", "level", "name");

    /// <summary>Checks every row, and writes when nothing stands in the way.</summary>
    public async Task<ImportReport> ImportAsync(byte[] content, UnitImportOptions import, CancellationToken cancellationToken = default)
    {
        var from = import.ValidFrom ?? options.Value.UnitsFrom;
        var table = ImportTable.Open(content, Columns);
        var existing = await db.Units.AsNoTracking().Where(unit => unit.ValidTo == null || unit.ValidTo > from).ToListAsync(cancellationToken);
        var known = existing.ToLookup(unit => unit.Code, StringComparer.Ordinal);
        var rows = Read(table);
        Check(table, rows, known, from);
        var report = new ImportReport(import.FileName, table.Container, rows)
        {
            Context = new Dictionary<string, object?> { ["valid_from"] = from },
        };
        return import.DryRun || report.IsUnreadable || (report.HasRejected && !import.AcceptValid)
            ? report
            : report with { Changes = await WriteAsync(rows, known, from, cancellationToken) };
    }

    private static List<UnitRow> Read(ImportTable table)
    {
        var rows = new List<UnitRow>();
        foreach (var record in table.Records())
        {
            var row = new UnitRow(record.Number)
            {
                Code = table.Cell(record, "code").Trim(),
                ParentCode = table.Cell(record, "parent_code").Trim() is { Length: > 0 } parent ? parent : null,
                Level = ImportValues.Level(table.Cell(record, "level")),
                Name = VietnameseText.Clean(table.Cell(record, "name")),
            };
            if (table.Shape(record) is { } shape)
            {
                row.Add(shape);
            }

            if (row.Level is null)
            {
                row.Add(new("LEVEL_UNKNOWN", table.Heading("level"), table.Cell(record, "level")));
            }

            CheckText(table, row);
            rows.Add(row);
        }

        return rows;
    }

    private static void CheckText(ImportTable table, UnitRow row)
    {
        if (row.Code.Length == 0)
        {
            row.Add(new("CODE_MISSING", table.Heading("code")));
        }
        else if (!ImportValues.IsCode(row.Code))
        {
            row.Add(new("CODE_INVALID", table.Heading("code"), row.Code));
        }

        if (row.Name.Length == 0)
        {
            row.Add(new("NAME_MISSING", table.Heading("name")));
        }
        else if (row.Name.Length > 100)
        {
            row.Add(new("NAME_TOO_LONG", table.Heading("name")));
        }
        else if (ImportValues.IsUnsafe(row.Name))
        {
            row.Add(new("NAME_UNSAFE", table.Heading("name")));
        }
    }

    private void Check(ImportTable table, List<UnitRow> rows, ILookup<string, AdministrativeUnit> known, DateOnly from)
    {
        var inFile = new Dictionary<string, UnitRow>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Code.Length > 0 && !inFile.TryAdd(row.Code, row))
            {
                row.Add(new("DUPLICATE_IN_FILE", table.Heading("code"), new RowReference(FirstRow: inFile[row.Code].Number)));
            }
        }

        foreach (var row in rows.Where(row => row.Level is not null && row.IsAccepted))
        {
            CheckParent(table, row, inFile, known, from);
            if (row.IsAccepted && known[row.Code].FirstOrDefault(unit => unit.ValidFrom >= from && !Same(unit, row)) is { } other)
            {
                row.Add(new("UNIT_CHANGED", table.Heading("name"), $"{other.FullName} ({other.ValidFrom.ToDateText()})"));
            }
        }

        // A unit without a usable parent takes its own subtree with it.
        for (var again = true; again;)
        {
            again = false;
            foreach (var row in rows.Where(row => row.IsAccepted && row.ParentCode is not null && !known.Contains(row.ParentCode) && !inFile[row.ParentCode].IsAccepted))
            {
                row.Add(new("PARENT_UNKNOWN", table.Heading("parent_code"), row.ParentCode));
                again = true;
            }
        }
    }

    private void CheckParent(ImportTable table, UnitRow row, Dictionary<string, UnitRow> inFile, ILookup<string, AdministrativeUnit> known, DateOnly from)
    {
        var hasDistricts = from < options.Value.DistrictsEnd;
        if (row.Level == UnitLevel.District && !hasDistricts)
        {
            row.Add(new("PARENT_LEVEL", table.Heading("level"), "district"));
            return;
        }

        UnitLevel? wanted = row.Level switch
        {
            UnitLevel.Province or null => null,
            UnitLevel.District => UnitLevel.Province,
            UnitLevel.Commune => hasDistricts ? UnitLevel.District : UnitLevel.Province,
            UnitLevel.Village => UnitLevel.Commune,
        };
        var parent = row.ParentCode is null ? null
            : inFile.TryGetValue(row.ParentCode, out var above) ? above.Level
            : known[row.ParentCode].FirstOrDefault()?.Level;
        if (row.ParentCode is not null && parent is null)
        {
            row.Add(new("PARENT_UNKNOWN", table.Heading("parent_code"), row.ParentCode));
        }
        else if (parent != wanted)
        {
            row.Add(new("PARENT_LEVEL", table.Heading("parent_code"), row.ParentCode ?? ""));
        }
    }

    /// <summary>Whether the row only repeats, or corrects the spelling of, a unit that is there.</summary>
    private static bool Same(AdministrativeUnit unit, UnitRow row) =>
        unit.Level == row.Level && unit.NameFolded == VietnameseText.Fold(row.Name) && ParentCode(unit.Path) == row.ParentCode;

    private static string? ParentCode(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } codes ? codes[^2] : null;

    private async Task<ImportChanges> WriteAsync(List<UnitRow> rows, ILookup<string, AdministrativeUnit> known, DateOnly from, CancellationToken cancellationToken)
    {
        var current = known.ToDictionary(units => units.Key, units => units.OrderBy(unit => unit.ValidFrom).Last(), StringComparer.Ordinal);
        var created = new List<AdministrativeUnit>();
        var (updated, unchanged) = (0, 0);
        foreach (var row in rows.Where(row => row.IsAccepted).OrderBy(row => row.Level))
        {
            var parent = row.ParentCode is null ? null : current[row.ParentCode];
            if (current.GetValueOrDefault(row.Code) is { } unit)
            {
                if (Same(unit, row))
                {
                    if (unit.Name == row.Name)
                    {
                        unchanged++;
                        continue;
                    }

                    db.Attach(unit);
                    Name(unit, row.Name, parent);
                    updated++;
                    continue;
                }

                db.Attach(unit);
                unit.ValidTo = from;
            }

            unit = new() { Code = row.Code, ParentId = parent?.Id, Level = row.Level!.Value, Path = $"{parent?.Path}{row.Code}/", ValidFrom = from };
            Name(unit, row.Name, parent);
            current[row.Code] = unit;
            created.Add(unit);
        }

        await db.InTransactionAsync(async () =>
        {
            await db.SaveChangesAsync(cancellationToken);
            await db.BulkInsertAsync(created, cancellationToken);
        }, cancellationToken);
        db.ChangeTracker.Clear();
        return new(created.Count, updated, unchanged);
    }

    private static void Name(AdministrativeUnit unit, string name, AdministrativeUnit? parent)
    {
        unit.Name = name;
        unit.NameFolded = VietnameseText.Fold(name);
        unit.FullName = parent is null or { Level: UnitLevel.Province } ? name : $"{name}, {parent.FullName}";
    }
}

/// <summary>A row of a list of units.</summary>
internal sealed class UnitRow(int number) : ImportRow(number)
{
    public required string Code { get; init; }

    public required string? ParentCode { get; init; }

    public required UnitLevel? Level { get; init; }

    public required string Name { get; init; }

    public override string Label => $"{Code} {Name}".Trim();

    public override IReadOnlyDictionary<string, object?> Values => new Dictionary<string, object?> { ["code"] = Code, ["parent_code"] = ParentCode, ["level"] = Level, ["name"] = Name };
}
