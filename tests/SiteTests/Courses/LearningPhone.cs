using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Offline;

namespace TrainingSite.SiteTests.Courses;

/// <summary>A member's phone, as the server hears of it.</summary>
internal sealed class LearningPhone(Learner learner, Guid userId, HttpClient client, ManualTimeProvider clock)
{
    public Learner Learner => learner;

    public Guid UserId => userId;

    public HttpClient Client => client;

    public string Device { get; } = Guid.NewGuid().ToString();

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    private DateTimeOffset Now => clock.GetUtcNow() + Ahead;

    public Dictionary<string, object?> Item(string kind, Guid? lesson = null, int minutes = 0, string? anchor = null) =>
        new() { ["id"] = Guid.CreateVersion7(), ["kind"] = kind, ["at"] = Now.AddMinutes(minutes), ["lesson"] = lesson, ["anchor"] = anchor };

    /// <summary>The next paper, answered with so many right answers.</summary>
    public async Task<Dictionary<string, object?>> QuizAsync(SiteFixture site, string slug, int right, int minutes = 0)
    {
        await PapersTextAsync(slug);
        var paper = await site.QueryAsync(db => db.QuizPapers.AsNoTracking().Where(row => row.PersonId == learner.PersonId && row.AttemptId == null).OrderBy(row => row.Id).FirstAsync());
        var draw = paper.ToAttempt().ReadDraw();
        Guid[] ids = [.. draw.Select(drawn => drawn.Q)];
        var questions = await site.QueryAsync(db => db.Questions.AsNoTracking().Where(question => ids.Contains(question.Id)).ToDictionaryAsync(question => question.Id));
        var item = Item("quiz", minutes: minutes);
        item["paper"] = paper.Id;
        item["started"] = Now.AddMinutes(minutes - 5);
        item["answers"] = draw.Select((drawn, index) => QuestionSamples.Fields(questions[drawn.Q], drawn, index < right).ConvertAll(field => new[] { field.Key, field.Value })).ToList();
        return item;
    }

    /// <summary>The questions as the phone gets them.</summary>
    public async Task<string> PapersTextAsync(string slug)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/learn/{slug}/papers") { Content = new FormUrlEncodedContent([new("device", Device)]) };
        request.Headers.Add("RequestVerificationToken", (await client.GetJsonAsync("/learn/sync")).GetProperty("token").GetString());
        var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<JsonElement> SendAsync(params object[] items)
    {
        var answer = await PostAsync(userId, items);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.ReadJsonAsync();
    }

    public async Task<HttpResponseMessage> PostAsync(Guid user, params object[] items)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/learn/sync") { Content = JsonContent.Create(new { device = Device, user, sent_at = Now, items }) };
        request.Headers.Add("RequestVerificationToken", (await client.GetJsonAsync("/learn/sync")).GetProperty("token").GetString());
        return await client.SendAsync(request);
    }

    /// <summary>What became of each item.</summary>
    public static IEnumerable<string?> Outcomes(JsonElement answer) => answer.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("outcome").GetString());

    /// <summary>Why the first item was refused.</summary>
    public static string? Reason(JsonElement answer) => answer.GetProperty("results")[0].GetProperty("reason").GetString();
}

/// <summary>What members learn with.</summary>
internal static class LearningPhoneExtensions
{
    /// <summary>The phone of a new member, signed in.</summary>
    public static async Task<LearningPhone> PhoneAsync(this SiteFixture site)
    {
        var learner = await site.LearnerAsync();
        var user = await site.QueryAsync(db => db.Users.Where(row => row.UserName == learner.User).Select(row => row.Id).SingleAsync());
        return new(learner, user, await site.SignInAsync(learner.User), site.Clock);
    }

    /// <summary>The lessons of a course, in their order.</summary>
    public static Task<List<Guid>> LessonsAsync(this SiteFixture site, string slug) =>
        site.QueryAsync(db => db.Lessons.Where(lesson => lesson.Course.Slug == slug).OrderBy(lesson => lesson.Position).Select(lesson => lesson.Id).ToListAsync());
}
