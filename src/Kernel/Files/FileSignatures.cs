namespace TrainingSite.Kernel;

/// <summary>What a file is by its first bytes.</summary>
public enum FileSignature
{
    /// <summary>PDF.</summary>
    Pdf,

    /// <summary>JPEG picture.</summary>
    Jpeg,

    /// <summary>PNG picture.</summary>
    Png,

    /// <summary>WebP picture.</summary>
    WebP,

    /// <summary>GIF picture.</summary>
    Gif,

    /// <summary>MPEG audio, layer III.</summary>
    Mp3,

    /// <summary>MPEG-4, QuickTime and their kin: the brand in bytes 8 to 11 says which.</summary>
    Mpeg4,

    /// <summary>MPEG-4 that says of itself to be sound only.</summary>
    Mpeg4Audio,

    /// <summary>Ogg with Opus or Vorbis.</summary>
    Ogg,

    /// <summary>WebM film or sound.</summary>
    WebM,
}

/// <summary>Tells files by their first bytes, never by their names. What a store takes of these is its own affair.</summary>
public static class FileSignatures
{
    /// <summary>So many first bytes are enough to tell.</summary>
    public const int HeadBytes = 512;

    /// <summary>What begins so; null when it is none of these.</summary>
    /// <param name="start">The first <see cref="HeadBytes"/> bytes, fewer when the file has fewer.</param>
    public static FileSignature? Of(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => FileSignature.Pdf,
        [0xFF, 0xD8, 0xFF, >= 0xC0, ..] => FileSignature.Jpeg,
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, _, _, _, _, (byte)'I', (byte)'H', (byte)'D', (byte)'R', ..] => FileSignature.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => FileSignature.WebP,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => FileSignature.Gif,
        [(byte)'I', (byte)'D', (byte)'3', <= 4, ..] => FileSignature.Mp3,
        [0xFF, _, _, _, ..] when IsMp3Frame(start) => FileSignature.Mp3,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'M', (byte)'4', (byte)'A' or (byte)'B', (byte)' ', ..] => FileSignature.Mpeg4Audio,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', _, _, _, _, ..] => FileSignature.Mpeg4,
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', 0, ..] when start.IndexOf("OpusHead"u8) >= 0 || start.IndexOf("\u0001vorbis"u8) >= 0 => FileSignature.Ogg,
        [0x1A, 0x45, 0xDF, 0xA3, ..] when start.IndexOf("webm"u8) is >= 0 and < 64 => FileSignature.WebM,
        _ => null,
    };

    /// <summary>What a file on the disk is.</summary>
    public static async Task<FileSignature?> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        await using var file = File.OpenRead(path);
        return Of(head.AsSpan(0, await file.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken)));
    }

    /// <summary>A frame of MPEG audio, layer III, with a bit rate and a sample rate that exist.</summary>
    private static bool IsMp3Frame(ReadOnlySpan<byte> start) =>
        (start[1] & 0xE6) == 0xE2 && (start[1] & 0x18) != 0x08 && (start[2] & 0xF0) is not (0xF0 or 0) && (start[2] & 0x0C) != 0x0C;
}
