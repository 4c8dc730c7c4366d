using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>Finds out what a file is by looking into it. What is not known for sure is refused, with a way out.</summary>
internal sealed class FileSniffer(IStringLocalizer<Strings> T)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public Result<FoundFormat> Detect(string path, string fileName)
    {
        using var file = File.OpenRead(path);
        var head = new byte[1024];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var start = head.AsSpan(0, length);
        file.Position = 0;
        if (start.IndexOf("%PDF-"u8) >= 0)
        {
            return new FoundFormat(FileFormat.Pdf);
        }

        if (start.StartsWith("PK\x03\x04"u8))
        {
            return DetectPackage(file);
        }

        if (start.StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }))
        {
            return Refuse("file_old_office", T["Đây là tệp Word, Excel đời cũ. Hãy mở tệp, chọn Lưu thành (Save as) dạng .docx hoặc PDF rồi gửi lại."]);
        }

        if (start.StartsWith(new byte[] { 0xFF, 0xFE }) || start.StartsWith(new byte[] { 0xFE, 0xFF }))
        {
            return Refuse("text_not_utf8", T["Tệp chữ này không ở bảng mã UTF-8. Hãy mở tệp, chọn Lưu thành (Save as) với mã UTF-8 rồi gửi lại."]);
        }

        return start.Contains((byte)0) ? Unknown() : DetectText(file, fileName);
    }

    private Result<FoundFormat> DetectPackage(Stream file)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Any(entry => entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            {
                return Refuse("file_has_macros", T["Tệp Word có macro nên không nhận được. Hãy lưu thành .docx (không macro) hoặc PDF rồi gửi lại."]);
            }

            if (archive.GetEntry("[Content_Types].xml") is not null && archive.GetEntry("word/document.xml") is not null)
            {
                return WordText.IsTooLarge(archive)
                    ? Refuse("file_bomb", T["Tệp Word này bung ra quá lớn nên không nhận được. Hãy giảm hình ảnh, hoặc lưu thành PDF rồi gửi lại."])
                    : new FoundFormat(FileFormat.Word);
            }
        }
        catch (InvalidDataException)
        {
            return Refuse("file_broken", T["Tệp bị hỏng, không mở được. Hãy mở thử trên máy của bạn, lưu lại rồi gửi."]);
        }

        return Unknown();
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

    private Fault Unknown() => Refuse("file_kind_unknown", T["Thư viện nhận tệp .txt, .md, .docx và .pdf. Tệp này không phải một trong các dạng đó."]);

    private static Fault Refuse(string code, string message) => new(code, message, "File");
}

/// <summary>What a file is.</summary>
internal sealed record FoundFormat(FileFormat Format);
