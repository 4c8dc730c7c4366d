using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using TrainingSite.Reports.Models;
using TrainingSite.Reports.Services;

namespace TrainingSite.Reports.Writers;

/// <summary>
/// Excel: the first sheet is the table alone (header in row 1, frozen, with filters; totals last), so that it can be sorted and
/// counted further; the second says what it is about. Cells are written one by one, so a long report needs little memory.
/// </summary>
internal sealed class XlsxReportWriter : IReportWriter
{
    public string Format => "xlsx";

    public string Title => "Excel";

    public string ContentType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public Task WriteAsync(ReportAnswer answer, Stream output, CancellationToken cancellationToken) =>
        TemporaryFile.CopyToAsync(file => Write(answer.ForPeople(), file, cancellationToken), output, cancellationToken);

    private static void Write(ReportAnswer answer, Stream file, CancellationToken cancellationToken)
    {
        using var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = XlsxStyles.Create();
        var data = workbook.AddNewPart<WorksheetPart>();
        WriteTable(answer, data, cancellationToken);
        var about = workbook.AddNewPart<WorksheetPart>();
        WriteAbout(answer, about);
        var range = $"Data!$A$1:${ColumnName(answer.Table.Columns.Count - 1)}${answer.Table.Rows.Count + 1}";
        workbook.Workbook = new Workbook(
            new Sheets(
                new Sheet { Name = "Data", SheetId = 1, Id = workbook.GetIdOfPart(data) },
                new Sheet { Name = "Thông tin", SheetId = 2, Id = workbook.GetIdOfPart(about) }),
            new DefinedNames(
                new DefinedName(range) { Name = "_xlnm._FilterDatabase", LocalSheetId = 0, Hidden = true },
                new DefinedName("Data!$1:$1") { Name = "_xlnm.Print_Titles", LocalSheetId = 0 }));
    }

    private static void WriteTable(ReportAnswer answer, WorksheetPart part, CancellationToken cancellationToken)
    {
        var table = answer.Table;
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        writer.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        writer.WriteElement(new Columns(table.Columns.Select((column, i) => new Column
        {
            Min = (uint)i + 1,
            Max = (uint)i + 1,
            Width = Width(table, i),
            CustomWidth = true,
        })));
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, 1, [.. table.Columns.Select(column => (object?)column.Title)], _ => XlsxStyles.Header);
        uint index = 2;
        foreach (var row in table.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteRow(writer, index++, row, i => XlsxStyles.Of(table.Columns[i].Kind, bold: false));
        }

        if (table.Totals is { } totals)
        {
            WriteRow(writer, index, totals, i => XlsxStyles.Of(table.Columns[i].Kind, bold: true));
        }

        writer.WriteEndElement();
        writer.WriteElement(new AutoFilter { Reference = $"A1:{ColumnName(table.Columns.Count - 1)}{table.Rows.Count + 1}" });
        writer.WriteElement(new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        writer.WriteEndElement();
    }

    private static void WriteAbout(ReportAnswer answer, WorksheetPart part)
    {
        List<object?[]> rows =
        [
            ["Báo cáo", answer.Report.Title],
            [answer.Report.Filters.HasFlag(ReportFilters.AsOf) ? "Tính đến ngày" : "Lập ngày", answer.Query.AsOf],
            ["Đơn vị", answer.UnitText],
            ["Buổi tập huấn", answer.SessionText],
            ["Kết quả", answer.Table.Sentence],
            .. answer.Table.Summary.Values.Select(figure => new[] { figure.Title, figure.Value }),
        ];
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new Columns(
            new Column { Min = 1, Max = 1, Width = 32, CustomWidth = true },
            new Column { Min = 2, Max = 2, Width = 90, CustomWidth = true }));
        writer.WriteStartElement(new SheetData());
        uint index = 1;
        foreach (var row in rows.Where(row => row[1] is not null))
        {
            WriteRow(writer, index++, row, i => i == 0 ? XlsxStyles.Header : row[1] switch
            {
                DateOnly => XlsxStyles.Of(ReportColumnKind.Date, bold: false),
                int or long => XlsxStyles.Of(ReportColumnKind.Number, bold: false),
                _ => XlsxStyles.Of(ReportColumnKind.Text, bold: false),
            });
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, uint index, IReadOnlyList<object?> values, Func<int, uint> style)
    {
        writer.WriteStartElement(new Row { RowIndex = index });
        for (var i = 0; i < values.Count; i++)
        {
            if (Cell(values[i], style(i)) is { } cell)
            {
                cell.CellReference = ColumnName(i) + index;
                writer.WriteElement(cell);
            }
        }

        writer.WriteEndElement();
    }

    /// <summary>Words are written as words and never become a formula.</summary>
    private static Cell? Cell(object? value, uint style) => value switch
    {
        null => null,
        string words => new Cell(new InlineString(new Text(ValidXml(words)) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString, StyleIndex = style },
        DateOnly date => new Cell(new CellValue(date.ToDateTime(TimeOnly.MinValue).ToOADate())) { StyleIndex = style },
        IFormattable number => new Cell(new CellValue(number.ToString(null, CultureInfo.InvariantCulture))) { StyleIndex = style },
        _ => new Cell(new InlineString(new Text(value.ToString() ?? ""))) { DataType = CellValues.InlineString, StyleIndex = style },
    };

    private static string ValidXml(string words) =>
        words.All(System.Xml.XmlConvert.IsXmlChar) ? words : string.Concat(words.Where(character => System.Xml.XmlConvert.IsXmlChar(character) || char.IsSurrogate(character)));

    private static double Width(ReportTable table, int column)
    {
        var longest = table.Rows.Take(200).Select(row => ReportText.ForPeople(row[column], table.Columns[column].Kind).Length).Append(0).Max();
        return Math.Clamp(Math.Max(longest, Math.Min(table.Columns[column].Title.Length, 18)) + 3, 8, 60);
    }

    private static string ColumnName(int index) => index < 26 ? ((char)('A' + index)).ToString() : ColumnName((index / 26) - 1) + (char)('A' + (index % 26));
}
