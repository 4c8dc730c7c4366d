using TrainingSite.Media.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>The units that folders of media belong to.</summary>
internal sealed class FolderUnits(SiteDbContext db, TimeProvider clock) : IMediaUnits
{
    public Task<MediaUnit?> FindAsync(string code, CancellationToken cancellationToken) =>
        db.Units.On(clock.Today()).Where(unit => unit.Code == code).Select(unit => new MediaUnit(unit.Path, unit.FullName)).SingleOrDefaultAsync(cancellationToken);
}
