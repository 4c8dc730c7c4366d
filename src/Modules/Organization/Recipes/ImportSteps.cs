using TrainingSite.Organization.Services.Import;

namespace TrainingSite.Organization.Recipes;

/// <summary><c>{ "name": "units", "file": "units.csv", "valid_from": "2020-01-01" }</c></summary>
internal sealed class UnitsStep(UnitImporter importer) : IRecipeStepHandler
{
    public string Name => "units";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        DateOnly? from = context.Step.TryGetProperty("valid_from", out var text) ? ImportValues.Date(text.GetString()!) : null;
        var path = context.FilePath("file");
        ImportStep.Conclude(context, "Đơn vị", await importer.ImportAsync(await File.ReadAllBytesAsync(path, cancellationToken), new(Path.GetFileName(path)) { ValidFrom = from }, cancellationToken));
    }
}

/// <summary><c>{ "name": "teams", "file": "teams.csv" }</c></summary>
internal sealed class TeamsStep(TeamImporter importer) : IRecipeStepHandler
{
    public string Name => "teams";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        var path = context.FilePath("file");
        ImportStep.Conclude(context, "Tổ", await importer.ImportAsync(await File.ReadAllBytesAsync(path, cancellationToken), new(Path.GetFileName(path)), cancellationToken));
    }
}

/// <summary><c>{ "name": "roster", "file": "roster.csv", "as_of": "2023-09-30" }</c></summary>
internal sealed class RosterStep(RosterImporter importer, TimeProvider clock) : IRecipeStepHandler
{
    public string Name => "roster";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        var asOf = context.Step.TryGetProperty("as_of", out var text) ? ImportValues.Date(text.GetString()!) : null;
        var path = context.FilePath("file");
        ImportStep.Conclude(context, "Thành viên", await importer.ImportAsync(await File.ReadAllBytesAsync(path, cancellationToken), new(Path.GetFileName(path), asOf ?? clock.Today()), cancellationToken));
    }
}

/// <summary>What the three steps have in common.</summary>
internal static class ImportStep
{
    public static void Conclude(RecipeContext context, string what, ImportReport report)
    {
        if (report.Changes is null)
        {
            var row = report.Rows.FirstOrDefault(row => row.Outcome == ImportOutcome.Rejected);
            var issue = report.Container.Issues.Concat(row?.Issues ?? []).First(issue => issue.Severity == ImportSeverity.Error);
            throw new InvalidOperationException($"Recipe '{context.Recipe.Name}': {report.File} was refused, {issue.Code} in record {row?.Number}.");
        }

        context.Report($"{what} {report.Rows.Count.ToVietnamese()}");
    }
}
