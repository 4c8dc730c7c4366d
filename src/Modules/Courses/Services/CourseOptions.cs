namespace TrainingSite.Courses.Services;

/// <summary>The module's settings, section <c>Courses</c>.</summary>
public sealed class CourseOptions
{
    /// <summary>Bytes of text and drawings over which an author is warned.</summary>
    public int PageBudgetBytes { get; set; } = 60_000;

    /// <summary>Bytes of pictures, sound, films and attachments over which an author is warned.</summary>
    public long MediaBudgetBytes { get; set; } = 5_000_000;

    /// <summary>Most bytes that an imported course may unfold to.</summary>
    public long ImportMaxBytes { get; set; } = 100_000_000;

    /// <summary>Days that what was learned without a network may wait on a device; older things are refused.</summary>
    public int OfflineDays { get; set; } = 90;

    /// <summary>Share of a lesson's minutes that must pass between opening and finishing it, where a course says nothing; 0 for none.</summary>
    public int ReadPercent { get; set; }

    /// <summary>Whether every course needs a second person before it is published; else a course's own setting says so.</summary>
    public bool ReviewRequired { get; set; }
}
