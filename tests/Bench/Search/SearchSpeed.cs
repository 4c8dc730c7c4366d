namespace TrainingSite.Bench.Search;
internal sealed class SearchSpeed : IMeasure { public string Name => "search-speed"; public string Usage => ""; public Task<int> RunAsync(Arguments arguments) => Task.FromResult(0); }
