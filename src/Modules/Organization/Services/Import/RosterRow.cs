using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>A row of a list of members after normalization.</summary>
internal sealed class RosterRow(int number) : ImportRow(number)
{
    /// <summary>The person's code in the list; null when the list has none.</summary>
    public string? MemberCode { get; set; }

    public string? TeamCode { get; set; }

    public string? FullName { get; set; }

    public string? Gender { get; set; }

    public int? BirthYear { get; set; }

    public DateOnly? BirthDate { get; set; }

    public TeamRole? Role { get; set; }

    public string? Occupation { get; set; }

    public string? Phone { get; set; }

    public string? Email { get; set; }

    public bool? HasSmartphone { get; set; }

    public DateOnly JoinedOn { get; set; }

    public AdministrativeUnit? Commune { get; set; }

    public AdministrativeUnit? Village { get; set; }

    /// <summary>The unit whose team it is: the village, else the commune.</summary>
    public AdministrativeUnit? Unit => Village ?? Commune;

    /// <summary>The row whose person this is too; null when the row is the person's first.</summary>
    public RosterRow? SamePersonAs { get; set; }

    /// <summary>The person in the database; null for a new one.</summary>
    public KnownPerson? Known { get; set; }

    public override string Label => FullName ?? "";

    public override IReadOnlyDictionary<string, object?> Values
    {
        get
        {
            var values = new Dictionary<string, object?>
            {
                ["full_name"] = FullName,
                ["gender"] = Gender,
                ["birth_year"] = BirthYear,
                ["birth_date"] = BirthDate,
                ["role"] = Role,
                ["occupation"] = Occupation,
                ["phone"] = Phone,
                ["email"] = Email,
                ["commune_code"] = Commune?.Code,
                ["village_code"] = Village?.Code,
            };
            if (MemberCode is not null)
            {
                values["member_id"] = MemberCode;
            }

            if (TeamCode is not null)
            {
                values["team_code"] = TeamCode;
            }

            return values;
        }
    }
}
