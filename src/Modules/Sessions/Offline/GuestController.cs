using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Offline;

/// <summary>Settling who a guest was whose code nobody knew.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
[Route("sessions/{code}/points/{point}/sheet/guests/{id:guid}")]
public sealed class GuestController(SiteDbContext db, GuestService guests, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    private const int MostCandidates = 20;

    [HttpGet("")]
    public async Task<IActionResult> Show(string code, string point, Guid id, string? q, CancellationToken cancellationToken)
    {
        var found = await guests.FindAsync(code, point, id, cancellationToken);
        return found.Succeeded
            ? View(new GuestModel(code, found.Value.Point, found.Value.Guest, q ?? found.Value.Guest.Name, await FindCandidatesAsync(found.Value.Point, q ?? found.Value.Guest.Name, cancellationToken)))
            : this.Refuse(found.Faults);
    }

    /// <summary>Says who it was; without a member: somebody of no team.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Settle(string code, string point, Guid id, string? member, CancellationToken cancellationToken)
    {
        var settled = await guests.SettleAsync(code, point, id, member?.Trim(), cancellationToken);
        if (settled.Succeeded)
        {
            notifier.Success(settled.Value.PersonId is { } person
                ? T["Đã ghi có mặt: {0} ({1}).", await db.People.Where(row => row.Id == person).Select(row => row.FullName).SingleAsync(cancellationToken), member!.Trim()]
                : T["Đã xử lý ghi chú về {0}.", settled.Value.Name]);
        }
        else
        {
            notifier.Error(settled.Faults[0].Message);
        }

        return RedirectToAction("Show", "Sheet", new { code, point });
    }

    /// <summary>People of the point's surroundings or of its list whose name, code or phone number fits.</summary>
    private async Task<List<WalkInCandidate>> FindCandidatesAsync(SessionPoint point, string query, CancellationToken cancellationToken)
    {
        var folded = VietnameseText.Fold(query.Trim());
        var code = query.Trim().ToUpperInvariant();
        var path = point.Path;
        return folded.Length == 0 ? [] : await db.Memberships.AsNoTracking().On(clock.Today())
            .Where(membership => membership.Person.Code == code
                || (membership.Person.FullNameFolded.Contains(folded) && (membership.Team.Unit.Path.StartsWith(path)
                    || db.Set<Invitation>().Any(invitation => invitation.SessionId == point.SessionId && invitation.PointId == point.Id && invitation.PersonId == membership.PersonId))))
            .OrderBy(membership => membership.Person.SortName).ThenBy(membership => membership.Person.Code)
            .Take(MostCandidates)
            .Select(membership => new WalkInCandidate(membership.Person.Code, membership.Person.FullName, membership.Team.Name, membership.Team.Unit.FullName))
            .ToListAsync(cancellationToken);
    }
}

/// <summary>A guest, and who it could have been.</summary>
public sealed record GuestModel(string SessionCode, SessionPoint Point, Guest Guest, string Query, IReadOnlyList<WalkInCandidate> Candidates);
