using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.SelfCheckIn;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>What tests of self check-in do: the member's phone, and the codes on a point's screen.</summary>
internal static class SelfCheckInClient
{
    /// <summary>The member who marks themselves.</summary>
    public const string Member = "SL-000210";

    /// <summary>A session that runs, and its member, who has typed nothing wrong yet.</summary>
    public static async Task<(HttpClient Member, string Code)> BeginAsync(this SiteFixture site)
    {
        var code = $"SC-{Guid.NewGuid().ToString("N")[..8]}";
        await (await site.ApiAsync("so.organizer")).OpenSessionAsync(code);
        await site.QueryAsync(db => db.Set<PointGuess>().ExecuteDeleteAsync());
        return (await site.SignInAsync("member"), code);
    }

    /// <summary>What a point shows now.</summary>
    public static async Task<ShownCode> CodeAsync(this SiteFixture site, string session, string point)
    {
        var id = await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == session && row.Code == point).Select(row => row.Id).SingleAsync());
        return await site.WithAsync(async services => (await services.GetRequiredService<PointCodes>().NextAsync(id, 1))[0]);
    }

    /// <summary>What its QR code says.</summary>
    public static async Task<string> TokenAsync(this SiteFixture site, string session, string point) => (await site.CodeAsync(session, point)).Token;

    /// <summary>The member's marks.</summary>
    public static Task<List<AttendanceEvent>> EventsAsync(this SiteFixture site, string session) => site.QueryAsync(db => db.AttendanceEvents.AsNoTracking()
        .Where(fact => db.Set<TrainingSession>().Any(row => row.Id == fact.SessionId && row.Code == session) && db.Set<Person>().Any(person => person.Id == fact.PersonId && person.Code == Member)).ToListAsync());

    /// <summary>Types letters.</summary>
    public static Task<HttpResponseMessage> TypeAsync(HttpClient client, string letters) => client.PostFormAsync("/check-in", new() { ["letters"] = letters });

    /// <summary>Why they are refused.</summary>
    public static async Task<string> FaultAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return (await response.ReadPageAsync()).QuerySelector("[role=alert]")!.TextContent;
    }

    /// <summary>The page to which the answer leads.</summary>
    public static async Task<IDocument> FollowAsync(HttpClient client, HttpResponseMessage response)
    {
        Assert.True(response.StatusCode == HttpStatusCode.Redirect, $"{(int)response.StatusCode} {(await response.ReadPageAsync()).QuerySelector("main")?.TextContent}");
        return await client.GetPageAsync(response.Headers.Location!.OriginalString);
    }
}
