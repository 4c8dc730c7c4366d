using System.Globalization;
using System.Text.RegularExpressions;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>A value and what is worth saying about how it was read.</summary>
/// <param name="Value">The value; default when there is none.</param>
/// <param name="Code">Issue code; null when the cell was written as it should be.</param>
/// <param name="Detail">The original text, or what it was read as.</param>
internal readonly record struct Reading<T>(T? Value, string? Code = null, object? Detail = null);

/// <summary>A date of birth as far as it is known.</summary>
internal readonly record struct Birth(int? Year, DateOnly? Date);

/// <summary>Reads the cells of a list of members the way clerks write them. Pure functions; the codes are those of <see cref="ImportIssues"/>.</summary>
internal static partial class RosterValueReader
{
    private const int MinimumAge = 14;
    private const int MaximumAge = 100;
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");
    private static readonly string[] Nothing = ["-", "khong", "khong co", "chua co"];

    /// <summary>Trimmed; "-", "không", "không có" and "chưa có" are empty. Formulas are never evaluated: ="text" gives the text, others nothing.</summary>
    public static Reading<string> Text(string cell)
    {
        var text = cell.Trim();
        if (text.Length > 1 && text[0] == '=')
        {
            return TextFormula().Match(text) is { Success: true } match ? new(match.Groups[1].Value, "FORMULA_TEXT_RECOVERED")
                : DangerousFormula().IsMatch(text) ? new("", "FORMULA_DANGEROUS")
                : new("", "FORMULA_NOT_EVALUATED", text);
        }

        return ErrorValue().IsMatch(text) ? new("", "FORMULA_NOT_EVALUATED", text)
            : text.Length <= 8 && Nothing.Contains(VietnameseText.Fold(text)) ? new("")
            : new(text);
    }

    /// <summary>NFC, single spaces; a name all in capitals or all in small letters gets a capital for each word.</summary>
    public static Reading<string> Name(string cell)
    {
        if (cell.Any(character => char.IsControl(character) && !char.IsWhiteSpace(character)))
        {
            return new(null, "NAME_UNSAFE");
        }

        var name = VietnameseText.Clean(cell);
        if (name.Length == 0)
        {
            return new(null, "NAME_MISSING");
        }

        if (name.Length > 100)
        {
            return new(null, "NAME_TOO_LONG");
        }

        if (ImportValues.IsUnsafe(name))
        {
            return new(null, "NAME_UNSAFE");
        }

        if (name.Length > 3 && (!name.Any(char.IsLower) || !name.Any(char.IsUpper)))
        {
            name = Vietnamese.TextInfo.ToTitleCase(name.ToLower(Vietnamese));
        }

        return new(name, string.Equals(name, cell, StringComparison.Ordinal) ? null : "NAME_NORMALIZED");
    }

    /// <summary>E.164.</summary>
    public static Reading<string> Phone(string cell)
    {
        var text = VietnameseText.Clean(cell).TrimStart('\'');
        if (text.Length == 0)
        {
            return new(null, "PHONE_MISSING");
        }

        if (Scientific().IsMatch(text))
        {
            return new(null, "PHONE_SCIENTIFIC", text);
        }

        if (VietnameseText.NormalizePhone(text) is { } phone)
        {
            return new(phone, cell.Length == 10 && cell[0] == '0' ? null : "PHONE_NORMALIZED");
        }

        var digits = PhoneFiller().Replace(text, "");
        if (digits.Length == 9 && digits[0] != '0' && digits.All(char.IsAsciiDigit))
        {
            return new($"+84{digits}", "PHONE_ZERO_RESTORED");
        }

        var several = PhoneSeparator().Split(text).Select(VietnameseText.NormalizePhone).OfType<string>().ToArray();
        return several.Length > 1 ? new(several[0], "PHONE_MULTIPLE", several) : new(null, "PHONE_INVALID", text);
    }

    /// <summary>A year, a date as day/month/year or ISO, a spreadsheet's day number; plausible on the day of the list.</summary>
    public static Reading<Birth> Birth(string cell, DateOnly listDate)
    {
        var text = VietnameseText.Clean(cell);
        if (text.Length == 0)
        {
            return new(default, "BIRTH_MISSING");
        }

        if (YearOnly().Match(text) is { Success: true } year)
        {
            return Plausible(new(Number(year, "year"), null), listDate, text, "BIRTH_YEAR_ONLY", null);
        }

        if (Serial().IsMatch(text))
        {
            var date = new DateOnly(1899, 12, 30).AddDays(int.Parse(text, CultureInfo.InvariantCulture));
            return Plausible(new(date.Year, date), listDate, text, "BIRTH_SERIAL", text);
        }

        var match = DayMonthYear().Match(text);
        match = match.Success ? match : IsoDate().Match(text);
        if (!match.Success)
        {
            return new(default, "BIRTH_INVALID", text);
        }

        var isShort = match.Groups["year"].Length == 2;
        var born = Number(match, "year");
        if (isShort)
        {
            born += listDate.Year - (2000 + born) < MinimumAge ? 1900 : 2000;
        }

        var (month, day) = (Number(match, "month"), Number(match, "day"));
        return born < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(born, month)
            ? new(default, "BIRTH_INVALID", text)
            : Plausible(new(born, new DateOnly(born, month, day)), listDate, text, isShort ? "BIRTH_TWO_DIGIT_YEAR" : "BIRTH_FORMAT", isShort ? text : null);
    }

