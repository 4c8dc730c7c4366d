using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Deadlines;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;

namespace TrainingSite.Sessions.Services;

/// <summary>Writes sessions down: create, read back, change. What happens to them afterwards is in <see cref="SessionLifecycle"/>.</summary>
public sealed class SessionService(SiteDbContext db, SessionAccess access, SessionValidator validator, SessionDeadlines deadlines, SeatService seats, EventPublisher events, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Creates a draft with its points.</summary>
    public async Task<Result<TrainingSession>> CreateAsync(SessionDraft draft, CancellationToken cancellationToken = default)
    {
        var resolved = await validator.CheckAsync(draft, cancellationToken);
        if (resolved.Faults.Count > 0)
        {
            return resolved.Faults.ToList();
        }

        if (await db.Sessions.AnyAsync(session => session.Code == draft.Code, cancellationToken))
        {
            return CodeTaken(draft.Code);
        }

        var session = new TrainingSession { Code = draft.Code, OrganizerPath = resolved.OrganizerPath };
        db.Add(session);
        Fill(session, draft);
        deadlines.Plan(session, draft.Deadlines ?? deadlines.Usual);
        AddParts(session, draft, resolved.Units);
        foreach (var point in draft.Points ?? [])
        {
            db.Add(PointPlanService.ToPoint(point, session, point.Unit is null ? null : resolved.Units[point.Unit], T));
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return session;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.Sessions.AnyAsync(other => other.Code == draft.Code, cancellationToken))
            {
                // Somebody else took the code between the question and the answer.
                return CodeTaken(draft.Code);
            }

            throw;
        }
    }

    /// <summary>
    /// Changes a session. A draft as a whole (points only when given); of a published one only its words: times are changed by
    /// <see cref="SessionLifecycle.PostponeAsync"/>, points one by one, and the invited list is frozen.
    /// </summary>
    public async Task<Result<TrainingSession>> UpdateAsync(string code, SessionDraft draft, CancellationToken cancellationToken = default)
    {
        var found = await access.FindToManageAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        var session = found.Value;
        var resolved = session.State == SessionState.Draft ? await validator.CheckAsync(draft, cancellationToken) : new(validator.CheckWords(draft), new Dictionary<string, AdministrativeUnit>(), session.OrganizerPath);
        if (resolved.Faults.Count > 0)
        {
            return resolved.Faults.ToList();
        }

        if (draft.Version is { } seen && seen != session.Version)
        {
            return ChangedMeanwhile(session.Code);
        }

        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        var turn = await seats.TakeTurnAsync(session.Id, cancellationToken);
        if (session.State != SessionState.Draft)
        {
            (session.Title, session.Description, session.Organizers, session.Trainers, session.SeatsPerTeam) = (draft.Title, draft.Description, draft.Organizers, draft.Trainers, draft.SeatsPerTeam);
            await deadlines.ChangeAsync(session, draft.Deadlines, cancellationToken);
        }
        else if (draft.Code != session.Code && await db.Sessions.AnyAsync(other => other.Code == draft.Code, cancellationToken))
        {
            return CodeTaken(draft.Code);
        }
        else
        {
            // Whoever corrects another's draft does not take it over.
            (session.Code, session.OrganizerPath) = (draft.Code, draft.OrganizerUnit is null ? session.OrganizerPath : resolved.OrganizerPath);
            Fill(session, draft);
            deadlines.Plan(session, draft.Deadlines ?? deadlines.Of(session));
            await RemovePartsAsync(session.Id, withPoints: draft.Points is not null, cancellationToken);
            AddParts(session, draft, resolved.Units);
            foreach (var point in draft.Points ?? [])
            {
                db.Add(PointPlanService.ToPoint(point, session, point.Unit is null ? null : resolved.Units[point.Unit], T));
            }
        }

        // Even when only a part changed, whoever saves after somebody else must hear of it.
        db.Entry(session).State = EntityState.Modified;
        db.Entry(session).Property(row => row.Revision).IsModified = false;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await db.RaiseRevisionAsync(session.Id, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChangedMeanwhile(session.Code);
        }

        await seats.FillAsync(turn, actor: null, [], cancellationToken);
        await events.PublishAsync(new SessionChanged(session.Id), cancellationToken);
        await transaction.FinishAsync(cancellationToken);
        return session;
    }

    /// <summary>The session as its organizer wrote it, without points: for the form.</summary>
    public async Task<Result<SessionDraft>> ReadDraftAsync(string code, CancellationToken cancellationToken = default)
    {
        var found = await access.FindToManageAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var session = found.Value;
        return new SessionDraft
        {
            Code = session.Code,
            Title = session.Title,
            Description = session.Description,
            Mode = session.Mode,
            OrganizerUnit = UnitPath.CodeOf(session.OrganizerPath),
            Organizers = session.Organizers,
            Trainers = session.Trainers,
            Deadlines = deadlines.Of(session),
            SeatsPerTeam = session.SeatsPerTeam,
            IsRehearsal = session.IsRehearsal,
            Version = session.Version,
            Topics = await db.Set<SessionTopic>().Where(topic => topic.SessionId == session.Id).OrderBy(topic => topic.Topic.Length).ThenBy(topic => topic.Topic).Select(topic => topic.Topic).ToListAsync(cancellationToken),
            Blocks = await db.Set<SessionBlock>().Where(block => block.SessionId == session.Id).OrderBy(block => block.Number).Select(block => new BlockDraft(block.StartUtc, block.EndUtc, block.Title)).ToListAsync(cancellationToken),
            Invite = new(
                await db.Set<SessionInvite>().Where(invite => invite.SessionId == session.Id).OrderBy(invite => invite.UnitCode).Select(invite => invite.UnitCode).ToListAsync(cancellationToken),
                session.InvitedLevels,
                session.InvitedRoles),
        };
    }

    /// <summary>How many an invitation would reach if it were published today: for the summary beside the form.</summary>
    public async Task<InviteCount> CountInvitedAsync(InviteDraft invite, CancellationToken cancellationToken = default)
    {
        var invited = await FindInvitedAsync(invite, cancellationToken);
        return new(
            await invited.Select(row => row.PersonId).Distinct().CountAsync(cancellationToken),
            await invited.Select(row => row.TeamId).Distinct().CountAsync(cancellationToken),
            await invited.Select(row => row.CommuneId).Distinct().CountAsync(cancellationToken));
    }

    /// <summary>The memberships that an invitation would reach if it were published today.</summary>
    internal async Task<IQueryable<InvitedRow>> FindInvitedAsync(InviteDraft invite, CancellationToken cancellationToken = default)
    {
        var today = clock.Today();
        var paths = await db.Units.On(today).Where(unit => invite.Units.Contains(unit.Code)).Select(unit => unit.Path).ToListAsync(cancellationToken);
        var levels = Enum.GetValues<UnitLevel>().Where(level => invite.Levels.Includes(level)).ToList();
        var roles = Enum.GetValues<TeamRole>().Where(role => invite.Roles.Includes(role)).ToList();
        var teams = db.Teams.On(today).Where(team => levels.Contains(team.Unit.Level)).InScope(new UnitScope(paths), team => team.Unit.Path);
        var people = db.Memberships.On(today).Where(membership => roles.Contains(membership.Role));
        return
            from membership in people
            join team in teams on membership.TeamId equals team.Id
            select new InvitedRow { PersonId = membership.PersonId, TeamId = membership.TeamId, CommuneId = team.Unit.Level == UnitLevel.Commune ? team.UnitId : team.Unit.ParentId };
    }

    /// <summary>One membership that an invitation would reach.</summary>
    internal sealed class InvitedRow
    {
        public Guid PersonId { get; init; }

        public Guid TeamId { get; init; }

        public Guid? CommuneId { get; init; }
    }

    private static void Fill(TrainingSession session, SessionDraft draft)
    {
        session.Title = draft.Title;
        session.Description = draft.Description;
        session.Mode = draft.Mode;
        session.SeatsPerTeam = draft.SeatsPerTeam;
        session.Organizers = draft.Organizers;
        session.Trainers = draft.Trainers;
        // What people catch up on counts; it cannot be a rehearsal.
        session.IsRehearsal = draft.IsRehearsal && session.MakeupOfId is null;
        session.InvitedLevels = draft.Invite.Levels;
        session.InvitedRoles = draft.Invite.Roles;
        session.StartUtc = draft.Blocks[0].StartUtc;
        session.EndUtc = draft.Blocks[^1].EndUtc;
    }

    private void AddParts(TrainingSession session, SessionDraft draft, IReadOnlyDictionary<string, AdministrativeUnit> units)
    {
        db.AddRange(SessionLifecycle.ToBlocks(session.Id, draft.Blocks));
        db.AddRange(draft.Topics.Distinct().Select(topic => new SessionTopic { SessionId = session.Id, Topic = topic }));
        db.AddRange(draft.Invite.Units.Distinct().Select(unit => new SessionInvite { SessionId = session.Id, UnitCode = unit, UnitPath = units[unit].Path }));
    }

    private async Task RemovePartsAsync(Guid sessionId, bool withPoints, CancellationToken cancellationToken)
    {
        await db.Set<SessionBlock>().Where(block => block.SessionId == sessionId).ExecuteDeleteAsync(cancellationToken);
        await db.Set<SessionTopic>().Where(topic => topic.SessionId == sessionId).ExecuteDeleteAsync(cancellationToken);
        await db.Set<SessionInvite>().Where(invite => invite.SessionId == sessionId).ExecuteDeleteAsync(cancellationToken);
        if (withPoints)
        {
            await db.SessionPoints.Where(point => point.SessionId == sessionId).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private Fault CodeTaken(string code) => new("code_taken", T["Đã có buổi tập huấn mã {0}. Hãy chọn mã khác.", code], "Code", FaultKind.Conflict);

    private Fault ChangedMeanwhile(string code) => new("changed_meanwhile", T["Trong lúc bạn sửa, người khác đã lưu thay đổi cho buổi {0}. Hãy mở lại trang để xem bản mới rồi sửa tiếp.", code], Kind: FaultKind.Conflict);
}
