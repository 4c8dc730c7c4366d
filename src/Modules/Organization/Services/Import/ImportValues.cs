using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Reading of cells that all lists have in common. Pure functions.</summary>
internal static partial class ImportValues
{
    private static readonly SearchValues<char> Markup = SearchValues.Create("<>{}|\\");
    private static readonly string[] DateForms = ["yyyy-MM-dd", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy"];

    public static UnitLevel? Level(string text) => VietnameseText.Fold(text) switch
    {
        "province" or "tinh" or "thanh pho truc thuoc trung uong" => UnitLevel.Province,
        "district" or "huyen" or "quan" or "thi xa" or "thanh pho" => UnitLevel.District,
        "commune" or "xa" or "phuong" or "thi tran" => UnitLevel.Commune,
        "village" or "thon" or "ban" or "tieu khu" or "to dan pho" => UnitLevel.Village,
        _ => null,
    };

    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text.Trim(), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Codes stand in paths, addresses and file names.</summary>
    public static bool IsCode(string text) => text.Length <= 40 && CodeForm().IsMatch(text);

    /// <summary>Markup, control characters and what a spreadsheet would take for a formula.</summary>
    public static bool IsUnsafe(string text) =>
        text.AsSpan().ContainsAny(Markup)
        || (text.Length > 0 && text[0] is '=' or '+' or '@')
        || text.Any(character => char.IsControl(character) && !char.IsWhiteSpace(character));

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    private static partial Regex CodeForm();
}
