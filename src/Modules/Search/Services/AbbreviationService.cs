using Microsoft.Extensions.Localization;
using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>The editable list of abbreviations.</summary>
public sealed class AbbreviationService(SiteDbContext db, WordLists lists, IStringLocalizer<Strings> T)
{
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
        await lists.ForgetAsync(cancellationToken);
        return row;
    }

    /// <summary>Takes an abbreviation out.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveAsync(string shortForm, CancellationToken cancellationToken)
    {
        var removed = await db.Abbreviations.Where(row => row.Short == shortForm).ExecuteDeleteAsync(cancellationToken);
        await lists.ForgetAsync(cancellationToken);
        return removed > 0;
    }
}
