using System.Globalization;

namespace TrainingSite.Bench.Load;

/// <summary>Processor time of a server on this machine, found by the port on which it listens, and of the processes that it started.</summary>
internal sealed class ProcessorTime
{
    /// <summary>Ticks of /proc/PID/stat a second; the same on every Linux for forty years.</summary>
    private const double TicksPerSecond = 100;

    private readonly int _pid;

    private ProcessorTime(int pid) => _pid = pid;

    /// <summary>The server at that port; null where /proc does not tell.</summary>
    public static ProcessorTime? OfPort(int port)
    {
        var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 9 && words[3] == "0A" && words[1].EndsWith($":{port:X4}", StringComparison.Ordinal))
            .Select(words => $"socket:[{words[9]}]").ToHashSet(StringComparer.Ordinal);
        var pid = Processes().FirstOrDefault(pid => Links(pid).Any(sockets.Contains));
        return pid == 0 ? null : new(pid);
    }

    /// <summary>Milliseconds so far, of the process and its children, ended ones too.</summary>
    public double Read() => (Stat(_pid) is { } own ? own.Own + own.Ended : 0)
        + Processes().Select(Stat).Where(stat => stat?.Parent == _pid).Sum(stat => stat!.Value.Own);

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0).Where(pid => pid > 0);

    private static IEnumerable<string> Links(int pid)
    {
        try
        {
            return [.. Directory.EnumerateFiles($"/proc/{pid}/fd").Select(path => new FileInfo(path).LinkTarget).OfType<string>()];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static (int Parent, double Own, double Ended)? Stat(int pid)
    {
        try
        {
            // The name in brackets may hold spaces; what follows it does not.
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var words = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            double Milliseconds(int at) => long.Parse(words[at], CultureInfo.InvariantCulture) * 1000 / TicksPerSecond;
            return (int.Parse(words[1], CultureInfo.InvariantCulture), Milliseconds(11) + Milliseconds(12), Milliseconds(13) + Milliseconds(14));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
