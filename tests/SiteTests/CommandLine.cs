using System.CommandLine;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.SiteTests;

/// <summary>Runs a command of the site and hears what it prints; not what other sites print at the same time.</summary>
internal static class CommandLine
{
    private static readonly AsyncLocal<StringWriter?> Heard = new();

    static CommandLine()
    {
        Console.SetOut(new Listener(Console.Out));
        Console.SetError(new Listener(Console.Error));
    }

    /// <summary>The commands of one provider, as the site's own command line has them.</summary>
    public static RootCommand Root(SiteFixture site, ICommandProvider provider)
    {
        var root = new RootCommand();
        foreach (var command in provider.GetCommands(site.Services.GetRequiredService<CommandHost>()))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    /// <summary>Runs a line.</summary>
    /// <returns>The exit code, and everything that was printed, errors too.</returns>
    public static async Task<(int Exit, string Text)> RunAsync(SiteFixture site, ICommandProvider provider, params string[] line)
    {
        // The site may start only here; what it says then is not the command's.
        var root = Root(site, provider);
        using var text = new StringWriter();
        Heard.Value = text;
        return (await root.Parse(line).InvokeAsync(), text.ToString());
    }

    private sealed class Listener(TextWriter console) : TextWriter
    {
        public override Encoding Encoding => console.Encoding;

        public override void Write(char value) => (Heard.Value ?? console).Write(value);

        public override void Write(string? value) => (Heard.Value ?? console).Write(value);

        public override void WriteLine(string? value) => (Heard.Value ?? console).WriteLine(value);
    }
}
