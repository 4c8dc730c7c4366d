using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace TrainingSite.Library.Templates;

/// <summary>Builds an official paper in Word: head in two columns, heading, paragraphs, tables, signature.</summary>
internal sealed class TemplateBuilder
{
    private const string Font = "Times New Roman";
    private const int Wide = 9350;

    private readonly Body _body = new();

    /// <summary>Who issues it and its number at the left, the motto and the date at the right.</summary>
    public TemplateBuilder Head(string issuer, string number, string dateLine)
    {
        _body.Append(Table(border: false, [3900, Wide - 3900],
            [[Line(issuer, bold: true, JustificationValues.Center), Line("Số: " + number, bold: false, JustificationValues.Center)],
             [Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold: true, JustificationValues.Center), Line("Độc lập - Tự do - Hạnh phúc", bold: true, JustificationValues.Center), Line(dateLine, bold: false, JustificationValues.Center, italic: true)]]));
        return this;
    }

    /// <summary>A heading in the middle; a second line says what it is about.</summary>
    public TemplateBuilder Title(string title, string about)
    {
        _body.Append(Line("", bold: false, JustificationValues.Center), Line(title, bold: true, JustificationValues.Center), Line(about, bold: true, JustificationValues.Center), Line("", bold: false, JustificationValues.Center));
        return this;
    }

    /// <summary>A heading at the left.</summary>
    public TemplateBuilder Heading(string text)
    {
        _body.Append(Line(text, bold: true, JustificationValues.Left));
        return this;
    }

    /// <summary>Paragraphs.</summary>
    public TemplateBuilder Text(params string[] paragraphs)
    {
        _body.Append(paragraphs.Select(text => Line(text, bold: false, JustificationValues.Both)));
        return this;
    }

    /// <summary>A table: its heads, then its rows.</summary>
    public TemplateBuilder Table(int[] widths, string[] heads, params string[][] rows)
    {
        var table = Table(border: true, widths, [.. heads.Select(head => new[] { Line(head, bold: true, JustificationValues.Center) })]);
        table.GetFirstChild<TableRow>()!.PrependChild(new TableRowProperties(new TableHeader()));
        foreach (var row in rows)
        {
            table.Append(Row(widths, [.. row.Select(cell => new[] { Line(cell, bold: false, JustificationValues.Left) })]));
        }

        _body.Append(table);
        return this;
    }

    /// <summary>Who gets it at the left, who signs at the right.</summary>
    public TemplateBuilder Signature(string[] receivers, string signer)
    {
        _body.Append(Line("", bold: false, JustificationValues.Left), Table(border: false, [Wide / 2, Wide / 2],
            [[Line("Nơi nhận:", bold: true, JustificationValues.Left, italic: true), .. receivers.Select(receiver => Line("- " + receiver, bold: false, JustificationValues.Left))],
             [Line(signer, bold: true, JustificationValues.Center), Line("(Ký, ghi rõ họ tên)", bold: false, JustificationValues.Center, italic: true)]]));
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] Build()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            _body.Append(new SectionProperties(new PageSize { Width = 11906, Height = 16838 }, new PageMargin { Top = 1134, Bottom = 1134, Left = 1701, Right = 851 }));
            document.AddMainDocumentPart().Document = new Document(_body);
        }

        return stream.ToArray();
    }

    private static Table Table(bool border, int[] widths, Paragraph[][] cells)
    {
        var properties = new TableProperties(new TableWidth { Width = Wide.ToString(System.Globalization.CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa });
        if (border)
        {
            properties.Append(new TableBorders(
                new TopBorder { Val = BorderValues.Single, Size = 4 }, new LeftBorder { Val = BorderValues.Single, Size = 4 },
                new BottomBorder { Val = BorderValues.Single, Size = 4 }, new RightBorder { Val = BorderValues.Single, Size = 4 },
                new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 }, new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }));
        }

        return new(properties, new TableGrid(widths.Select(width => new GridColumn { Width = width.ToString(System.Globalization.CultureInfo.InvariantCulture) })), Row(widths, cells));
    }

    private static TableRow Row(int[] widths, Paragraph[][] cells) => new(cells.Select((cell, at) => new TableCell(
        [new TableCellProperties(new TableCellWidth { Width = widths[at].ToString(System.Globalization.CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa }), .. cell])));

    private static Paragraph Line(string text, bool bold, JustificationValues justification, bool italic = false)
    {
        var look = new RunProperties(new RunFonts { Ascii = Font, HighAnsi = Font, ComplexScript = Font });
        if (bold)
        {
            look.Append(new Bold());
        }

        if (italic)
        {
            look.Append(new Italic());
        }

        look.Append(new FontSize { Val = "26" });
        return new(
            new ParagraphProperties(new SpacingBetweenLines { Before = "60", After = "60" }, new Justification { Val = justification }),
            new Run(look, new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
    }
}
