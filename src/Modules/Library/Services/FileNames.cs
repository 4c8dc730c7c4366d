using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>Names that people gave their files, made harmless.</summary>
internal static class FileNames
{
    /// <summary>The last part of the name, NFC, without what file systems or headers stumble over, ending as the content demands.</summary>
    public static string Clean(string name, FileFormat format)
    {
        var stem = UploadName.Stem(name);
        return (stem.Length > 0 ? stem : "tai-lieu") + Extension(format);
    }

    /// <summary>A title when there is nothing better: "Huong_dan_diem-danh.pdf" gives "Huong dan diem-danh".</summary>
    public static string ToTitle(string name) => VietnameseText.Clean(UploadName.Stem(name).Replace('_', ' ')) is { Length: > 0 } title ? title : "Tài liệu";

    /// <summary>Ending of a format.</summary>
    public static string Extension(FileFormat format) => format switch
    {
        FileFormat.Text => ".txt",
        FileFormat.Markdown => ".md",
        FileFormat.Word => ".docx",
        FileFormat.Pdf => ".pdf",
        FileFormat.Spreadsheet => ".xlsx",
        FileFormat.Slides => ".pptx",
        FileFormat.Jpeg => ".jpg",
        FileFormat.Png => ".png",
        FileFormat.Webp => ".webp",
        FileFormat.Mp3 => ".mp3",
        FileFormat.M4a => ".m4a",
        FileFormat.Ogg => ".ogg",
        FileFormat.Link => "",
    };

    /// <summary>Media type of a format.</summary>
    public static string ContentType(FileFormat format) => format switch
    {
        FileFormat.Text or FileFormat.Markdown or FileFormat.Link => "text/plain; charset=utf-8",
        FileFormat.Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileFormat.Pdf => "application/pdf",
        FileFormat.Spreadsheet => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FileFormat.Slides => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        FileFormat.Jpeg => "image/jpeg",
        FileFormat.Png => "image/png",
        FileFormat.Webp => "image/webp",
        FileFormat.Mp3 => "audio/mpeg",
        FileFormat.M4a => "audio/mp4",
        FileFormat.Ogg => "audio/ogg",
    };

    /// <summary>Endings to choose from in a file dialog.</summary>
    public static readonly string Accepted = string.Join(',', Enum.GetValues<FileFormat>().Select(Extension).Where(ending => ending.Length > 0).Append(".jpeg"));

    /// <summary>Whether it is a picture.</summary>
    public static bool IsPicture(FileFormat format) => format is FileFormat.Jpeg or FileFormat.Png or FileFormat.Webp;

    /// <summary>Whether it is sound.</summary>
    public static bool IsSound(FileFormat format) => format is FileFormat.Mp3 or FileFormat.M4a or FileFormat.Ogg;

    /// <summary>Whether a browser shows it by itself; Office files are saved.</summary>
    public static bool OpensInBrowser(FileFormat format) => format is FileFormat.Text or FileFormat.Markdown or FileFormat.Pdf || IsPicture(format) || IsSound(format);
}
