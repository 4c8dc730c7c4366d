using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using TrainingSite.Reports.Models;

namespace TrainingSite.Reports.Writers;

/// <summary>How cells look: a header, and each kind of column plain and bold (for totals).</summary>
internal static class XlsxStyles
{
    /// <summary>Heading cells.</summary>
    public const uint Header = 1;

    private const uint FirstPlain = 2;
    private const uint WholeNumber = 164;
    private const uint Share = 165;
    private const uint Day = 166;

    private static readonly uint[] Formats = [0, WholeNumber, Share, Day];

    /// <summary>Index of the style for a kind of column.</summary>
    public static uint Of(ReportColumnKind kind, bool bold) => FirstPlain + (2 * (uint)kind) + (bold ? 1u : 0u);

    /// <summary>The style sheet. Dots between thousands are part of the format, so that 2.990 stands there whatever the machine's language.</summary>
    public static Stylesheet Create()
    {
        var formats = new CellFormats(
            new CellFormat(),
            new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Center }) { FontId = 1, FillId = 2, BorderId = 1, ApplyFont = true, ApplyFill = true, ApplyBorder = true, ApplyAlignment = true });
        foreach (var format in Formats)
        {
            formats.Append(new CellFormat { NumberFormatId = format, ApplyNumberFormat = true });
            formats.Append(new CellFormat { NumberFormatId = format, FontId = 1, BorderId = 1, ApplyNumberFormat = true, ApplyFont = true, ApplyBorder = true });
        }

        return new Stylesheet(
            new NumberingFormats(
                new NumberingFormat { NumberFormatId = WholeNumber, FormatCode = "[>=1000000]#\\.###\\.##0;[>=1000]#\\.##0;0" },
                new NumberingFormat { NumberFormatId = Share, FormatCode = "0.0%" },
                new NumberingFormat { NumberFormatId = Day, FormatCode = "dd\\/mm\\/yyyy" }),
            new Fonts(new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }), new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" })),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
                new Fill(new PatternFill(new ForegroundColor { Rgb = "FFDDEEE6" }) { PatternType = PatternValues.Solid })),
            new Borders(
                new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
                new Border(new LeftBorder(), new RightBorder(), new TopBorder { Style = BorderStyleValues.Thin }, new BottomBorder { Style = BorderStyleValues.Thin }, new DiagonalBorder())),
            new CellStyleFormats(new CellFormat()),
            formats);
    }
}
