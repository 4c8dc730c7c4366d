using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Paper;

/// <summary>One line of the sheet on paper.</summary>
/// <param name="Number">Number at the point.</param>
/// <param name="PaperCode">Number and check letter.</param>
/// <param name="Member">Code of the member.</param>
/// <param name="Name">Name.</param>
/// <param name="Team">Team.</param>
public sealed record PaperRow(int Number, string PaperCode, string Member, string Name, string Team);

/// <summary>Takes over a sheet that was signed on paper: codes in, marks out, all or nothing.</summary>
public sealed class PaperEntry(SiteDbContext db, PaperNumbers numbers, CheckInService checkIn, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const string Device = "paper";

    /// <summary>The people of a point in the order of their numbers.</summary>
    public async Task<IReadOnlyList<PaperRow>> RowsOfAsync(Guid point, CancellationToken cancellationToken = default)
    {
        var given = await numbers.OfAsync(point, cancellationToken);
        var people = await db.Invitations.Where(invitation => invitation.PointId == point)
            .Select(invitation => new { invitation.PersonId, invitation.Person.Code, invitation.Person.FullName, invitation.TeamName }).ToListAsync(cancellationToken);
        return [.. people.Select(person => new PaperRow(given[person.PersonId], PaperCode.Of(point, given[person.PersonId]), person.Code, person.FullName, person.TeamName)).OrderBy(row => row.Number)];
    }

    /// <summary>Records what was typed; a fault for each code that is not right, and then nothing is recorded.</summary>
    /// <param name="point">The point with its session.</param>
    /// <param name="text">The codes.</param>
    /// <param name="time">When people were there, on the session's day; null for its start.</param>
    /// <param name="cancellationToken">Ends the wait, not the storing.</param>
    /// <returns>How many were recorded.</returns>
    public async Task<Result<int>> RecordAsync(SessionPoint point, string? text, TimeOnly? time, CancellationToken cancellationToken = default)
    {
        var words = PaperCode.Read(text);
        if (words.Count == 0)
        {
            return new Fault("codes_missing", T["Hãy gõ mã của những người có chữ ký, chẳng hạn 7K 8M."], "text");
        }

        var at = time is { } typed ? VietnamTime.ToUtc(VietnamTime.ToLocal(point.Session.StartUtc).Date + typed.ToTimeSpan()) : point.Session.StartUtc;
        if (at > clock.UtcNow() && time is not null)
        {
            return new Fault("time_implausible", T["Giờ {0} chưa tới. Hãy sửa giờ, hoặc để trống để lấy giờ bắt đầu.", at.ToTimeText()], "time");
        }

        var rows = (await RowsOfAsync(point.Id, cancellationToken)).ToDictionary(row => row.Number);
        var faults = Check(point.Id, words, rows);
        if (faults.Count > 0)
        {
            return faults;
        }

        var events = words.Select(word => new AttendanceInput(Guid.CreateVersion7(), rows[word.Number!.Value].Member, point.Code, word.Kind, AttendanceMethod.Paper, at) { Minutes = word.Minutes }).ToList();
        var recorded = await checkIn.RecordAsync(point.Session.Code, Device, events, cancellationToken);
        if (!recorded.Succeeded)
        {
            return recorded.Faults.ToList();
        }

        var refused = words.Zip(recorded.Value).Where(pair => pair.Second.Outcome == EventOutcome.Rejected).ToList();
        return refused.Count == 0
            ? words.Count
            : refused.ConvertAll(pair => new Fault(pair.Second.Reason ?? "rejected", T["{0} ({1}): chưa ghi được, {2}", pair.First.Text, rows[pair.First.Number!.Value].Name, WhyText(pair.Second.Reason)], "text"));
    }

    private List<Fault> Check(Guid point, IReadOnlyList<PaperWord> words, Dictionary<int, PaperRow> rows)
    {
        var faults = new List<Fault>();
        var seen = new HashSet<int>();
        foreach (var word in words)
        {
            var fault = word.Number is not { } number ? new Fault("code_unreadable", T["“{0}” không phải mã. Mã là số và một chữ cái, như 7K.", word.Text], "text")
                : word.Letter != PaperCode.LetterOf(point, number) ? new Fault("code_wrong_letter", T["{0}: chữ cái không khớp với số. Hãy xem lại, hoặc tờ này là của điểm cầu khác.", word.Text], "text")
                : !rows.TryGetValue(number, out var row) ? new Fault("code_unknown", T["{0}: điểm cầu này không có số {1}.", word.Text, number], "text")
                : !seen.Add(number) ? new Fault("code_twice", T["{0} ({1}) gõ hai lần.", word.Text, row.Name], "text")
                : null;
            if (fault is not null)
            {
                faults.Add(fault);
            }
        }

        return faults;
    }

    private string WhyText(string? reason) => reason switch
    {
        "session_not_open" => T["buổi tập huấn chưa mở hoặc đã đóng."],
        "sheet_closed" => T["danh sách đã chốt; hãy mở lại rồi ghi."],
        "time_implausible" => T["giờ này cách buổi tập huấn quá xa."],
        "session_moved" => T["buổi này đã dời sang giờ khác sau giờ này."],
        _ => T["dấu này không dùng được."],
    };
}
