using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>On "Hôm nay": the sheets that the reader still has to hand in, the most urgent first.</summary>
public sealed class SheetsToHandInViewComponent(MissingSheets sheets, CurrentUser user, TimeProvider clock) : ViewComponent
{
    /// <summary>What was forgotten for longer than this is the organizer's to settle, not today's first line.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (user.Id is null)
        {
            return Content("");
        }

        var now = clock.UtcNow();
        var since = now - Remembered;
        var mine = sheets.MineOf(sheets.All().Where(point => point.Session.StartUtc <= now && point.Session.EndUtc > since), user);
        var first = await mine.OrderBy(point => point.HandInUtc ?? point.Session.HandInUtc).ThenBy(point => point.Code)
            .Select(point => new SheetToHandIn(point.Session.Code, point.Code, point.Name, (point.HandInUtc ?? point.Session.HandInUtc)!.Value, (point.HandInUtc ?? point.Session.HandInUtc)!.Value <= now, 0))
            .FirstOrDefaultAsync();
        return first is null ? Content("") : View(first with { Count = await mine.CountAsync() });
    }
}

public sealed record SheetToHandIn(string Session, string Point, string Name, DateTime DueUtc, bool IsOverdue, int Count);
