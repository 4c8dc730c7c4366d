using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.ViewComponents;

/// <summary>What those who hold sessions have to do first: the next session's points that have not reported, and the sheets to keep.</summary>
public sealed class OrganizerSessionsViewComponent(SessionAccess access, CurrentUser user, TimeProvider clock) : ViewComponent
{
    private const int Most = 5;

    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var now = clock.UtcNow();
        var sessions = await access.Visible().Where(session => session.EndUtc > now && session.State != SessionState.Cancelled && session.State != SessionState.Closed)
            .OrderBy(session => session.StartUtc).Take(Most)
            .Select(session => new { Session = session, Topic = session.Topics.Select(topic => topic.Topic).FirstOrDefault() })
            .ToListAsync();
        var rows = new List<OrganizerSession>();
        foreach (var row in sessions)
        {
            var session = row.Session;
            var points = access.ServedPoints(session);
            var counts = await points.GroupBy(_ => 1).Select(group => new { All = group.Count(), Reported = group.Count(point => point.State != PointState.Planned) }).SingleOrDefaultAsync();
            rows.Add(new(session.Code, session.Title, session.State, session.StartUtc, row.Topic, counts?.All ?? 0, counts?.Reported ?? 0,
                counts?.All == 1 ? await points.Select(point => point.Code).SingleAsync() : null) { IsRehearsal = session.IsRehearsal });
        }

        return View(new OrganizerSessionsModel(rows, user.Can(Permissions.ManageSessions)));
    }
}

/// <summary>A coming session with how far its points are; <paramref name="OnlyPoint"/> leads straight to the reader's one sheet.</summary>
public sealed record OrganizerSession(string Code, string Title, SessionState State, DateTime StartUtc, string? Topic, int Points, int Reported, string? OnlyPoint)
{
    /// <summary>Whether it is a rehearsal.</summary>
    public bool IsRehearsal { get; init; }
}

public sealed record OrganizerSessionsModel(IReadOnlyList<OrganizerSession> Sessions, bool CanSchedule);
