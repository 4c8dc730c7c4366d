namespace TrainingSite.Reports.Models;

/// <summary>
/// A report. The module that owns the data contributes one class (in its <c>Reports/</c> folder); this module gives it the page
/// with chart and table, the files, the command and the API call.
/// </summary>
public interface IReport
{
    /// <summary>Its id in addresses, commands and the API: <c>team-statistics</c>.</summary>
    string Id { get; }

    /// <summary>Its name for people, in Vietnamese.</summary>
    string Title { get; }

    /// <summary>One sentence: the question that it answers.</summary>
    string Description { get; }

    /// <summary>Who may run it; the rows are cut down to the units over which the reader holds it.</summary>
    Permission Permission { get; }

    /// <summary>What it can be asked by.</summary>
    ReportFilters Filters { get; }

    /// <summary>Counts. Nothing outside <see cref="ReportQuery.Scope"/> may enter the result.</summary>
    /// <returns>The table, or a fault such as an unknown unit or session.</returns>
    Task<Result<ReportTable>> RunAsync(ReportQuery query, CancellationToken cancellationToken);
}

/// <summary>What a report can be asked by.</summary>
[Flags]
public enum ReportFilters
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>As of a past day.</summary>
    AsOf = 1,

    /// <summary>For the subtree of one unit.</summary>
    Unit = 2,

    /// <summary>For one training session (needed).</summary>
    Session = 4,
}

/// <summary>One question to a report.</summary>
/// <param name="Scope">What the reader may see.</param>
/// <param name="AsOf">The day, Vietnam's calendar.</param>
/// <param name="UnitCode">Code of the unit; null for the reader's whole scope.</param>
/// <param name="SessionCode">Code of the session; null when the report has none.</param>
public sealed record ReportQuery(UnitScope Scope, DateOnly AsOf, string? UnitCode = null, string? SessionCode = null);

/// <summary>What a column holds, and so how it is written for people (2.990; dd/MM/yyyy) and for programs (plain numbers, ISO dates).</summary>
public enum ReportColumnKind
{
    /// <summary>Words or a code.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A share from 0 to 1.</summary>
    Percent,

    /// <summary>A <see cref="DateOnly"/>.</summary>
    Date,
}

/// <summary>One column.</summary>
/// <param name="Name">snake_case name in CSV and JSON.</param>
/// <param name="Title">Heading for people.</param>
/// <param name="Kind">What it holds.</param>
public sealed record ReportColumn(string Name, string Title, ReportColumnKind Kind = ReportColumnKind.Text)
{
    /// <summary>Whether only programs read it, such as the code of a state whose words stand in another column: pages and office files leave it out.</summary>
    public bool IsForPrograms { get; init; }
}

/// <summary>A chart drawn from the table: one bar (or stacked bars) per row.</summary>
/// <param name="LabelColumn">Name of the column with the bars' names.</param>
/// <param name="ValueColumns">Names of the number columns to draw, stacked in this order: at most four, and parts of one whole, so that the bar's length means something.</param>
/// <param name="Caption">What a bar counts, where its heading alone does not say; null otherwise.</param>
public sealed record ReportChart(string LabelColumn, IReadOnlyList<string> ValueColumns, string? Caption = null);

/// <summary>A report's answer.</summary>
/// <param name="Sentence">The answer in one sentence for people.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows: values in the columns' order, <c>int</c>, <c>double</c> (share), <c>string</c>, <c>DateOnly</c> or null.</param>
public sealed record ReportTable(string Sentence, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>The sums under the table; null when there are none.</summary>
    public IReadOnlyList<object?>? Totals { get; init; }

    /// <summary>The chart; null when reading the table is better.</summary>
    public ReportChart? Chart { get; init; }

    /// <summary>Figures beside the table, such as <c>communes_present</c>, by snake_case name; shown as tiles and written in JSON as <c>summary</c>.</summary>
    public IReadOnlyDictionary<string, ReportFigure> Summary { get; init; } = new Dictionary<string, ReportFigure>();

    /// <summary>The query's rows lead deeper: an address for each row (same order as <see cref="Rows"/>), or null.</summary>
    public IReadOnlyList<string?>? RowLinks { get; init; }

    /// <summary>The table without what only programs read.</summary>
    public ReportTable ForPeople()
    {
        int[] shown = [.. Columns.Index().Where(column => !column.Item.IsForPrograms).Select(column => column.Index)];
        return shown.Length == Columns.Count ? this : this with { Columns = Shown(Columns), Rows = [.. Rows.Select(Shown)], Totals = Totals is null ? null : Shown(Totals) };

        IReadOnlyList<T> Shown<T>(IReadOnlyList<T> values) => Array.ConvertAll(shown, index => values[index]);
    }

    /// <summary>The column that names a row and bears its link: the chart's label, else the first with words of length rather than a code or number.</summary>
    public int NameColumn()
    {
        var named = Chart is null ? -1 : Columns.ToList().FindIndex(column => column.Name == Chart.LabelColumn);
        var words = Columns.ToList().FindIndex(column => column.Kind == ReportColumnKind.Text && !column.Name.EndsWith("code", StringComparison.Ordinal));
        return Math.Max(0, named >= 0 ? named : words);
    }
}

/// <summary>One figure of the summary.</summary>
/// <param name="Title">Its name for people.</param>
/// <param name="Value">Number or words.</param>
public sealed record ReportFigure(string Title, object Value);
