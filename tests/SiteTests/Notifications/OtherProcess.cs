using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using TrainingSite.SiteTests.Notifications;

[assembly: HostingStartup(typeof(OtherProcess))]

namespace TrainingSite.SiteTests.Notifications;

/// <summary>
/// The site as a process of its own, which can be killed. It finds the test's reminder source by the environment variable that names
/// this assembly as a hosting startup.
/// </summary>
public sealed class OtherProcess : IHostingStartup
{
    private const string Variable = "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES";

    public void Configure(IWebHostBuilder builder)
    {
        // The test host calls this too, where each fixture says for itself what it needs.
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            builder.ConfigureServices(services => services.AddTestReminders());
        }
    }

    /// <summary>Starts the site with these settings, running its background tasks unless they say otherwise.</summary>
    public static Process Start(string dataPath, IEnumerable<(string Key, string Value)> settings, string address = "http://127.0.0.1:0")
    {
        string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
        var start = new ProcessStartInfo("dotnet",
            ["exec", "--depsfile", Beside("TrainingSite.SiteTests.deps.json"), "--runtimeconfig", Beside("TrainingSite.SiteTests.runtimeconfig.json"), Beside("TrainingSite.Site.dll"), $"--urls={address}"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        (string Key, string Value)[] environment =
        [
            ("Site:DataPath", dataPath), ("Site:SetupRecipe", ""), ("Jobs:Enabled", "true"), ("Notifications:QuietFrom", "00:00"), ("Notifications:QuietTo", "00:00"),
            .. settings,
        ];
        foreach (var (key, value) in environment)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment[Variable] = typeof(OtherProcess).Assembly.GetName().Name;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