    public static Reading<TeamRole?> Role(string cell)
    {
        var text = VietnameseText.Clean(cell);
        if (text.Length == 0)
        {
            return new(TeamRole.Member, "ROLE_MISSING");
        }

        var key = string.Concat(VietnameseText.Fold(text).Where(char.IsLetter));
        TeamRole? role = key switch
        {
            "totruong" or "ttruong" or "tt" or "truong" or "leader" => TeamRole.Leader,
            "topho" or "tpho" or "tp" or "pho" or "deputy" => TeamRole.Deputy,
            "thanhvien" or "tvien" or "tv" or "member" => TeamRole.Member,
            "congtacvien" or "ctvien" or "ctv" or "collaborator" => TeamRole.Collaborator,
            _ => null,
        };
        return role is null ? new(null, "ROLE_UNKNOWN", text) : new(role, text == Names.Of(role.Value) ? null : "ROLE_VARIANT");
    }

    /// <summary>"Nam", "Nữ", or null.</summary>
    public static Reading<string> Gender(string cell) => VietnameseText.Fold(cell) switch
    {
        "nam" or "male" or "m" => new("Nam"),
        "nu" or "female" or "f" => new("Nữ"),
        "" => new(null, "GENDER_MISSING"),
        _ => new(null, "GENDER_UNKNOWN", VietnameseText.Clean(cell)),
    };

    public static Reading<string> Email(string cell)
    {
        var text = VietnameseText.Clean(cell);
        return text.Length == 0 ? new(null)
            : text.Length <= 256 && EmailForm().IsMatch(text) ? new(text)
            : new(null, "EMAIL_INVALID", text);
    }

    public static bool? YesNo(string cell) => VietnameseText.Fold(cell) switch
    {
        "yes" or "co" or "x" or "1" or "true" => true,
        "no" or "khong" or "0" or "false" => false,
        _ => null,
    };

    private static Reading<Birth> Plausible(Birth birth, DateOnly listDate, string text, string code, object? detail)
    {
        var age = listDate.Year - birth.Year!.Value - (birth.Date is { } date && date.DayOfYear > listDate.DayOfYear ? 1 : 0);
        return age is < MinimumAge or > MaximumAge ? new(default, "BIRTH_IMPLAUSIBLE", text) : new(birth, code, detail);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^=\\s*\"([^\"]*)\"$")]
    private static partial Regex TextFormula();

    [GeneratedRegex("\\||!|HYPERLINK|WEBSERVICE|IMPORT|DDE|CALL|EXEC|://", RegexOptions.IgnoreCase)]
    private static partial Regex DangerousFormula();

    [GeneratedRegex("^#(REF|N/A|VALUE|NAME|DIV/0|NULL|NUM)[!?]?$")]
    private static partial Regex ErrorValue();

    [GeneratedRegex(@"^\d+([.,]\d+)?E\+?\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"[\s.\-()]")]
    private static partial Regex PhoneFiller();

    [GeneratedRegex(@"\s*(?:[/;,|]|\bhoặc\b|\s-\s|\n)\s*")]
    private static partial Regex PhoneSeparator();

    [GeneratedRegex(@"^(?:(?:sinh năm|năm sinh|sn|năm|sinh)\s*:?\s*)?(?:\d{1,2}[/.\-])?(?<year>\d{4})$", RegexOptions.IgnoreCase)]
    private static partial Regex YearOnly();

    [GeneratedRegex(@"^\d{5}$")]
    private static partial Regex Serial();

    [GeneratedRegex(@"^(?<day>\d{1,2})[/.\-](?<month>\d{1,2})[/.\-](?<year>\d{4}|\d{2})$")]
    private static partial Regex DayMonthYear();

    [GeneratedRegex(@"^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$")]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"^[^\s@<>""',;]+@[^\s@<>""',;]+\.[A-Za-z]{2,}$")]
    private static partial Regex EmailForm();
}
