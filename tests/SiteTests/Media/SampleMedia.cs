using System.Buffers.Binary;
using System.Text;

namespace TrainingSite.SiteTests.Media;

/// <summary>Files as browsers and people send them: as much of each as says what it is. No two have the same bytes, not even those that one process makes when it lists the tests and another when it runs them.</summary>
internal static class SampleMedia
{
    public static byte[] Png(int width = 800, int height = 600) =>
        [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, .. Big(width), .. Big(height), 8, 2, 0, 0, 0, .. Different()];

    public static byte[] Jpeg(short width = 800, short height = 600) =>
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, .. new byte[9], 0xFF, 0xC0, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, .. Different(), 0xFF, 0xD9];

    /// <summary>A photograph as a telephone held upright takes it: lying on its side, with a note of how to turn it.</summary>
    public static byte[] TurnedJpeg(short width, short height, bool littleEndian)
    {
        byte[] tiff = littleEndian
            ? [.. "II"u8, 42, 0, 8, 0, 0, 0, 2, 0, 0x0F, 1, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
            : [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 2, 1, 0x0F, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(tiff.Length + 8), .. "Exif\0\0"u8, .. tiff, .. Jpeg(width, height)[2..]];
    }

    /// <summary>A GIF that is a script as well, for whoever would run it as one.</summary>
    public static byte[] GifThatIsScript() => [.. "GIF89a"u8, .. "/*"u8, 1, 0, .. Encoding.UTF8.GetBytes("*/=alert(document.cookie)//<script>alert(1)</script>"), .. Different()];

    public static byte[] WebP(int width, int height)
    {
        byte[] body = [.. "VP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, .. Little24(width - 1), .. Little24(height - 1), .. Different()];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length + 4), .. "WEBP"u8, .. body];
    }

    public static byte[] Mp3() => [.. "ID3\u0003\0\0\0\0\0\u0010"u8, .. Different()];

    public static byte[] M4a() => [0, 0, 0, 24, .. "ftypM4A "u8, .. Different()];

    public static byte[] Ogg() => [.. "OggS\0\u0002"u8, .. new byte[20], 1, 19, .. "OpusHead"u8, .. Different()];

    public static byte[] Mp4(int length = 5000) => [0, 0, 0, 24, .. "ftypisom"u8, .. Different(), .. new byte[length]];

    public static byte[] QuickTime() => [0, 0, 0, 20, .. "ftypqt  "u8, .. Different()];

    public static byte[] WebM() => [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84, .. "webm"u8, .. Different()];

    public static byte[] Vtt() => Encoding.UTF8.GetBytes($"WEBVTT\n\n00:00.000 --> 00:02.000\nXin chào bà con {Guid.NewGuid():N}\n");

    public static byte[] Pdf() => [.. "%PDF-1.7\n"u8, .. Different()];

    private static byte[] Different() => Encoding.ASCII.GetBytes($"#{Guid.NewGuid():N}#");

    private static byte[] Big(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Little24(int number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16)];
}
