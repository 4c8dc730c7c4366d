namespace TrainingSite.Library.Models;

/// <summary>The module's tables, and who may read what.</summary>
public static class LibraryData
{
    extension(SiteDbContext db)
    {
        /// <summary>Documents of the library.</summary>
        public DbSet<Document> Documents => db.Set<Document>();

        /// <summary>The words inside them, page by page.</summary>
        public DbSet<DocumentText> DocumentTexts => db.Set<DocumentText>();
    }

    /// <summary>The documents that the reader may read: public ones, and with an account those for all and those of units above, at and below the reader's.</summary>
    public static IQueryable<Document> VisibleTo(this IQueryable<Document> documents, CurrentUser reader)
    {
        var scope = reader.ScopeOf(Permissions.ViewLibrary);
        if (scope.IsEverything)
        {
            return documents;
        }

        if (scope.IsNothing)
        {
            return documents.Where(document => document.Visibility == DocumentVisibility.Public);
        }

        var above = scope.Paths.SelectMany(PathAndAbove).Distinct().ToArray();
        var below = documents.InScope(scope, document => document.UnitPath!).Select(document => document.Id);
        return documents.Where(document => document.Visibility != DocumentVisibility.Unit || above.Contains(document.UnitPath!) || below.Contains(document.Id));
    }

    /// <summary>The documents that the user may change: those of units in their scope, and all that belong to no unit.</summary>
    public static bool CanManage(this CurrentUser user, Document document) =>
        document.Visibility == DocumentVisibility.Unit ? user.Can(Permissions.ManageLibrary, document.UnitPath ?? "") : user.Can(Permissions.ManageLibrary);

    /// <summary>"14/116/" gives "14/116/", "14/".</summary>
    private static IEnumerable<string> PathAndAbove(string path)
    {
        for (; path.Length > 0; path = path[..(path.TrimEnd('/').LastIndexOf('/') + 1)])
        {
            yield return path;
        }
    }
}
