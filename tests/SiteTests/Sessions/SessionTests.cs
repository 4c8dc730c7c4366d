using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Sessions from draft to closed through the API.</summary>
public abstract class SessionTests(SiteFixture site)
{
    [Fact]
    public async Task Create_Complete_IsADraftThatCanBeRead()
    {
        var organizer = await site.ApiAsync("so.organizer");

        var response = await organizer.PostAsJsonAsync("/api/v1/sessions", Body("S-CREATE"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.EndsWith("/api/v1/sessions/S-CREATE", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        var session = await organizer.GetJsonAsync("/api/v1/sessions/S-CREATE");
        Assert.Equal("draft", session.GetProperty("state").GetString());
        Assert.Equal("2026-11-22T01:00:00Z", session.GetProperty("blocks")[0].GetProperty("start").GetString());
        Assert.Equal(["P1", "P2"], session.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("code").GetString()));
        Assert.Equal("Điểm cầu UBND phường Chiềng Lề", session.GetProperty("points")[0].GetProperty("name").GetString());
        Assert.Equal("116", session.GetProperty("invite").GetProperty("units")[0].GetString());
        Assert.Equal("T7", session.GetProperty("topics")[0].GetString());
    }

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "code", "\"\"", "code_required", "Code" },
        { "code", "\"a b\"", "code_invalid", "Code" },
        { "title", "null", "text_required", "Title" },
        { "blocks", "[]", "session_without_blocks", "Blocks" },
        { "blocks", """[{"start":"2026-11-22T11:00:00","end":"2026-11-22T08:00:00"}]""", "session_ends_before_start", "Blocks[0].End" },
        { "blocks", """[{"start":"2026-11-22T08:00:00","end":"2026-11-22T11:00:00"},{"start":"2026-11-22T10:00:00","end":"2026-11-22T12:00:00"}]""", "blocks_overlap", "Blocks[1].Start" },
        { "topics", """["T11"]""", "unknown_topic", "Topics[0]" },
        { "points", """[{"code":"P1","unit":"99999"}]""", "unknown_unit", "Points[0].Unit" },
        { "points", """[{"code":"P1"},{"code":"P1"}]""", "point_code_taken", "Points[1].Code" },
        { "points", """[{"code":"P1","capacity":0}]""", "capacity_invalid", "Points[0].Capacity" },
        { "points", """[{"code":"P1","link":"javascript:alert(1)"}]""", "link_invalid", "Points[0].Link" },
        { "invite", """{"units":["99999"]}""", "unknown_unit", "Invite.Units[0]" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Create_WithAMistake_SaysWhatAndWhere(string field, string value, string code, string where)
    {
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body("S-WRONG");
        body[field] = JsonSerializer.Deserialize<JsonElement>(value);

        var response = await organizer.PostAsJsonAsync("/api/v1/sessions", body);

        var error = (await response.ProblemAsync(HttpStatusCode.BadRequest)).GetProperty("errors")[0];
        Assert.Equal((code, where), (error.GetProperty("code").GetString(), error.GetProperty("field").GetString()));
        await organizer.GetJsonAsync("/api/v1/sessions/S-WRONG", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Create_CodeTaken_IsAConflict()
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.PostAsJsonAsync("/api/v1/sessions", Body("S-TAKEN"));

        Assert.Equal("code_taken", await (await organizer.PostAsJsonAsync("/api/v1/sessions", Body("S-TAKEN"))).ProblemCodeAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Everything_WithoutRight_IsRefused()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var coordinator = await site.ApiAsync("xa.coordinator");
        var member = await site.ApiAsync("member");
        await organizer.PostAsJsonAsync("/api/v1/sessions", Body("S-SCOPE"));

        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.PostAsJsonAsync("/api/v1/sessions", Body("S-MINE"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.CreateClient().GetAsync("/api/v1/sessions/S-SCOPE")).StatusCode);
        await coordinator.GetJsonAsync("/api/v1/sessions/S-SCOPE", HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.PostAsJsonAsync("/api/v1/sessions/S-SCOPE/publish", new { })).StatusCode);

        await organizer.DoAsync("S-SCOPE", "publish");
        Assert.Equal(["P1"], (await coordinator.GetJsonAsync("/api/v1/sessions/S-SCOPE")).GetProperty("points").EnumerateArray().Select(point => point.GetProperty("code").GetString()));
        Assert.Equal("P1", (await coordinator.GetJsonAsync("/api/v1/sessions/S-SCOPE/points")).GetProperty("items").EnumerateArray().Single().GetProperty("code").GetString());
        Assert.All((await coordinator.GetJsonAsync("/api/v1/sessions/S-SCOPE/attendance")).GetProperty("items").EnumerateArray(), row => Assert.Equal("03646", row.GetProperty("commune").GetString()));
        await coordinator.GetJsonAsync("/api/v1/sessions/S-SCOPE/attendance?unit=03649", HttpStatusCode.NotFound);
        await coordinator.GetJsonAsync("/api/v1/sessions/S-SCOPE/points/P1/sheet");
        await coordinator.GetJsonAsync("/api/v1/sessions/S-SCOPE/points/P2/sheet", HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.PutAsJsonAsync("/api/v1/sessions/S-SCOPE/points/P2/state", new { state = "ready" })).StatusCode);
        await member.GetJsonAsync("/api/v1/sessions/S-SCOPE");
        await member.GetJsonAsync("/api/v1/sessions/S-SCOPE/attendance", HttpStatusCode.Forbidden);
        await member.GetJsonAsync("/api/v1/sessions/S-SCOPE/summary", HttpStatusCode.Forbidden);
        await member.GetJsonAsync("/api/v1/sessions/S-SCOPE/points/P1/sheet", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("points", "[]", "session_without_points")]
    [InlineData("points", """[{"code":"P1","unit":"116"}]""", "point_without_venue")]
    [InlineData("points", """[{"code":"P1","unit":"03646","venue":"UBND"}]""", "people_without_point")]
    [InlineData("invite", """{"units":[]}""", "no_invitees")]
    [InlineData("invite", """{"units":["116"],"roles":["collaborator"]}""", "no_invitees")]
    public async Task Publish_NotReady_SaysWhatIsMissing(string field, string value, string problem)
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = $"S-P-{Guid.NewGuid():N}"[..30];
        var body = Body(code);
        body[field] = JsonSerializer.Deserialize<JsonElement>(value);
        Assert.Equal(HttpStatusCode.Created, (await organizer.PostAsJsonAsync("/api/v1/sessions", body)).StatusCode);

        Assert.Equal(problem, await (await organizer.PostAsJsonAsync($"/api/v1/sessions/{code}/publish", new { })).ProblemCodeAsync(HttpStatusCode.BadRequest));

        Assert.Equal("draft", (await organizer.GetJsonAsync($"/api/v1/sessions/{code}")).GetProperty("state").GetString());
        Assert.Equal(0, await site.QueryAsync(db => db.Set<Invitation>().CountAsync(invitation => invitation.Session.Code == code)));
    }

    [Theory]
    [InlineData("""{"units":["116"]}""", 32)]
    [InlineData("""{"units":["116"],"levels":["commune"]}""", 22)]
    [InlineData("""{"units":["03646","03649-SYN-003"],"levels":["village"]}""", 10)]
    [InlineData("""{"units":["03646","03646-SYN-042"],"roles":["leader","deputy"]}""", 4)]
    public async Task Publish_UnitsLevelsRoles_InvitesEachOnceToThePointOfTheCommune(string invite, int people)
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = $"S-I-{Guid.NewGuid():N}"[..30];
        var body = Body(code);
        body["invite"] = JsonSerializer.Deserialize<JsonElement>(invite);
        await organizer.PostAsJsonAsync("/api/v1/sessions", body);

        var published = await organizer.DoAsync(code, "publish");

        Assert.Equal("published", published.GetProperty("state").GetString());
        Assert.Equal(people, published.GetProperty("invited").GetInt32());
        var rows = (await organizer.GetJsonAsync($"/api/v1/sessions/{code}/attendance")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(people, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.GetProperty("commune").GetString() == "03646" ? "P1" : "P2", row.GetProperty("point").GetString()));
    }

    [Fact]
    public async Task Publish_PersonMovesAfterwards_StaysOnTheList()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body("S-FREEZE");
        (body["points"], body["invite"]) = (new object[] { new { code = "P3", unit = "04225", venue = "UBND xã Sam Kha" } }, new { units = new[] { "04225" } });
        await organizer.OpenSessionAsync("S-FREEZE", body);
        await site.WithAsync(async services =>
        {
            var db = services.GetRequiredService<SiteDbContext>();
            var today = DateOnly.FromDateTime(VietnamTime.ToLocal(site.Clock.UtcNow()));
            await db.Memberships.Where(membership => membership.Person.Code == "SL-015063").ExecuteUpdateAsync(set => set.SetProperty(membership => membership.ValidTo, today));
            db.Add(new Membership
            {
                PersonId = await db.People.Where(person => person.Code == "SL-015063").Select(person => person.Id).SingleAsync(),
                TeamId = await db.Teams.Where(team => team.Code == "T-04225").Select(team => team.Id).SingleAsync(),
                Role = TeamRole.Member,
                ValidFrom = today,
            });
            return await db.SaveChangesAsync();
        });

        Assert.Equal("T-04225-SYN-002", (await organizer.AttendanceOfAsync("S-FREEZE", "SL-015063")).GetProperty("team").GetString());
        Assert.Equal("recorded", (await organizer.SendOneAsync("S-FREEZE", Event("SL-015063", "in", point: "P3"))).Outcome);
        Assert.Equal(1, (await organizer.GetJsonAsync("/api/v1/sessions/S-FREEZE/summary")).GetProperty("whole").GetProperty("teams_present").GetInt32());
        await organizer.PostAsJsonAsync("/api/v1/sessions", Body("S-AFTER").Concat([new("points", body["points"]), new("invite", body["invite"])]).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value));
        await organizer.DoAsync("S-AFTER", "publish");
        Assert.Equal("T-04225", (await organizer.AttendanceOfAsync("S-AFTER", "SL-015063")).GetProperty("team").GetString());
    }

    [Fact]
    public async Task States_OutOfOrder_AreConflicts()
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.PostAsJsonAsync("/api/v1/sessions", Body("S-ORDER"));

        Assert.Equal("session_state", await (await organizer.PostAsJsonAsync("/api/v1/sessions/S-ORDER/open", new { })).ProblemCodeAsync(HttpStatusCode.Conflict));
        await organizer.DoAsync("S-ORDER", "publish");
        Assert.Equal("session_state", await (await organizer.PostAsJsonAsync("/api/v1/sessions/S-ORDER/publish", new { })).ProblemCodeAsync(HttpStatusCode.Conflict));
        Assert.Equal("reason_required", await (await organizer.PostAsJsonAsync("/api/v1/sessions/S-ORDER/cancel", new { })).ProblemCodeAsync(HttpStatusCode.BadRequest));
        var cancelled = await organizer.DoAsync("S-ORDER", "cancel", new { reason = "Bão số 5" });
        Assert.Equal(("cancelled", "Bão số 5"), (cancelled.GetProperty("state").GetString(), cancelled.GetProperty("reason").GetString()));
        Assert.Equal("session_state", await (await organizer.PostAsJsonAsync("/api/v1/sessions/S-ORDER/open", new { })).ProblemCodeAsync(HttpStatusCode.Conflict));
        Assert.Equal(("rejected", "session_not_open"), await organizer.SendOneAsync("S-ORDER", Event("SL-000001", "in")));
    }

    [Fact]
    public async Task Close_WithoutMark_CountsAsAbsent()
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.OpenSessionAsync("S-CLOSE");
        await organizer.SendAsync("S-CLOSE", "d", Event("SL-000001", "in"), Event("SL-000002", "late"), Event("SL-000003", "excused"), Event("SL-000004", "absent"), Event("SL-000012", "in", point: "P2"));
        Assert.Equal("1 2 1 0 1 1 27", await CountsAsync());

        await organizer.DoAsync("S-CLOSE", "close");

        Assert.Equal("1 2 1 0 28 1 0", await CountsAsync());
        Assert.Equal(28, (await organizer.GetJsonAsync("/api/v1/sessions/S-CLOSE/attendance?status=absent")).GetProperty("items").GetArrayLength());
        Assert.Single((await organizer.GetJsonAsync("/api/v1/sessions/S-CLOSE/attendance?status=present&unit=03646")).GetProperty("items").EnumerateArray());
        await organizer.GetJsonAsync("/api/v1/sessions/S-CLOSE/attendance?status=asleep", HttpStatusCode.BadRequest);

        async Task<string> CountsAsync()
        {
            var whole = (await organizer.GetJsonAsync("/api/v1/sessions/S-CLOSE/summary")).GetProperty("whole");
            var counts = whole.GetProperty("counts");
            Assert.Equal(32, counts.GetProperty("invited").GetInt32());
            Assert.Equal(3, counts.GetProperty("attended").GetInt32());
            Assert.Equal(2, whole.GetProperty("teams_present").GetInt32());
            return string.Join(' ', new[] { "late", "present", "excused", "left_early", "absent", "excused", "unmarked" }.Select(name => counts.GetProperty(name).GetInt32()));
        }
    }

    [Fact]
    public async Task PutState_AbsentNeedsReason_IsLoggedAndCounted()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var coordinator = await site.ApiAsync("xa.coordinator");
        await organizer.OpenSessionAsync("S-POINT");
        const string Url = "/api/v1/sessions/S-POINT/points/P1/state";

        Assert.Equal("absence_without_reason", await (await coordinator.PutAsJsonAsync(Url, new { state = "absent" })).ProblemCodeAsync(HttpStatusCode.BadRequest));
        Assert.Equal("count_invalid", await (await coordinator.PutAsJsonAsync(Url, new { head_count = -1 })).ProblemCodeAsync(HttpStatusCode.BadRequest));
        var point = await (await coordinator.PutAsJsonAsync(Url, new { state = "absent", reason = "Mất điện" })).ReadJsonAsync();
        Assert.Equal(("absent", "mat-dien", "mất điện"), (point.GetProperty("state").GetString(), point.GetProperty("reason_code").GetString(), point.GetProperty("reason").GetString()));
        Assert.Equal("changed_meanwhile", await (await coordinator.PutAsJsonAsync(Url, new { state = "ready", version = 0 })).ProblemCodeAsync(HttpStatusCode.Conflict));
        point = await (await coordinator.PutAsJsonAsync(Url, new { state = "connected", head_count = 9, online_count = 2, version = point.GetProperty("version").GetInt32() })).ReadJsonAsync();
        Assert.Equal(9, point.GetProperty("head_count").GetInt32());
        var summary = await organizer.GetJsonAsync("/api/v1/sessions/S-POINT/summary");
        Assert.Equal(11, summary.GetProperty("whole").GetProperty("counts").GetProperty("attended").GetInt32());
        Assert.Equal(1, summary.GetProperty("whole").GetProperty("points_by_state").GetProperty("connected").GetInt32());
        Assert.False(summary.GetProperty("points")[0].GetProperty("mismatch").GetBoolean());

        await coordinator.SendOneAsync("S-POINT", Event("SL-000001", "in"));
        summary = await organizer.GetJsonAsync("/api/v1/sessions/S-POINT/summary");
        Assert.True(summary.GetProperty("points")[0].GetProperty("mismatch").GetBoolean());
        Assert.Equal(1, summary.GetProperty("whole").GetProperty("counts").GetProperty("attended").GetInt32());
        var log = await site.QueryAsync(db => db.Set<PointStateChange>().Where(change => db.Set<SessionPoint>().Any(row => row.Id == change.PointId && row.Session.Code == "S-POINT")).OrderBy(change => change.Id).Select(change => change.To).ToListAsync());
        Assert.Equal([PointState.Absent, PointState.Connected], log);
    }

    [Fact]
    public async Task Update_VersionOfSomebodyElse_IsAConflict()
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.PostAsJsonAsync("/api/v1/sessions", Body("S-VERSION"));
        var draft = await site.WithAsync(async services => (await services.GetRequiredService<SessionService>().ReadDraftAsync("S-VERSION")).Value!);

        Assert.True(await UpdateAsync(draft with { Title = "Một" }));
        Assert.False(await UpdateAsync(draft with { Title = "Hai" }));
        Assert.Equal("Một", (await organizer.GetJsonAsync("/api/v1/sessions/S-VERSION")).GetProperty("title").GetString());
        Assert.Equal(2, (await organizer.GetJsonAsync("/api/v1/sessions/S-VERSION")).GetProperty("points").GetArrayLength());

        Task<bool> UpdateAsync(SessionDraft changed) => site.WithAsync(async services => (await services.GetRequiredService<SessionService>().UpdateAsync("S-VERSION", changed)).Succeeded);
    }

    [Fact]
    public async Task AddOnePerCommune_ThenPublish_GivesEachCommuneItsVenue()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body("S-COMMUNES");
        (body["points"], body["invite"]) = (Array.Empty<object>(), new { units = new[] { "14" } });
        await organizer.PostAsJsonAsync("/api/v1/sessions", body);

        var added = await site.WithAsync(async services => (await services.GetRequiredService<PointPlanService>().AddOnePerCommuneAsync("S-COMMUNES")).Value);
        var count = await site.WithAsync(services => services.GetRequiredService<SessionService>().CountInvitedAsync(new(["14"])));

        Assert.Equal(3, added);
        var published = await organizer.DoAsync("S-COMMUNES", "publish");
        Assert.Equal((published.GetProperty("invited").GetInt32(), 7, 3), (count.People, count.Teams, count.Communes));
        Assert.Contains("UBND xã Sam Kha", published.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("venue").GetString()));
    }

    [Fact]
    public async Task WalkIn_OfTheProvince_CountsAsAttendedButNotInvited()
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.OpenSessionAsync("S-WALKIN");
        Assert.Equal("person_not_in_session", (await organizer.SendOneAsync("S-WALKIN", Event("SL-014986", "in"))).Reason);

        await site.WithAsync(async services =>
        {
            var points = services.GetRequiredService<PointService>();
            Assert.Equal("unknown_member", (await points.AddWalkInAsync("S-WALKIN", "P1", "SL-999999")).Faults[0].Code);
            Assert.Equal("already_invited", (await points.AddWalkInAsync("S-WALKIN", "P1", "SL-000001")).Faults[0].Code);
            return (await points.AddWalkInAsync("S-WALKIN", "P1", "SL-014986")).Succeeded;
        });

        Assert.Equal("recorded", (await organizer.SendOneAsync("S-WALKIN", Event("SL-014986", "in"))).Outcome);
        var counts = (await organizer.GetJsonAsync("/api/v1/sessions/S-WALKIN/summary")).GetProperty("whole").GetProperty("counts");
        Assert.Equal((32, 1, 1), (counts.GetProperty("invited").GetInt32(), counts.GetProperty("attended").GetInt32(), counts.GetProperty("walk_ins").GetInt32()));
        Assert.True((await organizer.GetJsonAsync("/api/v1/sessions/S-WALKIN/points/P1/sheet")).GetProperty("members").EnumerateArray().Single(member => member.GetProperty("member").GetString() == "SL-014986").GetProperty("walk_in").GetBoolean());
    }

    [Fact]
    public async Task CloseSheet_LaterMarks_AreRefusedEarlierOnesTaken()
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.OpenSessionAsync("S-SHEET");
        await site.WithAsync(async services => (await services.GetRequiredService<PointService>().CloseSheetAsync("S-SHEET", "P1")).Succeeded);

        Assert.Equal(("rejected", "sheet_closed"), await organizer.SendOneAsync("S-SHEET", Event("SL-000001", "in", "09:30")));
        Assert.Equal("recorded", (await organizer.SendOneAsync("S-SHEET", Event("SL-000001", "in", "08:30"))).Outcome);
        Assert.Equal("recorded", (await organizer.SendOneAsync("S-SHEET", Event("SL-000012", "in", "09:30", "P2"))).Outcome);
        await site.WithAsync(async services => (await services.GetRequiredService<PointService>().ReopenSheetAsync("S-SHEET", "P1")).Succeeded);
        Assert.Equal("recorded", (await organizer.SendOneAsync("S-SHEET", Event("SL-000002", "in", "09:30"))).Outcome);
    }

    [Fact]
    public async Task Coordinator_AssignedToAPoint_MayTakeAttendanceThere()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var leader = await site.ApiAsync("to.truong");
        await organizer.OpenSessionAsync("S-ASSIGN");
        await organizer.SendOneAsync("S-ASSIGN", Event("SL-000012", "in", point: "P2"));

        await site.WithAsync(async services => (await services.GetRequiredService<PointService>().AssignCoordinatorsAsync("S-ASSIGN", "P2", ["to.truong"])).Succeeded);

        Assert.Equal(["recorded", "rejected"], (await leader.SendAsync("S-ASSIGN", "d", Event("SL-000013", "in", point: "P2"), Event("SL-000001", "in"))).Select(result => result.Outcome));
        await leader.GetJsonAsync("/api/v1/sessions/S-ASSIGN/points/P2/sheet");
    }
}

public sealed class SqliteSessionTests(SqliteSite site) : SessionTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSessionTests(PostgreSqlSite site) : SessionTests(site), IClassFixture<PostgreSqlSite>;
