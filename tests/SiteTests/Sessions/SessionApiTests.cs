using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>What other programs need beyond making sessions and sending marks: deadlines, a sheet to work with offline, a description.</summary>
public abstract class SessionApiTests(SiteFixture site)
{
    [Fact]
    public async Task Create_WithDeadlines_ShowsThemAndUpdateKeepsOrChangesThem()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body("S-DEADLINES");
        body["deadlines"] = new { close_after_minutes = 30, hand_in_hours = 6 };
        var session = await (await organizer.PostAsJsonAsync("/api/v1/sessions", body)).ReadJsonAsync();
        var deadlines = session.GetProperty("deadlines");
        Assert.Equal((30, 6), (deadlines.GetProperty("close_after_minutes").GetInt32(), deadlines.GetProperty("hand_in_hours").GetInt32()));
        Assert.Equal(("2026-11-22T09:30:00Z", "2026-11-22T15:00:00Z"), (deadlines.GetProperty("closes_at").GetString(), deadlines.GetProperty("hand_in_by").GetString()));
        Assert.Equal("2026-11-22T15:00:00Z", session.GetProperty("points")[0].GetProperty("hand_in_by").GetString());

        body.Remove("deadlines");
        body.Remove("points");
        body["title"] = "Tên mới";
        session = await UpdateAsync(organizer, body);
        Assert.Equal(("Tên mới", 6, 2), (session.GetProperty("title").GetString(), session.GetProperty("deadlines").GetProperty("hand_in_hours").GetInt32(), session.GetProperty("points").GetArrayLength()));

        await organizer.DoAsync("S-DEADLINES", "publish");
        body["deadlines"] = new { hand_in_hours = 8 };
        deadlines = (await UpdateAsync(organizer, body)).GetProperty("deadlines");
        Assert.Equal((JsonValueKind.Null, "2026-11-22T17:00:00Z"), (deadlines.GetProperty("closes_at").ValueKind, deadlines.GetProperty("hand_in_by").GetString()));

        var point = await (await organizer.PutAsJsonAsync("/api/v1/sessions/S-DEADLINES/points/P2/hand-in", new { hours = 24 })).ReadJsonAsync();
        Assert.Equal((24, "2026-11-23T09:00:00Z"), (point.GetProperty("hand_in_hours").GetInt32(), point.GetProperty("hand_in_by").GetString()));
        body["version"] = 1;
        Assert.Equal("changed_meanwhile", await (await organizer.PutAsJsonAsync("/api/v1/sessions/S-DEADLINES", body)).ProblemCodeAsync(HttpStatusCode.Conflict));
        body["deadlines"] = new { hand_in_hours = 0 };
        Assert.Equal("hand_in_invalid", await (await organizer.PutAsJsonAsync("/api/v1/sessions/S-DEADLINES", body)).ProblemCodeAsync(HttpStatusCode.BadRequest));
        var member = await site.ApiAsync("member");
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PutAsJsonAsync("/api/v1/sessions/S-DEADLINES", body)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PutAsJsonAsync("/api/v1/sessions/S-DEADLINES/points/P2/hand-in", new { hours = 1 })).StatusCode);

        static async Task<JsonElement> UpdateAsync(HttpClient organizer, Dictionary<string, object?> body)
        {
            var response = await organizer.PutAsJsonAsync("/api/v1/sessions/S-DEADLINES", body);
            Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
            return await response.ReadJsonAsync();
        }
    }

    [Fact]
    public async Task Sheet_ForAnotherProgram_HoldsWhatWorksWithoutSignal()
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.OpenSessionAsync("S-SHEET-API");
        var coordinator = await site.ApiAsync("xa.coordinator");
        await (await site.SignInAsync("xa.coordinator")).PostFormAsync("/people/SL-000124/card", new() { ["seen"] = "1" });

        var sheet = await coordinator.GetJsonAsync("/api/v1/sessions/S-SHEET-API/points/P1/sheet");

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(sheet.GetProperty("card_key").GetBytesFromBase64(), out _);
        Assert.Equal("2026-11-22T00:00:00Z", sheet.GetProperty("opens_at").GetString());
        Assert.Contains("mat-dien", sheet.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()));
        var members = sheet.GetProperty("members").EnumerateArray().ToDictionary(member => member.GetProperty("member").GetString()!);
        Assert.Equal((2, 1), (members["SL-000124"].GetProperty("card_issue").GetInt32(), members["SL-000125"].GetProperty("card_issue").GetInt32()));
        Assert.All(members.Values, member => Assert.Matches("^[0-9]+[A-Z]$", member.GetProperty("paper_code").GetString()));
        Assert.Equal(members.Count, members.Values.Select(member => member.GetProperty("paper_code").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task OpenApi_Sessions_DescribesWhatIsTakenAndGiven()
    {
        var document = await site.CreateClient().GetJsonAsync("/openapi/v1.json");

        Assert.True(document.GetProperty("paths").GetProperty("/api/v1/sessions/{code}").TryGetProperty("put", out _));
        Assert.True(document.GetProperty("paths").GetProperty("/api/v1/sessions/{code}/points/{point}/hand-in").TryGetProperty("put", out _));
        var schemas = document.GetProperty("components").GetProperty("schemas");
        foreach (var (schema, field) in new[] { ("SessionBody", "deadlines"), ("SessionBody", "version"), ("DeadlinesBody", "hand_in_hours"), ("SessionView", "deadlines"), ("PointView", "hand_in_by"), ("SheetView", "card_key"), ("SheetView", "reasons"), ("SheetMember", "card_issue"), ("SheetMember", "paper_code") })
        {
            Assert.True(schemas.GetProperty(schema).GetProperty("properties").TryGetProperty(field, out _), $"{schema}.{field}");
        }
    }
}

public sealed class SqliteSessionApiTests(SqliteSite site) : SessionApiTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSessionApiTests(PostgreSqlSite site) : SessionApiTests(site), IClassFixture<PostgreSqlSite>;
