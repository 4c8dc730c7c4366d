using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace TrainingSite.Courses.Certificates.Pdf;

/// <summary>
/// A PDF of any number of pages, written as it grows: each page leaves memory when it is flushed, fonts and the list of pages come last.
/// ISO 32000-1; text is embedded as subset TrueType with a map to Unicode.
/// </summary>
internal sealed class PdfDocument
{
    private const int Catalog = 1, PageTree = 2, Info = 3;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly List<long> _offsets = [0, 0, 0, 0];
    private readonly List<int> _pages = [];
    private readonly List<(PdfFont Font, int Number)> _fonts = [];
    private readonly string _title;
    private long _flushed;

    public PdfDocument(string title)
    {
        _title = title;
        Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
    }

    /// <summary>Takes a font into the document.</summary>
    public PdfFont AddFont(TrueTypeFont font)
    {
        var added = new PdfFont(font, $"F{_fonts.Count}");
        _fonts.Add((added, Reserve()));
        return added;
    }

    /// <summary>Takes a finished page into the document.</summary>
    public void AddPage(PdfPage page)
    {
        var content = WriteStream(Reserve(), "", Encoding.ASCII.GetBytes(page.Content));
        var number = Reserve();
        var fonts = string.Concat(_fonts.Select(font => $"/{font.Font.Key} {font.Number} 0 R"));
        WriteObject(number, string.Create(CultureInfo.InvariantCulture,
            $"<</Type/Page/Parent {PageTree} 0 R/MediaBox[0 0 {page.Width:0.##} {page.Height:0.##}]/Contents {content} 0 R/Resources<</Font<<{fonts}>>>>>>"));
        _pages.Add(number);
    }

    /// <summary>Hands over what is written so far.</summary>
    public async Task FlushAsync(Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _flushed += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }

    /// <summary>Writes what comes last, and hands over the rest.</summary>
    public async Task FinishAsync(Stream output, CancellationToken cancellationToken)
    {
        foreach (var (font, number) in _fonts)
        {
            WriteFont(font, number);
        }

        WriteObject(PageTree, $"<</Type/Pages/Kids[{string.Join(' ', _pages.Select(page => $"{page} 0 R"))}]/Count {_pages.Count}>>");
        WriteObject(Catalog, $"<</Type/Catalog/Pages {PageTree} 0 R/Lang(vi-VN)/ViewerPreferences<</DisplayDocTitle true>>>>");
        WriteObject(Info, $"<</Title<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(_title))}>>>");
        var start = _flushed + _buffer.WrittenCount;
        Write($"xref\n0 {_offsets.Count}\n0000000000 65535 f \n");
        foreach (var offset in _offsets.Skip(1))
        {
            Write(offset.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n");
        }

        Write($"trailer<</Size {_offsets.Count}/Root {Catalog} 0 R/Info {Info} 0 R>>\nstartxref\n{start}\n%%EOF\n");
        await FlushAsync(output, cancellationToken);
    }

    private void WriteFont(PdfFont font, int number)
    {
        var face = font.Font;
        var scale = 1000.0 / face.UnitsPerEm;
        var subset = face.Subset(font.Used.Keys);
        // Six letters tell this subset from others of the same font.
        var name = $"CN{font.Key.PadLeft(4, 'A').Replace('0', 'A').Replace('1', 'B')}+{face.Name}";
        var file = WriteStream(Reserve(), $"/Length1 {subset.Length}", subset);
        var descriptor = Reserve();
        WriteObject(descriptor, string.Create(CultureInfo.InvariantCulture,
            $"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{string.Join(' ', face.Box.Select(side => Math.Round(side * scale)))}]/ItalicAngle 0/Ascent {face.Ascent * scale:0}/Descent {face.Descent * scale:0}/CapHeight 700/StemV 80/FontFile2 {file} 0 R>>"));
        var widths = string.Concat(font.Used.Keys.Select(glyph => string.Create(CultureInfo.InvariantCulture, $"{glyph}[{face.Width(glyph):0.##}]")));
        var descendant = Reserve();
        WriteObject(descendant, $"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity/W[{widths}]>>");
        var unicode = WriteStream(Reserve(), "", Encoding.ASCII.GetBytes(UnicodeMap(font)));
        WriteObject(number, $"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>");
    }

    private static string UnicodeMap(PdfFont font)
    {
        const int MostOfOneBlock = 100;
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Unicode def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var block in font.Used.Where(pair => pair.Key != 0).Chunk(MostOfOneBlock))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (glyph, rune) in block)
            {
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{rune.Value:X4}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap end end").ToString();
    }

    private int Reserve()
    {
        _offsets.Add(0);
        return _offsets.Count - 1;
    }

    private void WriteObject(int number, string body)
    {
        _offsets[number] = _flushed + _buffer.WrittenCount;
        Write($"{number} 0 obj\n{body}\nendobj\n");
    }

    private int WriteStream(int number, string entries, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(bytes);
        }

        _offsets[number] = _flushed + _buffer.WrittenCount;
        Write($"{number} 0 obj\n<</Filter/FlateDecode{entries}/Length {packed.Length}>>stream\n");
        _buffer.Write(packed.ToArray());
        Write("\nendstream\nendobj\n");
        return number;
    }

    private void Write(string text) => _buffer.Write(Encoding.Latin1.GetBytes(text));
}
