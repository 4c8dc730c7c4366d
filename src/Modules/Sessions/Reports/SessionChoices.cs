using TrainingSite.Reports.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Reports;

/// <summary>The sessions that a report can be about: those that the reader sees, except plans and rehearsals, the newest first.</summary>
internal sealed class SessionChoices(SessionAccess access) : IReportFilterSource
{
    public ReportFilters Filter => ReportFilters.Session;

    public async Task<IReadOnlyList<ReportFilterOption>> GetOptionsAsync(UnitScope scope, DateOnly asOf, int take, CancellationToken cancellationToken)
    {
        var sessions = await access.Visible().Where(session => session.State != SessionState.Draft && !session.IsRehearsal)
            .OrderByDescending(session => session.StartUtc).ThenBy(session => session.Code)
            .Select(session => new { session.Code, session.Title, session.StartUtc })
            .Take(take).ToListAsync(cancellationToken);
        return [.. sessions.Select(session => new ReportFilterOption(session.Code, $"{session.StartUtc.ToDateText()} · {session.Title}"))];
    }
}
