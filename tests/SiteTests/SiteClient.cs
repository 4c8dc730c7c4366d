using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Services;

namespace TrainingSite.SiteTests;

/// <summary>What people and programs do with the site, over HTTP.</summary>
public static class SiteClient
{
    /// <summary>Password of every account that the recipe <c>test</c> makes.</summary>
    public const string DemoPassword = "Demo@12345";

    /// <summary>Signs in through the page; the client then is that person's browser.</summary>
    public static async Task<HttpClient> SignInAsync(this SiteFixture site, string user, string password = DemoPassword)
    {
        var client = site.CreateClient();
        var response = await client.PostFormAsync("/account/sign-in", new() { ["Login"] = user, ["Password"] = password });
        if (response.StatusCode != HttpStatusCode.Redirect)
        {
            Assert.Fail($"'{user}' could not sign in: {(await response.ReadPageAsync()).QuerySelector("main .notice-bad")?.TextContent.Trim()}");
        }

        return client;
    }

    /// <summary>A client that sends a fresh bearer token of the account.</summary>
    public static async Task<HttpClient> ApiAsync(this SiteFixture site, string user)
    {
        var client = site.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await site.TokenAsync(user));
        return client;
    }

    /// <summary>A fresh bearer token of the account.</summary>
    public static async Task<string> TokenAsync(this SiteFixture site, string user, int days = TokenService.DefaultDays) => await site.WithAsync(async services =>
    {
        var id = await services.GetRequiredService<SiteDbContext>().Users.Where(row => row.UserName == user).Select(row => row.Id).SingleAsync();
        return await services.GetRequiredService<TokenService>().CreateAsync(id, "test", days);
    });

    /// <summary>The page at that address, which must answer with the status.</summary>
    public static async Task<IDocument> GetPageAsync(this HttpClient client, string url, HttpStatusCode status = HttpStatusCode.OK)
    {
        var response = await client.GetAsync(url);
        Assert.True(response.StatusCode == status, $"GET {url}: {(int)response.StatusCode} {response.Headers.Location}, expected {(int)status}.");
        return await response.ReadPageAsync();
    }

    /// <summary>Fetches a page (the address itself unless told otherwise) for its antiforgery token and sends a form.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string url, Dictionary<string, string?> fields, string? page = null)
    {
        var form = await client.GetPageAsync(page ?? url);
        return await client.PostFormFromAsync(form, url, fields);
    }

    /// <summary>Sends a form with the antiforgery token of a page that was read before.</summary>
    public static async Task<HttpResponseMessage> PostFormFromAsync(this HttpClient client, IDocument form, string url, Dictionary<string, string?> fields)
    {
        var token = form.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")?.Value;
        Assert.True(token is not null, $"{form.Url} has no form that posts.");
        using var content = new FormUrlEncodedContent(fields.Append(new("__RequestVerificationToken", token)));
        return await client.PostAsync(url, content);
    }

    /// <summary>Sends a form as a browser would: whatever stands in it, ticked and typed.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient client, IHtmlFormElement form)
    {
        var sent = form.GetSubmission()!;
        using var content = new StreamContent(sent.Body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(sent.MimeType!);
        return await client.PostAsync(sent.Target.Href, content);
    }

    /// <summary>The answer as a page.</summary>
    public static async Task<IDocument> ReadPageAsync(this HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        return await BrowsingContext.New().OpenAsync(request => request.Content(html).Address(response.RequestMessage!.RequestUri!));
    }

    /// <summary>The answer as JSON.</summary>
    public static async Task<JsonElement> ReadJsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }

    /// <summary>The JSON at that address, which must answer with the status.</summary>
    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string url, HttpStatusCode status = HttpStatusCode.OK)
    {
        var response = await client.GetAsync(url);
        Assert.True(response.StatusCode == status, $"GET {url}: {(int)response.StatusCode}, expected {(int)status}. {await response.Content.ReadAsStringAsync()}");
        return await response.ReadJsonAsync();
    }
}
