using System.ComponentModel.DataAnnotations;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Deadlines;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Controllers;

/// <summary>"Lên lịch": a session as its organizer fills it in, times as they are read on the clock in Vietnam.</summary>
public sealed class ScheduleForm
{
    /// <summary>Rows for blocks that the form shows; empty ones are left out.</summary>
    public const int BlockRows = 4;

    [Display(Name = "Mã buổi"), Required, StringLength(40)]
    public string Code { get; set; } = "";

    [Display(Name = "Tên buổi tập huấn"), Required, StringLength(300)]
    public string Title { get; set; } = "";

    [Display(Name = "Nội dung"), StringLength(4000)]
    public string? Description { get; set; }

    public SessionMode Mode { get; set; }

    [Display(Name = "Đơn vị tổ chức"), StringLength(500)]
    public string? Organizers { get; set; }

    [Display(Name = "Giảng viên"), StringLength(500)]
    public string? Trainers { get; set; }

    /// <summary>Whether it only tries out rooms, lines and phones, and counts nowhere.</summary>
    public bool IsRehearsal { get; set; }

    public List<string> Topics { get; set; } = [];

    public List<ScheduleBlock> Blocks { get; set; } = [];

    /// <summary>Whether the writer knows that it is over and enters it for the record.</summary>
    public bool IsPast { get; set; }

    [Display(Name = "Tự đóng sau"), Range(0, SessionDeadlines.MostCloseMinutes)]
    public int? CloseAfterMinutes { get; set; }

    [Display(Name = "Chốt danh sách trong"), Range(1, SessionDeadlines.MostHandInHours)]
    public int? HandInHours { get; set; }

    /// <summary>Codes of invited units that were ticked.</summary>
    public List<string> Units { get; set; } = [];

    /// <summary>Further codes, typed, separated by commas or blanks.</summary>
    public string? MoreUnits { get; set; }

    public List<TeamLevels> Levels { get; set; } = [.. TeamLevels.All.Single()];

    public List<TeamRoles> Roles { get; set; } = [.. TeamRoles.Members.Single()];

    [Display(Name = "Số chỗ mỗi Tổ"), Range(1, 1_000)]
    public int? SeatsPerTeam { get; set; }

    /// <summary>Whether saving also makes one point for each invited commune that has none.</summary>
    public bool OnePointPerCommune { get; set; } = true;

    /// <summary>Version that the writer saw.</summary>
    public int? Version { get; set; }

    public SessionDraft ToDraft() => new()
    {
        Code = Code.Trim(),
        Title = VietnameseText.Clean(Title),
        Description = Description?.Trim() ?? "",
        Mode = Mode,
        Organizers = Organizers?.Trim() ?? "",
        Trainers = Trainers?.Trim() ?? "",
        IsRehearsal = IsRehearsal,
        Topics = Topics,
        Blocks = [.. Blocks.Where(block => !block.IsEmpty).Select(block => block.ToDraft())],
        Invite = ToInvite(),
        Deadlines = new(CloseAfterMinutes, HandInHours),
        SeatsPerTeam = SeatsPerTeam,
        Version = Version,
        MustBeAhead = !IsPast,
    };

    /// <summary>When the last part ends; null while a time is missing.</summary>
    internal DateTime? EndUtc => Blocks.Where(block => !block.IsEmpty).Select(block => block.ToDraft()).ToList() is { Count: > 0 } blocks && blocks.TrueForAll(block => block.StartUtc != default) ? blocks.Max(block => block.EndUtc) : null;

    /// <summary>When the first part starts; null while a time is missing.</summary>
    internal DateTime? StartUtc => EndUtc is null ? null : Blocks.Where(block => !block.IsEmpty).Min(block => block.ToDraft().StartUtc);

    /// <summary>Takes over what a published session's form shows and does not send.</summary>
    public void KeepFixed(ScheduleForm stored)
    {
        (Code, Mode, IsRehearsal, Topics, Blocks) = (stored.Code, stored.Mode, stored.IsRehearsal, stored.Topics, stored.Blocks);
        (Units, MoreUnits, Levels, Roles) = (stored.Units, stored.MoreUnits, stored.Levels, stored.Roles);
    }

