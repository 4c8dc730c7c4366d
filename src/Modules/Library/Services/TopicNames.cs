using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Search.Models;

namespace TrainingSite.Library.Services;

/// <summary>Topics by code, from whoever owns them (the courses); without them there is nothing to choose.</summary>
public sealed class TopicNames(IEnumerable<ISearchTopics> owners)
{
    private IReadOnlyDictionary<string, string>? _names;

    /// <summary>Name by code.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetAsync(CancellationToken cancellationToken = default) =>
        _names ??= owners.FirstOrDefault() is { } owner ? await owner.GetNamesAsync(cancellationToken) : new Dictionary<string, string>();
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
        DocumentKind.Other => T["Văn bản khác"],
    };

    /// <summary>Name of a visibility.</summary>
    public static string Of(DocumentVisibility visibility, IStringLocalizer<Strings> T) => visibility switch
    {
        DocumentVisibility.Public => T["Mọi người"],
        DocumentVisibility.SignedIn => T["Người có tài khoản"],
        DocumentVisibility.Unit => T["Người trong một đơn vị"],
    };

    /// <summary>"1,2 MB", "34 kB".</summary>
    public static string Size(long bytes) =>
        bytes >= 1_000_000 ? (bytes / 1_000_000d).ToString("0.#", System.Globalization.CultureInfo.GetCultureInfo("vi-VN")) + " MB" : $"{Math.Max(1, Math.Round(bytes / 1000d))} kB";
}
