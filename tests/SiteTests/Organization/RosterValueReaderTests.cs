using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services.Import;

namespace TrainingSite.SiteTests.Organization;

/// <summary>Every way of writing a cell that clerks were seen to use, and some that they were not.</summary>
public sealed class RosterValueReaderTests
{
    private static readonly DateOnly ListDate = new(2023, 8, 15);

    [Theory]
    [InlineData("0500112648", "+84500112648", null)]
    [InlineData("0500.268.081", "+84500268081", "PHONE_NORMALIZED")]
    [InlineData("(+84)500299757", "+84500299757", "PHONE_NORMALIZED")]
    [InlineData("'0500194604", "+84500194604", "PHONE_NORMALIZED")]
    [InlineData("500307676", "+84500307676", "PHONE_ZERO_RESTORED")]
    [InlineData("0500315595/0500323514", "+84500315595", "PHONE_MULTIPLE")]
    [InlineData("0500315595 hoặc 0500323514", "+84500315595", "PHONE_MULTIPLE")]
    [InlineData("5.00123E+08", null, "PHONE_SCIENTIFIC")]
    [InlineData("O500331433", null, "PHONE_INVALID")]
    [InlineData("0500 12 34", null, "PHONE_INVALID")]
    [InlineData("05001126489", null, "PHONE_INVALID")]
    [InlineData("", null, "PHONE_MISSING")]
    public void Phone_AsWritten_IsE164OrSaid(string cell, string? phone, string? code)
    {
        var reading = RosterValueReader.Phone(cell);

        Assert.Equal((phone, code), (reading.Value, reading.Code));
    }

    [Theory]
    [InlineData("1/2/1980", 1980, "1980-02-01", "BIRTH_FORMAT")]
    [InlineData("1980-02-01", 1980, "1980-02-01", "BIRTH_FORMAT")]
    [InlineData("29252", 1980, "1980-02-01", "BIRTH_SERIAL")]
    [InlineData("1/2/80", 1980, "1980-02-01", "BIRTH_TWO_DIGIT_YEAR")]
    [InlineData("1/2/05", 2005, "2005-02-01", "BIRTH_TWO_DIGIT_YEAR")]
    [InlineData("1/2/15", null, null, "BIRTH_IMPLAUSIBLE")]
    [InlineData("Sinh năm 1980", 1980, null, "BIRTH_YEAR_ONLY")]
    [InlineData("02/1980", 1980, null, "BIRTH_YEAR_ONLY")]
    [InlineData("29/02/2001", null, null, "BIRTH_INVALID")]
    [InlineData("2/13/1990", null, null, "BIRTH_INVALID")]
    [InlineData("99999", null, null, "BIRTH_IMPLAUSIBLE")]
    [InlineData("0000", null, null, "BIRTH_IMPLAUSIBLE")]
    [InlineData("00/00/0000", null, null, "BIRTH_INVALID")]
    [InlineData("hôm qua", null, null, "BIRTH_INVALID")]
    public void Birth_AsWritten_IsADateAYearOrSaid(string cell, int? year, string? date, string code)
    {
        var reading = RosterValueReader.Birth(cell, ListDate);

        Assert.Equal((year, date is null ? null : DateOnly.Parse(date), code), (reading.Value.Year, reading.Value.Date, reading.Code));
    }

    [Theory]
    [InlineData("16/08/2009", "BIRTH_IMPLAUSIBLE")]
    [InlineData("15/08/2009", "BIRTH_FORMAT")]
    [InlineData("15/08/1923", "BIRTH_FORMAT")]
    [InlineData("14/08/1922", "BIRTH_IMPLAUSIBLE")]
    public void Birth_AtTheAgeLimits_CountsTheDay(string cell, string code) => Assert.Equal(code, RosterValueReader.Birth(cell, ListDate).Code);

    [Theory]
    [InlineData("Lò Thị Nga", "Lò Thị Nga", null)]
    [InlineData("LÒ  THỊ NGA ", "Lò Thị Nga", "NAME_NORMALIZED")]
    [InlineData("lò thị nga", "Lò Thị Nga", "NAME_NORMALIZED")]
    [InlineData("Lo\u0300 Thị Nga", "Lò Thị Nga", "NAME_NORMALIZED")]
    [InlineData("<script>alert(1)</script>", null, "NAME_UNSAFE")]
    [InlineData("Lò\u0007 Nga", null, "NAME_UNSAFE")]
    [InlineData("@SUM(A1)", null, "NAME_UNSAFE")]
    [InlineData(" \u00A0 ", null, "NAME_MISSING")]
    public void Name_AsWritten_IsCleanOrRefused(string cell, string? name, string? code)
    {
        var reading = RosterValueReader.Name(cell);

        Assert.Equal((name, code), (reading.Value, reading.Code));
    }

    [Fact]
    public void Name_Of101Letters_IsTooLong() => Assert.Equal("NAME_TOO_LONG", RosterValueReader.Name(new string('a', 101)).Code);

    [Theory]
    [InlineData("Tổ trưởng", TeamRole.Leader, null)]
    [InlineData("T.Phó", TeamRole.Deputy, "ROLE_VARIANT")]
    [InlineData("thanh vien", TeamRole.Member, "ROLE_VARIANT")]
    [InlineData("CTV", TeamRole.Collaborator, "ROLE_VARIANT")]
    [InlineData("", TeamRole.Member, "ROLE_MISSING")]
    [InlineData("Nhóm trưởng", null, "ROLE_UNKNOWN")]
    public void Role_AsWritten_IsARoleOrAsked(string cell, TeamRole? role, string? code)
    {
        var reading = RosterValueReader.Role(cell);

        Assert.Equal((role, code), (reading.Value, reading.Code));
    }

    [Theory]
    [InlineData("=\"0500186685\"", "0500186685", "FORMULA_TEXT_RECOVERED")]
    [InlineData("=YEAR(TODAY())-40", "", "FORMULA_NOT_EVALUATED")]
    [InlineData("#REF!", "", "FORMULA_NOT_EVALUATED")]
    [InlineData("=cmd|' /C calc'!A0", "", "FORMULA_DANGEROUS")]
    [InlineData("=HYPERLINK(\"x\")", "", "FORMULA_DANGEROUS")]
    [InlineData("chưa có", "", null)]
    [InlineData("-", "", null)]
    public void Text_OfAFormula_IsNeverEvaluated(string cell, string text, string? code)
    {
        var reading = RosterValueReader.Text(cell);

        Assert.Equal((text, code), (reading.Value, reading.Code));
    }
}
