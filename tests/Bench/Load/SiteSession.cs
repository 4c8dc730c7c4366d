using System.Net;
using System.Text.RegularExpressions;

namespace TrainingSite.Bench.Load;

/// <summary>Signs a demo account in through the form, as a browser would.</summary>
internal static partial class SiteSession
{
    /// <returns>What the signed-in browser sends as its <c>Cookie</c>.</returns>
    public static async Task<string> SignInAsync(Uri address, string user)
    {
        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = address };
        var form = await client.GetStringAsync("/account/sign-in");
        var token = TokenIn(form);
        var answer = await client.PostAsync("/account/sign-in", new FormUrlEncodedContent([
            new("Login", user), new("Password", "Demo@12345"), new("__RequestVerificationToken", token)]));
        return answer.StatusCode == HttpStatusCode.Redirect
            ? cookies.GetCookieHeader(address)
            : throw new InvalidOperationException($"{user} could not sign in: {(int)answer.StatusCode}.");
    }

    /// <summary>What a page's forms carry against forgery.</summary>
    public static string TokenIn(string page) => TokenPattern().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex TokenPattern();
}
