using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Registration.Controllers;

/// <summary>"Tổ của bạn": a leader answers for the team and names who has its seats.</summary>
[Authorize]
[Route("sessions/{code}/team")]
public sealed class TeamSeatsController(
    SiteDbContext db, SessionAccess access, AnswerAccess reach, AnswerService answers, AnswerReader reader, SeatService seats, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public Task<IActionResult> Show(string code, string? team, CancellationToken cancellationToken) => ShowAsync(code, team, refused: null, cancellationToken);

    [HttpPost("seats")]
    public async Task<IActionResult> Assign(string code, string team, string[] members, CancellationToken cancellationToken)
    {
        var assigned = await answers.AssignTeamAsync(code, await KeyOfAsync(team, cancellationToken), members, cancellationToken);
        return !assigned.Succeeded && assigned.Faults[0].Kind == FaultKind.Invalid
            ? await ShowAsync(code, team, new(members, assigned.Faults[0].Message), cancellationToken)
            : After(assigned, code, team, assigned.Succeeded ? T["Đã lưu: {0}/{1} chỗ của Tổ có người.", assigned.Value.Taken, assigned.Value.Seats] : "");
    }

    [HttpPost("release")]
    public async Task<IActionResult> Release(string code, string team, CancellationToken cancellationToken)
    {
        var released = await answers.ReleaseTeamAsync(code, await KeyOfAsync(team, cancellationToken), cancellationToken);
        return After(released, code, team, released.Succeeded ? T["Đã trả lại {0} chỗ cho người đang chờ.", released.Value] : "");
    }

    private async Task<IActionResult> ShowAsync(string code, string? team, RefusedSeats? refused, CancellationToken cancellationToken)
    {
        if (await access.FindToReadAsync(code, cancellationToken) is not { } session)
        {
            return NotFound();
        }

        if (await FindTeamAsync(session, team, cancellationToken) is not { } found)
        {
            return this.Refuse([new Fault("out_of_scope", "", Kind: FaultKind.Forbidden)]);
        }

        var people = reach.Answerable(session).AsNoTracking().Where(invitation => invitation.TeamId == found.Id);
        var rows = await reader.ToRowsAsync(session, people.OrderBy(invitation => invitation.Person.SortName).ThenBy(invitation => invitation.Person.Code), cancellationToken);
        return View("Show", new TeamSeatsModel(session, found.Code, found.Name, await rows.ToListAsync(cancellationToken), await seats.CountTeamAsync(session, found.Id, cancellationToken), AnswerService.IsAnswerable(session, clock.UtcNow()), refused));
    }

    /// <summary>The team asked for, or the one that the reader leads, if they may answer for it.</summary>
    private async Task<(Guid Id, string Code, string Name)?> FindTeamAsync(TrainingSession session, string? team, CancellationToken cancellationToken)
    {
        var invited = reach.Answerable(session);
        var led = reach.Led();
        var isStaff = team is not null && await reach.IsStaffAsync(session, cancellationToken);
        var found = await invited.Where(invitation => (isStaff || led.Contains(invitation.TeamId)) && (team == null || invitation.TeamCode == team))
            .OrderBy(invitation => invitation.TeamCode).Select(invitation => new { invitation.TeamId, invitation.TeamCode, invitation.TeamName }).FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.TeamId, found.TeamCode, found.TeamName);
    }

    private Task<Guid> KeyOfAsync(string team, CancellationToken cancellationToken) => db.Teams.Where(row => row.Code == team).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    private IActionResult After<TValue>(Result<TValue> result, string code, string team, string done)
    {
        if (!result.Succeeded && result.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
        {
            return this.Refuse(result.Faults);
        }

        if (result.Succeeded)
        {
            notifier.Success(done);
        }
        else
        {
            notifier.Error(result.Faults[0].Message);
        }

        return RedirectToAction(nameof(Show), new { code, team });
    }
}

/// <summary>Whom the leader chose and could not have, and why.</summary>
public sealed record RefusedSeats(IReadOnlyCollection<string> Members, string Message);

public sealed record TeamSeatsModel(TrainingSession Session, string TeamCode, string TeamName, IReadOnlyList<AnswerRow> People, TeamSeats? Seats, bool IsAnswerable, RefusedSeats? Refused);
