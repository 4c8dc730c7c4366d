using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Reads the rows of a list of members: values, unit, team; what needs more than one row comes after (<see cref="RosterPeople"/>).</summary>
internal sealed class RosterReader(ImportTable table, RosterImportOptions options, RosterUnits units, Dictionary<string, CommunityTeam> teams)
{
    /// <summary>The columns of our own format and of the lists that clerks send.</summary>
    public static readonly ImportColumns Columns = new(new Dictionary<string, string[]>
    {
        ["full_name"] = ["Họ và tên", "full_name", "Họ tên"],
        ["member_id"] = ["member_id", "Mã thành viên"],
        ["team_code"] = ["team_code", "Mã Tổ"],
        ["gender"] = ["Giới tính", "gender"],
        ["birth"] = ["Năm sinh", "Ngày sinh", "birth_year", "birth_date", "Ngày tháng năm sinh"],
        ["born_male"] = ["Nam sinh năm"],
        ["born_female"] = ["Nữ sinh năm"],
        ["role"] = ["Chức vụ trong Tổ", "role", "Chức vụ", "Vai trò", "Chức danh"],
        ["occupation"] = ["Đơn vị công tác/Nghề nghiệp", "occupation", "Nghề nghiệp", "Đơn vị", "Đơn vị công tác"],
        ["phone"] = ["Số điện thoại", "phone", "Điện thoại", "SĐT", "Số ĐT"],
        ["email"] = ["Email", "Thư điện tử"],
        ["has_smartphone"] = ["has_smartphone", "Điện thoại thông minh"],
        ["joined_on"] = ["joined_on", "Ngày tham gia"],
        ["commune_code"] = ["commune_code", "Mã xã"],
        ["commune"] = ["Xã/phường/thị trấn", "commune_name", "Xã", "Xã/phường"],
        ["village_code"] = ["village_code", "Mã bản"],
        ["village"] = ["Bản/tiểu khu/tổ dân phố", "village_name", "Bản", "Thôn", "Bản/tiểu khu", "Thôn/bản"],
        ["note"] = ["Ghi chú", "note"],
    }, "full_name");

    /// <summary>The unit that the letterhead names, when the table has no column for it.</summary>
    private AdministrativeUnit? _titleUnit;

    private bool HasPlace => table.HasColumn("team_code") || table.HasColumn("commune") || table.HasColumn("commune_code");

    public List<RosterRow> Read()
    {
        var rows = new List<RosterRow>();
        if (!HasPlace && (_titleUnit = FindTitleUnit()) is null)
        {
            table.Container.Issues.Add(new("HEADER_MISSING", Detail: table.Heading("commune")));
        }

        foreach (var record in table.Records())
        {
            var row = new RosterRow(record.Number);
            if (table.Shape(record) is { } shape)
            {
                row.Add(shape);
            }

            ReadPerson(row, record);
            ReadPlace(row, record);
            rows.Add(row);
        }

        return rows;
    }

    private void ReadPerson(RosterRow row, ImportRecord record)
    {
        row.FullName = Take(row, record, "full_name", RosterValueReader.Name);
        row.Phone = Take(row, record, "phone", RosterValueReader.Phone);
        row.Email = Take(row, record, "email", RosterValueReader.Email);
        row.Role = Take(row, record, "role", RosterValueReader.Role);
        row.Occupation = Take(row, record, "occupation", Occupation);
        row.MemberCode = Code(row, record, "member_id");
        row.HasSmartphone = RosterValueReader.YesNo(table.Cell(record, "has_smartphone"));
        row.JoinedOn = Take(row, record, "joined_on", cell => cell.Length == 0 ? new(options.AsOf)
            : ImportValues.Date(cell) is { } date ? new(date)
            : new Reading<DateOnly>(options.AsOf, "JOINED_INVALID", cell));
        Take(row, record, "note", cell => new Reading<string>(cell));
        if (table.HasColumn("born_male") || table.HasColumn("born_female"))
        {
            ReadBirthByGender(row, record);
            return;
        }

        row.Gender = Take(row, record, "gender", RosterValueReader.Gender);
        var birth = Take(row, record, "birth", cell => RosterValueReader.Birth(cell, options.AsOf));
        (row.BirthYear, row.BirthDate) = (birth.Year, birth.Date);
    }

    /// <summary>The year of birth stands in the column of the gender.</summary>
    private void ReadBirthByGender(RosterRow row, ImportRecord record)
    {
        var heading = table.Heading(table.HasColumn("born_male") ? "born_male" : "born_female");
        var male = RosterValueReader.Birth(table.Cell(record, "born_male"), options.AsOf);
        var female = RosterValueReader.Birth(table.Cell(record, "born_female"), options.AsOf);
        var (hasMale, hasFemale) = (male.Code != "BIRTH_MISSING", female.Code != "BIRTH_MISSING");
        if (hasMale && hasFemale)
        {
            row.Add(new("GENDER_CONFLICT", heading));
            return;
        }

        var birth = hasMale ? male : female;
        row.Add(new(birth.Code!, heading, birth.Detail));
        row.Add(new(hasMale || hasFemale ? "GENDER_FROM_COLUMN" : "GENDER_MISSING", heading));
        row.Gender = hasMale ? "Nam" : hasFemale ? "Nữ" : null;
        (row.BirthYear, row.BirthDate) = (birth.Value.Year, birth.Value.Date);
    }

