using Microsoft.Extensions.Configuration;

namespace TrainingSite.Library.Services;

/// <summary>What reading a file may cost, section <c>Library</c>. One bad file must not take the machine from those who work with the site.</summary>
public sealed record LibraryLimits
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Longest time for the words that stand in a file, in seconds.</summary>
    public int ReadSeconds { get; init; } = 60;

    /// <summary>Longest time for the picture of one page, in seconds.</summary>
    public int ScanPageSeconds { get; init; } = 60;

    /// <summary>Most memory of a reading program, in MB.</summary>
    public int ToolMemoryMegabytes { get; init; } = 1024;

    /// <summary>Pictures of pages that one run of the task reads; the rest waits for the next runs.</summary>
    public int ScanPagesPerRun { get; init; } = 20;

    /// <summary>How often a file is tried on which the site stopped.</summary>
    public int ReadAttempts { get; init; } = 3;

    /// <summary>See <see cref="ReadSeconds"/>.</summary>
    public TimeSpan ReadTime => TimeSpan.FromSeconds(ReadSeconds);

    /// <summary>See <see cref="ScanPageSeconds"/>.</summary>
    public TimeSpan ScanPageTime => TimeSpan.FromSeconds(ScanPageSeconds);

    /// <summary>See <see cref="ToolMemoryMegabytes"/>.</summary>
    public long ToolMemory => ToolMemoryMegabytes * Megabyte;

    /// <summary>As the site is set.</summary>
    public static LibraryLimits Of(IConfiguration configuration) => configuration.GetSection("Library").Get<LibraryLimits>() ?? new();
}
