using System.Net;
using System.Net.Http.Json;
using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>What a coordinator may say of people and points that are not theirs, of sessions long past, and at the same moment as others.</summary>
public abstract class OwnPointTests(SiteFixture site)
{
    [Theory]
    [InlineData("absent")]
    [InlineData("excused")]
    [InlineData("correction")]
    public async Task Denial_OfSomebodyOfAnotherPoint_IsOutOfScope(string kind)
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = await site.HoldAsync(organizer, "KHAC");
        var other = await site.QueryAsync(db => db.Invitations.Where(row => row.Session.Code == code && row.Point.Code == "P2").OrderBy(row => row.Person.Code).Select(row => row.Person.Code).FirstAsync());
        await site.MarkPresentAsync(organizer, code, "P2", other);
        var coordinator = await site.ApiAsync("xa.coordinator");

        // That somebody from elsewhere is here may be said by whoever sees them; that they are nowhere may not.
        Assert.Equal(("rejected", "out_of_scope"), await coordinator.SendOneAsync(code, Denial(other), "phone-2"));
        Assert.Equal("present", (await organizer.AttendanceOfAsync(code, other)).GetProperty("status").GetString());
        await site.MarkPresentAsync(coordinator, code, "P1", other);
        Assert.NotEqual("rejected", (await coordinator.SendOneAsync(code, Denial(other), "phone-1")).Outcome);

        Dictionary<string, object?> Denial(string member)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(1));
            var fact = Event(member, kind, point: "P1");
            fact["at"] = site.Clock.GetUtcNow().ToString("O");
            if (kind == "correction")
            {
                fact["status"] = "absent";
            }

            return fact;
        }
    }

    [Fact]
    public async Task Report_OfASessionThatIsSettled_IsForTheOrganizerOnly()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = await site.HoldAsync(organizer, "CHOT");
        var coordinator = await site.ApiAsync("xa.coordinator");
        await organizer.DoAsync(code, "close");
        var url = $"/api/v1/sessions/{code}/points/P1/state";
        Assert.Equal(HttpStatusCode.OK, (await coordinator.PutAsJsonAsync(url, new { head_count = 40 })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await coordinator.PutAsJsonAsync(url, new { head_count = 41 })).StatusCode);
        Assert.Equal([40, 41], await site.QueryAsync(db => db.Set<PointStateChange>().Where(row => db.Set<SessionPoint>().Any(point => point.Id == row.PointId && point.Session.Code == code)).OrderBy(row => row.AtUtc).ThenBy(row => row.Id).Select(row => row.HeadCount).ToListAsync()));

        await site.QueryAsync(db => db.Sessions.Where(row => row.Code == code).ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedUtc, row => row.ClosedUtc!.Value.AddDays(-8)).SetProperty(row => row.HandInUtc, (DateTime?)null)));

        Assert.Equal("session_settled", await (await coordinator.PutAsJsonAsync(url, new { head_count = 4321 })).ProblemCodeAsync(HttpStatusCode.Conflict));
        Assert.Equal(41, await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code && row.Code == "P1").Select(row => row.HeadCount).SingleAsync()));
        Assert.Equal(HttpStatusCode.OK, (await organizer.PutAsJsonAsync(url, new { head_count = 42 })).StatusCode);
    }

    [Fact]
    public async Task Sheets_ClosedByAllPointsAtOnce_AreAllClosed()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = await site.HoldAsync(organizer, "CUNG", body => body["points"] = Enumerable.Range(1, 12)
            .Select(number => new { code = $"P{number}", unit = number switch { 1 => "03646", 2 => "03649", _ => null }, name = $"Hội trường {number}", venue = "Nhà văn hóa" }).ToArray());
        var desk = await site.SignInAsync("so.organizer");
        var form = await desk.GetPageAsync($"/sessions/{code}/edit");

        var answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(number => desk.PostFormFromAsync(form, $"/sessions/{code}/points/P{number}/sheet/close", [])));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(12, await site.QueryAsync(db => db.SessionPoints.CountAsync(row => row.Session.Code == code && row.ClosedUtc != null)));
        // Whoever has the session open in a form is not in the way of it, nor the other way round.
        var version = form.QuerySelector("input[name=Version]")!.GetAttribute("value");
        Assert.Equal(version, (await site.QueryAsync(db => db.Sessions.Where(row => row.Code == code).Select(row => row.Version).SingleAsync())).ToString());
    }

    [Fact]
    public async Task Publish_PressedThreeTimes_IsDoneOnce()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = $"BA-{Guid.NewGuid().ToString("N")[..8]}".ToUpperInvariant();
        await organizer.PostAsJsonAsync("/api/v1/sessions", Body(code));

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => organizer.PostAsJsonAsync($"/api/v1/sessions/{code}/publish", new { })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }
}

public sealed class SqliteOwnPointTests(SqliteSite site) : OwnPointTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlOwnPointTests(PostgreSqlSite site) : OwnPointTests(site), IClassFixture<PostgreSqlSite>;
