using System.IO.Compression;
using System.Text;
using System.Xml;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>Finds out what a file is by looking into it. What is not known for sure is refused, with a way out.</summary>
internal sealed class FileSniffer(IStringLocalizer<Strings> T)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Blank signs, and the mark of UTF-8.</summary>
    private static ReadOnlySpan<byte> Blanks => [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF];

    public Result<FoundFormat> Detect(string path, string fileName)
    {
        using var file = File.OpenRead(path);
        var head = new byte[1024];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var start = head.AsSpan(0, length);
        file.Position = 0;
        if (start.StartsWith("PK\x03\x04"u8))
        {
            return DetectPackage(file);
        }

        if (DetectMedia(start, fileName) is { } media)
        {
            return new FoundFormat(media);
        }

        if (start.IndexOf("%PDF-"u8) is >= 0 and var at)
        {
            // What stands before the PDF could make another program take the file for something else.
            return start[..at].ContainsAnyExcept(Blanks)
                ? Refuse("file_mixed", T["Trong tệp có phần lạ đứng trước nội dung PDF nên không nhận được. Hãy mở tệp, in hoặc lưu lại thành PDF rồi gửi bản mới."])
                : new FoundFormat(FileFormat.Pdf);
        }

        if (start.StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }))
        {
            return Refuse("file_old_office", T["Đây là tệp Office đời cũ hoặc có mật khẩu. Hãy mở tệp, bỏ mật khẩu, chọn Lưu thành (Save as) dạng .docx, .xlsx, .pptx hoặc PDF rồi gửi lại."]);
        }

        if (IsSvg(start, fileName))
        {
            return Refuse("file_svg", T["Thư viện không nhận hình SVG vì trong đó có thể có chương trình. Hãy lưu hình thành .png rồi gửi lại."]);
        }

        if (start.StartsWith(new byte[] { 0xFF, 0xFE }) || start.StartsWith(new byte[] { 0xFE, 0xFF }))
        {
            return Refuse("text_not_utf8", T["Tệp chữ này không ở bảng mã UTF-8. Hãy mở tệp, chọn Lưu thành (Save as) với mã UTF-8 rồi gửi lại."]);
        }

        return start.Contains((byte)0) ? Unknown() : DetectText(file, fileName);
    }

    private static FileFormat? DetectMedia(ReadOnlySpan<byte> start, string fileName) => FileSignatures.Of(start) switch
    {
        FileSignature.Jpeg => FileFormat.Jpeg,
        FileSignature.Png => FileFormat.Png,
        FileSignature.WebP => FileFormat.Webp,
        FileSignature.Ogg => FileFormat.Ogg,
        FileSignature.Mp3 => FileFormat.Mp3,
        FileSignature.Mpeg4Audio => FileFormat.M4a,
        // Telephones record sound under the brands of films as well.
        FileSignature.Mpeg4 when Path.GetExtension(fileName).Equals(".m4a", StringComparison.OrdinalIgnoreCase) => FileFormat.M4a,
        _ => null,
    };

    private static bool IsSvg(ReadOnlySpan<byte> start, string fileName) =>
        Path.GetExtension(fileName).Equals(".svg", StringComparison.OrdinalIgnoreCase)
        || (start.TrimStart(Blanks).StartsWith("<"u8) && start.IndexOf("<svg"u8) >= 0 && start.IndexOf("<html"u8) < 0);

    private Result<FoundFormat> DetectPackage(Stream file)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            FileFormat? format = archive.GetEntry("[Content_Types].xml") is null ? null
                : archive.GetEntry("word/document.xml") is not null ? FileFormat.Word
                : archive.GetEntry("xl/workbook.xml") is not null ? FileFormat.Spreadsheet
                : archive.GetEntry("ppt/presentation.xml") is not null ? FileFormat.Slides
                : null;
            return format is null ? Unknown() : OfficePackage.Check(archive, file.Length) switch
            {
                PackageFault.None => new FoundFormat(format.Value),
                PackageFault.HasMacros => Refuse("file_has_macros", T["Tệp Office có macro nên không nhận được. Hãy lưu thành .docx, .xlsx, .pptx (không macro) hoặc PDF rồi gửi lại."]),
                PackageFault.FetchesTemplate => Refuse("file_fetches_template", T["Khi mở, tệp Word này tự tải một mẫu từ nơi khác nên không nhận được. Hãy chép nội dung sang tệp mới, hoặc lưu thành PDF rồi gửi lại."]),
                PackageFault.IsBomb => Refuse("file_bomb", T["Tệp Office này bung ra quá lớn nên không nhận được. Hãy giảm hình ảnh, hoặc lưu thành PDF rồi gửi lại."]),
            };
        }
        catch (Exception broken) when (broken is InvalidDataException or NotSupportedException or XmlException)
        {
            return Refuse("file_broken", T["Tệp bị hỏng, không mở được. Hãy mở thử trên máy của bạn, lưu lại rồi gửi."]);
        }
    }

    private Result<FoundFormat> DetectText(Stream file, string fileName)
    {
        try
        {
            using var reader = new StreamReader(file, Strict, detectEncodingFromByteOrderMarks: false);
            var buffer = new char[16384];
            int count;
            while ((count = reader.Read(buffer)) > 0)
            {
                if (buffer.AsSpan(0, count).ContainsAnyInRange('\0', '\b'))
                {
                    return Unknown();
                }
            }
        }
        catch (DecoderFallbackException)
        {
            return Path.GetExtension(fileName).ToUpperInvariant() is ".TXT" or ".MD" or ".MARKDOWN"
                ? Refuse("text_not_utf8", T["Tệp chữ này không ở bảng mã UTF-8. Hãy mở tệp, chọn Lưu thành (Save as) với mã UTF-8 rồi gửi lại."])
                : Unknown();
        }

        return new FoundFormat(Path.GetExtension(fileName).ToUpperInvariant() is ".MD" or ".MARKDOWN" ? FileFormat.Markdown : FileFormat.Text);
    }

    private Fault Unknown() => Refuse("file_kind_unknown", T["Thư viện nhận văn bản (.pdf, .docx, .xlsx, .pptx, .txt, .md), hình (.jpg, .png, .webp) và âm thanh (.mp3, .m4a, .ogg). Tệp này không phải một trong các dạng đó."]);

    private static Fault Refuse(string code, string message) => new(code, message, "File");
}

/// <summary>What a file is.</summary>
internal sealed record FoundFormat(FileFormat Format);
