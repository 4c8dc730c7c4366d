using System.Net;
using System.Net.Http.Json;
using System.Text;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>POST attendance-events: every outcome, from one device and from many.</summary>
public abstract class AttendanceEventTests(SiteFixture site)
{
    [Fact]
    public async Task Send_In_IsRecordedAndPresentForTheWholeSession()
    {
        var (organizer, code) = await OpenAsync("E-IN");

        Assert.Equal(("recorded", null), await organizer.SendOneAsync(code, Event("SL-000001", "in")));

        var row = await organizer.AttendanceOfAsync(code, "SL-000001");
        Assert.Equal("present", row.GetProperty("status").GetString());
        Assert.Equal(300, row.GetProperty("minutes").GetInt32());
        Assert.Equal("P1", row.GetProperty("point").GetString());
        Assert.Equal("T-03646", row.GetProperty("team").GetString());
    }

    [Fact]
    public async Task Send_SameEventTwice_ChangesNothing()
    {
        var (organizer, code) = await OpenAsync("E-TWICE");
        var fact = Event("SL-000001", "in");

        Assert.Equal("recorded", (await organizer.SendOneAsync(code, fact)).Outcome);
        Assert.Equal(["duplicate", "duplicate"], (await organizer.SendAsync(code, "phone-1", fact, fact)).Select(result => result.Outcome));
        Assert.Equal(["recorded", "duplicate"], (await organizer.SendAsync(code, "phone-1", [.. Enumerable.Repeat(Event("SL-000002", "in"), 2)])).Select(result => result.Outcome));

        Assert.Equal(2, await CountEventsAsync(code));
    }

