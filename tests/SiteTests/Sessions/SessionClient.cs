using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>What tests do with sessions through the API.</summary>
internal static class SessionClient
{
    /// <summary>A morning and an afternoon, 8-11 and 14-16 on the fixture's day.</summary>
    public static readonly object[] Blocks =
    [
        new { start = "2026-11-22T08:00:00+07:00", end = "2026-11-22T11:00:00+07:00" },
        new { start = "2026-11-22T14:00:00+07:00", end = "2026-11-22T16:00:00+07:00" },
    ];

    /// <summary>A session of the two wards on the fixture's day.</summary>
    public static Dictionary<string, object?> Body(string code) => new()
    {
        ["code"] = code,
        ["title"] = "An toàn trên mạng",
        ["mode"] = "in_person",
        ["topics"] = new[] { "T7" },
        ["blocks"] = Blocks,
        ["points"] = new object[]
        {
            new { code = "P1", unit = "03646", venue = "UBND phường Chiềng Lề", capacity = 100 },
            new { code = "P2", unit = "03649", venue = "UBND phường Tô Hiệu" },
        },
        ["invite"] = new { units = new[] { "116" } },
    };

    /// <summary>Creates a session, and publishes and opens it.</summary>
    public static async Task<string> OpenSessionAsync(this HttpClient organizer, string code, Dictionary<string, object?>? body = null)
    {
        Assert.Equal(HttpStatusCode.Created, (await organizer.PostAsJsonAsync("/api/v1/sessions", body ?? Body(code))).StatusCode);
        await organizer.DoAsync(code, "publish");
        await organizer.DoAsync(code, "open");
        return code;
    }

    /// <summary>What an organizer fills in for the two wards, some days ahead.</summary>
    public static Dictionary<string, string?> Form(string code) => new()
    {
        ["Code"] = code,
        ["Title"] = "An toàn trên mạng",
        ["Mode"] = "InPerson",
        ["Topics"] = "T7",
        ["Blocks[0].Date"] = "2026-12-01",
        ["Blocks[0].Start"] = "08:00",
        ["Blocks[0].End"] = "11:00",
        ["MoreUnits"] = "116",
        ["OnePointPerCommune"] = "true",
    };

    /// <summary>publish, open, close or cancel; must work.</summary>
    public static async Task<JsonElement> DoAsync(this HttpClient client, string code, string verb, object? body = null)
    {
        var response = await client.PostAsJsonAsync($"/api/v1/sessions/{code}/{verb}", body ?? new { });
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{verb} {code}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.ReadJsonAsync();
    }

    /// <summary>One event of a member at a point at a time of the fixture's day.</summary>
    public static Dictionary<string, object?> Event(string member, string kind, string at = "08:05", string point = "P1", Guid? id = null, string method = "roster") => new()
    {
        ["id"] = id ?? Guid.NewGuid(),
        ["member"] = member,
        ["point"] = point,
        ["kind"] = kind,
        ["method"] = method,
        ["at"] = $"2026-11-22T{at}:00+07:00",
    };

    /// <summary>Sends events; must be taken as a whole.</summary>
    public static async Task<List<(string Outcome, string? Reason)>> SendAsync(this HttpClient client, string code, string device, params Dictionary<string, object?>[] events)
    {
        var response = await client.PostAsJsonAsync($"/api/v1/sessions/{code}/attendance-events", new { device, events });
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        var results = (await response.ReadJsonAsync()).GetProperty("results");
        return [.. results.EnumerateArray().Select(result => (result.GetProperty("outcome").GetString()!, result.TryGetProperty("reason", out var reason) ? reason.GetString() : null))];
    }

    /// <summary>Sends one event.</summary>
    public static async Task<(string Outcome, string? Reason)> SendOneAsync(this HttpClient client, string code, Dictionary<string, object?> fact, string device = "phone-1") =>
        Assert.Single(await client.SendAsync(code, device, fact));

    /// <summary>The attendance of one person.</summary>
    public static async Task<JsonElement> AttendanceOfAsync(this HttpClient client, string code, string member)
    {
        var list = await client.GetJsonAsync($"/api/v1/sessions/{code}/attendance?take=1000");
        return list.GetProperty("items").EnumerateArray().Single(row => row.GetProperty("member").GetString() == member);
    }

    /// <summary>The code of a problem.</summary>
    public static async Task<string> ProblemCodeAsync(this HttpResponseMessage response, HttpStatusCode status) =>
        (await response.ProblemAsync(status)).GetProperty("code").GetString()!;

    /// <summary>A problem, of that status.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}, expected {(int)status}. {await response.Content.ReadAsStringAsync()}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return await response.ReadJsonAsync();
    }
}
