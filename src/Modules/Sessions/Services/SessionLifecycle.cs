using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Deadlines;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;

namespace TrainingSite.Sessions.Services;

/// <summary>Leads a session from draft to closed or cancelled.</summary>
public sealed class SessionLifecycle(SiteDbContext db, SessionAccess access, SessionValidator validator, SessionPublisher publisher, SessionDeadlines deadlines, EarlierAnswers earlier, AttendanceRebuild attendance, EventPublisher events, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>From this long before the start, attendance may be taken without anybody opening the session.</summary>
    public static readonly TimeSpan OpensBefore = TimeSpan.FromMinutes(60);

    /// <summary>A mark that arrives within this time was made by a device with signal: it could know that a sheet was closed.</summary>
    public static readonly TimeSpan Prompt = TimeSpan.FromMinutes(2);

    /// <summary>Until this long after the end, marks of a device without signal count although the sheet was closed meanwhile.</summary>
    public static readonly TimeSpan MarksUntilAfterEnd = TimeSpan.FromHours(2);

    /// <summary>Freezes the invited list and makes the session known.</summary>
    /// <param name="code">Code of the session.</param>
    /// <param name="version">Version that the organizer saw; null for whatever is there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<PublishOutcome>> PublishAsync(string code, int? version = null, CancellationToken cancellationToken = default)
    {
        var found = await access.FindToManageAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var session = found.Value;
        if (version is { } seen && seen != session.Version)
        {
            return ChangedMeanwhile(code);
        }

        if (session.State != SessionState.Draft)
        {
            return WrongState(session, T["phát hành"]);
        }

        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        // Pressed twice: the later waits here, and finds that there is no draft any more.
        if (await db.Sessions.Where(row => row.Id == session.Id && row.State == SessionState.Draft).ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision + 1), cancellationToken) == 0)
        {
            return ChangedMeanwhile(code);
        }

        session.State = SessionState.Published;
        session.PublishedUtc = clock.UtcNow();
        await deadlines.PlanAsync(session, cancellationToken);
        var outcome = await publisher.FreezeAsync(session, cancellationToken);
        if (!outcome.Succeeded)
        {
            await db.Entry(session).ReloadAsync(cancellationToken);
            return outcome;
        }

        return await SaveAsync(session, cancellationToken) is { } fault ? fault : await CommitAsync(outcome.Value);

        async Task<Result<PublishOutcome>> CommitAsync(PublishOutcome value)
        {
            await transaction.FinishAsync(cancellationToken);
            return value;
        }
    }

    /// <summary>Opens a published session, or opens a closed one again.</summary>
    public Task<Result<TrainingSession>> OpenAsync(string code, CancellationToken cancellationToken = default) =>
        ChangeAsync(code, T["mở"], session => session.State is SessionState.Published or SessionState.Open or SessionState.Closed, session =>
        {
            session.State = SessionState.Open;
            session.OpenedUtc ??= clock.UtcNow();
            (session.ClosedUtc, session.ClosedBy, session.ClosedByClock) = (null, null, false);
            deadlines.PlanClosing(session);
        }, cancellationToken);

    /// <summary>Lets a session that was opened ahead of its time wait for it again, while nobody has been marked.</summary>
    public async Task<Result<TrainingSession>> WaitAsync(string code, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        var found = await access.FindToManageAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        // A mark that is being stored now is waited for, and seen.
        await attendance.HoldAsync(found.Value.Id, cancellationToken);
        if (await HasMarksAsync(found.Value, cancellationToken))
        {
            return new Fault("session_has_marks", T["Buổi {0} đã có người được điểm danh nên không thôi mở được. Dấu đã ghi vẫn còn nguyên.", code], Kind: FaultKind.Conflict);
        }

        var waiting = await ChangeAsync(code, T["thôi mở"], session => session.IsOpenedAhead(clock.UtcNow()), session =>
        {
            (session.State, session.OpenedUtc) = (SessionState.Published, null);
            deadlines.PlanClosing(session);
        }, cancellationToken);
        if (waiting.Succeeded)
        {
            await transaction.FinishAsync(cancellationToken);
        }

        return waiting;
    }

    /// <summary>Whether somebody has been marked for the times that it has now.</summary>
    public Task<bool> HasMarksAsync(TrainingSession session, CancellationToken cancellationToken = default) =>
        db.AttendanceEvents.AnyAsync(fact => fact.SessionId == session.Id && (session.MarksFromUtc == null || fact.AtUtc > session.MarksFromUtc), cancellationToken);

    /// <summary>Closes a session: from now on who has no mark counts as absent.</summary>
    public Task<Result<TrainingSession>> CloseAsync(string code, CancellationToken cancellationToken = default) =>
        ChangeAsync(code, T["đóng"], session => session.State is SessionState.Open or SessionState.Closed || (session.State == SessionState.Published && IsWithinWindow(session, clock.UtcNow())), session =>
        {
            session.State = SessionState.Closed;
            session.OpenedUtc ??= session.StartUtc;
            (session.ClosedUtc, session.ClosedBy) = session.ClosedUtc is null ? (clock.UtcNow(), user.Name) : (session.ClosedUtc, session.ClosedBy);
        }, cancellationToken);

    /// <summary>Calls a session off. Those invited are told, their calendars too.</summary>
    public async Task<Result<TrainingSession>> CancelAsync(string code, string reason, CancellationToken cancellationToken = default) =>
        CheckReason(reason) is { } fault ? fault
            : await ChangeAsync(code, T["hủy"], session => session.State is SessionState.Draft or SessionState.Published or SessionState.Open, session =>
            {
                session.State = SessionState.Cancelled;
                session.Reason = reason.Trim();
                TellInvited(session);
            }, cancellationToken, session => attendance.HoldAsync(session.Id, cancellationToken), session => attendance.TakeCreditsBackAsync(session.Code, cancellationToken));

    /// <summary>Deletes a draft with its points and all that was planned: nobody was invited, so nobody is told.</summary>
    public async Task<Result<TrainingSession>> DiscardAsync(string code, CancellationToken cancellationToken = default)
    {
        var found = await access.FindToManageAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        var session = found.Value;
        return session.State != SessionState.Draft ? WrongState(session, T["bỏ đi"])
            : await db.Sessions.Where(row => row.Id == session.Id && row.State == SessionState.Draft).ExecuteDeleteAsync(cancellationToken) == 0 ? ChangedMeanwhile(code)
            : session;
    }

    /// <summary>Moves a published session to other times. Those invited are told, their calendars too, and asked again whether they come.</summary>
    public async Task<Result<TrainingSession>> PostponeAsync(string code, IReadOnlyList<BlockDraft> blocks, string reason, CancellationToken cancellationToken = default)
    {
        var faults = new List<Fault>();
        validator.CheckBlocks(blocks, faults);
        if (CheckReason(reason) is { } fault)
        {
            faults.Add(fault);
        }

        if (faults.Count == 0 && blocks[^1].EndUtc <= clock.UtcNow())
        {
            faults.Add(new("time_past", T["Giờ mới đã qua. Hãy chọn giờ sau bây giờ."], "blocks"));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        var found = await access.FindToManageAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        var times = await db.Set<SessionBlock>().Where(block => block.SessionId == found.Value.Id).OrderBy(block => block.Number).Select(block => new { block.StartUtc, block.EndUtc }).ToListAsync(cancellationToken);
        if (times.Select(block => (block.StartUtc, block.EndUtc)).SequenceEqual(blocks.Select(block => (block.StartUtc, block.EndUtc))))
        {
            return new Fault("time_same", T["Giờ vẫn như cũ, nên chưa báo cho ai. Hãy chọn giờ khác."], "blocks");
        }

        var old = (Start: DateTime.MinValue, End: DateTime.MinValue);
        return await ChangeAsync(code, T["đổi lịch"], session => session.State is SessionState.Published or SessionState.Open, session =>
        {
            old = (session.StartUtc, session.EndUtc);
            session.StartUtc = blocks[0].StartUtc;
            session.EndUtc = blocks[^1].EndUtc;
            session.Reason = reason.Trim();
            session.Postponements++;
            if (!IsWithinWindow(session, clock.UtcNow()))
            {
                (session.State, session.OpenedUtc) = (SessionState.Published, null);
            }

            TellInvited(session);
        }, cancellationToken, async session =>
        {
            await attendance.HoldAsync(session.Id, cancellationToken);
            await db.Set<SessionBlock>().Where(block => block.SessionId == session.Id).ExecuteDeleteAsync(cancellationToken);
            db.AddRange(ToBlocks(session.Id, blocks));
            await deadlines.PlanAsync(session, cancellationToken);
            if (EarlierAnswers.MustAskAgain(session, old.Start, old.End))
            {
                // Who was marked, and how the points stood, was true of the date that is given up.
                session.MarksFromUtc = clock.UtcNow();
                await db.SessionPoints.Where(point => point.SessionId == session.Id).ExecuteUpdateAsync(
                    set => set.SetProperty(point => point.State, PointState.Planned).SetProperty(point => point.ReasonCode, (string?)null).SetProperty(point => point.ReasonText, (string?)null)
                        .SetProperty(point => point.HeadCount, (int?)null).SetProperty(point => point.OnlineCount, (int?)null)
                        .SetProperty(point => point.ClosedUtc, (DateTime?)null).SetProperty(point => point.ClosedBy, (string?)null),
                    cancellationToken);
                await earlier.PutAwayAsync(session, old.Start, cancellationToken);
            }
        }, session => attendance.FoldAgainAsync(session.Code, cancellationToken));
    }

    /// <summary>Whether attendance may be taken now because the start is near or past.</summary>
    internal static bool IsWithinWindow(TrainingSession session, DateTime now) => now >= session.StartUtc - OpensBefore;

    /// <summary>Numbers the blocks from 1.</summary>
    internal static IEnumerable<SessionBlock> ToBlocks(Guid sessionId, IReadOnlyList<BlockDraft> blocks) =>
        blocks.Select((block, index) => new SessionBlock { SessionId = sessionId, Number = index + 1, StartUtc = block.StartUtc, EndUtc = block.EndUtc, Title = block.Title });

    private async Task<Result<TrainingSession>> ChangeAsync(string code, string verb, Func<TrainingSession, bool> allowed, Action<TrainingSession> change, CancellationToken cancellationToken, Func<TrainingSession, Task>? changeParts = null, Func<TrainingSession, Task>? follow = null)
    {
        var found = await access.FindToManageAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        var session = found.Value;
        if (!allowed(session))
        {
            return WrongState(session, verb);
        }

        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        change(session);
        if (changeParts is not null)
        {
            await changeParts(session);
        }

        if (await SaveAsync(session, cancellationToken) is { } fault)
        {
            return fault;
        }

        if (follow is not null)
        {
            await follow(session);
        }

        await transaction.FinishAsync(cancellationToken);
        return session;
    }

    private async Task<Fault?> SaveAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await db.RaiseRevisionAsync(session.Id, cancellationToken);
            await events.PublishAsync(new SessionChanged(session.Id), cancellationToken);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChangedMeanwhile(session.Code);
        }
    }

    private void TellInvited(TrainingSession session)
    {
        session.Sequence++;
        (session.ChangedUtc, session.ChangedSequence) = (clock.UtcNow(), session.Sequence);
    }

    private Fault? CheckReason(string reason) =>
        string.IsNullOrWhiteSpace(reason) ? new("reason_required", T["Hãy ghi lý do, để người được mời hiểu vì sao."], "Reason")
        : reason.Length > 500 ? new("text_too_long", T["Lý do dài {0} ký tự; nhiều nhất {1}.", reason.Length, 500], "Reason")
        : null;

    private Fault WrongState(TrainingSession session, string verb) => new("session_state", T["Không {0} được buổi {1}: {2}.", verb, session.Code, StateText(session.State)], Kind: FaultKind.Conflict);

    private string StateText(SessionState state) => state switch
    {
        SessionState.Draft => T["buổi này còn là bản nháp, hãy phát hành trước"],
        SessionState.Published => T["buổi này đã phát hành và chưa đến giờ"],
        SessionState.Open => T["buổi này đang diễn ra"],
        SessionState.Closed => T["buổi này đã đóng"],
        SessionState.Cancelled => T["buổi này đã hủy"],
    };

    private Fault ChangedMeanwhile(string code) => new("changed_meanwhile", T["Trong lúc bạn làm, người khác đã thay đổi buổi {0}. Hãy mở lại trang rồi làm lại.", code], Kind: FaultKind.Conflict);
}
