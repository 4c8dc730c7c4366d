using TrainingSite.Media.Models;

namespace TrainingSite.Media.Services;

/// <summary>What follows from a format.</summary>
public static class MediaFormats
{
    /// <summary>Endings to choose from in a file dialog.</summary>
    public static readonly string Accepted = string.Join(',', Enum.GetValues<MediaFormat>().Select(Extension).Append(".jpeg"));

    /// <summary>How a page shows it.</summary>
    public static MediaKind KindOf(MediaFormat format) => format switch
    {
        MediaFormat.Jpeg or MediaFormat.Png or MediaFormat.WebP or MediaFormat.Gif => MediaKind.Picture,
        MediaFormat.Mp3 or MediaFormat.M4a or MediaFormat.Ogg => MediaKind.Audio,
        MediaFormat.Mp4 or MediaFormat.WebM => MediaKind.Video,
        MediaFormat.Vtt => MediaKind.Captions,
        MediaFormat.Pdf => MediaKind.Attachment,
    };

    /// <summary>Ending of a name.</summary>
    public static string Extension(MediaFormat format) => format switch
    {
        MediaFormat.Jpeg => ".jpg",
        MediaFormat.Png => ".png",
        MediaFormat.WebP => ".webp",
        MediaFormat.Gif => ".gif",
        MediaFormat.Mp3 => ".mp3",
        MediaFormat.M4a => ".m4a",
        MediaFormat.Ogg => ".ogg",
        MediaFormat.Mp4 => ".mp4",
        MediaFormat.WebM => ".webm",
        MediaFormat.Vtt => ".vtt",
        MediaFormat.Pdf => ".pdf",
    };

    /// <summary>Media type.</summary>
    public static string ContentType(MediaFormat format) => format switch
    {
        MediaFormat.Jpeg => "image/jpeg",
        MediaFormat.Png => "image/png",
        MediaFormat.WebP => "image/webp",
        MediaFormat.Gif => "image/gif",
        MediaFormat.Mp3 => "audio/mpeg",
        MediaFormat.M4a => "audio/mp4",
        MediaFormat.Ogg => "audio/ogg",
        MediaFormat.Mp4 => "video/mp4",
        MediaFormat.WebM => "video/webm",
        MediaFormat.Vtt => "text/vtt; charset=utf-8",
        MediaFormat.Pdf => "application/pdf",
    };

    /// <summary>"8,1 MB", "240 kB": rounded up, because people pay for it.</summary>
    public static string Size(long bytes) => bytes < 1_000_000
        ? $"{Math.Max(1, (int)((bytes + 999) / 1000)).ToVietnamese()} kB"
        : $"{(Math.Ceiling(bytes / 100_000m) / 10).ToString("0.#", System.Globalization.CultureInfo.GetCultureInfo("vi-VN"))} MB";
}
