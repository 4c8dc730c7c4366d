namespace TrainingSite.Courses.Models;

/// <summary>
/// When what holds for some months ends: with the end of a day in Vietnam. Stored is the midnight after it, so that "before the end" is the
/// whole question; people read the day itself.
/// </summary>
internal static class CompletionEnd
{
    /// <summary>The end of what holds for so many months, by the calendar that people there read: from the first of May six months last through the first of November.</summary>
    public static DateTime After(DateTime utc, int months) => VietnamTime.ToUtc(VietnamTime.ToLocal(utc).Date.AddMonths(months).AddDays(1));

    /// <summary>Whether what was done then still counts.</summary>
    public static bool StillCounts(DateTime utc, int? months, DateTime now) => months is not { } limit || After(utc, limit) > now;

    /// <summary>"dd/MM/yyyy" of the last day before an end.</summary>
    public static string ToLastDayText(this DateTime endUtc) => endUtc.AddTicks(-1).ToDateText();
}
