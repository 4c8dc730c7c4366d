using Microsoft.Extensions.Localization;
using TrainingSite.Reports.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Reports;

/// <summary>The sessions that a report can be about: those that the reader sees, except plans and rehearsals, the newest first.</summary>
internal sealed class SessionChoices(SiteDbContext db, SessionAccess access, IStringLocalizer<Strings> T) : IReportFilterSource
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

    public async Task<string?> GetNameAsync(string code, DateOnly asOf, CancellationToken cancellationToken) =>
        await db.Sessions.Where(session => session.Code == code).Select(session => new { session.Title, session.StartUtc }).SingleOrDefaultAsync(cancellationToken) is { } session
            ? T["{0}, ngày {1}", session.Title, session.StartUtc.ToDateText()].Value
            : null;
}
