using TrainingSite.Library.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Library.Controllers;

/// <summary>What the form of a document offers to choose from.</summary>
public sealed class DocumentFormSource(SiteDbContext db, TopicNames topics, LibraryFiles files, CurrentUser user, TimeProvider clock)
{
    /// <summary>More than the communes of a province; a wider scope types the code.</summary>
    private const int MaxUnits = 400;

    /// <summary>Fills the lists; units are those over which the user holds the permission.</summary>
    public async Task<DocumentForm> FillAsync(DocumentForm form, Permission permission, CancellationToken cancellationToken)
    {
        var units = await db.Units.AsNoTracking().On(clock.Today()).Where(unit => unit.Level != UnitLevel.Village)
            .InScope(user.ScopeOf(permission), unit => unit.Path)
            .OrderBy(unit => unit.Path).Select(unit => new UnitChoice(unit.Code, unit.FullName)).Take(MaxUnits + 1).ToListAsync(cancellationToken);
        form.Units = units.Count > MaxUnits ? null : units;
        form.Topics = await topics.GetAsync(cancellationToken);
        form.MaxMegabytes = files.MaxMegabytes;
        return form;
    }
}

/// <summary>A unit to choose.</summary>
public sealed record UnitChoice(string Code, string Name);
