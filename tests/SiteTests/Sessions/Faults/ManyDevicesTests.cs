using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.Faults.FaultSiteExtensions;

namespace TrainingSite.SiteTests.Sessions.Faults;

/// <summary>The network is back after a day, and a hundred devices send at once what they kept.</summary>
public abstract class ManyDevicesTests(SiteFixture site)
{
    private const int Devices = 100, Each = 150, Batch = 40;

    [Fact]
    public async Task Send_HundredDevicesAtOnce_AllAreAnsweredAndNothingIsLostOrDoubled()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = await organizer.OpenSessionAsync("F-HUNDRED");
        var people = await site.PeopleAsync(code);
        Dictionary<string, object?>[][] kept = [.. Enumerable.Range(0, Devices).Select(device => Keep(device, people))];

        var answers = (await Task.WhenAll(kept.Select((events, device) => SyncAsync(organizer, code, $"phone-{device}", events))).WaitAsync(Patience)).SelectMany(answer => answer).ToLookup(answer => answer.Id, answer => answer.Outcome);

        Assert.Equal(Devices * Each, answers.Count);
        Assert.All(answers, answer => Assert.Equal(1, answer.Count(outcome => outcome is "recorded" or "conflict")));
        Assert.All(answers.SelectMany(answer => answer), outcome => Assert.True(outcome is "recorded" or "conflict" or "duplicate", outcome));
        Assert.Contains(answers.SelectMany(answer => answer), outcome => outcome == "conflict");
        Assert.Equal(kept.SelectMany(events => events).Select(fact => (Guid)fact["id"]!).Order(), (await site.LogAsync(code)).Order());
        Assert.Equal(people.Count, await site.QueryAsync(db => db.Attendances.CountAsync(row => row.HasConflict && db.Set<TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code))));
        await site.AssertLogTellsEverythingAsync(code);
    }

    /// <summary>What one device kept over a day. Each has a mind of its own about who was there.</summary>
    private static Dictionary<string, object?>[] Keep(int device, List<string> people) =>
    [
        .. Enumerable.Range(0, Each).Select(number => new Dictionary<string, object?>(SessionClient.Event(people[(number + device) % people.Count], (device + (number / people.Count)) % 2 == 0 ? "in" : "absent"))
        {
            ["at"] = new DateTime(2026, 11, 21, 6, 0, 0, DateTimeKind.Utc).AddMinutes(number * 1440 / Each).AddSeconds(device % 60).ToString("O"),
        }),
    ];

    /// <summary>In batches; each third one twice, since its answer got lost, and at the end the first once more.</summary>
    private static async Task<List<(Guid Id, string Outcome)>> SyncAsync(HttpClient client, string code, string device, Dictionary<string, object?>[] events)
    {
        var answers = new List<(Guid Id, string Outcome)>();
        var batches = events.Chunk(Batch).ToList();
        foreach (var batch in batches.SelectMany((batch, index) => index % 3 == 0 ? new[] { batch, batch } : [batch]).Append(batches[0]))
        {
            answers.AddRange((await client.SendAsync(code, device, batch)).Select((result, index) => ((Guid)batch[index]["id"]!, result.Outcome)));
        }

        return answers;
    }
}

public sealed class SqliteManyDevicesTests(SqliteSite site) : ManyDevicesTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlManyDevicesTests(PostgreSqlSite site) : ManyDevicesTests(site), IClassFixture<PostgreSqlSite>;
