using TrainingSite.Bench;
using TrainingSite.Bench.Load;
using TrainingSite.Bench.Pure;
using TrainingSite.Bench.Search;

// One class for each figure in docs/performance.md; a new one is one more line here.
IMeasure[] measures =
[
    new SearchQuality(),
    new SearchSpeed(),
    new LessonLoad(),
    new CheckInLoad(),
    new CheckInPeople(),
    new LiveBoardLoad(),
    new RequestTimes(),
    new PageWeight(),
    new PoorVisit(),
    new CertificateLoad(),
    new PureMeasure(),
];

if (args.Length > 0 && measures.FirstOrDefault(measure => measure.Name == args[0]) is { } chosen)
{
    return await chosen.RunAsync(new Arguments(args[1..]));
}

Console.Error.WriteLine("dotnet run --project tests/Bench -c Release -- MEASURE [options]");
foreach (var measure in measures)
{
    Console.Error.WriteLine($"  {measure.Name} {measure.Usage}");
}

return 2;
