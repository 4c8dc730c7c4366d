using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace TrainingSite.Courses.Scorm;

/// <summary>
/// Packages on the disk: the ZIP as it came, and beside it a folder with what was in it. Both are named by the ZIP's hash, the files in the folder by
/// their place in the list, so that nothing on the disk bears a name that somebody else chose.
/// </summary>
public sealed class ScormFiles(SitePaths paths, IConfiguration configuration, IOptions<ScormOptions> options) : FileStore(paths, configuration, "scorm", options.Value.MaxBytes)
{
    /// <summary>Where a file of a package lies.</summary>
    public string PathOf(string sha256, int index) => FileIn(FolderOf(sha256), index);

    /// <summary>Where a file lies in a folder that is not kept yet.</summary>
    internal static string FileIn(string folder, int index) => Path.Combine(folder, index.ToString(CultureInfo.InvariantCulture));

    /// <summary>An empty folder to unfold into; the caller keeps or drops it.</summary>
    internal string OpenFolder(ReceivedFile zip) => Directory.CreateDirectory(zip.Path + ".files").FullName;

    /// <summary>Keeps a ZIP and what was in it. When both are there already, the same content came before and those stay.</summary>
    internal void Keep(ReceivedFile zip, string folder)
    {
        Keep(zip);
        if (!Directory.Exists(FolderOf(zip.Sha256)))
        {
            Directory.Move(folder, FolderOf(zip.Sha256));
        }
    }

    /// <summary>Forgets a folder; nothing happens when it was kept.</summary>
    internal static void Drop(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Whether a package is here with all that was in it.</summary>
    internal bool Has(string sha256) => File.Exists(PathOf(sha256)) && Directory.Exists(FolderOf(sha256));

    /// <summary>Deletes a package.</summary>
    internal void DeletePackage(string sha256)
    {
        Delete(sha256);
        Drop(FolderOf(sha256));
    }

    private string FolderOf(string sha256) => PathOf(sha256) + ".files";
}
