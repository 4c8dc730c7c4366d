using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.Search.Controllers;

/// <summary>What people looked for and did not find: work for authors, and for whoever keeps the lists of words.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageSearch))]
[Route("search/misses")]
public sealed class MissesController(SiteDbContext db, SearchService search, CurrentUser user, TimeProvider clock, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    private const int RowsPerPage = 25;

    /// <summary>The list; with <paramref name="again"/> each row of the page is looked for once more.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(MissSort sort, bool handled, bool again, int page = 1, CancellationToken cancellationToken = default)
    {
        var rows = db.MissedSearches.AsNoTracking().Where(miss => miss.HandledUtc != null == handled);
        var ordered = sort switch
        {
            MissSort.Often => rows.OrderByDescending(miss => miss.Count).ThenByDescending(miss => miss.LastDay),
            MissSort.Newest => rows.OrderByDescending(miss => miss.LastDay).ThenByDescending(miss => miss.Count),
        };
        var misses = await ordered.ThenBy(miss => miss.Form).ToPageAsync(page, RowsPerPage, cancellationToken);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var miss in again ? misses.Items : [])
        {
            var result = await search.SearchAsync(new(miss.Text) { Take = 1 }, user, cancellationToken);
            found[miss.Form] = result.Value is { IsMiss: false } hits ? hits.Total : 0;
        }

        return View(new MissPage(misses, sort, handled, again ? found : null));
    }

    [HttpPost("handle")]
    public async Task<IActionResult> Handle(string? form, MissSort sort, int page, CancellationToken cancellationToken)
    {
        if (await db.MissedSearches.FirstOrDefaultAsync(row => row.Form == form, cancellationToken) is not { } miss)
        {
            return NotFound();
        }

        (miss.HandledUtc, miss.HandledBy) = (clock.UtcNow(), user.Name);
        await db.SaveChangesAsync(cancellationToken);
        notifier.Success(T["Đã xử lý “{0}”. Nếu lại có người tìm mà chưa thấy, câu này sẽ trở lại danh sách.", miss.Text]);
        return RedirectToAction(nameof(Index), new { sort, page });
    }

    [HttpPost("remove")]
    public async Task<IActionResult> Remove(string? form, MissSort sort, bool handled, CancellationToken cancellationToken)
    {
        if (await db.MissedSearches.Where(row => row.Form == form).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return NotFound();
        }

        notifier.Success(T["Đã xóa khỏi danh sách."]);
        return RedirectToAction(nameof(Index), new { sort, handled });
    }
}

/// <summary>What comes first.</summary>
public enum MissSort
{
    /// <summary>What was asked most.</summary>
    Often,

    /// <summary>What was asked last.</summary>
    Newest,
}

/// <summary>The page.</summary>
/// <param name="Misses">The rows.</param>
/// <param name="Sort">What comes first.</param>
/// <param name="Handled">Whether those are shown that were taken care of.</param>
/// <param name="Found">How much each finds now, by its form; null when that was not asked.</param>
public sealed record MissPage(Page<MissedSearch> Misses, MissSort Sort, bool Handled, IReadOnlyDictionary<string, int>? Found);
