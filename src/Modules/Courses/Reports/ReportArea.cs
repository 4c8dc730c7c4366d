using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Reports.Models;

namespace TrainingSite.Courses.Reports;

/// <summary>The part of the tree that a report speaks of.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Scope">Its paths, all within what the reader may see.</param>
/// <param name="Unit">The unit, when it is one; null when the reader's scope has several roots.</param>
internal sealed record Area(string Name, UnitScope Scope, AreaUnit? Unit);

/// <summary>A unit of a report.</summary>
internal sealed record AreaUnit(Guid Id, string Code, string Name, string Path);

/// <summary>Finds the area of a question, and the members who count in it.</summary>
internal sealed class ReportArea(SiteDbContext db, IStringLocalizer<Strings> T)
{
    /// <summary>The area, or the fault that there is no such unit for this reader.</summary>
    public async Task<Result<Area>> FindAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var units = db.Units.On(query.AsOf).InScope(query.Scope, unit => unit.Path);
        if (query.UnitCode is { } code)
        {
            var unit = await units.Where(row => row.Code == code).Select(row => new AreaUnit(row.Id, row.Code, row.Name, row.Path)).FirstOrDefaultAsync(cancellationToken);
            return unit is null
                ? new Fault("unit_not_found", T["Không có đơn vị mang mã “{0}” vào ngày {1} trong phạm vi của bạn.", code, query.AsOf.ToDateText()], "unit", FaultKind.NotFound)
                : new Area(unit.Name, new([unit.Path]), unit);
        }

        string[] paths = [.. query.Scope.Paths];
        var roots = await db.Units.On(query.AsOf).Where(unit => query.Scope.IsEverything ? unit.ParentId == null : paths.Contains(unit.Path))
            .OrderBy(unit => unit.Code).Select(unit => new AreaUnit(unit.Id, unit.Code, unit.Name, unit.Path)).Take(2).ToListAsync(cancellationToken);
        return roots.Count == 1
            ? new Area(roots[0].Name, query.Scope.IsEverything ? UnitScope.Everything : new([roots[0].Path]), roots[0])
            : new Area(T["phạm vi của bạn"], query.Scope, null);
    }

    /// <summary>The memberships that count on that day: of founded teams, without collaborators (R13).</summary>
    public IQueryable<Membership> Members(Area area, DateOnly asOf) =>
        db.Memberships.On(asOf)
            .Where(membership => membership.Role != TeamRole.Collaborator && membership.Team.State == TeamState.Active)
            .InScope(area.Scope, membership => membership.Team.Unit.Path);
}
