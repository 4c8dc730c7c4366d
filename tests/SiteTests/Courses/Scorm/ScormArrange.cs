using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TrainingSite.SiteTests.Courses.Scorm;

/// <summary>What authors and learners do with packages, over HTTP.</summary>
internal static class ScormArrange
{
    /// <summary>A draft course of its own, whose only condition is that its lessons are finished unless told otherwise.</summary>
    public static async Task<string> DraftAsync(this HttpClient author, Dictionary<string, string?>? more = null)
    {
        var form = EditorTests.Course($"Khóa có gói {Guid.NewGuid():N}");
        (form["Form.QuizRequired"], form["Form.AttendanceRequired"], form["Form.LessonsRequired"], form["Form.CompletionMode"]) = ("false", "false", "true", "All");
        foreach (var (name, value) in more ?? [])
        {
            form[name] = value;
        }

        var created = await author.PostFormAsync("/courses/edit/new", form);
        Assert.Equal(HttpStatusCode.Redirect, created.StatusCode);
        return created.Headers.Location!.ToString().Split('/')[^1];
    }

    /// <summary>Sends a package to a page of an editor.</summary>
    public static async Task<HttpResponseMessage> SendPackageAsync(this HttpClient author, string url, byte[] zip, string name = "goi.zip")
    {
        var page = await author.GetPageAsync(url);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value), "__RequestVerificationToken" },
            { new ByteArrayContent(zip), "file", name },
        };
        return await author.PostAsync(url, form);
    }

    /// <summary>Brings a package into a course; returns the slug of its lesson.</summary>
    public static async Task<string> AddPackageAsync(this HttpClient author, string course, byte[] zip, string name = "goi.zip")
    {
        var answer = await author.SendPackageAsync($"/courses/edit/{course}/packages/new", zip, name);
        if (answer.StatusCode != HttpStatusCode.Redirect)
        {
            Assert.Fail((await answer.ReadPageAsync()).QuerySelector("main")!.TextContent);
        }

        return answer.Headers.Location!.OriginalString.Split('/')[^1];
    }

    /// <summary>Publishes what an author wrote.</summary>
    public static async Task PublishAsync(this HttpClient author, string course) =>
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync($"/courses/edit/{course}/publish", new() { ["mayEnd"] = "true" }, page: $"/courses/edit/{course}")).StatusCode);

    /// <summary>A published course with one package; returns the address of its lesson.</summary>
    public static async Task<string> PublishedPackageAsync(this HttpClient author, byte[] zip)
    {
        var course = await author.DraftAsync();
        var lesson = await author.AddPackageAsync(course, zip);
        await author.PublishAsync(course);
        return $"/courses/{course}/{lesson}";
    }

    /// <summary>Opens a part as the player's script does.</summary>
    public static async Task<JsonElement> OpenPartAsync(this HttpClient client, string lesson, int number = 1)
    {
        using var request = await client.RequestAsync($"{lesson}/package/{number}", "open");
        var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadJsonAsync();
    }

    /// <summary>Saves as the player's script does.</summary>
    public static async Task<HttpResponseMessage> SaveAsync(this HttpClient client, string lesson, JsonElement launch, int sequence, object? said = null, int number = 1)
    {
        using var request = await client.RequestAsync($"{lesson}/package/{number}", "save");
        var commit = JsonSerializer.SerializeToNode(said ?? new { })!.AsObject();
        (commit["package"], commit["session"], commit["sequence"]) = (launch.GetProperty("package").GetString(), launch.GetProperty("session").GetInt32(), sequence);
        request.Content = JsonContent.Create(commit);
        return await client.SendAsync(request);
    }

    private static async Task<HttpRequestMessage> RequestAsync(this HttpClient client, string player, string action)
    {
        var page = await client.GetPageAsync(player);
        var request = new HttpRequestMessage(HttpMethod.Post, $"{player}/{action}");
        request.Headers.Add("RequestVerificationToken", page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value);
        return request;
    }
}