    private void ReadPlace(RosterRow row, ImportRecord record)
    {
        row.TeamCode = Code(row, record, "team_code");
        if (!HasPlace)
        {
            (row.Commune, row.Village) = Split(_titleUnit!);
        }
        else if (row.TeamCode is not null)
        {
            ReadTeam(row, record);
        }
        else
        {
            ReadUnit(row, record);
        }

        if (row.Unit is { } unit && !options.Scope.Contains(unit.Path))
        {
            row.Add(new("UNIT_OUT_OF_SCOPE", table.Heading(table.HasColumn("team_code") ? "team_code" : "commune"), unit.FullName));
        }
    }

    private void ReadTeam(RosterRow row, ImportRecord record)
    {
        if (teams.GetValueOrDefault(row.TeamCode!) is not { } team || units.ById(team.UnitId) is not { } unit)
        {
            row.Add(new("TEAM_UNKNOWN", table.Heading("team_code"), row.TeamCode));
            return;
        }

        (row.Commune, row.Village) = Split(unit);
        foreach (var (field, expected) in (ReadOnlySpan<(string, AdministrativeUnit?)>)[("commune_code", row.Commune), ("village_code", row.Village)])
        {
            var code = table.Cell(record, field).Trim();
            if (code.Length > 0 && units.ByCode(code) is null)
            {
                row.Add(new("UNIT_UNKNOWN", table.Heading(field), code));
            }
            else if (code.Length > 0 && code != expected?.Code)
            {
                row.Add(new("TEAM_OTHER_UNIT", table.Heading("team_code"), unit.FullName));
            }
        }
    }

    private void ReadUnit(RosterRow row, ImportRecord record)
    {
        var code = table.Cell(record, "commune_code").Trim();
        if (code.Length > 0)
        {
            row.Commune = units.ByCode(code);
            if (row.Commune?.Level != UnitLevel.Commune)
            {
                row.Commune = null;
                row.Add(new("UNIT_UNKNOWN", table.Heading("commune_code"), code));
            }
        }
        else
        {
            row.Commune = Take(row, record, "commune", units.Commune);
        }

        var village = table.Cell(record, "village_code").Trim() is { Length: > 0 } villageCode ? villageCode : RosterValueReader.Text(table.Cell(record, "village")).Value!;
        if (row.Commune is null || options.Level == UnitLevel.Commune || (village.Length == 0 && options.Level is null))
        {
            return;
        }

        var found = units.ByCode(village) is { } byCode && byCode.ParentId == row.Commune.Id ? new(byCode) : units.Village(row.Commune, village);
        row.Village = found.Value;
        if (found.Code is not null)
        {
            row.Add(new(found.Code, table.Heading("village"), found.Detail));
        }
    }

    private (AdministrativeUnit? Commune, AdministrativeUnit? Village) Split(AdministrativeUnit unit) =>
        unit.Level == UnitLevel.Village ? (units.ById(unit.ParentId!.Value), unit) : (unit, null);

    /// <summary>"XÃ MƯỜNG SANG" above "DANH SÁCH THÀNH VIÊN TỔ … BẢN BÓ TÂU".</summary>
    private AdministrativeUnit? FindTitleUnit()
    {
        var commune = table.Titles.Select(units.Commune).FirstOrDefault(reading => reading is { Value: not null, Code: null }).Value;
        return commune is null ? null : table.Titles.Select(title => units.VillageAtEnd(commune, title)).FirstOrDefault(village => village is not null) ?? commune;
    }

    private string? Code(RosterRow row, ImportRecord record, string field)
    {
        var code = table.Cell(record, field).Trim();
        if (code.Length == 0)
        {
            return null;
        }

        if (!ImportValues.IsCode(code))
        {
            row.Add(new("CODE_INVALID", table.Heading(field), code));
        }

        return code;
    }

    private static Reading<string> Occupation(string cell)
    {
        var text = VietnameseText.Clean(cell);
        return text.Length == 0 ? new(null) : text.Length <= 200 ? new(text) : new(text[..200].TrimEnd(), "TEXT_TOO_LONG", text.Length);
    }

    /// <summary>Reads a cell; a formula or a text trick is reported instead of what the reader says of the cell.</summary>
    private T? Take<T>(RosterRow row, ImportRecord record, string field, Func<string, Reading<T>> read)
    {
        var cell = table.Cell(record, field);
        var text = RosterValueReader.Text(cell);
        // The readers see the cell as it stands, because a name or a number with spaces around it is worth saying.
        var reading = read(text.Code is null && text.Value!.Length > 0 ? cell : text.Value!);
        if (text.Code is not null)
        {
            row.Add(new(text.Code, table.Heading(field), text.Detail));
            if (reading.Code is not null && ImportIssues.SeverityOf(reading.Code) == ImportSeverity.Error)
            {
                row.Add(new(reading.Code, table.Heading(field), reading.Detail));
            }
        }
        else if (reading.Code is not null)
        {
            row.Add(new(reading.Code, table.Heading(field), reading.Detail));
        }

        return reading.Value;
    }
}