    [Fact]
    public async Task Send_IdOfAnotherPerson_IsRejected()
    {
        var (organizer, code) = await OpenAsync("E-ID");
        var id = Guid.NewGuid();
        await organizer.SendOneAsync(code, Event("SL-000001", "in", id: id));

        Assert.Equal(("rejected", "id_taken"), await organizer.SendOneAsync(code, Event("SL-000002", "in", id: id)));
        Assert.Equal("unmarked", (await organizer.AttendanceOfAsync(code, "SL-000002")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("member", "SL-999999", "person_not_in_session")]
    [InlineData("member", "SL-014986", "person_not_in_session")]
    [InlineData("member", null, "person_not_in_session")]
    [InlineData("point", "P9", "point_unknown")]
    [InlineData("kind", "here", "unknown_kind")]
    [InlineData("method", "telepathy", "unknown_method")]
    [InlineData("at", "yesterday", "time_invalid")]
    [InlineData("at", null, "time_invalid")]
    [InlineData("at", "1970-01-01T00:00:00Z", "time_implausible")]
    [InlineData("at", "2027-11-22T08:00:00+07:00", "time_implausible")]
    [InlineData("block", 3, "block_unknown")]
    [InlineData("minutes", -1, "minutes_invalid")]
    [InlineData("id", "seven", "id_invalid")]
    [InlineData("status", "asleep", "unknown_status")]
    public async Task Send_SomethingWrong_IsRejectedWithReasonAndTheRestIsTaken(string field, object? value, string reason)
    {
        var (organizer, code) = await OpenAsync($"E-{field}-{Guid.NewGuid():N}"[..30]);
        var wrong = Event("SL-000001", "in");
        wrong[field] = value;

        Assert.Equal([("rejected", reason), ("recorded", null)], await organizer.SendAsync(code, "phone-1", wrong, Event("SL-000002", "in")));
    }

    [Theory]
    [InlineData("""{"device":"d","events":[{]}""", "json_invalid")]
    [InlineData("", "json_invalid")]
    [InlineData("""{"device":"d","events":"all"}""", "json_invalid")]
    [InlineData("""{"device":"d"}""", "events_missing")]
    public async Task Send_InvalidJson_IsAProblem(string body, string problem)
    {
        var (organizer, code) = await OpenAsync($"E-J-{Guid.NewGuid():N}"[..30]);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        Assert.Equal(problem, await (await organizer.PostAsync($"/api/v1/sessions/{code}/attendance-events", content)).ProblemCodeAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Send_WithoutRight_IsRefused()
    {
        var (organizer, code) = await OpenAsync("E-RIGHT");
        var coordinator = await site.ApiAsync("xa.coordinator");
        var member = await site.ApiAsync("member");
        var body = new { device = "d", events = new[] { Event("SL-000001", "in") } };

        Assert.Equal(["recorded", "rejected"], (await coordinator.SendAsync(code, "d", Event("SL-000001", "in"), Event("SL-000012", "in", point: "P2"))).Select(result => result.Outcome));
        Assert.Equal(("rejected", "out_of_scope"), await coordinator.SendOneAsync(code, Event("SL-000012", "in", point: "P2")));
        Assert.Equal("out_of_scope", await (await member.PostAsJsonAsync($"/api/v1/sessions/{code}/attendance-events", body)).ProblemCodeAsync(HttpStatusCode.Forbidden));
        Assert.Equal("session_unknown", await (await organizer.PostAsJsonAsync("/api/v1/sessions/NO-SUCH/attendance-events", body)).ProblemCodeAsync(HttpStatusCode.NotFound));
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.CreateClient().PostAsJsonAsync($"/api/v1/sessions/{code}/attendance-events", body)).StatusCode);
    }

    [Fact]
    public async Task Send_BeforeDuringAndAfter_FollowsTheStateOfTheSession()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body("E-STATE");
        body["blocks"] = new object[] { new { start = "2026-11-23T08:00:00+07:00", end = "2026-11-23T10:00:00+07:00" } };
        await organizer.PostAsJsonAsync("/api/v1/sessions", body);
        Dictionary<string, object?> At(string time, string member = "SL-000001") => new(Event(member, "in")) { ["at"] = time };

        await organizer.DoAsync("E-STATE", "publish");
        Assert.Equal(("rejected", "session_not_open"), await organizer.SendOneAsync("E-STATE", At("2026-11-22T09:00:00+07:00")));
        await organizer.DoAsync("E-STATE", "open");
        Assert.Equal("recorded", (await organizer.SendOneAsync("E-STATE", At("2026-11-22T09:00:00+07:00"))).Outcome);
        await organizer.DoAsync("E-STATE", "close");
        Assert.Equal(("rejected", "session_not_open"), await organizer.SendOneAsync("E-STATE", At("2026-11-22T09:30:00+07:00", "SL-000002")));
        Assert.Equal("recorded", (await organizer.SendOneAsync("E-STATE", At("2026-11-22T08:59:00+07:00", "SL-000002"))).Outcome);
        var correction = At("2026-11-22T09:30:00+07:00");
        (correction["kind"], correction["status"]) = ("correction", "absent");
        Assert.Equal("recorded", (await organizer.SendOneAsync("E-STATE", correction)).Outcome);
        Assert.Equal("absent", (await organizer.AttendanceOfAsync("E-STATE", "SL-000001")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Send_TwoDevicesDisagree_IsAConflictUntilCorrected()
    {
        var (organizer, code) = await OpenAsync("E-CONFLICT");
        await organizer.SendOneAsync(code, Event("SL-000001", "in", "08:05"), "phone-1");

        Assert.Equal(("conflict", "other_device_disagrees"), await organizer.SendOneAsync(code, Event("SL-000001", "absent", "08:10"), "phone-2"));
        var row = await organizer.AttendanceOfAsync(code, "SL-000001");
        Assert.True(row.GetProperty("conflict").GetBoolean());
        Assert.Equal("absent", row.GetProperty("status").GetString());

        var correction = Event("SL-000001", "correction", "08:20");
        correction["status"] = "present";
        Assert.Equal("recorded", (await organizer.SendOneAsync(code, correction)).Outcome);
        row = await organizer.AttendanceOfAsync(code, "SL-000001");
        Assert.False(row.GetProperty("conflict").GetBoolean());
        Assert.Equal("present", row.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Send_OneDeviceChangesItsMind_IsNoConflict()
    {
        var (organizer, code) = await OpenAsync("E-UNDO");

        var results = await organizer.SendAsync(code, "phone-1", Event("SL-000001", "absent", "08:05"), Event("SL-000001", "in", "08:06"), Event("SL-000002", "in", "08:05"), Event("SL-000002", "correction", "08:06"));

        Assert.All(results, result => Assert.Equal("recorded", result.Outcome));
        Assert.Equal("present", (await organizer.AttendanceOfAsync(code, "SL-000001")).GetProperty("status").GetString());
        Assert.Equal("unmarked", (await organizer.AttendanceOfAsync(code, "SL-000002")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Send_InOutLateEarly_CountsMinutes()
    {
        var (organizer, code) = await OpenAsync("E-MIN");
        var late = Event("SL-000003", "late", "08:30");
        late["minutes"] = 30;
        var early = Event("SL-000004", "left_early", "15:00");
        early["minutes"] = 60;

        await organizer.SendAsync(code, "phone-1",
            Event("SL-000001", "in", "08:00"), Event("SL-000001", "out", "10:00"),
            Event("SL-000002", "in", "09:00", method: "card"), late, Event("SL-000004", "in"), early);

        Assert.Equal(new[] { 120, 240, 270, 240 }, new[] { await MinutesAsync("SL-000001"), await MinutesAsync("SL-000002"), await MinutesAsync("SL-000003"), await MinutesAsync("SL-000004") });
        Assert.Equal("late", (await organizer.AttendanceOfAsync(code, "SL-000003")).GetProperty("status").GetString());
        Assert.Equal("left_early", (await organizer.AttendanceOfAsync(code, "SL-000004")).GetProperty("status").GetString());

        async Task<int> MinutesAsync(string member) => (await organizer.AttendanceOfAsync(code, member)).GetProperty("minutes").GetInt32();
    }

    [Fact]
    public async Task Send_ManyAtOnceWithRepetitions_StoresEachOnce()
    {
        var (organizer, code) = await OpenAsync("E-MANY");
        var events = Enumerable.Range(1, 11).SelectMany(number => Enumerable.Range(0, 8).Select(minute => Event($"SL-{number:000000}", minute % 2 == 0 ? "in" : "out", $"08:{minute + 10}"))).ToList();

        var results = await Task.WhenAll(events.Concat(events).Select(fact => organizer.SendOneAsync(code, fact)));

        Assert.Equal(events.Count, results.Count(result => result.Outcome == "recorded"));
        Assert.Equal(events.Count, results.Count(result => result.Outcome == "duplicate"));
        Assert.Equal(events.Count, await CountEventsAsync(code));
        Assert.Equal(8, await site.QueryAsync(db => db.Set<TrainingSite.Sessions.Models.Attendance>().Where(row => row.EventCount == 8).Select(row => row.EventCount).FirstAsync()));
    }

    private async Task<(HttpClient Organizer, string Code)> OpenAsync(string code)
    {
        var organizer = await site.ApiAsync("so.organizer");
        return (organizer, await organizer.OpenSessionAsync(code));
    }

    private Task<int> CountEventsAsync(string code) => site.QueryAsync(db =>
        db.Set<TrainingSite.Sessions.Models.AttendanceEvent>().CountAsync(fact => db.Set<TrainingSite.Sessions.Models.TrainingSession>().Any(session => session.Id == fact.SessionId && session.Code == code)));
}

public sealed class SqliteAttendanceEventTests(SqliteSite site) : AttendanceEventTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlAttendanceEventTests(PostgreSqlSite site) : AttendanceEventTests(site), IClassFixture<PostgreSqlSite>;
