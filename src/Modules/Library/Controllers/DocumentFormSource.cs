using TrainingSite.Library.Models;
using TrainingSite.Library.Services;
using TrainingSite.Organization.Services;

namespace TrainingSite.Library.Controllers;

/// <summary>What the form of a document offers to choose from.</summary>
public sealed class DocumentFormSource(SiteDbContext db, TopicNames topics, UnitChoices units, LibraryFiles files, CurrentUser user, TimeProvider clock)
{
    /// <summary>Fills the lists; units are those over which the user holds the permission.</summary>
    /// <param name="form">The form.</param>
    /// <param name="id">The document; null for a new one. What it says already stays among the choices.</param>
    /// <param name="permission">The permission.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DocumentForm> FillAsync(DocumentForm form, Guid? id, Permission permission, CancellationToken cancellationToken)
    {
        var known = await db.Documents.Where(document => document.Id == id).Select(document => new { document.UnitPath, document.UnitName, document.Topic }).FirstOrDefaultAsync(cancellationToken);
        form.Units = await units.ListAsync(user.ScopeOf(permission), clock.Today(), withProvince: true, UnitOption.Of(known?.UnitPath, known?.UnitName), cancellationToken);
        form.Topics = await topics.GetChoicesAsync([known?.Topic, form.Topic], cancellationToken);
        form.MaxMegabytes = files.MaxMegabytes;
        return form;
    }
}