    public InviteDraft ToInvite() => new(
        [.. Units.Concat((MoreUnits ?? "").Split([',', ';', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()],
        Levels.Together(),
        Roles.Together());

    public static ScheduleForm From(SessionDraft draft, IReadOnlySet<string> offeredUnits) => new()
    {
        Code = draft.Code,
        Title = draft.Title,
        Description = draft.Description,
        Mode = draft.Mode,
        Organizers = draft.Organizers,
        Trainers = draft.Trainers,
        IsRehearsal = draft.IsRehearsal,
        Topics = [.. draft.Topics],
        Blocks = [.. draft.Blocks.Select(ScheduleBlock.From)],
        Units = [.. draft.Invite.Units.Where(offeredUnits.Contains)],
        MoreUnits = string.Join(", ", draft.Invite.Units.Where(code => !offeredUnits.Contains(code))),
        Levels = [.. draft.Invite.Levels.Single()],
        Roles = [.. draft.Invite.Roles.Single()],
        CloseAfterMinutes = draft.Deadlines?.CloseAfterMinutes,
        HandInHours = draft.Deadlines?.HandInHours,
        SeatsPerTeam = draft.SeatsPerTeam,
        OnePointPerCommune = false,
        Version = draft.Version,
    };
}

/// <summary>One row of the timetable.</summary>
public sealed class ScheduleBlock
{
    public DateOnly? Date { get; set; }

    public TimeOnly? Start { get; set; }

    public TimeOnly? End { get; set; }

    [StringLength(200)]
    public string? Title { get; set; }

    public bool IsEmpty => Date is null && Start is null && End is null;

    /// <summary>A row with a hole (no date, no start, no end) becomes a block without a time, which the validator refuses by its number.</summary>
    public BlockDraft ToDraft() => Date is { } date && Start is { } start && End is { } end
        ? new(VietnamTime.ToUtc(date.ToDateTime(start)), VietnamTime.ToUtc(date.ToDateTime(end)), Title?.Trim() ?? "")
        : new(default, default, Title?.Trim() ?? "");

    public static ScheduleBlock From(BlockDraft block)
    {
        var (start, end) = (VietnamTime.ToLocal(block.StartUtc), VietnamTime.ToLocal(block.EndUtc));
        return new() { Date = DateOnly.FromDateTime(start), Start = TimeOnly.FromDateTime(start), End = TimeOnly.FromDateTime(end), Title = block.Title };
    }
}

/// <summary>The form with what it offers to choose from.</summary>
public sealed class ScheduleModel
{
    public required ScheduleForm Form { get; init; }

    /// <summary>Code of the session being edited; null for a new one.</summary>
    public string? EditedCode { get; init; }

    /// <summary>Whether only the words may be changed, because the list is frozen.</summary>
    public bool IsPublished { get; init; }

    /// <summary>Whether it is a make-up: whom it invites follows from the original.</summary>
    public bool IsMakeup { get; init; }

    public required IReadOnlyList<TopicChoice> Topics { get; init; }

    public required OfferedUnits Units { get; init; }

    public required ScheduleCount Count { get; init; }

    /// <summary>Whether the times as filled in are over: then the writer is asked whether that is meant.</summary>
    public bool IsOver { get; init; }

    public int Points { get; init; }
}

/// <summary>What follows from the form as it is filled in.</summary>
/// <param name="Invited">Whom it invites.</param>
/// <param name="NewPoints">Points that saving makes.</param>
/// <param name="Reminders">How long before the start people would be reminded.</param>
public sealed record ScheduleCount(InviteCount Invited, int NewPoints, IReadOnlyList<TimeSpan> Reminders);

/// <summary>The fields of one row of the timetable.</summary>
/// <param name="Index">Its place in the form.</param>
/// <param name="Block">What is filled in.</param>
/// <param name="IsFixed">Whether it may no longer be changed.</param>
public sealed record BlockFields(int Index, ScheduleBlock Block, bool IsFixed);

public sealed record TopicChoice(string Code, string Name);

/// <summary>A unit to tick.</summary>
public sealed record UnitChoice(string Code, string Name);

/// <summary>The units right below another one.</summary>
public sealed record UnitGroup(string Name, IReadOnlyList<UnitChoice> Units);

/// <summary>The units that a session can be for.</summary>
public sealed class OfferedUnits
{
    /// <summary>More than the communes of a province; whoever reaches further types codes.</summary>
    public const int MostBelow = 400;

    /// <summary>The reader's own units, each as a whole.</summary>
    public required IReadOnlyList<UnitChoice> Whole { get; init; }

    /// <summary>Those right below.</summary>
    public required IReadOnlyList<UnitChoice> Below { get; init; }

    /// <summary>Those below these; none when they are too many to be listed.</summary>
    public required IReadOnlyList<UnitGroup> Groups { get; init; }

    internal IReadOnlySet<string> Codes => Whole.Concat(Below).Concat(Groups.SelectMany(group => group.Units)).Select(unit => unit.Code).ToHashSet();
}
