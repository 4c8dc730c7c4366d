using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Calls;

/// <summary>"Cần gọi báo": the people whom no message reaches, for their leader's phone.</summary>
[Authorize(nameof(Permissions.CallMembers))]
[Route("calls")]
public sealed class CallController(SiteDbContext db, CallList calls, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    private const int PageSize = 30;

    [HttpGet("")]
    public async Task<IActionResult> Index(bool all, int page = 1, CancellationToken cancellationToken = default)
    {
        var shown = all ? calls.All() : calls.Due();
        var rows = await calls.Project(shown).ToPageAsync(page, PageSize, cancellationToken);
        var codes = rows.Items.Select(row => row.SessionCode).Distinct().ToList();
        var sessions = await db.Sessions.AsNoTracking().Where(session => codes.Contains(session.Code)).OrderBy(session => session.StartUtc).ToListAsync(cancellationToken);
        var people = await CallList.CountPeopleAsync(shown, cancellationToken);
        return View(new CallListModel(sessions, rows, people, all, all ? people : await CallList.CountPeopleAsync(calls.All(), cancellationToken)));
    }

    [HttpPost("{code}/{member}")]
    public async Task<IActionResult> Record(string code, string member, CallOutcome outcome, bool all, int page = 1, CancellationToken cancellationToken = default)
    {
        var recorded = await calls.RecordAsync(code, member, outcome, cancellationToken);
        if (!recorded.Succeeded)
        {
            return this.Refuse(recorded.Faults);
        }

        notifier.Success(outcome == CallOutcome.Reached
            ? T["Đã ghi: {0} đã được báo.", recorded.Value]
            : T["Đã ghi: chưa gặp được {0}. Tên vẫn ở trong danh sách để gọi lại.", recorded.Value]);
        return RedirectToAction(nameof(Index), new { all = all ? true : (bool?)null, page = page > 1 ? page : (int?)null });
    }
}

/// <summary>The list, by sessions.</summary>
/// <param name="Sessions">The sessions of this page's rows, the nearest first.</param>
/// <param name="Rows">Calls: one for each person and session.</param>
/// <param name="People">How many people these are.</param>
/// <param name="All">Whether those already told are shown too.</param>
/// <param name="Total">How many people there are, told or not.</param>
public sealed record CallListModel(IReadOnlyList<TrainingSession> Sessions, Page<CallRow> Rows, int People, bool All, int Total);
