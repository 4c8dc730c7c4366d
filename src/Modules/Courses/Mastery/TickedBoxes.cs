namespace TrainingSite.Courses.Mastery;

/// <summary>
/// What a form with boxes says: only what its reader changed. What others ticked meanwhile was not on the page, so that an empty box says
/// nothing about it.
/// </summary>
/// <param name="ticked">The boxes that are ticked now.</param>
/// <param name="shown">Those that were ticked on the page.</param>
public sealed class TickedBoxes(IEnumerable<Guid> ticked, IEnumerable<Guid> shown)
{
    /// <summary>Newly ticked.</summary>
    public IReadOnlySet<Guid> Added { get; } = ticked.Except(shown).ToHashSet();

    /// <summary>No longer ticked.</summary>
    public IReadOnlySet<Guid> TakenBack { get; } = shown.Except(ticked).ToHashSet();
}
