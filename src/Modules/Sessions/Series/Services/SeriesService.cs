using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Makeup;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Series.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Series.Services;

/// <summary>Repeats a session on other dates: copies that belong to one series, of which each person picks one date (R38).</summary>
public sealed class SeriesService(SiteDbContext db, SessionAccess access, SessionCopier copier, IStringLocalizer<Strings> T)
{
    private const int MostDates = 20;

    /// <summary>Makes a draft for each day and puts all of them, the session itself too, in one series.</summary>
    public async Task<Result<TrainingSeries>> RepeatAsync(string code, IReadOnlyCollection<DateOnly> days, bool withBudget = false, CancellationToken cancellationToken = default)
    {
        var found = await access.FindToManageAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var session = found.Value;
        if (await CheckAsync(session, days, cancellationToken) is { } fault)
        {
            return fault;
        }

        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        var series = await FindOrAddAsync(session, cancellationToken);
        session.SeriesId = series.Id;
        await db.SaveChangesAsync(cancellationToken);
        foreach (var day in days.Distinct().Order())
        {
            var copied = await copier.CopyAsync(code, day, withBudget, cancellationToken: cancellationToken);
            if (!copied.Succeeded)
            {
                return copied.Faults.ToList();
            }

            copied.Value.Session.SeriesId = series.Id;
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.FinishAsync(cancellationToken);
        return series;
    }

    private async Task<Fault?> CheckAsync(TrainingSession session, IReadOnlyCollection<DateOnly> days, CancellationToken cancellationToken)
    {
        if (session.State == SessionState.Cancelled)
        {
            return new("session_state", T["Buổi {0} đã hủy nên không lặp lại được. Hãy lặp lại từ một buổi khác.", session.Code], Kind: FaultKind.Conflict);
        }

        if (days.Count is 0 or > MostDates)
        {
            return new("days_required", T["Hãy chọn từ 1 đến {0} ngày.", MostDates], "Days");
        }

        var taken = session.SeriesId is { } id
            ? await db.Sessions.Where(other => other.SeriesId == id && other.State != SessionState.Cancelled).Select(other => other.StartUtc).ToListAsync(cancellationToken)
            : [session.StartUtc];
        var again = days.Intersect(taken.Select(start => DateOnly.FromDateTime(VietnamTime.ToLocal(start)))).Order().ToList();
        return again.Count > 0 ? new("day_taken", T["Ngày {0} đã có buổi của chuyên đề này. Hãy chọn ngày khác.", again[0].ToDateText()], "Days") : null;
    }

    private async Task<TrainingSeries> FindOrAddAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        if (session.SeriesId is { } id)
        {
            return await db.TrainingSeries.AsTracking().SingleAsync(series => series.Id == id, cancellationToken);
        }

        var series = new TrainingSeries { Code = session.Code, Title = session.Title, Description = session.Description, OrganizerPath = session.OrganizerPath };
        if (await db.TrainingSeries.AnyAsync(other => other.Code == series.Code, cancellationToken))
        {
            // A session that was given the code of another one later; the key's end tells them apart.
            series.Code = $"{session.Code[..Math.Min(session.Code.Length, 31)]}-{series.Id.ToString("N")[^8..]}";
        }

        db.Add(series);
        return series;
    }
}
