using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Localization;
using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>The editable list of abbreviations.</summary>
public sealed class AbbreviationService(SiteDbContext db, IMemoryCache cache, IStringLocalizer<Strings> T)
{
    private const string CacheKey = "search.abbreviations";

    /// <summary>Other nodes see a change after this time, this one at once.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    /// <summary>The list as searches use it.</summary>
    internal async Task<AbbreviationList> GetListAsync(CancellationToken cancellationToken) =>
        (await cache.GetOrCreateAsync(CacheKey, async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = KeptFor;
            var rows = await db.Abbreviations.AsNoTracking().OrderBy(row => row.Short).ToListAsync(cancellationToken);
            return new AbbreviationList(rows.Select(row => (row.Short, row.Long)));
        }))!;

    /// <summary>Adds an abbreviation, or changes what it stands for.</summary>
    public async Task<Result<Abbreviation>> SaveAsync(string? shortForm, string? longForm, CancellationToken cancellationToken)
    {
        var (typed, meant) = (VietnameseText.Clean(shortForm ?? ""), VietnameseText.Clean(longForm ?? ""));
        var faults = new List<Fault>();
        if (typed.Length > 20 || SyllableReader.Read(typed).Count == 0)
        {
            faults.Add(new("abbreviation_short", T["Chữ viết tắt cần có chữ hoặc số và dài không quá 20 ký tự."], "Short"));
        }

        if (meant.Length > 200 || SyllableReader.Read(meant).Count < 2)
        {
            faults.Add(new("abbreviation_long", T["Cụm từ đầy đủ cần có ít nhất hai tiếng và dài không quá 200 ký tự."], "Long"));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        var row = await db.Abbreviations.FirstOrDefaultAsync(known => known.Short == typed, cancellationToken);
        row ??= db.Abbreviations.Add(new Abbreviation { Short = typed }).Entity;
        row.Long = meant;
        await db.SaveChangesAsync(cancellationToken);
        cache.Remove(CacheKey);
        return row;
    }

    /// <summary>Takes an abbreviation out.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveAsync(string shortForm, CancellationToken cancellationToken)
    {
        var removed = await db.Abbreviations.Where(row => row.Short == shortForm).ExecuteDeleteAsync(cancellationToken);
        cache.Remove(CacheKey);
        return removed > 0;
    }
}
