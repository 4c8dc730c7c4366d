using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Registration.Services;

/// <summary>An answer to an invitation.</summary>
/// <param name="Comes">Whether the person comes.</param>
/// <param name="Member">Code of the person; null for the reader themselves.</param>
/// <param name="Reason">Why not, in words.</param>
/// <param name="Point">Code of another point to come to; null for the one of the invitation.</param>
public sealed record AnswerInput(bool Comes, string? Member = null, string? Reason = null, string? Point = null);

/// <summary>Takes answers to invitations: comes, does not come, comes to another point; for oneself or for people without a device.</summary>
public sealed class AnswerService(SiteDbContext db, SessionAccess access, AnswerAccess reach, SeatService seats, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Whether answers are taken: from the invitation until the session begins, also when its attendance was opened before.</summary>
    public static bool IsAnswerable(TrainingSession session, DateTime utcNow) => session.IsAhead(utcNow);

    /// <summary>Takes one answer; an earlier one no longer stands.</summary>
    public async Task<Result<Invitation>> AnswerAsync(string code, AnswerInput input, CancellationToken cancellationToken = default)
    {
        if (input.Reason?.Length > 500)
        {
            return new Fault("text_too_long", T["Lý do dài {0} ký tự; nhiều nhất {1}.", input.Reason.Length, 500], "Reason");
        }

        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        var found = await FindAsync(code, session => input.Member is { } member
            ? reach.Answerable(session).Where(invitation => invitation.Person.Code == member)
            : db.Invitations.Where(invitation => invitation.SessionId == session.Id && !invitation.IsWalkIn && invitation.PersonId == user.PersonId), input.Member, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var (turn, invitation) = found.Value;
        if (input.Comes)
        {
            if (await ConfirmAsync(invitation, turn, input.Point, cancellationToken) is { } fault)
            {
                return fault;
            }
        }
        else
        {
            Write(invitation, InvitationResponse.Declined, input.Reason);
        }

        await db.SaveChangesAsync(cancellationToken);
        await seats.FillAsync(turn, invitation.PersonId, invitation.Response == InvitationResponse.Confirmed ? [invitation.PersonId] : [], cancellationToken);
        await db.Entry(invitation).ReloadAsync(cancellationToken);
        await transaction.FinishAsync(cancellationToken);
        return invitation;
    }

    /// <summary>The leader names who of the team has its seats. The others wait once all seats are taken.</summary>
    public async Task<Result<TeamSeats>> AssignTeamAsync(string code, Guid teamId, IReadOnlyCollection<string> members, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        var found = await FindTeamAsync(code, teamId, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var (session, turn, team) = found.Value;
        var own = await seats.CountTeamAsync(session, teamId, cancellationToken);
        if (own is null)
        {
            return new Fault("no_team_seats", T["Buổi {0} không chia chỗ theo Tổ.", code], Kind: FaultKind.Conflict);
        }

        var chosen = team.Where(invitation => members.Contains(invitation.Person.Code)).ToList();
        if (chosen.Count > own.Seats)
        {
            return new Fault("too_many_for_seats", T["Tổ có {0} chỗ mà bạn chọn {1} người. Hãy bỏ bớt {2} người.", own.Seats, chosen.Count, chosen.Count - own.Seats], "Members");
        }

        var full = chosen.Count == own.Seats;
        foreach (var other in team.Except(chosen).Where(invitation => invitation.Response == InvitationResponse.Confirmed || (full && invitation.Response == InvitationResponse.None)))
        {
            Write(other, full ? InvitationResponse.Waiting : InvitationResponse.None);
            other.QueueNumber = full ? turn.Number : null;
        }

        await db.SaveChangesAsync(cancellationToken);
        var free = await ReadFreeSeatsAsync(session.Id, cancellationToken);
        var fresh = chosen.Where(invitation => invitation.Response != InvitationResponse.Confirmed).ToList();
        foreach (var invitation in fresh)
        {
            var hasRoom = free.GetValueOrDefault(invitation.PointId, 1) > 0;
            Write(invitation, hasRoom ? InvitationResponse.Confirmed : InvitationResponse.Waiting);
            invitation.QueueNumber = hasRoom ? null : turn.Number;
            if (hasRoom && free.TryGetValue(invitation.PointId, out var left))
            {
                free[invitation.PointId] = left - 1;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await seats.FillAsync(turn, actor: null, [.. fresh.Where(invitation => invitation.Response == InvitationResponse.Confirmed).Select(invitation => invitation.PersonId)], cancellationToken);
        var after = (await seats.CountTeamAsync(session, teamId, cancellationToken))!;
        await transaction.FinishAsync(cancellationToken);
        return after;
    }

    /// <summary>The leader gives back the seats that nobody of the team has: whoever waits may have them.</summary>
    public async Task<Result<int>> ReleaseTeamAsync(string code, Guid teamId, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        var found = await FindTeamAsync(code, teamId, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var (session, turn, _) = found.Value;
        if (await seats.CountTeamAsync(session, teamId, cancellationToken) is not { Free: > 0 and var free })
        {
            return new Fault("no_free_seats", T["Tổ không còn chỗ trống nào để trả."], Kind: FaultKind.Conflict);
        }

        var release = await db.TeamReleases.AsTracking().SingleOrDefaultAsync(row => row.SessionId == session.Id && row.TeamId == teamId, cancellationToken)
            ?? db.Add(new TeamRelease { SessionId = session.Id, TeamId = teamId }).Entity;
        release.Seats += free;
        (release.AtUtc, release.UserName) = (clock.UtcNow(), user.Name);
        await db.SaveChangesAsync(cancellationToken);
        await seats.FillAsync(turn, actor: null, [], cancellationToken);
        await transaction.FinishAsync(cancellationToken);
        return free;
    }

    /// <summary>Comes, here or at another point: a place at the end of the queue, which is a seat when one is free.</summary>
    private async Task<Fault?> ConfirmAsync(Invitation invitation, Turn turn, string? pointCode, CancellationToken cancellationToken)
    {
        if (pointCode is { Length: > 0 } && pointCode != invitation.Point.Code)
        {
            var point = await db.SessionPoints.SingleOrDefaultAsync(row => row.SessionId == invitation.SessionId && row.Code == pointCode, cancellationToken);
            if (point is null)
            {
                return new("point_unknown", T["Buổi {0} không có điểm cầu {1}.", invitation.Session.Code, pointCode], "Point", FaultKind.NotFound);
            }

            if (point.ClosedUtc is not null || point.State == PointState.Absent)
            {
                return new("point_closed", T["{0} không nhận thêm người. Hãy chọn điểm cầu khác.", point.Name], "Point", FaultKind.Conflict);
            }

            if (point.Capacity is { } capacity && await db.Invitations.CountAsync(row => row.PointId == point.Id && row.Response == InvitationResponse.Confirmed, cancellationToken) >= capacity)
            {
                return new("point_full", T["{0} đã hết chỗ. Bạn vẫn giữ chỗ cũ; hãy chọn điểm cầu khác.", point.Name], "Point", FaultKind.Conflict);
            }

            invitation.MovedFromId = invitation.MovedFromId == point.Id ? null : invitation.MovedFromId ?? invitation.PointId;
            invitation.PointId = point.Id;
        }
        else if (invitation.Response is InvitationResponse.Confirmed or InvitationResponse.Waiting)
        {
            // Said before: whoever says it again keeps the place they have.
            return null;
        }

        // Who had a seat has one at the other point too: it has just been found free.
        var hadSeat = invitation.Response == InvitationResponse.Confirmed;
        Write(invitation, hadSeat ? InvitationResponse.Confirmed : InvitationResponse.Waiting);
        invitation.QueueNumber = hadSeat ? null : turn.Number;
        return null;
    }

    private void Write(Invitation invitation, InvitationResponse response, string? reason = null)
    {
        invitation.Response = response;
        invitation.ResponseReason = string.IsNullOrWhiteSpace(reason) ? null : VietnameseText.Clean(reason);
        (invitation.RespondedUtc, invitation.RespondedBy, invitation.RespondedByName) = (clock.UtcNow(), user.Id, user.Name);
        (invitation.QueueNumber, invitation.PromotedUtc) = (null, null);
    }

    /// <summary>One invitation, tracked, once it is this answer's turn.</summary>
    private async Task<Result<(Turn Turn, Invitation Invitation)>> FindAsync(string code, Func<TrainingSession, IQueryable<Invitation>> find, string? member, CancellationToken cancellationToken)
    {
        var taken = await TakeTurnAsync(code, cancellationToken);
        if (!taken.Succeeded)
        {
            return taken.Faults.ToList();
        }

        var (session, turn) = taken.Value;
        var invitation = await find(session).AsTracking().Include(row => row.Point).Include(row => row.Session).SingleOrDefaultAsync(cancellationToken);
        return invitation is not null ? (turn, invitation)
            : member is not null && await db.Invitations.AnyAsync(row => row.SessionId == session.Id && !row.IsWalkIn && row.Person.Code == member, cancellationToken)
                ? new Fault("out_of_scope", T["Bạn không trả lời thay {0} được: người này không thuộc Tổ hoặc điểm cầu của bạn.", member], "Member", FaultKind.Forbidden)
                : new Fault("person_not_in_session", T["{0} không có trong danh sách của buổi {1}.", member ?? user.Name, code], "Member", FaultKind.NotFound);
    }

    /// <summary>The invited people of a team that the reader may answer for, tracked.</summary>
    private async Task<Result<(TrainingSession Session, Turn Turn, List<Invitation> Team)>> FindTeamAsync(string code, Guid teamId, CancellationToken cancellationToken)
    {
        var taken = await TakeTurnAsync(code, cancellationToken);
        if (!taken.Succeeded)
        {
            return taken.Faults.ToList();
        }

        var (session, turn) = taken.Value;
        var invited = db.Invitations.Where(invitation => invitation.SessionId == session.Id && !invitation.IsWalkIn && invitation.TeamId == teamId);
        var team = await reach.Answerable(session).AsTracking().Where(invitation => invitation.TeamId == teamId).Include(invitation => invitation.Person).OrderBy(invitation => invitation.Person.SortName).ToListAsync(cancellationToken);
        // Who may answer for a part of a team, as a member may for themselves, does not dispose of its seats.
        return team.Count > 0 && team.Count == await invited.CountAsync(cancellationToken) && await DisposesAsync(session, teamId, cancellationToken) ? (session, turn, team)
            : new Fault("out_of_scope", T["Chỉ Tổ trưởng và người phụ trách buổi tập huấn trả lời cho Tổ này được."], Kind: FaultKind.Forbidden);
    }

    private async Task<bool> DisposesAsync(TrainingSession session, Guid teamId, CancellationToken cancellationToken) =>
        await reach.Led().ContainsAsync(teamId, cancellationToken) || await reach.IsStaffAsync(session, cancellationToken);

    private async Task<Result<(TrainingSession Session, Turn Turn)>> TakeTurnAsync(string code, CancellationToken cancellationToken)
    {
        if (await access.FindToReadAsync(code, cancellationToken) is not { } known)
        {
            return access.NoSession(code);
        }

        var turn = await seats.TakeTurnAsync(known.Id, cancellationToken);
        // Read again: it may have closed while others had their turn.
        var session = await db.Sessions.AsNoTracking().SingleAsync(row => row.Id == known.Id, cancellationToken);
        return IsAnswerable(session, clock.UtcNow()) ? (session, turn)
            : new Fault("answers_closed", T["Buổi {0} không nhận trả lời nữa: chưa phát hành, đã bắt đầu hoặc đã hủy.", code], Kind: FaultKind.Conflict);
    }

    /// <summary>Free seats of the points with a capacity.</summary>
    private Task<Dictionary<Guid, int>> ReadFreeSeatsAsync(Guid sessionId, CancellationToken cancellationToken) =>
        db.SessionPoints.Where(point => point.SessionId == sessionId && point.Capacity != null)
            .Select(point => new { point.Id, Free = point.Capacity!.Value - db.Set<Invitation>().Count(invitation => invitation.PointId == point.Id && invitation.Response == InvitationResponse.Confirmed) })
            .ToDictionaryAsync(row => row.Id, row => row.Free, cancellationToken);
}
