using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Board.Services;
using TrainingSite.Sessions.Cards;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>Takes attendance: events from a device or a page, however many at once.</summary>
public sealed class CheckInService
{
    private readonly SiteDbContext _db;
    private readonly SessionRolls _rolls;
    private readonly AttendanceWriter _writer;
    private readonly CardService _cards;
    private readonly PointContacts _contacts;
    private readonly CurrentUser _user;
    private readonly TimeProvider _clock;
    private readonly IStringLocalizer<Strings> T;

    internal CheckInService(SiteDbContext db, SessionRolls rolls, AttendanceWriter writer, CardService cards, PointContacts contacts, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> localizer) =>
        (_db, _rolls, _writer, _cards, _contacts, _user, _clock, T) = (db, rolls, writer, cards, contacts, user, clock, localizer);

    /// <summary>Stores events whose times are right; see the other form.</summary>
    public Task<Result<IReadOnlyList<EventResult>>> RecordAsync(string code, string device, IReadOnlyList<AttendanceInput> events, CancellationToken cancellationToken = default) =>
        RecordAsync(code, device, events, sentUtc: null, cancellationToken);

    /// <summary>Stores events and says what became of each; answers after the commit. Sending one twice changes nothing.</summary>
    /// <param name="code">Code of the session.</param>
    /// <param name="device">Name of the device; two devices that disagree are a conflict.</param>
    /// <param name="events">The events.</param>
    /// <param name="sentUtc">What the device's clock says while it sends; null when it does not tell.</param>
    /// <param name="cancellationToken">Ends the wait, not the storing.</param>
    /// <returns>An outcome for each event in the same order; a fault when the session is not there or not this reader's at all.</returns>
    public Task<Result<IReadOnlyList<EventResult>>> RecordAsync(string code, string device, IReadOnlyList<AttendanceInput> events, DateTime? sentUtc, CancellationToken cancellationToken = default) =>
        RecordAsync(code, AttendancePoster.From(_user, device), DeviceClock.Correct(events, sentUtc, _clock.UtcNow(), T), cancellationToken);

    /// <summary>What a person has decided about somebody on a page: stands also after the session or the sheet was closed.</summary>
    public async Task<Result<EventResult>> SettleAsync(string code, AttendanceInput correction, CancellationToken cancellationToken = default)
    {
        var results = await RecordAsync(code, AttendancePoster.From(_user, "") with { Settles = true }, [correction], cancellationToken);
        return results.Succeeded ? results.Value[0] : results.Faults.ToList();
    }

    private async Task<Result<IReadOnlyList<EventResult>>> RecordAsync(string code, AttendancePoster poster, IReadOnlyList<AttendanceInput> events, CancellationToken cancellationToken)
    {
        if (await FindRollAsync(code, poster, cancellationToken) is not { } roll)
        {
            return NoSession(code);
        }

        if (poster.Scope.IsNothing && !await _db.Set<PointCoordinator>().AnyAsync(coordinator => coordinator.UserId == poster.UserId && _db.Set<SessionPoint>().Any(point => point.Id == coordinator.PointId && point.SessionId == roll.Id), cancellationToken))
        {
            return new Fault("out_of_scope", T["Bạn không có quyền điểm danh ở buổi {0}.", code], Kind: FaultKind.Forbidden);
        }

        var results = events.Any(input => input.Card is not null)
            ? await WriteCheckedAsync(roll, poster, events, cancellationToken)
            : await _writer.WriteAsync(roll.Code, poster, events, cancellationToken);
        if (!poster.Settles)
        {
            _contacts.Touch(roll, poster.Device, events, results);
        }

        return results;
    }

