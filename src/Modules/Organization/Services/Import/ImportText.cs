using System.Text;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Turns the bytes of a file into text, and finds what separates its cells.</summary>
internal static class ImportText
{
    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text; null with an issue in the container when the file is none.</summary>
    public static string? Decode(byte[] content, ImportContainer container)
    {
        if (content.Length == 0)
        {
            container.Issues.Add(new("FILE_EMPTY"));
            return null;
        }

        if (OtherKind(content) is { } kind)
        {
            container.Issues.Add(new("FILE_NOT_CSV", Detail: kind));
            return null;
        }

        if (ReadText(content, container) is not { } text)
        {
            return null;
        }

        container.Newline = text.Contains("\r\n", StringComparison.Ordinal) ? "CRLF" : "LF";
        container.Delimiter = FindDelimiter(text);
        if (container.Delimiter != ",")
        {
            container.Issues.Add(new("DELIMITER_DETECTED"));
        }

        return text;
    }

    private static string? ReadText(byte[] content, ImportContainer container)
    {
        ReadOnlySpan<byte> bytes = content;
        var (encoding, name, mark) = bytes switch
        {
            [0xFF, 0xFE, ..] => ((Encoding)Utf16(bigEndian: false), "utf-16", 2),
            [0xFE, 0xFF, ..] => (Utf16(bigEndian: true), "utf-16", 2),
            [0xEF, 0xBB, 0xBF, ..] => (StrictUtf8, "utf-8", 3),
            _ => (StrictUtf8, "utf-8", 0),
        };
        (container.Encoding, container.Bom) = (name, mark > 0);
        string? text = null;
        try
        {
            text = encoding.GetString(bytes[mark..]);
        }
        catch (DecoderFallbackException) when (mark == 0)
        {
            var legacy = LegacyEncoding.Decode(bytes);
            (text, container.Encoding) = (legacy?.Text, legacy?.Name ?? "");
        }
        catch (DecoderFallbackException)
        {
            container.Encoding = "";
        }

        if (container.Encoding != "utf-8")
        {
            container.Issues.Add(new(text is null ? "FILE_ENCODING" : "ENCODING_DETECTED"));
        }

        return text;
    }

    private static UnicodeEncoding Utf16(bool bigEndian) => new UnicodeEncoding(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>What the file is when it is certainly no text.</summary>
    private static string? OtherKind(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("PK\u0003\u0004"u8) ? "Excel (.xlsx) hoặc Zip"
        : bytes.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]) ? "Excel cũ (.xls)"
        : bytes.StartsWith("%PDF"u8) ? "PDF"
        : bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]) ? null
        : bytes.Contains((byte)0) ? "tệp nhị phân"
        : null;

    /// <summary>The separator that occurs most often outside quotes in the first lines.</summary>
    private static string FindDelimiter(string text)
    {
        var counts = new Dictionary<char, int> { [','] = 0, [';'] = 0, ['\t'] = 0 };
        var quoted = false;
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, 4000)))
        {
            quoted ^= character == '"';
            if (!quoted && counts.TryGetValue(character, out var count))
            {
                counts[character] = count + 1;
            }
        }

        // MaxBy keeps the first of equals, and the comma stands first.
        return counts.MaxBy(pair => pair.Value).Key.ToString();
    }
}
