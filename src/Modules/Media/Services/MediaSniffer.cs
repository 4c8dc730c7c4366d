using System.Text;
using Microsoft.Extensions.Localization;
using TrainingSite.Media.Models;

namespace TrainingSite.Media.Services;

/// <summary>What a file is.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Width">Width of a picture, else 0.</param>
/// <param name="Height">Height of a picture, else 0.</param>
internal sealed record FoundMedia(MediaFormat Format, int Width = 0, int Height = 0);

/// <summary>Finds out what a file is by looking into it. What is not known for sure is refused, with a way out.</summary>
internal sealed class MediaSniffer(IStringLocalizer<Strings> T)
{
    /// <summary>As many as a good phone's camera makes; more would be a bomb for whoever opens it.</summary>
    private const long MaxPixels = 60_000_000;

    private const int LongestCaptions = 2_000_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] VideoBrands = ["isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "dash"];

    public Result<FoundMedia> Detect(string path, string fileName = "")
    {
        using var file = File.OpenRead(path);
        var head = new byte[FileSignatures.HeadBytes];
        var start = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        return FileSignatures.Of(start) switch
        {
            FileSignature.Jpeg => DetectPicture(MediaFormat.Jpeg, file),
            FileSignature.Png => DetectPicture(MediaFormat.Png, file),
            FileSignature.Gif => DetectPicture(MediaFormat.Gif, file),
            FileSignature.WebP => DetectPicture(MediaFormat.WebP, file),
            FileSignature.Pdf => new FoundMedia(MediaFormat.Pdf),
            FileSignature.Mp3 => new FoundMedia(MediaFormat.Mp3),
            FileSignature.Mpeg4Audio => new FoundMedia(MediaFormat.M4a),
            FileSignature.Mpeg4 => DetectMpeg4(Encoding.Latin1.GetString(start[8..12]), fileName),
            FileSignature.Ogg => new FoundMedia(MediaFormat.Ogg),
            FileSignature.WebM => new FoundMedia(MediaFormat.WebM),
            null => DetectText(file),
        };
    }

    private Result<FoundMedia> DetectPicture(MediaFormat format, Stream file)
    {
        if (PictureSize.Read(format, file) is not var (width, height))
        {
            return Refuse("picture_broken", T["Ảnh bị hỏng, không đọc được. Hãy mở thử trên máy của bạn, lưu lại rồi gửi."]);
        }

        return (long)width * height > MaxPixels
            ? Refuse("picture_too_large", T["Ảnh quá lớn ({0} × {1} điểm). Hãy thu nhỏ ảnh rồi gửi lại.", width, height])
            : new FoundMedia(format, width, height);
    }

    private Result<FoundMedia> DetectMpeg4(string brand, string fileName) => brand switch
    {
        "qt  " => Refuse("video_quicktime", T["Phim dạng .mov không mở được trên nhiều điện thoại. Hãy xuất thành .mp4 rồi gửi lại."]),
        "heic" or "heix" or "mif1" or "avif" => Refuse("picture_heic", T["Ảnh HEIC, AVIF không mở được trên nhiều điện thoại. Hãy lưu thành .jpg rồi gửi lại."]),
        _ when !VideoBrands.Contains(brand) => Unknown(),
        // Telephones record sound under the brands of films as well.
        _ => new FoundMedia(Path.GetExtension(fileName).Equals(".m4a", StringComparison.OrdinalIgnoreCase) ? MediaFormat.M4a : MediaFormat.Mp4),
    };

    private Result<FoundMedia> DetectText(Stream file)
    {
        file.Position = 0;
        try
        {
            using var reader = new StreamReader(file, Strict, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            var buffer = new char[LongestCaptions];
            var text = buffer.AsSpan(0, reader.ReadBlock(buffer));
            if (text.StartsWith("WEBVTT") && (text.Length == 6 || text[6] is ' ' or '\t' or '\r' or '\n'))
            {
                return reader.Peek() < 0 && !text.Contains('\0')
                    ? new FoundMedia(MediaFormat.Vtt)
                    : Refuse("captions_broken", T["Phụ đề quá dài hoặc bị hỏng. Hãy xuất lại phụ đề dạng .vtt."]);
            }

            if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase))
            {
                return Refuse("picture_svg", T["Hình SVG có thể chứa mã chạy được nên không nhận. Hãy xuất thành .png hoặc .webp rồi gửi lại."]);
            }

            if (text.Contains("-->", StringComparison.Ordinal))
            {
                return Refuse("captions_not_vtt", T["Phụ đề phải là dạng .vtt, dòng đầu ghi WEBVTT. Nếu đang có .srt, hãy chuyển sang .vtt rồi gửi lại."]);
            }
        }
        catch (DecoderFallbackException)
        {
            return Unknown();
        }

        return Unknown();
    }

    private Fault Unknown() => Refuse("file_kind_unknown", T["Kho nhận ảnh (jpg, png, webp, gif), tiếng (mp3, m4a, ogg), phim (mp4, webm), phụ đề (vtt) và pdf. Tệp này không phải một trong các dạng đó."]);

    private static Fault Refuse(string code, string message) => new(code, message, "Files");
}
