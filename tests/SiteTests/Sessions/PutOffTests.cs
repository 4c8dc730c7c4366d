using System.Net;
using System.Net.Http.Json;
using TrainingSite.Courses.Models;
using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>A session that did not take place gives nobody anything: what was marked before it was put off or called off stays in the log and counts no more.</summary>
public abstract class PutOffTests(SiteFixture site)
{
    [Fact]
    public async Task Postpone_AfterMarks_CountsOnlyThoseOfTheNewDay()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = await site.HoldAsync(organizer, "DOI");
        await site.MarkPresentAsync(organizer, code, "P1", "SL-000001", "SL-000002");
        await organizer.PutAsJsonAsync($"/api/v1/sessions/{code}/points/P1/state", new { state = "absent", reason = "Mất điện", head_count = 3 });
        Assert.Equal(["SL-000001", "SL-000002"], await CreditedAsync(code));
        var before = site.Clock.GetUtcNow();

        var moved = await (await site.SignInAsync("so.organizer")).PostFormAsync($"/sessions/{code}/postpone", new()
        {
            ["blocks[0].Date"] = site.Clock.Today().AddDays(5).ToString("yyyy-MM-dd"), ["blocks[0].Start"] = "08:00", ["blocks[0].End"] = "09:00", ["reason"] = "Mất điện",
        }, page: $"/sessions/{code}");
        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);

        Assert.Empty(await CreditedAsync(code));
        Assert.Empty(await site.QueryAsync(db => db.Set<Attendance>().Where(row => db.Set<TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code)).ToListAsync()));
        Assert.Equal(2, await site.QueryAsync(db => db.Set<AttendanceEvent>().CountAsync(fact => db.Set<TrainingSession>().Any(session => session.Id == fact.SessionId && session.Code == code))));
        var point = await site.QueryAsync(db => db.SessionPoints.SingleAsync(row => row.Session.Code == code && row.Code == "P1"));
        Assert.Equal((PointState.Planned, null, null), (point.State, point.ReasonText ?? point.ReasonCode, point.HeadCount));

        // Opened early; what a device without signal noted on the old day comes now.
        await organizer.DoAsync(code, "open");
        var late = Event("SL-000003", "in");
        late["at"] = before.ToString("O");
        Assert.Equal(("rejected", "session_moved"), await organizer.SendOneAsync(code, late));
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await site.MarkPresentAsync(organizer, code, "P1", "SL-000002");
        Assert.Equal(["SL-000002"], await CreditedAsync(code));
    }

    [Fact]
    public async Task Cancel_AfterMarks_TakesBackWhatTheyGave()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = await site.HoldAsync(organizer, "HUY");
        await site.MarkPresentAsync(organizer, code, "P1", "SL-000001", "SL-000002");
        Assert.Equal(["SL-000001", "SL-000002"], await CreditedAsync(code));

        await organizer.DoAsync(code, "cancel", new { reason = "Mất điện cả xã" });

        Assert.Empty(await CreditedAsync(code));
    }

    private Task<List<string>> CreditedAsync(string code) => site.QueryAsync(db => db.AttendanceCredits.Where(credit => credit.SessionCode == code && credit.AttendedMinutes > 0)
        .Join(db.Set<TrainingSite.Organization.Models.Person>(), credit => credit.PersonId, person => person.Id, (_, person) => person.Code).Distinct().OrderBy(member => member).ToListAsync());
}

public sealed class SqlitePutOffTests(SqliteSite site) : PutOffTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlPutOffTests(PostgreSqlSite site) : PutOffTests(site), IClassFixture<PostgreSqlSite>;
