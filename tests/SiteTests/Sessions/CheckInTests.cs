using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Who marks themselves, who comes uninvited, what arrives after the end, and who joined the list since it was read.</summary>
public abstract class CheckInTests(SiteFixture site)
{
    /// <summary>On the list of P1, person of the account "member".</summary>
    private const string Member = "SL-000210";

    /// <summary>A member of a team in another district: not invited.</summary>
    private const string Stranger = "SL-014986";

    private DateTimeOffset Now => site.Clock.GetUtcNow();

    [Fact]
    public async Task RecordOwn_InOwnRoom_IsRecordedWithoutFlag()
    {
        var (organizer, code) = await OpenAsync();

        Assert.Equal(EventOutcome.Recorded, (await RecordOwnAsync(code, "P1", Member)).Value!.Outcome);

        var row = await organizer.AttendanceOfAsync(code, Member);
        Assert.Equal(("present", "self", false), (row.GetProperty("status").GetString(), row.GetProperty("method").GetString(), row.GetProperty("conflict").GetBoolean()));
        Assert.Null(Assert.Single(await EventsAsync(code)).Flag);
        site.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(EventOutcome.Recorded, (await RecordOwnAsync(code, "P1", Member, AttendanceMethod.Code, AttendanceKind.Out)).Value!.Outcome);
        Assert.Equal("30", (await organizer.AttendanceOfAsync(code, Member)).GetProperty("minutes").ToString());
    }

    [Fact]
    public async Task RecordOwn_InAnotherRoom_IsAConflictUntilSomebodyThereSeesThem()
    {
        var (organizer, code) = await OpenAsync();

        Assert.Equal(EventOutcome.Conflict, (await RecordOwnAsync(code, "P2", Member)).Value!.Outcome);

        Assert.Equal(AttendanceFlag.WrongRoom, Assert.Single(await EventsAsync(code)).Flag);
        Assert.True((await organizer.AttendanceOfAsync(code, Member)).GetProperty("conflict").GetBoolean());
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("recorded", (await organizer.SendOneAsync(code, Mark(Member, point: "P2"))).Outcome);
        Assert.False((await organizer.AttendanceOfAsync(code, Member)).GetProperty("conflict").GetBoolean());
    }

    [Fact]
    public async Task RecordOwn_AfterBeingMoved_KnowsTheNewRoom()
    {
        var (_, code) = await OpenAsync();
        await RecordOwnAsync(code, "P1", Member);

        Assert.True(await site.WithAsync(async services => (await services.GetRequiredService<PointService>().MoveAsync(code, Member, "P2")).Succeeded));

        Assert.Equal(EventOutcome.Recorded, (await RecordOwnAsync(code, "P2", "SL-000233")).Value!.Outcome);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await RecordOwnAsync(code, "P2", Member);
        Assert.All(await EventsAsync(code), fact => Assert.Null(fact.Flag));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await RecordOwnAsync(code, "P1", Member);
        Assert.Equal(AttendanceFlag.WrongRoom, (await EventsAsync(code))[^1].Flag);
    }

