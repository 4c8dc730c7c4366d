using Microsoft.Extensions.Options;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>What to do with the teams of a file.</summary>
/// <param name="FileName">The file's name, for the report.</param>
public sealed record TeamImportOptions(string FileName)
{
    /// <summary>Only look.</summary>
    public bool DryRun { get; init; }

    /// <summary>Write the valid rows although others are rejected.</summary>
    public bool AcceptValid { get; init; }
}

/// <summary>Reads lists of teams (<c>team_code,level,unit_code,…,founded_on,decision_no,member_count</c>) and upserts them by code.</summary>
public sealed class TeamImporter(SiteDbContext db, TimeProvider clock, IOptions<OrganizationOptions> options)
{
    private static readonly ImportColumns Columns = new(new Dictionary<string, string[]>
    {
        ["team_code"] = ["team_code", "Mã Tổ"],
        ["level"] = ["level", "Cấp"],
        ["unit_code"] = ["unit_code", "Mã đơn vị"],
        ["unit_name"] = ["unit_name", "Tên đơn vị"],
        ["founded_on"] = ["founded_on", "Ngày thành lập"],
        ["decision_no"] = ["decision_no", "Số quyết định"],
        ["member_count"] = ["member_count", "Số thành viên"],
    }, "team_code", "unit_code", "founded_on");

