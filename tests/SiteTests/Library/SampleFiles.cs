using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

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
    public static byte[] WordBomb() => Package(("[Content_Types].xml", 100), ("word/document.xml", 210_000_000));

    /// <summary>A Word file with a macro in it.</summary>
    public static byte[] WordWithMacro() => Package(("[Content_Types].xml", 10), ("word/document.xml", 10), ("word/vbaProject.bin", 10));

    /// <summary>Any package that is not a Word file.</summary>
    public static byte[] OtherPackage() => Package(("xl/workbook.xml", 10));

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

    private static byte[] Package(params (string Name, int Size)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            var blanks = new byte[1_000_000];
            foreach (var (name, size) in entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                for (var left = size; left > 0; left -= blanks.Length)
                {
                    entry.Write(blanks, 0, Math.Min(left, blanks.Length));
                }
            }
        }

        return stream.ToArray();
    }
}