    [Fact]
    public async Task RecordOwn_NotOnTheListOrWithoutSession_IsRefused()
    {
        var (_, code) = await OpenAsync();

        Assert.Equal("person_not_in_session", (await RecordOwnAsync(code, "P1", Stranger)).Value!.Reason);
        Assert.Equal("person_not_in_session", (await RecordOwnAsync(code, "P1", member: null)).Value!.Reason);
        Assert.Equal("point_unknown", (await RecordOwnAsync(code, "P9", Member)).Value!.Reason);
        Assert.Equal("session_unknown", (await RecordOwnAsync("NO-SUCH", "P1", Member)).Faults[0].Code);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RecordOwnAsync(code, "P1", Member, AttendanceMethod.Roster));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RecordOwnAsync(code, "P1", Member, kind: AttendanceKind.Correction));
        Assert.Empty(await EventsAsync(code));
    }

    [Fact]
    public async Task RecordOwn_AfterTheEnd_IsRefused()
    {
        var (organizer, code) = await OpenAsync();
        await organizer.DoAsync(code, "close");
        site.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("session_not_open", (await RecordOwnAsync(code, "P1", Member)).Value!.Reason);
    }

    [Fact]
    public async Task WalkIn_WithinAnEvent_JoinsTheListOnce()
    {
        var (organizer, code) = await OpenAsync();
        var coordinator = await site.ApiAsync("xa.coordinator");
        var mark = WalkIn(Stranger);

        Assert.Equal(("recorded", null), await coordinator.SendOneAsync(code, mark));
        Assert.Equal(["duplicate", "recorded"], (await coordinator.SendAsync(code, "phone-2", mark, WalkIn(Stranger))).Select(result => result.Outcome));

        var place = Assert.Single(await WalkInsAsync(code));
        Assert.Equal(("P1", "T-04225"), (place.Point.Code, place.TeamCode));
        Assert.Equal("present", (await organizer.AttendanceOfAsync(code, Stranger)).GetProperty("status").GetString());
        Assert.Equal(("recorded", null), await organizer.SendOneAsync(code, WalkIn("SL-000012")));
        Assert.Single(await WalkInsAsync(code));
    }

    [Fact]
    public async Task WalkIn_OfTwoDevicesAtOnce_JoinsTheListOnce()
    {
        var (organizer, code) = await OpenAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => organizer.SendOneAsync(code, WalkIn(Stranger, number % 2 == 0 ? "P1" : "P2"), $"phone-{number}")));

        Assert.DoesNotContain("rejected", results.Select(result => result.Outcome));
        Assert.Single(await WalkInsAsync(code));
        Assert.Equal(12, (await EventsAsync(code)).Count);
        Assert.True((await organizer.AttendanceOfAsync(code, Stranger)).GetProperty("conflict").GetBoolean());
    }

    [Fact]
    public async Task WalkIn_WithoutRightOrUnknown_IsRejectedAndAddsNobody()
    {
        var (organizer, code) = await OpenAsync();
        var coordinator = await site.ApiAsync("xa.coordinator");

        Assert.Equal(("rejected", "out_of_scope"), await coordinator.SendOneAsync(code, WalkIn(Stranger, "P2")));
        Assert.Equal(("rejected", "unknown_member"), await organizer.SendOneAsync(code, WalkIn("SL-999999")));
        Assert.Equal(("rejected", "person_not_in_session"), await organizer.SendOneAsync(code, Mark(Stranger)));
        Assert.Empty(await WalkInsAsync(code));
        await organizer.DoAsync(code, "close");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("rejected", "session_not_open"), await organizer.SendOneAsync(code, WalkIn(Stranger)));
        Assert.Empty(await WalkInsAsync(code));
    }

    [Fact]
    public async Task WalkIn_WhoseMarkIsRefused_IsNotOnTheList()
    {
        var (organizer, code) = await OpenAsync();
        var mark = WalkIn(Stranger);
        mark["block"] = 7;

        Assert.Equal(("rejected", "block_unknown"), await organizer.SendOneAsync(code, mark));
        Assert.Empty(await WalkInsAsync(code));
    }

    [Fact]
    public async Task Join_AndMove_LeaveTheRollAsItIs()
    {
        var (organizer, code) = await OpenAsync();
        await organizer.SendOneAsync(code, Mark("SL-000001"));
        var revision = await RevisionAsync(code);

        Assert.True(await site.WithAsync(async services => (await services.GetRequiredService<PointService>().AddWalkInAsync(code, "P1", Stranger)).Succeeded));
        Assert.True(await site.WithAsync(async services => (await services.GetRequiredService<PointService>().MoveAsync(code, "SL-000001", "P2")).Succeeded));

        Assert.Equal(["recorded", "recorded"], (await organizer.SendAsync(code, "phone-1", Mark(Stranger), Mark("SL-000002"))).Select(result => result.Outcome));
        Assert.Equal(revision, await RevisionAsync(code));
    }

    [Fact]
    public async Task Late_FromADeviceWithoutSignal_IsTakenAndFlagged()
    {
        var (organizer, code) = await OpenAsync();
        await organizer.DoAsync(code, "close");
        var closed = Now;
        site.Clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(("recorded", null), await organizer.SendOneAsync(code, Mark("SL-000001", closed.AddMinutes(5))));
        Assert.Equal(("recorded", null), await organizer.SendOneAsync(code, Mark("SL-000002", closed.AddMinutes(-5))));
        Assert.Equal(("recorded", null), await organizer.SendOneAsync(code, Mark("SL-000003", closed.AddMinutes(18))));
        Assert.Equal(("rejected", "session_not_open"), await organizer.SendOneAsync(code, Mark("SL-000004", closed.AddMinutes(18).AddSeconds(1))));
        Assert.Equal(("rejected", "session_not_open"), await organizer.SendOneAsync(code, Mark("SL-000004", closed.AddMinutes(30))));

        Assert.Equal([null, AttendanceFlag.AfterClosing, AttendanceFlag.AfterClosing], (await EventsAsync(code)).Select(fact => fact.Flag));
        Assert.False((await organizer.AttendanceOfAsync(code, "SL-000001")).GetProperty("conflict").GetBoolean());
    }

    [Fact]
    public async Task Late_AtAClosedSheet_IsTakenAndFlagged()
    {
        var (organizer, code) = await OpenAsync();
        Assert.True(await site.WithAsync(async services => (await services.GetRequiredService<PointService>().CloseSheetAsync(code, "P1")).Succeeded));
        site.Clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(("rejected", "sheet_closed"), await organizer.SendOneAsync(code, Mark("SL-000001", Now.AddMinutes(-1))));
        Assert.Equal(("recorded", null), await organizer.SendOneAsync(code, Mark("SL-000001", Now.AddMinutes(-10))));
        Assert.Equal(AttendanceFlag.AfterClosing, Assert.Single(await EventsAsync(code)).Flag);
    }

    [Fact]
    public async Task Late_LongAfterTheEnd_IsRefused()
    {
        var (organizer, code) = await OpenAsync();
        await organizer.DoAsync(code, "close");
        var end = Now.AddHours(1);
        site.Clock.Advance(TimeSpan.FromHours(8));

        Assert.Equal(("recorded", null), await organizer.SendOneAsync(code, Mark("SL-000001", end + SessionLifecycle.MarksUntilAfterEnd)));
        Assert.Equal(("rejected", "session_not_open"), await organizer.SendOneAsync(code, Mark("SL-000002", end + SessionLifecycle.MarksUntilAfterEnd + TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task Card_BesideAnEvent_IsAccepted()
    {
        var (organizer, code) = await OpenAsync();
        var mark = Mark("SL-000001");
        mark["card"] = null;

        Assert.Equal(("recorded", null), await organizer.SendOneAsync(code, mark));
    }

    /// <summary>A session that began an hour ago and ends in an hour.</summary>
    private async Task<(HttpClient Organizer, string Code)> OpenAsync()
    {
        var code = $"CI-{Guid.NewGuid().ToString("N")[..8]}";
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body(code);
        body["blocks"] = new object[] { new { start = Now.AddHours(-1), end = Now.AddHours(1) } };
        return (organizer, await organizer.OpenSessionAsync(code, body));
    }

    private Dictionary<string, object?> Mark(string member, DateTimeOffset? at = null, string point = "P1") => new(Event(member, "in", point: point)) { ["at"] = at ?? Now };

    private Dictionary<string, object?> WalkIn(string member, string point = "P1") => new(Mark(member, point: point)) { ["walk_in"] = true };

    private Task<Result<EventResult>> RecordOwnAsync(string code, string point, string? member, AttendanceMethod method = AttendanceMethod.Self, AttendanceKind kind = AttendanceKind.In) => site.WithAsync(async services =>
    {
        var person = await services.GetRequiredService<SiteDbContext>().People.Where(row => row.Code == member).Select(row => (Guid?)row.Id).SingleOrDefaultAsync();
        var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()) };
        if (person is not null)
        {
            claims.Add(new(CurrentUser.PersonClaim, person.Value.ToString()));
        }

        services.GetRequiredService<CurrentUser>().Read(new(new ClaimsIdentity(claims, "test")));
        return await services.GetRequiredService<CheckInService>().RecordOwnAsync(code, point, method, "own phone", kind);
    });

    private Task<List<AttendanceEvent>> EventsAsync(string code) => site.QueryAsync(db => db.AttendanceEvents.AsNoTracking()
        .Where(fact => db.Set<TrainingSession>().Any(session => session.Id == fact.SessionId && session.Code == code)).OrderBy(fact => fact.ReceivedUtc).ThenBy(fact => fact.AtUtc).ThenBy(fact => fact.Id).ToListAsync());

    private Task<List<Invitation>> WalkInsAsync(string code) => site.QueryAsync(db =>
        db.Invitations.AsNoTracking().Include(place => place.Point).Where(place => place.Session.Code == code && place.IsWalkIn).ToListAsync());

    private Task<int> RevisionAsync(string code) => site.QueryAsync(db => db.Sessions.Where(session => session.Code == code).Select(session => session.Revision).SingleAsync());
}

public sealed class SqliteCheckInTests(SqliteSite site) : CheckInTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlCheckInTests(PostgreSqlSite site) : CheckInTests(site), IClassFixture<PostgreSqlSite>;
