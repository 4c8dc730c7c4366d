using TrainingSite.Site;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = CommandLine.HostArguments(args) });
builder.AddModules();
builder.AddSite();

var app = builder.Build();
app.UseSite();

return await CommandLine.RunAsync(app, args);

/// <summary>Public so that tests can start the site.</summary>
public partial class Program;
