namespace TrainingSite.Courses.Scorm;

/// <summary>What a package may weigh and where it is played, section <c>Courses:Scorm</c>.</summary>
public sealed class ScormOptions
{
    /// <summary>A second host name of the site that only packages are served from, without scheme and port; empty for none. It must never be the name people use.</summary>
    public string Host { get; set; } = "";

    /// <summary>Largest ZIP file, in bytes; a request takes no more than 500 MB whatever is written here.</summary>
    public long MaxBytes { get; set; } = 100 * 1024 * 1024;

    /// <summary>Most bytes that all its files unfold to.</summary>
    public long MaxUnfoldedBytes { get; set; } = 300_000_000;

    /// <summary>Most bytes that one of its files unfolds to.</summary>
    public long MaxFileBytes { get; set; } = 150_000_000;

    /// <summary>Most files.</summary>
    public int MaxFiles { get; set; } = 5_000;

    /// <summary>Most times that a file may grow when it unfolds.</summary>
    public int MaxRatio { get; set; } = 200;
}
