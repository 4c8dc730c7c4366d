using System.Text.Json;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>A list that somebody sent and has not yet confirmed.</summary>
/// <param name="Id">Names it in addresses.</param>
/// <param name="UserId">Who sent it; nobody else sees it.</param>
/// <param name="FileName">The file's name on their device.</param>
/// <param name="AsOf">Date of the list.</param>
/// <param name="Level">Level of the teams, when the list is of one level only.</param>
/// <param name="District">Code of the district, when the list names communes only.</param>
public sealed record RosterUpload(Guid Id, Guid UserId, string FileName, DateOnly AsOf, UnitLevel? Level, string? District);

/// <summary>Keeps lists between preview and confirmation, for a day.</summary>
public sealed class RosterUploads(SitePaths paths, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private string Folder => paths.Folder("imports");

    /// <summary>Keeps a list.</summary>
    public async Task SaveAsync(RosterUpload upload, byte[] content, CancellationToken cancellationToken)
    {
        Sweep();
        await File.WriteAllBytesAsync(PathOf(upload.Id, "csv"), content, cancellationToken);
        await File.WriteAllTextAsync(PathOf(upload.Id, "json"), JsonSerializer.Serialize(upload), cancellationToken);
    }

    /// <summary>The list and its bytes, if that user sent it and it is still kept.</summary>
    public async Task<(RosterUpload Upload, byte[] Content)?> FindAsync(Guid id, Guid? userId, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathOf(id, "json")))
        {
            return null;
        }

        var upload = JsonSerializer.Deserialize<RosterUpload>(await File.ReadAllTextAsync(PathOf(id, "json"), cancellationToken))!;
        return upload.UserId == userId ? (upload, await File.ReadAllBytesAsync(PathOf(id, "csv"), cancellationToken)) : null;
    }

    /// <summary>Forgets a list.</summary>
    public void Remove(Guid id)
    {
        File.Delete(PathOf(id, "json"));
        File.Delete(PathOf(id, "csv"));
    }

    private string PathOf(Guid id, string extension) => Path.Combine(Folder, $"{id:N}.{extension}");

    /// <summary>Lists of people are not kept longer than they are needed.</summary>
    private void Sweep()
    {
        foreach (var old in new DirectoryInfo(Folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < clock.UtcNow() - Kept))
        {
            old.Delete();
        }
    }
}
