namespace TrainingSite.Reports.Writers;

/// <summary>Office packages are made with seeking; the answer's stream cannot seek, so they are made here first.</summary>
internal static class TemporaryFile
{
    /// <summary>Makes the file with <paramref name="write"/> and copies it to the output. It is gone when this returns.</summary>
    public static async Task CopyToAsync(Action<Stream> write, Stream output, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 65536, FileOptions.DeleteOnClose);
        write(file);
        file.Position = 0;
        await file.CopyToAsync(output, cancellationToken);
    }
}
