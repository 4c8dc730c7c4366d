using TrainingSite.Site;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = CommandLine.HostArguments(args) });
if (CommandLine.IsCommand(args))
{
    // What a command prints is its result, which may be JSON; the log goes beside it.
    builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}

builder.AddModules();
builder.AddSite();

var app = builder.Build();
app.UseSite();

return await CommandLine.RunAsync(app, args);

/// <summary>Public so that tests can start the site.</summary>
public partial class Program;
