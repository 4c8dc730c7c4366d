namespace TrainingSite.Kernel;

/// <summary>
/// The roles of R93. A right is a pair (role, unit) and reaches the unit's subtree; see <see cref="UnitScope"/>.
/// </summary>
public static class Roles
{
    /// <summary>Runs the installation; holds every permission everywhere.</summary>
    public const string Administrator = nameof(Administrator);

    /// <summary>Organizer at the provincial department (Sở): sessions, reports, content of the province.</summary>
    public const string Organizer = nameof(Organizer);

    /// <summary>Officer of a district, until the reform of 1 July 2025 (R94).</summary>
    public const string DistrictOfficer = nameof(DistrictOfficer);

    /// <summary>Coordinator at a commune: takes attendance at their point (điểm cầu), keeps the commune's teams.</summary>
    public const string Coordinator = nameof(Coordinator);

    /// <summary>Leader of a team (Tổ trưởng).</summary>
    public const string TeamLeader = nameof(TeamLeader);

    /// <summary>Member of a team (Thành viên).</summary>
    public const string Member = nameof(Member);

    /// <summary>Commune police (Công an xã).</summary>
    public const string Police = nameof(Police);

    /// <summary>Expert of a partner: firm, bank, post.</summary>
    public const string Partner = nameof(Partner);

    /// <summary>Mass organization (Mặt trận, Đoàn thể): reads.</summary>
    public const string MassOrganization = nameof(MassOrganization);

    /// <summary>All roles, from the widest to the narrowest.</summary>
    public static readonly IReadOnlyList<string> All = [Administrator, Organizer, DistrictOfficer, Coordinator, TeamLeader, Member, Police, Partner, MassOrganization];

    /// <summary>
    /// Whether the role may be given over the whole tree: the administrator's, and the organizer's, whose province may be all there is.
    /// Every other role works within a unit, which must be named.
    /// </summary>
    public static bool MayReachEverything(string role) => role is Administrator or Organizer;

    /// <summary>The role of that name, whatever its case or hyphens; null when there is none.</summary>
    public static string? Find(string name) =>
        All.FirstOrDefault(role => role.Equals(name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
}
