using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Search.Models;

namespace TrainingSite.Library.Services;

/// <summary>Topics by code, from whoever owns them (the courses); without them there is nothing to choose.</summary>
public sealed class TopicNames(IEnumerable<ISearchTopics> owners, CurrentUser user)
{
    private IReadOnlyDictionary<string, string>? _names;

    /// <summary>Name by code.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetAsync(CancellationToken cancellationToken = default) =>
        _names ??= owners.FirstOrDefault() is { } owner ? await owner.GetNamesAsync(cancellationToken) : new Dictionary<string, string>();

    /// <summary>Those that the reader can choose today: what is on offer, and what was chosen before.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetChoicesAsync(IReadOnlyCollection<string?> chosen, CancellationToken cancellationToken = default)
    {
        var names = await GetAsync(cancellationToken);
        if (owners.FirstOrDefault() is not { } owner)
        {
            return names;
        }

        var offered = await owner.GetOfferedAsync(user, cancellationToken);
        return names.Where(topic => offered.Contains(topic.Key) || chosen.Contains(topic.Key)).ToDictionary(StringComparer.Ordinal);
    }
}

/// <summary>Names of kinds and visibilities for people.</summary>
public static class DocumentWords
{
    /// <summary>Name of a kind.</summary>
    public static string Of(DocumentKind kind, IStringLocalizer<Strings> T) => kind switch
    {
        DocumentKind.Material => T["Tài liệu tập huấn"],
        DocumentKind.Guide => T["Hướng dẫn"],
        DocumentKind.Announcement => T["Thông báo"],
        DocumentKind.Decision => T["Quyết định"],
        DocumentKind.Plan => T["Kế hoạch"],
        DocumentKind.Report => T["Báo cáo"],
        DocumentKind.Letter => T["Công văn"],
        DocumentKind.Answer => T["Hỏi đáp"],
        DocumentKind.Other => T["Văn bản khác"],
    };

    /// <summary>Name of a visibility.</summary>
    public static string Of(DocumentVisibility visibility, IStringLocalizer<Strings> T) => visibility switch
    {
        DocumentVisibility.Public => T["Mọi người"],
        DocumentVisibility.SignedIn => T["Người có tài khoản"],
        DocumentVisibility.Unit => T["Người trong một đơn vị"],
    };

    /// <summary>Who may read it: the unit's name where it is for a unit.</summary>
    public static string Readers(DocumentVisibility visibility, string? unitName, IStringLocalizer<Strings> T) =>
        visibility == DocumentVisibility.Unit && unitName is not null ? unitName : Of(visibility, T);

    /// <summary>Name of an audience.</summary>
    public static string Of(DocumentAudience audience, IStringLocalizer<Strings> T) => audience switch
    {
        DocumentAudience.Members => T["Thành viên các tổ"],
        DocumentAudience.Leaders => T["Tổ trưởng, tổ phó"],
        DocumentAudience.Staff => T["Cán bộ"],
        DocumentAudience.Residents => T["Người dân"],
        DocumentAudience.Elderly => T["Người cao tuổi"],
        DocumentAudience.Traders => T["Hộ kinh doanh, tiểu thương"],
        DocumentAudience.Families => T["Gia đình có học sinh"],
    };

    /// <summary>"Quý 2 năm 2026", "Năm 2026"; null without a year.</summary>
    public static string? Period(int? year, int? quarter, IStringLocalizer<Strings> T) =>
        year is null ? null : quarter is null ? T["Năm {0}", year.Value].Value : T["Quý {0} năm {1}", quarter.Value, year.Value].Value;

    /// <summary>"PDF, 34 kB", number and unit on one line; for a link, that it is one.</summary>
    public static string File(FileFormat format, long size, IStringLocalizer<Strings> T) =>
        format == FileFormat.Link ? Of(format, T) : $"{Of(format, T)}, {Size(size).Replace(' ', '\u00a0')}";

    /// <summary>Name of a format, as people know it who do not know endings.</summary>
    public static string Of(FileFormat format, IStringLocalizer<Strings> T) => format switch
    {
        FileFormat.Text or FileFormat.Markdown => T["trang chữ"],
        FileFormat.Word => "Word",
        FileFormat.Pdf => "PDF",
        FileFormat.Spreadsheet => "Excel",
        FileFormat.Slides => "PowerPoint",
        FileFormat.Jpeg or FileFormat.Png or FileFormat.Webp => T["hình"],
        FileFormat.Mp3 or FileFormat.M4a or FileFormat.Ogg => T["âm thanh"],
        FileFormat.Link => T["trang web"],
    };

    /// <summary>"1,2 MB", "34 kB".</summary>
    public static string Size(long bytes) =>
        bytes >= 1_000_000 ? (bytes / 1_000_000d).ToString("0.#", System.Globalization.CultureInfo.GetCultureInfo("vi-VN")) + " MB" : $"{Math.Max(1, Math.Round(bytes / 1000d))} kB";
}
