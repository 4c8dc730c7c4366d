namespace TrainingSite.Organization.Services;

/// <summary>The module's settings, section <c>Organization</c>.</summary>
public sealed class OrganizationOptions
{
    /// <summary>What a team is called before its unit's name (R3); Sơn La says "Tổ chuyển đổi số cộng đồng".</summary>
    public string TeamName { get; set; } = "Tổ công nghệ số cộng đồng";

    /// <summary>Its short form in tables.</summary>
    public string TeamAbbreviation { get; set; } = "Tổ CĐSCĐ";

    /// <summary>"Tổ 37" of "Tổ công nghệ số cộng đồng Tổ 37", where a narrow row has no room for what all teams are called.</summary>
    public string Shorten(string team) => team.StartsWith(TeamName + " ", StringComparison.Ordinal) ? team[(TeamName.Length + 1)..] : team;

    /// <summary>Codes of units in the order that the province's reports have; others follow by code.</summary>
    public string[] UnitOrder { get; set; } = [];

    /// <summary>Day from which the units of a list without a date hold.</summary>
    public DateOnly UnitsFrom { get; set; } = new(2020, 1, 1);

    /// <summary>First day without districts (R1, R94).</summary>
    public DateOnly DistrictsEnd { get; set; } = new(2025, 7, 1);

    /// <summary>Size that a list is measured by where no limit is set for the unit (R6).</summary>
    public int TeamMinimum { get; set; } = 5;

    /// <summary>Size that a list is measured by where no limit is set for the unit (R6).</summary>
    public int TeamMaximum { get; set; } = 10;

    /// <summary>The offices that usually go with a role, by level and role (R8); another choice is only remarked upon.</summary>
    public Dictionary<string, string[]> SuggestedOffices { get; } = new()
    {
        ["CommuneLeader"] = ["Bí thư Đoàn Thanh niên"],
        ["VillageLeader"] = ["Trưởng thôn", "Trưởng bản", "Trưởng tiểu khu", "Tổ trưởng tổ dân phố"],
        ["VillageDeputy"] = ["Bí thư Chi đoàn"],
    };
}
