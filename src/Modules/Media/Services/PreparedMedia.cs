using TrainingSite.Media.Models;

namespace TrainingSite.Media.Services;

/// <summary>A file that was looked into and lies ready with its smaller copies, not in the library yet. What was not added is deleted in the end.</summary>
public sealed class PreparedMedia : IDisposable
{
    internal PreparedMedia(MediaFile file, ReceivedFile received, IReadOnlyList<Copy> copies)
    {
        File = file;
        Received = received;
        Copies = copies;
    }

    internal MediaFile File { get; }

    internal ReceivedFile Received { get; }

    internal IReadOnlyList<Copy> Copies { get; }

    /// <inheritdoc />
    public void Dispose() => Drop(Received, Copies);

    internal static void Drop(ReceivedFile received, IEnumerable<Copy> copies)
    {
        FileStore.Drop(received);
        foreach (var copy in copies)
        {
            System.IO.File.Delete(copy.Path);
        }
    }

    /// <summary>A smaller copy of a picture.</summary>
    /// <param name="Width">Pixels across.</param>
    /// <param name="Path">Where it lies meanwhile.</param>
    internal sealed record Copy(int Width, string Path);
}
