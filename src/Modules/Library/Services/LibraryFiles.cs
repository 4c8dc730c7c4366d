using Microsoft.Extensions.Configuration;

namespace TrainingSite.Library.Services;

/// <summary>The library's files on the disk.</summary>
public sealed class LibraryFiles(SitePaths paths, IConfiguration configuration) : FileStore(paths, configuration, "library")
{
    /// <summary>Where the small copy of a kept picture lies, if one could be made.</summary>
    public string SmallPathOf(string sha256) => PathOf(sha256) + "-small";

    /// <summary>Deletes a kept file and its small copy.</summary>
    internal void DeleteWithCopy(string sha256)
    {
        Delete(sha256);
        File.Delete(SmallPathOf(sha256));
    }
}
