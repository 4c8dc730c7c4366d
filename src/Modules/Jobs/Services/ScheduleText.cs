using System.Globalization;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Jobs.Services;

/// <summary>When tasks run and how long, in words.</summary>
internal static class ScheduleText
{
    /// <summary>"dưới 1 giây", "12 giây".</summary>
    public static string Describe(TimeSpan duration, IStringLocalizer T) => duration < TimeSpan.FromSeconds(1) ? T["dưới 1 giây"] : T["{0} giây", ((int)Math.Round(duration.TotalSeconds)).ToVietnamese()];

    /// <summary>A cron expression: "mỗi 10 giây", "hằng ngày lúc 02:30". What it has no words for stays as it is.</summary>
    public static string Describe(string schedule, IStringLocalizer T)
    {
        var parts = schedule.Split(' ');
        if (parts is not [var second, var minute, var hour, var dayOfMonth, var month, var dayOfWeek, ..] || month != "*")
        {
            return schedule;
        }

        var everyDay = dayOfMonth is "*" or "?" && dayOfWeek is "*" or "?";
        return (second, minute, hour) switch
        {
            _ when everyDay && minute == "*" && hour == "*" && Step(second) is { } seconds => T["mỗi {0} giây", seconds],
            _ when everyDay && (second == "*" || Number(second) is not null) && minute == "*" && hour == "*" => T["mỗi phút"],
            _ when everyDay && hour == "*" && Step(minute) is { } minutes => T["mỗi {0} phút", minutes],
            _ when everyDay && hour == "*" && Number(minute) is { } at => T["mỗi giờ, vào phút thứ {0}", at],
            _ when everyDay && Time(hour, minute) is { } time => T["hằng ngày lúc {0}", time],
            _ when dayOfMonth == "?" && Day(dayOfWeek, T) is { } day && Time(hour, minute) is { } time => T["{0} hằng tuần lúc {1}", day, time],
            _ when dayOfWeek == "?" && Number(dayOfMonth) is { } date && Time(hour, minute) is { } time => T["ngày {0} hằng tháng lúc {1}", date, time],
            _ => schedule,
        };
    }

    private static int? Step(string field) => field.Split('/') is ["0" or "*", var step] ? Number(step) : null;

    private static int? Number(string field) => int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Time(string hour, string minute) => Number(hour) is { } h && Number(minute) is { } m ? $"{h:00}:{m:00}" : null;

    private static string? Day(string field, IStringLocalizer T) => field.ToUpperInvariant() switch
    {
        "SUN" or "1" => T["Chủ nhật"].Value,
        "MON" or "2" => T["thứ Hai"].Value,
        "TUE" or "3" => T["thứ Ba"].Value,
        "WED" or "4" => T["thứ Tư"].Value,
        "THU" or "5" => T["thứ Năm"].Value,
        "FRI" or "6" => T["thứ Sáu"].Value,
        "SAT" or "7" => T["thứ Bảy"].Value,
        _ => null,
    };
}
