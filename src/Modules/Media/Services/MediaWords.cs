using Microsoft.Extensions.Localization;
using TrainingSite.Media.Models;

namespace TrainingSite.Media.Services;

/// <summary>Says what the module's values mean.</summary>
public static class MediaWords
{
    /// <summary>The name of a kind.</summary>
    public static string Of(MediaKind kind, IStringLocalizer<Strings> T) => kind switch
    {
        MediaKind.Picture => T["Hình ảnh"],
        MediaKind.Audio => T["Tiếng"],
        MediaKind.Video => T["Phim"],
        MediaKind.Captions => T["Phụ đề"],
        MediaKind.Attachment => T["Tệp đính kèm"],
    };

    /// <summary>How a lesson names the file, ready to paste; empty for captions, which belong to a film.</summary>
    public static string Markdown(MediaKind kind, string name, string description)
    {
        var words = description.Replace("[", "(", StringComparison.Ordinal).Replace("]", ")", StringComparison.Ordinal);
        return kind switch
        {
            MediaKind.Captions => "",
            MediaKind.Attachment => $"[{words}](media/{name})",
            MediaKind.Picture or MediaKind.Audio or MediaKind.Video => $"![{words}](media/{name})",
        };
    }
}
