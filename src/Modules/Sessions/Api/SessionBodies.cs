using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Api;

/// <summary>A session to create.</summary>
/// <param name="Code">Code.</param>
/// <param name="Title">Title.</param>
/// <param name="Mode">in_person, online or mixed.</param>
/// <param name="Topics">Codes of topics.</param>
/// <param name="Blocks">Parts in order.</param>
/// <param name="Points">Points.</param>
/// <param name="Invite">Who is invited.</param>
/// <param name="Description">What it is about.</param>
/// <param name="Organizer">Code of the unit that holds it.</param>
/// <param name="Organizers">Who holds it, in words.</param>
/// <param name="Trainers">Who teaches, in words.</param>
/// <param name="SeatsPerTeam">Seats that each team has; without it only the rooms are a limit.</param>
public sealed record SessionBody(
    string? Code,
    string? Title,
    SessionMode? Mode,
    IReadOnlyList<string>? Topics,
    IReadOnlyList<BlockBody>? Blocks,
    IReadOnlyList<PointBody>? Points,
    InviteBody? Invite,
    string? Description,
    string? Organizer,
    string? Organizers,
    string? Trainers,
    int? SeatsPerTeam = null)
{
    /// <summary>Whether it is a rehearsal, which counts nowhere.</summary>
    public bool Rehearsal { get; init; }

    /// <summary>When it closes and when sheets are due; without it the site's usual times or, of a session that exists, those it has.</summary>
    public DeadlinesBody? Deadlines { get; init; }

    /// <summary>Version that the writer saw; without it what somebody else saved meanwhile is overwritten.</summary>
    public int? Version { get; init; }

    /// <summary>As the service takes it.</summary>
    internal SessionDraft ToDraft() => new()
    {
        Code = Code?.Trim() ?? "",
        Title = Title?.Trim() ?? "",
        Mode = Mode ?? SessionMode.InPerson,
        Description = Description ?? "",
        OrganizerUnit = Organizer,
        Organizers = Organizers ?? "",
        Trainers = Trainers ?? "",
        SeatsPerTeam = SeatsPerTeam,
        IsRehearsal = Rehearsal,
        Deadlines = Deadlines is null ? null : new(Deadlines.CloseAfterMinutes, Deadlines.HandInHours),
        Version = Version,
        Topics = Topics ?? [],
        Blocks = [.. (Blocks ?? []).Select(block => new BlockDraft(ToUtc(block.Start), ToUtc(block.End), block.Title ?? ""))],
        Points = Points is null ? null : [.. Points.Select(point => new PointDraft(point.Code?.Trim() ?? "", point.Unit, point.Name, point.Venue, point.Capacity, point.Link))],
        Invite = new(
            Invite?.Units ?? [],
            Invite?.Levels is { Count: > 0 } levels ? levels.Together() : TeamLevels.All,
            Invite?.Roles is { Count: > 0 } roles ? roles.Together() : TeamRoles.Members),
    };

    /// <summary>A time without an offset is one on a clock in Vietnam.</summary>
    internal static DateTime ToUtc(DateTime time) => time.Kind switch
    {
        DateTimeKind.Utc => time,
        DateTimeKind.Local => time.ToUniversalTime(),
        DateTimeKind.Unspecified => VietnamTime.ToUtc(time),
    };
}

/// <summary>What happens how long after a session's end.</summary>
/// <param name="CloseAfterMinutes">Minutes until the clock closes it, 0 to 10,080; null when a person does.</param>
/// <param name="HandInHours">Hours in which points hand in their sheets, 1 to 744; null for no limit.</param>
public sealed record DeadlinesBody(int? CloseAfterMinutes, int? HandInHours);

/// <summary>A point's own time for handing in its sheet.</summary>
/// <param name="Hours">Hours after the session's end, 1 to 744; null for the session's.</param>
public sealed record HandInBody(int? Hours);

/// <summary>A part of a session.</summary>
/// <param name="Start">Start.</param>
/// <param name="End">End.</param>
/// <param name="Title">What it is about.</param>
public sealed record BlockBody(DateTime Start, DateTime End, string? Title);

/// <summary>A point.</summary>
/// <param name="Code">Code within the session.</param>
/// <param name="Unit">Code of the unit that it serves.</param>
/// <param name="Venue">Where to come to.</param>
/// <param name="Capacity">Seats.</param>
/// <param name="Link">Link of the meeting room.</param>
/// <param name="Name">Name.</param>
public sealed record PointBody(string? Code, string? Unit, string? Venue, int? Capacity, string? Link, string? Name);

/// <summary>Who is invited.</summary>
/// <param name="Units">Codes of units; each means its subtree.</param>
/// <param name="Levels">commune, village; both when not given.</param>
/// <param name="Roles">leader, deputy, member, collaborator; all but the last when not given.</param>
public sealed record InviteBody(IReadOnlyList<string>? Units, IReadOnlyList<TeamLevels>? Levels, IReadOnlyList<TeamRoles>? Roles);

/// <summary>Why something is done.</summary>
/// <param name="Reason">Words.</param>
public sealed record ReasonBody(string? Reason);

/// <summary>What a point says of itself.</summary>
/// <param name="State">planned, ready, connected, late, lost, absent.</param>
/// <param name="Reason">Code of the list or words; needed for absent.</param>
/// <param name="ReasonCode">The same; a code.</param>
/// <param name="HeadCount">People in the room.</param>
/// <param name="OnlineCount">People on the line.</param>
/// <param name="Version">Version that the writer saw.</param>
public sealed record PointStateBody(PointState? State, string? Reason, string? ReasonCode, int? HeadCount, int? OnlineCount, int? Version);