    /// <summary>Events with a card are taken when the card is this person's and counts now; one that was taken before stays so, whatever became of the card since.</summary>
    private async Task<EventResult[]> WriteCheckedAsync(SessionRoll roll, AttendancePoster poster, IReadOnlyList<AttendanceInput> events, CancellationToken cancellationToken)
    {
        var reasons = (await _cards.CheckAsync([.. events.Select(input => (input.Member, input.Card))], cancellationToken)).ToArray();
        var refused = events.Where((_, index) => reasons[index] is not null).Select(input => input.Id).ToList();
        var known = refused.Count == 0 ? [] : await _db.AttendanceEvents.Where(fact => refused.Contains(fact.Id)).Select(fact => fact.Id).ToListAsync(cancellationToken);
        var written = await _writer.WriteAsync(roll.Code, poster, [.. events.Where((input, index) => reasons[index] is null || known.Contains(input.Id))], cancellationToken);
        var next = 0;
        return [.. events.Select((input, index) => reasons[index] is { } reason && !known.Contains(input.Id) ? new EventResult(input.Id, EventOutcome.Rejected, reason) : written[next++])];
    }

    /// <summary>
    /// The signed-in person marks themselves at a point, now: needs no right but to be on the session's list. At another point than that
    /// to which they are invited the mark is taken and flagged, and is a conflict until somebody in that room has seen them.
    /// </summary>
    /// <param name="code">Code of the session.</param>
    /// <param name="pointCode">The point whose code the person showed; who calls has checked it.</param>
    /// <param name="method"><see cref="AttendanceMethod.Self"/> or <see cref="AttendanceMethod.Code"/>.</param>
    /// <param name="device">Name of the device.</param>
    /// <param name="kind"><see cref="AttendanceKind.In"/> or <see cref="AttendanceKind.Out"/>.</param>
    /// <param name="cancellationToken">Ends the wait, not the storing.</param>
    public async Task<Result<EventResult>> RecordOwnAsync(string code, string pointCode, AttendanceMethod method, string device, AttendanceKind kind = AttendanceKind.In, CancellationToken cancellationToken = default)
    {
        if (method is not (AttendanceMethod.Self or AttendanceMethod.Code))
        {
            throw new ArgumentOutOfRangeException(nameof(method), method, "A person marks themselves by scanning or typing the code of a point.");
        }

        if (kind is not (AttendanceKind.In or AttendanceKind.Out))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "A person tells of themselves only that they come and go.");
        }

        var input = new AttendanceInput(Guid.CreateVersion7(), "", pointCode, kind, method, _clock.UtcNow());
        if (_user.PersonId is not { } person)
        {
            return new EventResult(input.Id, EventOutcome.Rejected, "person_not_in_session");
        }

        var poster = new AttendancePoster(_user.Id, UnitScope.Nothing, UnitScope.Nothing, device) { OwnPersonId = person };
        return await FindRollAsync(code, poster, cancellationToken) is not { } roll
            ? NoSession(code)
            : (await _writer.WriteAsync(roll.Code, poster, [input], cancellationToken))[0];
    }

    /// <summary>A mark made on a page of the site, now.</summary>
    public async Task<Result<EventResult>> MarkAsync(string code, string pointCode, string memberCode, AttendanceKind kind, AttendanceStatus? status = null, int? block = null, int? minutes = null, string? note = null, CancellationToken cancellationToken = default)
    {
        var results = await RecordAsync(code, "", [new(Guid.CreateVersion7(), memberCode, pointCode, kind, AttendanceMethod.Roster, _clock.UtcNow()) { Status = status, Block = block, Minutes = minutes, Note = note }], cancellationToken);
        return results.Succeeded ? results.Value[0] : results.Faults.ToList();
    }

    /// <summary>The session; a draft only for who manages it.</summary>
    private async Task<SessionRoll?> FindRollAsync(string code, AttendancePoster poster, CancellationToken cancellationToken)
    {
        var roll = await _rolls.FindAsync(code, cancellationToken);
        if (roll?.State == SessionState.Draft)
        {
            // The writer looks at the state anew, but it is not asked when this says there is nothing.
            roll = await _rolls.RefreshAsync(_db, code, cancellationToken);
        }

        return roll?.State == SessionState.Draft && !poster.ManageScope.Contains(roll.OrganizerPath) ? null : roll;
    }

    private Fault NoSession(string code) => new("session_unknown", T["Không có buổi tập huấn {0} trong phạm vi của bạn.", code], Kind: FaultKind.NotFound);
}
