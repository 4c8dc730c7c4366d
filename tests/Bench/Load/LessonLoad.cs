namespace TrainingSite.Bench.Load;

/// <summary><c>lesson URL [--path P] [--user U]</c>: a lesson, signed in, as a ratio to <c>/health/live</c> in the same run.</summary>
internal sealed class LessonLoad : IMeasure
{
    public string Name => "lesson";

    public string Usage => "URL --path /courses/SLUG/LESSON [--user U]";

    public Task<int> RunAsync(Arguments arguments) => MeasureAsync(new Uri(arguments.Word(0)!), arguments.Option("path")!, arguments.Option("user") ?? "member");

    private static async Task<int> MeasureAsync(Uri address, string path, string user)
    {
        var seconds = TimeSpan.FromSeconds(10);
        var cookie = await SiteSession.SignInAsync(address, user);
        var live = RawConnection.Get(address, "/health/live", "");
        var lesson = RawConnection.Get(address, path, $"Cookie: {cookie}\r\n");
        var floor = await LoadRun.RunAsync(address, 32, seconds, _ => live);
        var result = await LoadRun.RunAsync(address, 32, seconds, _ => lesson);
        Console.WriteLine($"/health/live          {floor}");
        Console.WriteLine($"{path}");
        Console.WriteLine($"  signed in as {user,-8} {result}");
        Console.WriteLine($"ratio 1/{floor.PerSecond / Math.Max(1, result.PerSecond):0.0}");
        return result.Errors == 0 ? 0 : 1;
    }
}
