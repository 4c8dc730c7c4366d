using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using TrainingSite.SiteTests.Notifications;

namespace TrainingSite.SiteTests.Sessions.Faults;

/// <summary>A site of which a second process can be started, on the same database and folder.</summary>
public interface IFaultSite
{
    IEnumerable<(string Key, string Value)> AllSettings { get; }
}

public sealed class FaultSqliteSite : SqliteSite, IFaultSite
{
    public IEnumerable<(string Key, string Value)> AllSettings => DatabaseSettings();
}

public sealed class FaultPostgreSqlSite : PostgreSqlSite, IFaultSite
{
    public IEnumerable<(string Key, string Value)> AllSettings => DatabaseSettings();
}

/// <summary>What the tests of faults have in common.</summary>
internal static class FaultSiteExtensions
{
    /// <summary>Ample, for a machine that does much else.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    /// <summary>A session that is open now, by the clock of the machine, which another process has too.</summary>
    /// <returns>Its organizer, its code and the codes of all who are invited.</returns>
    public static async Task<(HttpClient Organizer, string Code, List<string> People)> OpenNowAsync(this SiteFixture site, string code)
    {
        var now = TimeProvider.System.GetUtcNow();
        site.Clock.Set(now);
        var organizer = await site.ApiAsync("so.organizer");
        var body = SessionClient.Body(code);
        body["blocks"] = new object[] { new { start = now.AddHours(-1).UtcDateTime, end = now.AddHours(2).UtcDateTime } };
        await organizer.OpenSessionAsync(code, body);
        return (organizer, code, await site.PeopleAsync(code));
    }

    /// <summary>Codes of the people of a session.</summary>
    public static Task<List<string>> PeopleAsync(this SiteFixture site, string code) => site.QueryAsync(db =>
        db.Invitations.Where(invitation => db.Set<TrainingSession>().Any(session => session.Id == invitation.SessionId && session.Code == code)).Select(invitation => invitation.Person.Code).Order().ToListAsync());

    /// <summary>Ids in the log of a session, as often as they stand there.</summary>
    public static Task<List<Guid>> LogAsync(this SiteFixture site, string code) => site.QueryAsync(db =>
        db.AttendanceEvents.Where(fact => db.Set<TrainingSession>().Any(session => session.Id == fact.SessionId && session.Code == code)).Select(fact => fact.Id).ToListAsync());

    /// <summary>What <c>attendance rebuild --check</c> finds must be nothing.</summary>
    public static async Task AssertLogTellsEverythingAsync(this SiteFixture site, string code)
    {
        var report = await site.WithAsync(services => services.GetRequiredService<AttendanceRebuild>().CheckAsync(code));
        Assert.NotNull(report);
        Assert.Empty(report.Differences);
    }

    /// <summary>Another process that serves the same site.</summary>
    public static async Task<(Process Process, HttpClient Client)> StartOtherAsync(this SiteFixture site, HttpClient like, params (string Key, string Value)[] more)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var process = OtherProcess.Start(site.DataPath, [.. ((IFaultSite)site).AllSettings, ("Jobs:Enabled", "false"), ("Site:AllowDemoAccounts", "true"), .. more], address);
        var client = new HttpClient { BaseAddress = new Uri(address), Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", like.DefaultRequestHeaders.Authorization!.Parameter);
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            Assert.False(process.HasExited, "The other process ended by itself.");
            try
            {
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", deadline.Token)).StatusCode);
                return (process, client);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, deadline.Token);
            }
        }
    }

    /// <summary>A port on which nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
