using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using A = DocumentFormat.OpenXml.Drawing;
using P = DocumentFormat.OpenXml.Presentation;
using X = DocumentFormat.OpenXml.Spreadsheet;

namespace TrainingSite.SiteTests.Library;

/// <summary>Files as people and attackers send them.</summary>
internal static class SampleFiles
{
    /// <summary>The head of an official document, as pdftotext gives it.</summary>
    public const string Official =
        """
        TỈNH ỦY SƠN LA
        BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ
        *
        Số: 07/CĐS
        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        Độc lập - Tự do - Hạnh phúc
        Sơn La, ngày 3 tháng 10 năm 2023
        BÁO CÁO
        Kết quả thành lập Tổ công nghệ số cộng đồng
        trên địa bàn tỉnh
        Thực hiện kế hoạch năm 2023, tỉnh đã thành lập 2.990 tổ.
        """;

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Word(params string[] paragraphs)
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            document.AddMainDocumentPart().Document = new Document(new Body(paragraphs.Select(text => new Paragraph(new Run(new Text(text))))));
        }

        return stream.ToArray();
    }

    /// <summary>A small Word file that unpacks to 210 MB.</summary>
    public static byte[] WordBomb() => Package("<Types/>", ("word/document.xml", 210_000_000));

    /// <summary>An Excel file that unpacks a thousandfold, to a size that alone would be allowed.</summary>
    public static byte[] SpreadsheetBomb() => Package("<Types/>", ("xl/workbook.xml", 100), ("xl/worksheets/sheet1.xml", 40_000_000));

    /// <summary>A Word file with a macro in it.</summary>
    public static byte[] WordWithMacro() => Package("<Types/>", ("word/document.xml", 10), ("word/vbaProject.bin", 10));

    /// <summary>A Word file whose template is fetched when it is opened.</summary>
    public static byte[] WordWithFetchedTemplate()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            main.Document = new Document(new Body(new Paragraph(new Run(new Text("mẫu")))));
            var settings = main.AddNewPart<DocumentSettingsPart>();
            settings.Settings = new Settings(new AttachedTemplate { Id = "rId1" });
            settings.AddExternalRelationship("http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate", new Uri("https://example.org/mau.dotm"), "rId1");
        }

        return stream.ToArray();
    }

    /// <summary>A Word file that opens something from another place, said in a way that a search for the words does not find.</summary>
    /// <param name="kind">Kind of the relation, as XML has it.</param>
    /// <param name="target">From where.</param>
    public static byte[] WordWithRelation(string kind, string target)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, xml) in new[]
            {
                ("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<document/>"),
                ("word/_rels/settings.xml.rels", $"<?xml version=\"1.0\" encoding=\"utf-16\"?><Relationships><Relationship Id=\"a\" Type=\"http://x{kind}\" Target = \"{target}\" TargetMode=\"External\"/></Relationships>"),
            })
            {
                using var entry = new StreamWriter(archive.CreateEntry(name).Open(), xml.Contains("utf-16", StringComparison.Ordinal) ? Encoding.Unicode : Encoding.UTF8);
                entry.Write(xml);
            }
        }

        return stream.ToArray();
    }

    /// <summary>A Word file saved with macros allowed, though there are none in it.</summary>
    public static byte[] WordMacroEnabled()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.MacroEnabledDocument))
        {
            document.AddMainDocumentPart().Document = new Document(new Body(new Paragraph(new Run(new Text("macro")))));
        }

        return stream.ToArray();
    }

    /// <summary>An Excel file: a sheet for each list of rows; texts shared, numbers not.</summary>
    public static byte[] Spreadsheet(params (string Name, string[][] Rows)[] sheets)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new X.Workbook(new X.Sheets());
            var shared = workbook.AddNewPart<SharedStringTablePart>();
            shared.SharedStringTable = new X.SharedStringTable();
            var texts = 0;
            foreach (var (name, rows) in sheets)
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                part.Worksheet = new X.Worksheet(new X.SheetData(rows.Select(row => new X.Row(row.Select(cell =>
                {
                    if (double.TryParse(cell, out _))
                    {
                        return new X.Cell { CellValue = new X.CellValue(cell) };
                    }

                    shared.SharedStringTable.AppendChild(new X.SharedStringItem(new X.Text(cell)));
                    return new X.Cell { DataType = X.CellValues.SharedString, CellValue = new X.CellValue(texts++) };
                })))));
                workbook.Workbook.Sheets!.AppendChild(new X.Sheet { Name = name, SheetId = (uint)workbook.Workbook.Sheets!.ChildElements.Count + 1, Id = workbook.GetIdOfPart(part) });
            }
        }

        return stream.ToArray();
    }

    /// <summary>A PowerPoint file: a slide for each text.</summary>
    public static byte[] Slides(params string[] slides)
    {
        using var stream = new MemoryStream();
        using (var document = PresentationDocument.Create(stream, PresentationDocumentType.Presentation))
        {
            var presentation = document.AddPresentationPart();
            presentation.Presentation = new P.Presentation(new P.SlideIdList());
            foreach (var text in slides)
            {
                var part = presentation.AddNewPart<SlidePart>();
                part.Slide = new P.Slide(new P.CommonSlideData(new P.ShapeTree(new P.Shape(new P.TextBody(new A.BodyProperties(), new A.Paragraph(new A.Run(new A.Text(text))))))));
                presentation.Presentation.SlideIdList!.AppendChild(new P.SlideId { Id = (uint)(256 + presentation.Presentation.SlideIdList!.ChildElements.Count), RelationshipId = presentation.GetIdOfPart(part) });
            }
        }

        return stream.ToArray();
    }

    /// <summary>A white picture of one point.</summary>
    public static byte[] Png => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==");

    /// <summary>A PDF whose pages are pictures (JPEG), as scanners make it; a page without a picture has the words as text.</summary>
    public static byte[] Scan(params (byte[]? Jpeg, string Words)[] pages)
    {
        using var stream = new MemoryStream();
        Write("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n");
        Write($"2 0 obj <</Type/Pages/Count {pages.Length}/Kids[{string.Join(' ', pages.Select((_, i) => $"{(i * 3) + 10} 0 R"))}]>> endobj\n");
        Write("5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n");
        for (var i = 0; i < pages.Length; i++)
        {
            var first = (i * 3) + 10;
            var drawing = pages[i].Jpeg is null ? $"BT /F1 12 Tf 20 200 Td ({pages[i].Words}) Tj ET" : "300 0 0 300 0 0 cm /Im Do";
            Write($"{first} 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents {first + 1} 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</Im {first + 2} 0 R>>>>>> endobj\n");
            Write($"{first + 1} 0 obj <</Length {drawing.Length}>> stream\n{drawing}\nendstream endobj\n");
            if (pages[i].Jpeg is { } jpeg)
            {
                Write($"{first + 2} 0 obj <</Type/XObject/Subtype/Image/Width 1200/Height 1200/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length {jpeg.Length}>> stream\n");
                stream.Write(jpeg);
                Write("\nendstream endobj\n");
            }
        }

        Write("trailer <</Root 1 0 R>>\n%%EOF\n");
        return stream.ToArray();

        void Write(string text) => stream.Write(Encoding.Latin1.GetBytes(text));
    }

    /// <summary>A picture of the words, 1200 points square, drawn by pdftoppm.</summary>
    public static async Task<byte[]> PictureAsync(string asciiWords, bool jpeg)
    {
        byte[] picture = [];
        var source = Path.GetTempFileName();
        await File.WriteAllBytesAsync(source, Scan((null, asciiWords)));
        var drawn = await ExternalTool.Find(null, "pdftoppm")!.RunAsync(
            folder => [jpeg ? "-jpeg" : "-png", "-gray", "-singlefile", "-scale-to", "1200", source, Path.Combine(folder, "p")],
            TimeSpan.FromSeconds(30), 1000, async folder => picture = await File.ReadAllBytesAsync(Directory.GetFiles(folder).Single()));
        File.Delete(source);
        Assert.Equal(ToolOutcome.Done, drawn.Outcome);
        return picture;
    }

    /// <summary>Any package that is not a Word file.</summary>
    public static byte[] OtherPackage() => Package(types: null, ("xl/workbook.xml", 10));

    /// <summary>One page that says something; offsets are left to the reader to mend, as real tools do.</summary>
    public static byte[] Pdf(string asciiWords) => Text(
        $"""
        %PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj
        4 0 obj <</Length {asciiWords.Length + 33}>> stream
        BT /F1 12 Tf 20 200 Td ({asciiWords}) Tj ET
        endstream endobj
        5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
        trailer <</Root 1 0 R>>
        %%EOF
        """);

    private static byte[] Package(string? types, params (string Name, int Size)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (types is not null)
            {
                using var entry = new StreamWriter(archive.CreateEntry("[Content_Types].xml").Open());
                entry.Write(types);
            }

            var blanks = new byte[1_000_000];
            foreach (var (name, size) in entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
                for (var left = size; left > 0; left -= blanks.Length)
                {
                    entry.Write(blanks, 0, Math.Min(left, blanks.Length));
                }
            }
        }

        return stream.ToArray();
    }
}
