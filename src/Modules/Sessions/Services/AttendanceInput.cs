using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>One event as a device tells it.</summary>
/// <param name="Id">Made by the device, once and for all.</param>
/// <param name="Member">Code of the person.</param>
/// <param name="Point">Code of the point within the session.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Method">How the mark came about.</param>
/// <param name="AtUtc">When, by the device's clock.</param>
public sealed record AttendanceInput(Guid Id, string Member, string Point, AttendanceKind Kind, AttendanceMethod Method, DateTime AtUtc)
{
    /// <summary>Number of the block; null for the whole session.</summary>
    public int? Block { get; init; }

    /// <summary>Minutes late, minutes missed at the end or, in a correction, minutes attended.</summary>
    public int? Minutes { get; init; }

    /// <summary>For a correction: what is right; null takes earlier marks back.</summary>
    public AttendanceStatus? Status { get; init; }

    /// <summary>Words.</summary>
    public string? Note { get; init; }

    /// <summary>Whether somebody who is not on the list gets a place on that of the point.</summary>
    public bool WalkIn { get; init; }

    /// <summary>Text of the member's card, when it was scanned.</summary>
    public string? Card { get; init; }
}

/// <summary>What became of an event.</summary>
public enum EventOutcome
{
    /// <summary>Stored.</summary>
    Recorded,

    /// <summary>Was stored before; nothing changed.</summary>
    Duplicate,

    /// <summary>Stored, but another device says otherwise; a person must look at it.</summary>
    Conflict,

    /// <summary>Not stored, for the reason given.</summary>
    Rejected,
}

/// <summary>The answer to one event.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was rejected or is in conflict, for programs.</param>
public sealed record EventResult(Guid Id, EventOutcome Outcome, string? Reason = null);

/// <summary>Who tells: the account, where it may take attendance, and whether it manages the session.</summary>
/// <param name="UserId">The account; null for the system.</param>
/// <param name="Scope">Where it may take attendance.</param>
/// <param name="ManageScope">Where it may manage sessions.</param>
/// <param name="Device">The device.</param>
public sealed record AttendancePoster(Guid? UserId, UnitScope Scope, UnitScope ManageScope, string Device)
{
    /// <summary>Set when a person marks themselves: then only this person, at any point.</summary>
    public Guid? OwnPersonId { get; init; }

    /// <summary>Whether a person decides what stands, so that a correction is taken after closing too.</summary>
    public bool Settles { get; init; }

    /// <summary>The reader of the running request, or the system.</summary>
    public static AttendancePoster From(CurrentUser user, string device) =>
        new(user.Id, user.ScopeOf(Permissions.TakeAttendance), user.ScopeOf(Permissions.ManageSessions), device);
}
