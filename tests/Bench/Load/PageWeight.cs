using System.Net;
using System.Text.RegularExpressions;

namespace TrainingSite.Bench.Load;

/// <summary>
/// <c>weight URL PATH</c>: bytes over the wire of a first visit, compressed as a browser asks for it: the page, its styles, scripts and
/// pictures, and the fonts that its styles name (all of them, which is more than a browser takes). With <c>--user</c> as somebody signed in. Measure a published site: a run from source serves its files uncompressed.
/// </summary>
internal sealed partial class PageWeight : IMeasure
{
    public string Name => "weight";

    public string Usage => "URL --path P [--user U] [--most BYTES]";

    public async Task<int> RunAsync(Arguments arguments)
    {
        var address = new Uri(arguments.Word(0)!);
        var cookie = arguments.Option("user") is { } user ? await SiteSession.SignInAsync(address, user) : null;
        return await MeasureAsync(address, arguments.Option("path")!, cookie, arguments.Number("most", int.MaxValue));
    }

    private static async Task<int> MeasureAsync(Uri address, string path, string? cookie, int most)
    {
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = address };
        var total = 0;
        var page = await FetchAsync(path);
        var parts = LinkPattern().Matches(page).Select(match => match.Groups["url"].Value)
            .Where(url => url.StartsWith('/')).Distinct().ToList();
        foreach (var part in parts)
        {
            var content = await FetchAsync(part);
            if (part.Contains(".css", StringComparison.Ordinal))
            {
                foreach (var font in FontPattern().Matches(content).Select(match => new Uri(new Uri(address, part), match.Groups["url"].Value).AbsolutePath).Distinct())
                {
                    await FetchAsync(font);
                }
            }
        }

        Console.WriteLine($"{total,8:#,0} bytes in all");
        return total <= most ? 0 : 1;

        async Task<string> FetchAsync(string url)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, WebUtility.HtmlDecode(url));
            request.Headers.AcceptEncoding.ParseAdd("br");
            if (cookie is not null)
            {
                request.Headers.Add("Cookie", cookie);
            }

            using var answer = await client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            var body = await answer.Content.ReadAsByteArrayAsync();
            var size = body.Length + answer.Headers.ToString().Length + answer.Content.Headers.ToString().Length;
            total += size;
            Console.WriteLine($"{size,8:#,0} {url}");
            if (!answer.Content.Headers.ContentEncoding.Contains("br"))
            {
                return System.Text.Encoding.UTF8.GetString(body);
            }

            using var brotli = new System.IO.Compression.BrotliStream(new MemoryStream(body), System.IO.Compression.CompressionMode.Decompress);
            using var reader = new StreamReader(brotli);
            return await reader.ReadToEndAsync();
        }
    }

    [GeneratedRegex("<(?:link[^>]*rel=\"(?:stylesheet|preload|icon|manifest)\"[^>]*href|script[^>]*src|img[^>]*src)=\"(?<url>[^\"]+)\"")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("url\\([\"']?(?<url>[^\"')]+\\.woff2[^\"')]*)[\"']?\\)")]
    private static partial Regex FontPattern();
}
