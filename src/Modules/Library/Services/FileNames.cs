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
    };

    /// <summary>Media type of a format.</summary>
    public static string ContentType(FileFormat format) => format switch
    {
        FileFormat.Text or FileFormat.Markdown => "text/plain; charset=utf-8",
        FileFormat.Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileFormat.Pdf => "application/pdf",
    };
}
