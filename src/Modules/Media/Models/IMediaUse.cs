namespace TrainingSite.Media.Models;

/// <summary>A place where a file is shown.</summary>
/// <param name="Title">For people.</param>
/// <param name="Url">Where one changes it.</param>
public sealed record MediaUse(string Title, string Url);

/// <summary>A module's contribution: where its pages show a file. A file in use is not deleted.</summary>
public interface IMediaUse
{
    /// <summary>The places that show the file, some of them when there are many.</summary>
    /// <param name="name">The file's <see cref="MediaFile.Name"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<MediaUse>> FindAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A unit that a folder can belong to.</summary>
/// <param name="Path">Its materialised path.</param>
/// <param name="Name">For people.</param>
public sealed record MediaUnit(string Path, string Name);

/// <summary>Contributed by the module that knows units.</summary>
public interface IMediaUnits
{
    /// <summary>The unit of that code today; null when there is none.</summary>
    Task<MediaUnit?> FindAsync(string code, CancellationToken cancellationToken);
}

/// <summary>How a file is shown changed: its captions. Published before the change is saved.</summary>
/// <param name="File">The file as it will be.</param>
public sealed record MediaChanged(MediaFile File);
