using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Board.Services;
using TrainingSite.Sessions.Cards;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Offline;

/// <summary>What became of one item.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Outcome">Stored, known, in conflict or refused.</param>
/// <param name="Message">Why it was refused, for people.</param>
/// <param name="Item">The item, where it could be read.</param>
public sealed record SheetAnswer(Guid Id, EventOutcome Outcome, string? Message = null, SheetItem? Item = null);

/// <summary>
/// Takes what a device kept for a sheet, sent by the page or brought as a file: the same path, an answer for each item, harmless when repeated.
/// </summary>
public sealed class SheetInbox(SessionAccess access, CheckInService checkIn, CardService cards, PointContacts contacts, PointService points, GuestService guests, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Most items of one batch.</summary>
    public const int MostItems = 1000;

    /// <summary>Most letters of a device's name.</summary>
    public const int LongestDevice = 60;

    /// <summary>Stores the items of one device.</summary>
    /// <returns>Answers; an item without one was not decided and is to be sent again. A fault when the sheet is not this reader's.</returns>
    public async Task<Result<IReadOnlyList<SheetAnswer>>> TakeAsync(string code, string point, SheetBatch batch, CancellationToken cancellationToken = default)
    {
        if (batch is not { Items: { Count: <= MostItems } items, Device: { Length: > 0 and <= LongestDevice } device })
        {
            return new Fault("batch_invalid", T["Máy gửi chưa đúng mẫu. Hãy mở lại trang rồi gửi lại; các dấu vẫn còn trên máy."]);
        }

        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        contacts.TouchBy(access, found.Value, device);
        var read = items.Select(element => (Element: element, Item: SheetItem.TryRead(element))).ToList();
        var answers = read.Where(pair => pair.Item is null).Select(pair => new SheetAnswer(SheetItem.ReadId(pair.Element), EventOutcome.Rejected, T.RejectionText("item_invalid"))).ToList();
        foreach (var group in read.Where(pair => pair.Item is not null).Select(pair => pair.Item!).GroupBy(item => item.Device is { Length: > 0 and <= LongestDevice } own ? own : device))
        {
            // What another device made has its own clock, of which this one tells nothing.
            var sent = group.Key == device ? batch.SentAt?.UtcDateTime : null;
            var marked = await MarkAsync(code, point, group.Key, sent, [.. group.Where(item => item.Kind is not ("report" or "guest"))], cancellationToken);
            if (!marked.Succeeded)
            {
                return marked;
            }

            answers.AddRange(marked.Value);
            foreach (var item in group.Where(item => item.Kind == "report").OrderBy(item => item.At))
            {
                if (await ReportAsync(code, point, new(item.Id, DeviceClock.Correct(item.AtUtc, sent, clock.UtcNow()), group.Key), item, cancellationToken) is { } answer)
                {
                    answers.Add(answer);
                }
            }

            foreach (var item in group.Where(item => item.Kind == "guest"))
            {
                answers.Add(await guests.AddAsync(found.Value, item, DeviceClock.Correct(item.AtUtc, sent, clock.UtcNow()), group.Key, cancellationToken));
            }
        }

        return answers;
    }

    private async Task<Result<IReadOnlyList<SheetAnswer>>> MarkAsync(string code, string point, string device, DateTime? sentUtc, IReadOnlyList<SheetItem> marks, CancellationToken cancellationToken)
    {
        var answers = new List<SheetAnswer>();
        var events = new List<(SheetItem Item, AttendanceInput Input)>();
        var refusals = await cards.CheckAsync([.. marks.Select(mark => (mark.Member ?? "", mark.Card))], cancellationToken);
        foreach (var (mark, refusal) in marks.Zip(refusals))
        {
            var input = mark is { Member.Length: > 0, Note: null or { Length: <= 500 } } ? mark.ToInput(point) : null;
            if (input is not null && refusal is null)
            {
                events.Add((mark, input));
            }
            else
            {
                answers.Add(new(mark.Id, EventOutcome.Rejected, T.RejectionText(refusal ?? "item_invalid"), mark));
            }
        }

        if (events.Count > 0)
        {
            var results = await checkIn.RecordAsync(code, device, [.. events.Select(pair => pair.Input)], sentUtc, cancellationToken);
            if (!results.Succeeded)
            {
                return results.Faults.ToList();
            }

            answers.AddRange(events.Zip(results.Value, (pair, result) =>
                new SheetAnswer(result.Id, result.Outcome, result.Outcome == EventOutcome.Rejected ? T.RejectionText(result.Reason) : null, pair.Item)));
        }

        return answers;
    }

    private async Task<SheetAnswer?> ReportAsync(string code, string point, ReportOrigin origin, SheetItem item, CancellationToken cancellationToken)
    {
        if (item.Report is not { State: { } state } report)
        {
            return new(item.Id, EventOutcome.Rejected, T.RejectionText("item_invalid"), item);
        }

        var reported = await points.ReportAsync(code, point, new(state, report.Reason, report.HeadCount, report.OnlineCount) { Origin = origin }, cancellationToken);
        return reported.Succeeded ? new(item.Id, EventOutcome.Recorded, Item: item)
            // Two reports at the same moment: not refused, the device sends it again.
            : reported.Faults[0].Code == "changed_meanwhile" ? null
            : new(item.Id, EventOutcome.Rejected, reported.Faults[0].Message, item);
    }
}
