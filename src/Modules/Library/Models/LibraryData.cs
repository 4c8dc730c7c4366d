namespace TrainingSite.Library.Models;

/// <summary>The module's tables, and who may read what.</summary>
public static class LibraryData
{
    extension(SiteDbContext db)
    {
        /// <summary>Documents of the library.</summary>
        public DbSet<Document> Documents => db.Set<Document>();

        /// <summary>Files that newer ones took the place of.</summary>
        public DbSet<EarlierEdition> EarlierEditions => db.Set<EarlierEdition>();

        /// <summary>The words inside them, page by page.</summary>
        public DbSet<DocumentText> DocumentTexts => db.Set<DocumentText>();
    }

    /// <summary>
    /// The documents that stand in the library for the reader: public ones, and with an account those for all and those of units above, at
    /// and below the reader's.
    /// </summary>
    public static IQueryable<Document> VisibleTo(this IQueryable<Document> documents, CurrentUser reader)
    {
        documents = documents.Where(document => document.State == DocumentState.Published);
        var scope = reader.ScopeOf(Permissions.ViewLibrary);
        return scope.IsNothing
            ? documents.Where(document => document.Visibility == DocumentVisibility.Public)
            : documents.AroundScope(scope, document => document.UnitPath!, document => document.Visibility != DocumentVisibility.Unit);
    }

    /// <summary>Those, and what is not published of the reader's own or of the library that they keep.</summary>
    public static IQueryable<Document> OpenTo(this IQueryable<Document> documents, CurrentUser reader)
    {
        var mine = reader.Id;
        var visible = documents.VisibleTo(reader).Select(document => document.Id);
        var kept = documents.ManagedBy(reader).Select(document => document.Id);
        return documents.Where(document => visible.Contains(document.Id) || kept.Contains(document.Id) || (mine != null && document.CreatedById == mine));
    }

    /// <summary>Whether the user may change it: those of units in their scope, and those of no unit with a right over a province.</summary>
    public static bool CanManage(this CurrentUser user, Document document) =>
        document.UnitPath is { } path ? user.Can(Permissions.ManageLibrary, path) : user.ScopeOf(Permissions.ManageLibrary).HoldsProvince;

    /// <summary>The documents that <see cref="CanManage"/> is true for.</summary>
    public static IQueryable<Document> ManagedBy(this IQueryable<Document> documents, CurrentUser user)
    {
        var scope = user.ScopeOf(Permissions.ManageLibrary);
        return documents.InScope(scope, document => document.UnitPath!, scope.HoldsProvince ? document => document.UnitPath == null : null);
    }

    /// <summary>Whether the user may mend, replace and withdraw a document of their own: as long as it is not published.</summary>
    public static bool MayRevise(this CurrentUser user, Document document) =>
        document.State != DocumentState.Published && user.Id is { } me && document.CreatedById == me && user.Can(Permissions.ProposeDocuments);
}
