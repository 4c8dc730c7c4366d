using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>A session as its organizer writes it down.</summary>
public sealed record SessionDraft
{
    /// <summary>Code; unique, part of the address.</summary>
    public string Code { get; init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>What it is about and what to bring.</summary>
    public string Description { get; init; } = "";

    /// <summary>In person, online or both.</summary>
    public SessionMode Mode { get; init; }

    /// <summary>Code of the unit that holds it; null for the widest unit of the writer that reaches all who are invited.</summary>
    public string? OrganizerUnit { get; init; }

    /// <summary>Who holds it, in words.</summary>
    public string Organizers { get; init; } = "";

    /// <summary>Who teaches, in words.</summary>
    public string Trainers { get; init; } = "";

    /// <summary>Whether it only tries out rooms, lines and phones, and counts nowhere.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>Codes of its topics.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Its parts in order.</summary>
    public IReadOnlyList<BlockDraft> Blocks { get; init; } = [];

    /// <summary>Its points; null leaves those that are there as they are.</summary>
    public IReadOnlyList<PointDraft>? Points { get; init; }

    /// <summary>Who is invited.</summary>
    public InviteDraft Invite { get; init; } = new([]);

    /// <summary>When it closes and when sheets are due; null for the usual times or, of a session that exists, for those it has.</summary>
    public DeadlineDraft? Deadlines { get; init; }

    /// <summary>Seats that each team has; null when only the rooms are a limit.</summary>
    public int? SeatsPerTeam { get; init; }

    /// <summary>Whether a session that is over is refused, because the writer has not said that it is meant.</summary>
    public bool MustBeAhead { get; init; }

    /// <summary>Version that the writer saw; null to save over whatever is there.</summary>
    public int? Version { get; init; }
}

/// <summary>What happens how long after the end.</summary>
/// <param name="CloseAfterMinutes">Minutes until the clock closes the session; null when a person does.</param>
/// <param name="HandInHours">Hours in which points hand in their sheets; null for no limit.</param>
public sealed record DeadlineDraft(int? CloseAfterMinutes, int? HandInHours);

/// <summary>One part of a session.</summary>
/// <param name="StartUtc">Start.</param>
/// <param name="EndUtc">End.</param>
/// <param name="Title">What it is about; may be empty.</param>
public sealed record BlockDraft(DateTime StartUtc, DateTime EndUtc, string Title = "");

/// <summary>One point.</summary>
/// <param name="Code">Code within the session.</param>
/// <param name="Unit">Code of the unit that it serves; null for a hall of the whole.</param>
/// <param name="Name">Name; null to be named after its unit.</param>
/// <param name="Venue">Where to come to.</param>
/// <param name="Capacity">Seats.</param>
/// <param name="Link">Link of the meeting room.</param>
public sealed record PointDraft(string Code, string? Unit = null, string? Name = null, string? Venue = null, int? Capacity = null, string? Link = null);

/// <summary>Who is invited: the teams in the subtrees of some units.</summary>
/// <param name="Units">Codes of the units.</param>
/// <param name="Levels">Teams of which level.</param>
/// <param name="Roles">Members in which role.</param>
public sealed record InviteDraft(IReadOnlyList<string> Units, TeamLevels Levels = TeamLevels.All, TeamRoles Roles = TeamRoles.Members);

/// <summary>How many an invitation reaches today.</summary>
/// <param name="People">People, each once.</param>
/// <param name="Teams">Teams.</param>
/// <param name="Communes">Communes.</param>
public sealed record InviteCount(int People, int Teams, int Communes);

/// <summary>What publishing did.</summary>
/// <param name="Invited">People on the frozen list.</param>
/// <param name="Points">Points.</param>
/// <param name="OverfullPoints">Codes of the points that have fewer seats than people.</param>
public sealed record PublishOutcome(int Invited, int Points, IReadOnlyList<string> OverfullPoints);
