using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TrainingSite.Notifications.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>What tests of registration do.</summary>
internal static class AnswerClient
{
    /// <summary>A published session of the two wards at 8 to 11 on a day ahead.</summary>
    public static async Task<string> PublishAsync(this SiteFixture site, int? capacity = null, int? seatsPerTeam = null, int days = 9, int? otherCapacity = null, bool publish = true)
    {
        var code = $"TL-{Guid.NewGuid().ToString("N")[..8]}";
        var day = site.Clock.Today().AddDays(days).ToString("yyyy-MM-dd");
        var organizer = await site.ApiAsync("so.organizer");
        var body = new Dictionary<string, object?>(SessionClient.Body(code))
        {
            ["blocks"] = new object[] { new { start = $"{day}T08:00:00+07:00", end = $"{day}T11:00:00+07:00" } },
            ["points"] = new object[]
            {
                new { code = "P1", unit = "03646", venue = "UBND phường Chiềng Lề", capacity },
                new { code = "P2", unit = "03649", venue = "UBND phường Tô Hiệu", capacity = otherCapacity },
            },
            ["seats_per_team"] = seatsPerTeam,
        };
        Assert.Equal(HttpStatusCode.Created, (await organizer.PostAsJsonAsync("/api/v1/sessions", body)).StatusCode);
        if (publish)
        {
            await organizer.DoAsync(code, "publish");
        }

        return code;
    }

    /// <summary>Sends an answer.</summary>
    public static Task<HttpResponseMessage> RespondAsync(this HttpClient client, string code, string? member, string response, string? reason = null, string? point = null) =>
        client.PostAsJsonAsync($"/api/v1/sessions/{code}/responses", new { member, response, reason, point });

    /// <summary>Sends an answer, which must be taken; gives what stands now.</summary>
    public static async Task<string> AnswerAsync(this HttpClient client, string code, string? member, string response, string? reason = null, string? point = null)
    {
        var answer = await client.RespondAsync(code, member, response, reason, point);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.ReadJsonAsync()).GetProperty("response").GetString()!;
    }

    /// <summary>The invitation of one person.</summary>
    public static Task<Invitation> InvitationAsync(this SiteFixture site, string code, string member) =>
        site.QueryAsync(db => db.Invitations.AsNoTracking().SingleAsync(invitation => invitation.Session.Code == code && invitation.Person.Code == member));

    /// <summary>Whoever answered that, in order of code.</summary>
    public static Task<List<string>> WhoAsync(this SiteFixture site, string code, InvitationResponse response) =>
        site.QueryAsync(db => db.Invitations.Where(invitation => invitation.Session.Code == code && invitation.Response == response).OrderBy(invitation => invitation.Person.Code).Select(invitation => invitation.Person.Code).ToListAsync());

    /// <summary>The codes in an answer's list.</summary>
    public static List<string> Members(this JsonElement list) => [.. list.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("member").GetString()!)];

    /// <summary>Who was asked whether they come.</summary>
    public static Task<List<string>> AskedAsync(this SiteFixture site, string code) => site.QueryAsync(db => db.Messages.Where(row => row.Rule == "session-answer" && row.Subject.StartsWith(code))
        .Join(db.Set<Person>(), row => row.PersonId, person => person.Id, (_, person) => person.Code).Distinct().ToListAsync());
}
