using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Reports.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Reports;

/// <summary>What the reports ask: the session, the part of the tree, and its counts.</summary>
internal sealed class SessionReportReader(SiteDbContext db, SessionAccess access, SessionStatistics statistics, IStringLocalizer<Strings> T)
{
    /// <summary>What a report is about.</summary>
    /// <param name="Session">The session.</param>
    /// <param name="Unit">The unit asked for; null for the reader's whole scope.</param>
    /// <param name="Figures">The counts.</param>
    public sealed record Subject(TrainingSession Session, AdministrativeUnit? Unit, SessionFigures Figures);

    /// <summary>Counts, or says what of the question cannot be answered.</summary>
    public async Task<Result<Subject>> ReadAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var found = await FindAsync(query, cancellationToken);
        return found.Succeeded
            ? new Subject(found.Value.Session, found.Value.Unit, await statistics.CountAsync(found.Value.Session, found.Value.Scope, cancellationToken))
            : found.Faults.ToList();
    }

    /// <summary>The session and the part of the tree that the question is about.</summary>
    public async Task<Result<(TrainingSession Session, AdministrativeUnit? Unit, UnitScope Scope)>> FindAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        if (query.SessionCode is not { Length: > 0 } code)
        {
            return new Fault("session_required", T["Hãy chọn buổi tập huấn."], "session");
        }

        if (await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken) is not { } session)
        {
            return access.NoSession(code);
        }

        AdministrativeUnit? unit = null;
        var scope = query.Scope;
        if (query.UnitCode is { Length: > 0 } unitCode)
        {
            // As the units were on the session's day, which the report is about.
            var day = DateOnly.FromDateTime(VietnamTime.ToLocal(session.StartUtc));
            unit = await db.Units.AsNoTracking().Where(row => row.Code == unitCode).OrderByDescending(row => row.ValidFrom <= day).ThenByDescending(row => row.ValidFrom).FirstOrDefaultAsync(cancellationToken);
            scope = unit is null ? UnitScope.Nothing : scope.Within(unit.Path);
            if (scope.IsNothing)
            {
                return new Fault("unknown_unit", T["Không có đơn vị mã {0} trong phạm vi của bạn.", unitCode], "unit", FaultKind.NotFound);
            }
        }

        return (session, unit, scope);
    }
}
