using System.CommandLine;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace TrainingSite.Site;

/// <summary>The site's command line: without a command it serves, otherwise it runs the command of a module and ends.</summary>
internal static class CommandLine
{
    /// <summary>Only <c>--urls</c> and other <c>--key=value</c> settings without a command are the host's; a command's options are its own.</summary>
    public static string[] HostArguments(string[] args) => IsCommand(args) ? [] : args;

    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        if (!IsCommand(args))
        {
            await FirstStart.PrepareAsync(app.Services);
            using var ended = new CancellationTokenSource();
            // Tests serve many sites from one process, which is not this one's to end.
            if (Assembly.GetEntryAssembly() == typeof(CommandLine).Assembly)
            {
                app.Lifetime.ApplicationStopping.Register(() => _ = EndLateAsync(app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout, ended.Token));
            }

            await app.RunAsync();
            await ended.CancelAsync();
            return (int)CommandOutcome.Done;
        }

        var root = new RootCommand("TrainingSite: tập huấn Tổ công nghệ số cộng đồng");
        var host = app.Services.GetRequiredService<CommandHost>();
        foreach (var provider in app.Services.GetServices<ICommandProvider>())
        {
            foreach (var command in provider.GetCommands(host))
            {
                Add(root, command);
            }
        }

        var line = root.Parse(args);
        if (line.Errors.Count > 0)
        {
            foreach (var error in line.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync("Xem cách dùng: dotnet run --project src/Site -- --help");
            return (int)CommandOutcome.Usage;
        }

        return await line.InvokeAsync();
    }

    /// <summary>
    /// The scheduler waits until tasks have written that they are done; when the database is gone they try for ever. Whoever restarts the site
    /// does not wait with them: what was under way is taken up again, as after a power cut.
    /// </summary>
    private static async Task EndLateAsync(TimeSpan patience, CancellationToken ended)
    {
        await Task.Delay(patience + TimeSpan.FromSeconds(5), ended);
        await Console.Error.WriteLineAsync("The site could not stop in time and is ended now.");
        Environment.Exit(1);
    }

    /// <summary>Two modules may share a first word ("units import", "units list").</summary>
    private static void Add(Command parent, Command command)
    {
        if (parent.Subcommands.FirstOrDefault(known => known.Name == command.Name) is not { } known)
        {
            parent.Subcommands.Add(command);
            return;
        }

        foreach (var child in command.Subcommands)
        {
            Add(known, child);
        }
    }

    /// <summary>Whether the words name a command.</summary>
    public static bool IsCommand(string[] args) => args.Length > 0 && (!args[0].StartsWith("--", StringComparison.Ordinal) || args[0] is "--help" or "--version");
}
