using System.Globalization;
using System.Text.RegularExpressions;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>Codes for new sessions: free, and such as a person would choose.</summary>
public sealed partial class SessionCodes(SiteDbContext db)
{
    /// <summary>Room for a number behind what is wanted; a code has at most 40 characters.</summary>
    private const int Longest = 35;

    /// <summary>The day's code, <c>TH-2026-12-11</c>, or that with a number.</summary>
    public Task<string> FindForDayAsync(DateOnly day, CancellationToken cancellationToken) => FindFreeAsync($"TH-{Write(day)}", cancellationToken);

    /// <summary>
    /// The code of a copy: the original's with the new day in place of its days, or behind it. Whichever days stand there: a draft may
    /// have been moved to another day than that of its code.
    /// </summary>
    public Task<string> FindForCopyAsync(string code, DateOnly to, CancellationToken cancellationToken)
    {
        var name = Days().Replace(code, "");
        var dated = name.Length == 0 ? $"TH-{Write(to)}" : $"{name}-{Write(to)}";
        return dated.Length <= Longest ? FindFreeAsync(dated, cancellationToken) : FindForDayAsync(to, cancellationToken);
    }

    /// <summary>What is wanted, or that with the first number that makes it free.</summary>
    public async Task<string> FindFreeAsync(string wanted, CancellationToken cancellationToken)
    {
        wanted = wanted.Length > Longest ? wanted[..Longest] : wanted;
        var taken = await db.Sessions.Where(session => session.Code.StartsWith(wanted)).Select(session => session.Code).ToHashSetAsync(cancellationToken);
        return taken.Contains(wanted) ? Enumerable.Range(2, taken.Count + 1).Select(number => $"{wanted}-{number}").First(code => !taken.Contains(code)) : wanted;
    }

    /// <summary>A day or several at the end, and the number that told the code from others of that day.</summary>
    [GeneratedRegex(@"(^|-)\d{4}-\d{2}-\d{2}(-\d{4}-\d{2}-\d{2})*(-\d{1,3})?$")]
    private static partial Regex Days();

    private static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
