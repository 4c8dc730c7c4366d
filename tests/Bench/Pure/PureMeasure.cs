using BenchmarkDotNet.Running;

namespace TrainingSite.Bench.Pure;

/// <summary><c>pure [--filter *Name*]</c>: the hot pure code, by BenchmarkDotNet.</summary>
internal sealed class PureMeasure : IMeasure
{
    public string Name => "pure";

    public string Usage => "[--filter *Fold*]";

    public Task<int> RunAsync(Arguments arguments)
    {
        var summaries = BenchmarkSwitcher.FromTypes([typeof(PureBenchmarks)]).Run(["--filter", arguments.Option("filter") ?? "*", "--job", "short", "--inProcess"]);
        return Task.FromResult(summaries.Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0);
    }
}
