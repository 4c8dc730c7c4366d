using System.Buffers.Binary;
using TrainingSite.Media.Models;

namespace TrainingSite.Media.Services;

/// <summary>Reads how large a picture is from its head, without decoding it.</summary>
internal static class PictureSize
{
    /// <summary>Width and height; null when the head is broken.</summary>
    public static (int Width, int Height)? Read(MediaFormat format, Stream file)
    {
        file.Position = 0;
        var head = new byte[64];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var start = head.AsSpan(0, length);
        var size = format switch
        {
            MediaFormat.Png when length >= 24 && start[12..16].SequenceEqual("IHDR"u8) => ((long)BinaryPrimitives.ReadUInt32BigEndian(start[16..]), (long)BinaryPrimitives.ReadUInt32BigEndian(start[20..])),
            MediaFormat.Gif when length >= 10 => (BinaryPrimitives.ReadUInt16LittleEndian(start[6..]), BinaryPrimitives.ReadUInt16LittleEndian(start[8..])),
            MediaFormat.WebP when length >= 30 => ReadWebP(start),
            MediaFormat.Jpeg => ReadJpeg(file),
            _ => (0, 0),
        };
        return size is { Item1: > 0 and <= int.MaxValue, Item2: > 0 and <= int.MaxValue } ? ((int)size.Item1, (int)size.Item2) : null;
    }

    private static (long, long) ReadWebP(ReadOnlySpan<byte> start) => start[12..16] switch
    {
        var lossy when lossy.SequenceEqual("VP8 "u8) => (BinaryPrimitives.ReadUInt16LittleEndian(start[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(start[28..]) & 0x3FFF),
        var lossless when lossless.SequenceEqual("VP8L"u8) => ((BinaryPrimitives.ReadUInt32LittleEndian(start[21..]) & 0x3FFF) + 1, ((BinaryPrimitives.ReadUInt32LittleEndian(start[21..]) >> 14) & 0x3FFF) + 1),
        var extended when extended.SequenceEqual("VP8X"u8) => (Read24(start[24..]) + 1, Read24(start[27..]) + 1),
        _ => (0, 0),
    };

    private static long Read24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    /// <summary>Walks from marker to marker up to the frame's head. A photograph that a camera has turned is as wide as it is shown.</summary>
    private static (long, long) ReadJpeg(Stream file)
    {
        file.Position = 2;
        Span<byte> marker = stackalloc byte[4];
        Span<byte> frame = stackalloc byte[5];
        var isOnItsSide = false;
        while (file.ReadAtLeast(marker, 4, throwOnEndOfStream: false) == 4 && marker[0] == 0xFF)
        {
            if (marker[1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                if (file.ReadAtLeast(frame, 5, throwOnEndOfStream: false) < 5)
                {
                    return (0, 0);
                }

                var (width, height) = (BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..]));
                return isOnItsSide ? (height, width) : (width, height);
            }

            var next = file.Position + Math.Max(0, BinaryPrimitives.ReadUInt16BigEndian(marker[2..]) - 2);
            if (marker[1] == 0xE1)
            {
                var segment = new byte[next - file.Position];
                isOnItsSide |= IsOnItsSide(segment.AsSpan(0, file.ReadAtLeast(segment, segment.Length, throwOnEndOfStream: false)));
            }

            file.Position = next;
        }

        return (0, 0);
    }

    /// <summary>Whether EXIF says that the picture is shown turned by a quarter: orientations 5 to 8.</summary>
    private static bool IsOnItsSide(ReadOnlySpan<byte> segment)
    {
        const int Orientation = 0x0112;
        if (segment.Length < 14 || !segment.StartsWith("Exif\0\0"u8))
        {
            return false;
        }

        var tiff = segment[6..];
        var isLittle = tiff.StartsWith("II"u8);
        if ((!isLittle && !tiff.StartsWith("MM"u8)) || Read32(tiff, 4, isLittle) is not { } directory || Read16(tiff, directory, isLittle) is not { } count)
        {
            return false;
        }

        for (var entry = directory + 2; count > 0; entry += 12, count--)
        {
            if (Read16(tiff, entry, isLittle) == Orientation)
            {
                return Read16(tiff, entry + 8, isLittle) is >= 5 and <= 8;
            }
        }

        return false;
    }

    private static int? Read16(ReadOnlySpan<byte> bytes, long at, bool isLittle) => at + 2 > bytes.Length ? null
        : isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(int)at..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[(int)at..]);

    private static long? Read32(ReadOnlySpan<byte> bytes, int at, bool isLittle) => at + 4 > bytes.Length ? null
        : isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
