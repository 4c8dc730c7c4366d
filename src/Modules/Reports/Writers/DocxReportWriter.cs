using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using TrainingSite.Reports.Models;
using TrainingSite.Reports.Services;

namespace TrainingSite.Reports.Writers;

/// <summary>Word: title, day, the answer in a sentence, and the table on landscape A4 with its header on every page.</summary>
internal sealed class DocxReportWriter : IReportWriter
{
    // Twentieths of a point: A4 across, with margins of 2 cm.
    private const uint PageWidth = 16838;
    private const uint PageHeight = 11906;
    private const int Margin = 1134;
    private const int TextWidth = (int)PageWidth - (2 * Margin);

    public string Format => "docx";

    public string Title => "Word";

    public string ContentType => "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public Task WriteAsync(ReportAnswer answer, Stream output, CancellationToken cancellationToken) =>
        TemporaryFile.CopyToAsync(file => Write(answer.ForPeople(), file, cancellationToken), output, cancellationToken);

    private static void Write(ReportAnswer answer, Stream file, CancellationToken cancellationToken)
    {
        using var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document);
        using var writer = OpenXmlWriter.Create(document.AddMainDocumentPart());
        writer.WriteStartElement(new Document());
        writer.WriteStartElement(new Body());
        writer.WriteElement(Paragraph(answer.Report.Title.ToUpper(System.Globalization.CultureInfo.GetCultureInfo("vi-VN")), JustificationValues.Center, bold: true, size: 28));
        writer.WriteElement(Paragraph(About(answer), JustificationValues.Center, bold: false, size: 24));
        writer.WriteElement(Paragraph(answer.Table.Sentence, JustificationValues.Left, bold: false, size: 24));
        foreach (var figure in answer.Table.Summary.Values)
        {
            writer.WriteElement(Paragraph($"{figure.Title}: {ReportText.ForPeople(figure.Value, ReportColumnKind.Number)}", JustificationValues.Left, bold: false, size: 24));
        }

        WriteTable(writer, answer.Table, cancellationToken);
        writer.WriteElement(new SectionProperties(
            new PageSize { Width = PageWidth, Height = PageHeight, Orient = PageOrientationValues.Landscape },
            new PageMargin { Top = Margin, Bottom = Margin, Left = Margin, Right = Margin, Header = 567, Footer = 567, Gutter = 0 }));
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static string About(ReportAnswer answer) => string.Join(" · ", new[]
    {
        $"{(answer.Report.Filters.HasFlag(ReportFilters.AsOf) ? "Tính đến" : "Lập")} ngày {answer.Query.AsOf.ToDateText()}",
        answer.UnitText is null ? null : $"Đơn vị: {answer.UnitText}",
        answer.SessionText is null ? null : $"Buổi tập huấn: {answer.SessionText}",
    }.OfType<string>());

    private static void WriteTable(OpenXmlWriter writer, ReportTable table, CancellationToken cancellationToken)
    {
        writer.WriteStartElement(new Table());
        writer.WriteElement(new TableProperties(
            new TableWidth { Width = TextWidth.ToString(), Type = TableWidthUnitValues.Dxa },
            // The schema wants the borders in this order.
            new TableBorders(
                Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>())));
        var width = (TextWidth / table.Columns.Count).ToString();
        writer.WriteElement(new TableGrid(table.Columns.Select(_ => new GridColumn { Width = width })));
        WriteRow(writer, table, [.. table.Columns.Select(column => column.Title)], header: true);
        foreach (var row in table.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteRow(writer, table, row, header: false);
        }

        if (table.Totals is { } totals)
        {
            WriteRow(writer, table, totals, header: false, bold: true);
        }

        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, ReportTable table, IReadOnlyList<object?> values, bool header, bool bold = false)
    {
        var row = new TableRow(header
            ? new TableRowProperties(new CantSplit(), new TableHeader())
            : new TableRowProperties(new CantSplit()));
        for (var i = 0; i < values.Count; i++)
        {
            var kind = header ? ReportColumnKind.Text : table.Columns[i].Kind;
            var side = kind is ReportColumnKind.Number or ReportColumnKind.Percent ? JustificationValues.Right : JustificationValues.Left;
            row.Append(new TableCell(Paragraph(ReportText.ForPeople(values[i], kind), side, header || bold, size: 20)));
        }

        writer.WriteElement(row);
    }

    private static T Line<T>() where T : BorderType, new() => new T { Val = BorderValues.Single, Size = 4, Color = "808080" };

    private static Paragraph Paragraph(string text, JustificationValues side, bool bold, int size)
    {
        var look = new RunProperties(new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", ComplexScript = "Times New Roman" });
        if (bold)
        {
            look.Append(new Bold());
        }

        look.Append(new FontSize { Val = size.ToString() });
        return new Paragraph(
            new ParagraphProperties(new SpacingBetweenLines { After = size > 20 ? "120" : "0" }, new Justification { Val = side }),
            new Run(look, new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
    }
}
