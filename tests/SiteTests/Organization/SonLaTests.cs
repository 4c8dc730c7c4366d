using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services.Import;
using TrainingSite.Reports.Models;
using TrainingSite.Reports.Services;

namespace TrainingSite.SiteTests.Organization;

/// <summary>The whole province: its counts, the appendix of the report of 2023, and the lists as clerks send them.</summary>
public abstract class SonLaTests(SiteFixture site)
{
    public static TheoryData<string> DirtyFiles => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Organization", "dirty"), "*.csv").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Fact]
    public async Task Recipe_Run_GivesTheProvince()
    {
        var counts = await site.QueryAsync(async db => (
            await db.Units.CountAsync(unit => unit.Level == UnitLevel.District), await db.Units.CountAsync(unit => unit.Level == UnitLevel.Commune), await db.Units.CountAsync(),
            await db.Teams.CountAsync(), await db.People.CountAsync(), await db.Memberships.CountAsync()));

        Assert.Equal((12, 204, 3126, 2990, 15301, 15301), counts);
    }

    [Theory]
    [InlineData("2023-09-30")]
    [InlineData("2026-11-22")]
    public async Task TeamStatistics_OfTheProvince_IsTheAppendix(string asOf)
    {
        var answer = await ReportAsync("team-statistics", asOf, null);

        var lines = answer.Table.Rows.Append(answer.Table.Totals!).Select(row => string.Join(',', row)).Prepend(string.Join(',', answer.Table.Columns.Select(column => column.Name)));
        Assert.Equal(await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Organization", "appendix.csv")), lines);
        Assert.Contains("15.301 người", answer.Table.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TeamCoverage_OfTheProvince_ShowsTheThreeDistrictsWithGaps()
    {
        var answer = await ReportAsync("team-coverage", "2023-09-30", null);

        var gaps = answer.Table.Rows.Where(row => (int)row[5]! > 0).Select(row => ((string)row[2]!, (int)row[5]!));
        Assert.Equal([("Huyện Mường La", 33), ("Huyện Quỳnh Nhai", 45), ("Huyện Sốp Cộp", 45)], gaps);
        Assert.Equal(2786, answer.Table.Totals![4]);
        Assert.Equal("/reports/team-coverage?unit=120&as_of=2023-09-30", answer.Table.RowLinks![7]);
    }

    [Fact]
    public async Task TeamCoverage_OfACommune_ListsItsVillagesWithoutTeam()
    {
        var answer = await ReportAsync("team-coverage", "2023-09-30", "03712");

        Assert.Equal(11, answer.Table.Rows.Count);
        Assert.All(answer.Table.Rows, row => Assert.Equal(1, row[5]));
    }

    [Fact]
    public async Task TeamStatistics_AsOfAnEarlierDay_CountsOnlyWhatWasThere()
    {
        var answer = await ReportAsync("team-statistics", "2022-06-19", null);

        Assert.Equal(0, answer.Table.Totals![3]);
    }

    [Theory]
    [MemberData(nameof(DirtyFiles))]
    public async Task Roster_AsClerksSendIt_IsReadAsExpected(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Organization", "dirty", name);
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(path + ".expected.json"))!;
        var context = expected["context"]!;
        var options = new RosterImportOptions(name + ".csv", DateOnly.Parse((string)context["as_of"]!))
        {
            District = (string?)context["district_code"],
            Level = (string?)context["level"] == "commune" ? UnitLevel.Commune : null,
            DryRun = true,
        };

        var report = await site.WithAsync(async services => await services.GetRequiredService<RosterImporter>().ImportAsync(await File.ReadAllBytesAsync(path + ".csv"), options));

        Assert.Equal(Comparable(expected), Comparable(JsonNode.Parse(report.ToJson())!));
    }

    [Fact]
    public async Task Roster_OfAClerkImportedTwice_ChangesNothingTheSecondTime()
    {
        var content = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Organization", "dirty", "07-overfull-team.csv"));
        var options = new RosterImportOptions("07.csv", new(2023, 8, 15)) { District = "120" };

        var changes = await site.WithAsync(async services =>
        {
            // Undone at the end, because the other tests count the province.
            await using var undone = await services.GetRequiredService<SiteDbContext>().Database.BeginTransactionAsync();
            var first = await services.GetRequiredService<RosterImporter>().ImportAsync(content, options);
            var second = await services.GetRequiredService<RosterImporter>().ImportAsync(content, options);
            return (first.Changes, second.Changes);
        });

        Assert.Equal((new ImportChanges(27, 0, 0), new ImportChanges(0, 0, 27)), changes);
    }

    private Task<ReportAnswer> ReportAsync(string id, string asOf, string? unit) => site.WithAsync(async services =>
    {
        var answer = await services.GetRequiredService<ReportService>().RunAsync(id, new(asOf, unit, null), default);
        Assert.True(answer.Succeeded, string.Join(' ', answer.Faults.Select(fault => fault.Message)));
        return answer.Value;
    });

    /// <summary>The order of issues does not matter; of a rejected row only the error codes count.</summary>
    private static string Comparable(JsonNode report)
    {
        var rows = report["rows"]!.AsArray().Select(row => (string)row!["outcome"]! == "rejected"
            ? new JsonObject { ["row"] = row["row"]!.DeepClone(), ["errors"] = Sorted(row["issues"]!.AsArray().Where(issue => (string)issue!["severity"]! == "error").Select(issue => issue!["code"]!)) }
            : new JsonObject { ["row"] = row["row"]!.DeepClone(), ["outcome"] = row["outcome"]!.DeepClone(), ["values"] = row["values"]!.DeepClone(), ["issues"] = Sorted(row["issues"]!.AsArray()!) });
        var teams = report["teams"]!.AsArray().Select(team =>
        {
            var copy = team!.DeepClone().AsObject();
            copy["issues"] = Sorted(team["issues"]!.AsArray()!);
            return Ordered(copy);
        });
        var container = report["container"]!.DeepClone().AsObject();
        container["issues"] = Sorted(report["container"]!["issues"]!.AsArray()!);
        container["skipped_rows"] = Ordered(container["skipped_rows"]!.AsObject());
        return string.Join('\n', rows.Concat(teams).Append(container).Append(Ordered(report["totals"]!.AsObject())).Append(report["policy"]!.AsObject())
            .Select(node => node.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));
    }

    private static JsonArray Sorted(IEnumerable<JsonNode> nodes) => new([.. nodes.Select(node => node.DeepClone()).OrderBy(node => node.ToJsonString(), StringComparer.Ordinal)]);

    private static JsonObject Ordered(JsonObject node) => new(node.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
}

public sealed class SqliteSonLaTests(SqliteSonLaSite site) : SonLaTests(site), IClassFixture<SqliteSonLaSite>;

public sealed class PostgreSqlSonLaTests(PostgreSqlSonLaSite site) : SonLaTests(site), IClassFixture<PostgreSqlSonLaSite>;

public sealed class SqliteSonLaSite : SqliteSite
{
    protected override string? Recipe => "sonla-demo";
}

public sealed class PostgreSqlSonLaSite : PostgreSqlSite
{
    protected override string? Recipe => "sonla-demo";
}