    /// <summary>Checks every row, and writes when nothing stands in the way.</summary>
    public async Task<ImportReport> ImportAsync(byte[] content, TeamImportOptions import, CancellationToken cancellationToken = default)
    {
        var table = ImportTable.Open(content, Columns);
        var rows = Read(table);
        var units = (await db.Units.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(unit => unit.Code, StringComparer.Ordinal);
        var teams = await db.Teams.AsNoTracking().Include(team => team.Unit).ToDictionaryAsync(team => team.Code, StringComparer.Ordinal, cancellationToken);
        Check(table, rows, units, teams);
        var report = new ImportReport(import.FileName, table.Container, rows);
        return import.DryRun || report.IsUnreadable || (report.HasRejected && !import.AcceptValid)
            ? report
            : report with { Changes = await WriteAsync(rows, teams, cancellationToken) };
    }

    private List<TeamRow> Read(ImportTable table)
    {
        var rows = new List<TeamRow>();
        foreach (var record in table.Records())
        {
            var row = new TeamRow(record.Number)
            {
                Code = table.Cell(record, "team_code").Trim(),
                UnitCode = table.Cell(record, "unit_code").Trim(),
                LevelText = table.Cell(record, "level").Trim(),
                FoundedOn = ImportValues.Date(table.Cell(record, "founded_on")),
                DecisionNumber = VietnameseText.Clean(table.Cell(record, "decision_no")) is { Length: > 0 } number ? number : null,
            };
            if (table.Shape(record) is { } shape)
            {
                row.Add(shape);
            }

            if (row.Code.Length == 0)
            {
                row.Add(new("CODE_MISSING", table.Heading("team_code")));
            }
            else if (!ImportValues.IsCode(row.Code))
            {
                row.Add(new("CODE_INVALID", table.Heading("team_code"), row.Code));
            }

            if (row.FoundedOn is null)
            {
                row.Add(new("DATE_INVALID", table.Heading("founded_on"), table.Cell(record, "founded_on")));
            }
            else if (row.FoundedOn > clock.Today())
            {
                row.Add(new("DATE_FUTURE", table.Heading("founded_on"), row.FoundedOn.Value.ToDateText()));
            }

            if (row.DecisionNumber is null)
            {
                row.Add(new("TEAM_DRAFT", table.Heading("decision_no")));
            }
            else if (row.DecisionNumber.Length > 60 || ImportValues.IsUnsafe(row.DecisionNumber))
            {
                row.Add(new("NAME_UNSAFE", table.Heading("decision_no")));
            }

            rows.Add(row);
        }

        return rows;
    }

    private static void Check(ImportTable table, List<TeamRow> rows, ILookup<string, AdministrativeUnit> units, Dictionary<string, CommunityTeam> teams)
    {
        var inFile = new Dictionary<string, TeamRow>(StringComparer.Ordinal);
        var ofUnit = teams.Values.Where(team => team.ValidTo is null).GroupBy(team => team.Unit.Code).ToDictionary(group => group.Key, group => group.First().Code, StringComparer.Ordinal);
        foreach (var row in rows.Where(row => row.IsAccepted))
        {
            if (!inFile.TryAdd(row.Code, row))
            {
                row.Add(new("DUPLICATE_IN_FILE", table.Heading("team_code"), new RowReference(FirstRow: inFile[row.Code].Number)));
                continue;
            }

            row.Unit = units[row.UnitCode].FirstOrDefault(unit => unit.ValidFrom <= row.FoundedOn && (unit.ValidTo is null || unit.ValidTo > row.FoundedOn)) ?? units[row.UnitCode].FirstOrDefault();
            if (row.Unit is null)
            {
                row.Add(new("UNIT_UNKNOWN", table.Heading("unit_code"), row.UnitCode));
            }
            else if (row.Unit.Level is not (UnitLevel.Commune or UnitLevel.Village) || (row.LevelText.Length > 0 && ImportValues.Level(row.LevelText) != row.Unit.Level))
            {
                row.Add(new("LEVEL_UNKNOWN", table.Heading("level"), row.LevelText));
            }
            else if (teams.GetValueOrDefault(row.Code) is { } team && team.Unit.Code != row.UnitCode)
            {
                row.Add(new("TEAM_OTHER_UNIT", table.Heading("unit_code"), team.Unit.FullName));
            }
            else if (!ofUnit.TryAdd(row.UnitCode, row.Code) && ofUnit[row.UnitCode] != row.Code)
            {
                row.Add(new("TEAM_SECOND", table.Heading("unit_code"), $"{row.Unit.FullName}: {ofUnit[row.UnitCode]}"));
            }
        }
    }

    private async Task<ImportChanges> WriteAsync(List<TeamRow> rows, Dictionary<string, CommunityTeam> teams, CancellationToken cancellationToken)
    {
        var created = new List<CommunityTeam>();
        var (updated, unchanged) = (0, 0);
        foreach (var row in rows.Where(row => row.IsAccepted))
        {
            var state = row.DecisionNumber is null ? TeamState.Draft : TeamState.Active;
            if (teams.GetValueOrDefault(row.Code) is not { } team)
            {
                var name = $"{options.Value.TeamName} {row.Unit!.Name}";
                created.Add(new()
                {
                    Code = row.Code,
                    UnitId = row.Unit.Id,
                    Name = name,
                    NameFolded = VietnameseText.Fold(name),
                    State = state,
                    DecisionNumber = row.DecisionNumber,
                    ValidFrom = row.FoundedOn!.Value,
                });
            }
            else if (team.ValidFrom == row.FoundedOn && team.DecisionNumber == row.DecisionNumber && team.State == state)
            {
                unchanged++;
            }
            else
            {
                team.Unit = null!;
                db.Attach(team);
                (team.ValidFrom, team.DecisionNumber, team.State) = (row.FoundedOn!.Value, row.DecisionNumber, state);
                updated++;
            }
        }

        await db.InTransactionAsync(async () =>
        {
            await db.SaveChangesAsync(cancellationToken);
            await db.BulkInsertAsync(created, cancellationToken);
        }, cancellationToken);
        db.ChangeTracker.Clear();
        return new(created.Count, updated, unchanged);
    }
}

/// <summary>A row of a list of teams.</summary>
internal sealed class TeamRow(int number) : ImportRow(number)
{
    public required string Code { get; init; }

    public required string UnitCode { get; init; }

    public required string LevelText { get; init; }

    public required DateOnly? FoundedOn { get; init; }

    public required string? DecisionNumber { get; init; }

    public AdministrativeUnit? Unit { get; set; }

    public override string Label => Unit is null ? Code : $"{Code} {Unit.Name}";

    public override IReadOnlyDictionary<string, object?> Values => new Dictionary<string, object?> { ["team_code"] = Code, ["unit_code"] = UnitCode, ["founded_on"] = FoundedOn, ["decision_no"] = DecisionNumber };
}
