using System.Net.Http.Json;
using System.Text.Json;

namespace TrainingSite.Bench.Load;

/// <summary>Makes sessions that run now, each of so many people of one province, with a point for each commune.</summary>
internal sealed class CheckInSessions(HttpClient client, string unit)
{
    /// <summary>Somebody on the list of a session.</summary>
    internal sealed record Place(string Session, string Member, string Point);

    /// <summary>The people of the sessions, one session after the other. Each session takes the next communes, so that nobody is in two of them before everybody was in one.</summary>
    /// <param name="people">People in each, about; null for all there are.</param>
    /// <param name="total">Sessions are made until they have so many people together.</param>
    public async Task<List<Place>> OpenAsync(int? people, int total)
    {
        var communes = await FindCommunesAsync();
        var places = await ListAsync(await OpenAsync(communes));
        if (people is not { } wanted || places.Count <= wanted)
        {
            return places;
        }

        // How many come from where is known now.
        var counts = places.CountBy(place => place.Point[2..]).ToDictionary();
        places = [];
        for (var next = 0; places.Count < total;)
        {
            var chosen = new List<string>();
            for (var sum = 0; sum < wanted && chosen.Count < communes.Count; next = (next + 1) % communes.Count)
            {
                if (counts.TryGetValue(communes[next], out var count))
                {
                    chosen.Add(communes[next]);
                    sum += count;
                }
            }

            places.AddRange(await ListAsync(await OpenAsync(chosen)));
        }

        return places;
    }

    private async Task<List<Place>> ListAsync(string session) => (await ReadAsync($"/api/v1/sessions/{session}/attendance?take=1000"))
        .ConvertAll(person => new Place(session, person.GetProperty("member").GetString()!, person.GetProperty("point").GetString()!));

    private async Task<List<string>> FindCommunesAsync()
    {
        var communes = new List<string>();
        foreach (var district in await ReadAsync($"/api/v1/units?parent={unit}&take=1000"))
        {
            communes.AddRange((await ReadAsync($"/api/v1/units?parent={district.GetProperty("code").GetString()}&level=commune&take=1000")).Select(child => child.GetProperty("code").GetString()!));
        }

        return communes.Count > 0 ? communes : [unit];
    }

    private async Task<string> OpenAsync(List<string> communes)
    {
        var code = $"BENCH-{Guid.NewGuid().ToString("N")[..8]}";
        var now = TimeProvider.System.GetUtcNow();
        await SendAsync("/api/v1/sessions", new
        {
            code,
            title = "Đo tốc độ điểm danh",
            mode = "online",
            topics = new[] { "T1" },
            blocks = new[] { new { start = now.AddMinutes(-30), end = now.AddHours(3) } },
            points = communes.Select(commune => new { code = $"P-{commune}", unit = commune, link = "https://example.org/hop" }),
            invite = new { units = communes },
        });
        await SendAsync($"/api/v1/sessions/{code}/publish", new { });
        await SendAsync($"/api/v1/sessions/{code}/open", new { });
        return code;
    }

    private async Task SendAsync(string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"POST {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>All items of a list, page after page.</summary>
    private async Task<List<JsonElement>> ReadAsync(string path)
    {
        var items = new List<JsonElement>();
        for (var next = path; next is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>(next);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }

        return items;
    }
}
