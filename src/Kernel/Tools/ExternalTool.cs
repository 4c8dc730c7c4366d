using System.Diagnostics;

namespace TrainingSite.Kernel;

/// <summary>How a run of an external program ended.</summary>
public enum ToolOutcome
{
    /// <summary>Exit code 0.</summary>
    Done,

    /// <summary>Another exit code.</summary>
    Failed,

    /// <summary>It took longer than allowed and was ended.</summary>
    TooSlow,

    /// <summary>It wrote more than allowed and was ended.</summary>
    TooLong,
}

/// <summary>What an external program gave.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Output">Standard output, UTF-8.</param>
/// <param name="Error">First kilobytes of standard error.</param>
public sealed record ToolResult(ToolOutcome Outcome, string Output, string Error);

/// <summary>
/// A program beside the site: pdftotext, LibreOffice. Found by configuration (<c>Tools:…</c>) or on PATH; a site without it works,
/// only with less. Runs in a folder of its own that is deleted afterwards, for a limited time, output and (on Linux) memory.
/// </summary>
/// <param name="path">Full path of the program.</param>
public sealed class ExternalTool(string path)
{
    private const int MaxErrorCharacters = 4000;

    /// <summary>Full path of the program.</summary>
    public string Path => path;

    /// <summary>The program at the configured path, else the first of that name on PATH; null when there is none.</summary>
    /// <param name="configured">A path from the configuration; <c>none</c> switches the tool off; null or empty looks on PATH.</param>
    /// <param name="names">File names to look for.</param>
    public static ExternalTool? Find(string? configured, params string[] names)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            return File.Exists(configured) ? new(System.IO.Path.GetFullPath(configured)) : null;
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names, System.IO.Path.Combine).FirstOrDefault(File.Exists) is { } found ? new(found) : null;
    }

    /// <summary>Runs the program and waits.</summary>
    /// <param name="arguments">Gets the working folder (empty, the program may write there) and gives the arguments.</param>
    /// <param name="limit">Longest time.</param>
    /// <param name="maxOutput">Most characters of standard output.</param>
    /// <param name="collect">Reads what the program left in the folder, before it is deleted.</param>
    /// <param name="maxMemory">Most bytes of memory, where the system can hold a program to it; null for no limit.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    public async Task<ToolResult> RunAsync(
        Func<string, IEnumerable<string>> arguments, TimeSpan limit, int maxOutput, Func<string, Task>? collect = null, long? maxMemory = null, CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("trainingsite-tool-").FullName;
        try
        {
            string[] line = [.. Limited(maxMemory), path, .. arguments(folder)];
            var start = new ProcessStartInfo(line[0], line[1..])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
                UseShellExecute = false,
            };
            start.Environment["HOME"] = folder;
            // Reading a scan must not take every core from those who use the site.
            start.Environment["OMP_THREAD_LIMIT"] = "1";
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{path} did not start.");
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            time.CancelAfter(limit);
            var result = await WaitAsync(process, maxOutput, time.Token, cancellationToken);
            if (result.Outcome == ToolOutcome.Done && collect is not null)
            {
                await collect(folder);
            }

            return result;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What stands before the program so that it gets no more memory: the limit is the shell's, the program then takes the shell's place.</summary>
    private static string[] Limited(long? maxMemory) => maxMemory is { } bytes && OperatingSystem.IsLinux()
        ? ["/bin/sh", "-c", "ulimit -v \"$0\" && exec \"$@\"", (bytes / 1024).ToString(System.Globalization.CultureInfo.InvariantCulture)]
        : [];

    private static async Task<ToolResult> WaitAsync(Process process, int maxOutput, CancellationToken time, CancellationToken cancellationToken)
    {
        process.StandardInput.Close();
        var error = ReadAsync(process.StandardError, MaxErrorCharacters, readOn: true, time);
        try
        {
            var (output, complete) = await ReadAsync(process.StandardOutput, maxOutput, readOn: false, time);
            if (!complete)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
                return new(ToolOutcome.TooLong, output, (await error).Text);
            }

            await process.WaitForExitAsync(time);
            return new(process.ExitCode == 0 ? ToolOutcome.Done : ToolOutcome.Failed, output, (await error).Text);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            return new(ToolOutcome.TooSlow, "", "");
        }
    }

    private static async Task<(string Text, bool Complete)> ReadAsync(StreamReader reader, int max, bool readOn, CancellationToken cancellationToken)
    {
        var text = new System.Text.StringBuilder();
        var buffer = new char[8192];
        int count;
        while ((count = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            text.Append(buffer, 0, Math.Min(count, Math.Max(0, max - text.Length)));
            if (text.Length >= max && !readOn)
            {
                return (text.ToString(), false);
            }
        }

        return (text.ToString(), true);
    }
}
