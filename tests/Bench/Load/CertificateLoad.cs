using System.Diagnostics;
using System.Text;

namespace TrainingSite.Bench.Load;

/// <summary><c>certificates URL --course SLUG</c>: the file of all certificates of a course, issued and drawn the first time, only drawn the second.</summary>
internal sealed class CertificateLoad : IMeasure
{
    public string Name => "certificates";

    public string Usage => "URL --course SLUG [--unit CODE] [--user U]";

    public async Task<int> RunAsync(Arguments arguments)
    {
        var address = new Uri(arguments.Word(0)!);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(30) };
        client.DefaultRequestHeaders.Add("Cookie", await SiteSession.SignInAsync(address, arguments.Option("user") ?? "so.organizer"));
        var path = $"/certificates/unit?course={arguments.Option("course")}&unit={arguments.Option("unit")}";
        foreach (var turn in new[] { "first", "again" })
        {
            var token = SiteSession.TokenIn(await client.GetStringAsync(path));
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync("/certificates/unit", new FormUrlEncodedContent([
                new("course", arguments.Option("course")), new("unit", arguments.Option("unit")), new("__RequestVerificationToken", token)]));
            answer.EnsureSuccessStatusCode();
            var file = await answer.Content.ReadAsByteArrayAsync();
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var pages = Encoding.Latin1.GetString(file).Split("/Type/Page/").Length - 1;
            Console.WriteLine($"{turn}   {pages:#,0} certificates in {seconds:0.00} s   {pages / seconds:#,0}/s   {file.Length / 1024.0 / Math.Max(1, pages):0.0} kB each");
        }

        return 0;
    }
}
