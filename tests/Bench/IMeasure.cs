namespace TrainingSite.Bench;

/// <summary>One figure that can be measured again by anybody.</summary>
internal interface IMeasure
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>What it takes, for the help.</summary>
    string Usage { get; }

    /// <summary>Measures and prints. Returns 0 when the figure was reached, 1 when not, 2 when the command line was wrong.</summary>
    Task<int> RunAsync(Arguments arguments);
}

/// <summary>The words after the measure's name: <c>--name value</c> anywhere, the rest in order.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    public Arguments(IReadOnlyList<string> args)
    {
        for (var at = 0; at < args.Count; at++)
        {
            if (args[at].StartsWith("--", StringComparison.Ordinal) && at + 1 < args.Count)
            {
                _options[args[at][2..]] = args[++at];
            }
            else
            {
                _words.Add(args[at]);
            }
        }
    }

    /// <summary>A word by its place; null when there are fewer.</summary>
    public string? Word(int at) => at < _words.Count ? _words[at] : null;

    /// <summary>An option; null when it is not given.</summary>
    public string? Option(string name) => _options.GetValueOrDefault(name);

    /// <summary>An option that is a number.</summary>
    public int Number(string name, int otherwise) => Option(name) is { } text ? int.Parse(text) : otherwise;
}
