using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Kernel;

/// <summary>How a command ended; the process's exit code.</summary>
public enum CommandOutcome
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Refused, with a report that says why; nothing was written.</summary>
    Refused = 1,

    /// <summary>The command line was not understood.</summary>
    Usage = 2,
}

/// <summary>
/// A module's words on the command line: <c>dotnet run --project src/Site -- roster import FILE</c>. Contributed in <c>Commands/</c>.
/// </summary>
public interface ICommandProvider
{
    /// <summary>The module's commands, each with its options and its action (see <see cref="CommandExtensions.Handle"/>).</summary>
    IEnumerable<Command> GetCommands(CommandHost host);
}

/// <summary>Gives a command's action the services of the site.</summary>
/// <param name="services">The site's services.</param>
public sealed class CommandHost(IServiceProvider services)
{
    /// <summary>Runs an action in a scope of its own, with the database up to date.</summary>
    public async Task<CommandOutcome> RunAsync(Func<IServiceProvider, Task<CommandOutcome>> action)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync();
        return await action(scope.ServiceProvider);
    }
}

/// <summary>Short forms for writing commands.</summary>
public static class CommandExtensions
{
    /// <summary>Sets what the command does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="host">The host that the provider was given.</param>
    /// <param name="action">Gets the services of one scope and the parsed line; prints its report to the console.</param>
    public static Command Handle(this Command command, CommandHost host, Func<IServiceProvider, ParseResult, Task<CommandOutcome>> action)
    {
        command.SetAction(async (line, _) => (int)await host.RunAsync(services => action(services, line)));
        return command;
    }
}
