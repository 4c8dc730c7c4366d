using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using TrainingSite.Reports.Models;
using TrainingSite.Reports.Services;
using TrainingSite.Reports.Writers;

namespace TrainingSite.SiteTests.Reports;

/// <summary>Office files open without complaint and hold what the report says.</summary>
public sealed class OfficeFileTests
{
    [Fact]
    public async Task Xlsx_IsValid_AndHoldsTypedCells()
    {
        using var file = await WriteAsync(new XlsxReportWriter());
        using var document = SpreadsheetDocument.Open(file, isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(document));
        var rows = document.WorkbookPart!.WorksheetParts.First().Worksheet.Descendants<Row>().ToList();
        Assert.Equal(4, rows.Count);
        Assert.Equal("Số tổ", rows[0].Elements<Cell>().ElementAt(2).InnerText);
        var teams = rows[1].Elements<Cell>().ElementAt(2);
        Assert.Equal("2990", teams.InnerText);
        Assert.Equal("[>=1000000]#\\.###\\.##0;[>=1000]#\\.##0;0", FormatOf(document, teams));
        Assert.Equal("dd\\/mm\\/yyyy", FormatOf(document, rows[1].Elements<Cell>().ElementAt(4)));
        Assert.Equal(CellValues.InlineString, rows[2].Elements<Cell>().ElementAt(1).DataType!.Value);
        Assert.Empty(document.WorkbookPart.WorksheetParts.First().Worksheet.Descendants<CellFormula>());
        Assert.Equal("3002", rows[3].Elements<Cell>().Single(cell => cell.CellReference == "C4").InnerText);
    }

    [Fact]
    public async Task Docx_IsValid_AndRepeatsItsHeader()
    {
        using var file = await WriteAsync(new DocxReportWriter());
        using var document = WordprocessingDocument.Open(file, isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(document));
        var body = document.MainDocumentPart!.Document.Body!;
        Assert.Contains("BÁO CÁO MẪU", body.InnerText);
        Assert.Contains("Tính đến ngày 30/09/2023", body.InnerText);
        Assert.Contains("2.990", body.InnerText);
        Assert.Single(body.Descendants<TableHeader>());
    }

    private static string? FormatOf(SpreadsheetDocument document, Cell cell)
    {
        var styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet;
        var format = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value).NumberFormatId!.Value;
        return styles.NumberingFormats!.Elements<DocumentFormat.OpenXml.Spreadsheet.NumberingFormat>().Single(number => number.NumberFormatId! == format).FormatCode;
    }

    private static async Task<MemoryStream> WriteAsync(IReportWriter writer)
    {
        var report = new SampleReport();
        var query = new ReportQuery(UnitScope.Everything, new DateOnly(2023, 9, 30), "116");
        var file = new MemoryStream();
        await writer.WriteAsync(new ReportAnswer(report, query, (await report.RunAsync(query, default)).Value!), file, default);
        file.Position = 0;
        return file;
    }
}
