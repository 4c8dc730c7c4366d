using System.Diagnostics;

namespace TrainingSite.SiteTests.Sessions.Faults;

/// <summary>A PostgreSQL server of a test's own, which it may stop as a power cut would.</summary>
internal sealed class PostgreSqlCluster : IDisposable
{
    private static readonly string Programs = Directory.GetDirectories("/usr/lib/postgresql").OrderBy(folder => int.Parse(Path.GetFileName(folder))).Last() + "/bin";

    private readonly string _folder = Directory.CreateTempSubdirectory("trainingsite-cluster-").FullName;
    private readonly int _port = FaultSiteExtensions.FreePort();

    public PostgreSqlCluster()
    {
        // PostgreSQL refuses to run as root.
        if (IsRoot)
        {
            Run("chown", "postgres:postgres", _folder);
        }

        RunAsPostgres("initdb", "-D", Data, "-U", "site", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions");
        Start();
    }

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=site";

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Commits are answered when they are in the log, as in earnest; only the disk's own cache is trusted, which no stop here empties.</summary>
    public void Start() => RunAsPostgres("pg_ctl", "-D", Data, "-s", "-w", "-l", Path.Combine(_folder, "server.log"), "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off", "start");

    /// <summary>Without a checkpoint, in the middle of whatever runs.</summary>
    public void StopAtOnce() => RunAsPostgres("pg_ctl", "-D", Data, "-s", "-w", "-m", "immediate", "stop");

    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            StopAtOnce();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static void RunAsPostgres(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs, program);
        if (IsRoot)
        {
            Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    /// <summary>The output goes nowhere: the server would keep a pipe open.</summary>
    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > /dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        Assert.True(process.WaitForExit(FaultSiteExtensions.Patience), $"{program} does not end.");
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {process.ExitCode}");
    }
}
