using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace TrainingSite.Kernel;

/// <summary>How a message looks: colour, icon and word.</summary>
public enum NoticeKind
{
    /// <summary>It worked.</summary>
    Success,

    /// <summary>It worked, but look at something.</summary>
    Warning,

    /// <summary>It did not work; nothing was lost.</summary>
    Error,
}

/// <summary>A message that the next page shows once.</summary>
/// <param name="Kind">How it looks.</param>
/// <param name="Text">What it says.</param>
public sealed record Notice(NoticeKind Kind, string Text);

/// <summary>Messages that outlive one redirect: "Đã lưu". The theme's layout shows them.</summary>
public interface INotifier
{
    /// <summary>Adds a message.</summary>
    void Add(NoticeKind kind, string text);

    /// <summary>The messages so far; taking them removes them.</summary>
    IReadOnlyList<Notice> TakeAll();
}

internal sealed class Notifier(IHttpContextAccessor accessor, ITempDataDictionaryFactory tempData) : INotifier
{
    private const string Key = "notices";

    private ITempDataDictionary TempData => tempData.GetTempData(accessor.HttpContext!);

    public void Add(NoticeKind kind, string text) =>
        TempData[Key] = (TempData[Key] as string[] ?? []).Append($"{kind}|{text}").ToArray();

    public IReadOnlyList<Notice> TakeAll() =>
        [.. (TempData[Key] as string[] ?? []).Select(line => line.Split('|', 2)).Select(parts => new Notice(Enum.Parse<NoticeKind>(parts[0]), parts[1]))];
}

/// <summary>Short forms.</summary>
public static class NotifierExtensions
{
    /// <summary>It worked.</summary>
    public static void Success(this INotifier notifier, string text) => notifier.Add(NoticeKind.Success, text);

    /// <summary>It worked, but look at something.</summary>
    public static void Warning(this INotifier notifier, string text) => notifier.Add(NoticeKind.Warning, text);

    /// <summary>It did not work; nothing was lost.</summary>
    public static void Error(this INotifier notifier, string text) => notifier.Add(NoticeKind.Error, text);
}
