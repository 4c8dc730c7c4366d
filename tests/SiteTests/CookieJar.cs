using Microsoft.Net.Http.Headers;

namespace TrainingSite.SiteTests;

/// <summary>Cookies of a browser whose clock is the site's; those of .NET would go by the machine's and drop or keep the wrong ones.</summary>
internal sealed class CookieJar(TimeProvider clock) : DelegatingHandler
{
    private readonly Dictionary<string, string> _cookies = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation(HeaderNames.Cookie, string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var response = await base.SendAsync(request, cancellationToken);
        foreach (var cookie in response.Headers.TryGetValues(HeaderNames.SetCookie, out var lines) ? SetCookieHeaderValue.ParseList([.. lines]) : [])
        {
            if (cookie.Expires <= clock.GetUtcNow())
            {
                _cookies.Remove(cookie.Name.Value!);
            }
            else
            {
                _cookies[cookie.Name.Value!] = cookie.Value.Value!;
            }
        }

        return response;
    }
}
