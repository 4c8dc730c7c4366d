using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(TrainingSite.SiteTests.SiteTemplates))]

namespace TrainingSite.SiteTests;

/// <summary>Sites that were filled once and are copied for each class of tests: filling one takes as long as many tests.</summary>
public sealed class SiteTemplates : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<SiteFixture>>> Filled = new();

    /// <summary>The stopped site of that kind, filled now when nobody has asked for it before.</summary>
    public static Task<SiteFixture> FindAsync(Type kind) => Filled.GetOrAdd(kind, _ => new(() => FillAsync(kind))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var site in Filled.Values)
        {
            await (await site.Value).DisposeAsync();
        }
    }

    private static async Task<SiteFixture> FillAsync(Type kind)
    {
        var site = (SiteFixture)Activator.CreateInstance(kind)!;
        await site.FillAsync();
        return site;
    }
}
