using System.Globalization;
using TrainingSite.Reports.Models;

namespace TrainingSite.Reports.Services;

/// <summary>Values as people read them (2.990; 93,1 %; 30/09/2023) and as programs do (2990; 0.931; 2023-09-30).</summary>
public static class ReportText
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <summary>For people; empty for null.</summary>
    public static string ForPeople(object? value, ReportColumnKind kind) => value switch
    {
        null => "",
        string text => text,
        DateOnly date => date.ToDateText(),
        IFormattable number when kind == ReportColumnKind.Percent => (Convert.ToDouble(number, CultureInfo.InvariantCulture) * 100).ToString("#,0.#", Vietnamese) + "\u00A0%",
        IFormattable number => number.ToString("#,0.##", Vietnamese),
        _ => value.ToString() ?? "",
    };

    /// <summary>For programs; empty for null.</summary>
    public static string ForPrograms(object? value) => value switch
    {
        null => "",
        string text => text,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number => Plain(number).ToString(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A share without the tail that binary fractions have; six digits are more than any count of people needs.</summary>
    public static double Plain(double share) => Math.Round(share, 6);
}
