namespace TrainingSite.Sessions.Services;

/// <summary>The part of the unit tree that a session is held for: the narrowest unit that holds all its points.</summary>
public static class SessionArea
{
    /// <summary>The area of a session with points at these paths.</summary>
    /// <param name="organizerPath">Path of the organizer, whose area it is while there are no points.</param>
    /// <param name="pointPaths">Paths of the points, each ending in <c>/</c>.</param>
    public static string Of(string organizerPath, IEnumerable<string> pointPaths) =>
        pointPaths.Select(path => path.Split('/', StringSplitOptions.RemoveEmptyEntries)).Aggregate((string[]?)null, Shared) is { } shared
            ? string.Concat(shared.Select(code => code + "/"))
            : organizerPath;

    private static string[] Shared(string[]? first, string[] second) =>
        first is null ? second : [.. first.Zip(second).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)];
}
