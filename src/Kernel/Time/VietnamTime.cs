using System.Globalization;

namespace TrainingSite.Kernel;

/// <summary>Times are stored as UTC; people see Asia/Ho_Chi_Minh.</summary>
public static class VietnamTime
{
    /// <summary>The time zone of all dates that people read (UTC+7, no daylight saving).</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <summary>Now, UTC.</summary>
    public static DateTime UtcNow(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime;

    /// <summary>Today in Vietnam.</summary>
    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(ToLocal(clock.UtcNow()));

    /// <summary>A stored time as people there read it on the clock.</summary>
    public static DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>A time as typed in Vietnam, ready to store.</summary>
    public static DateTime ToUtc(DateTime local) => TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Zone);

    /// <summary>"dd/MM/yyyy".</summary>
    public static string ToDateText(this DateOnly date) => date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>"dd/MM/yyyy" of a stored time.</summary>
    public static string ToDateText(this DateTime utc) => ToLocal(utc).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>"HH:mm" of a stored time.</summary>
    public static string ToTimeText(this DateTime utc) => ToLocal(utc).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"Thứ Sáu, 12/12/2026 lúc 14:00" of a stored time, in the reader's language.</summary>
    public static string ToLongText(this DateTime utc) =>
        $"{utc.ToLongDateText()} {(IsEnglish ? "at" : "lúc")} {utc.ToTimeText()}";

    /// <summary>"Thứ Sáu, 12/12/2026" of a stored time, in the reader's language.</summary>
    public static string ToLongDateText(this DateTime utc) => $"{utc.ToDayName()}, {utc.ToDateText()}";

    /// <summary>"Thứ Sáu" of a stored time, in the reader's language.</summary>
    public static string ToDayName(this DateTime utc)
    {
        var culture = IsEnglish ? CultureInfo.GetCultureInfo("en-GB") : Vietnamese;
        var day = culture.DateTimeFormat.GetDayName(ToLocal(utc).DayOfWeek);
        return char.ToUpper(day[0], culture) + day[1..];
    }

    /// <summary>2.990: thousands as Vietnam writes them (R60).</summary>
    public static string ToVietnamese(this int number) => number.ToString("#,0", Vietnamese);

    private static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
}
