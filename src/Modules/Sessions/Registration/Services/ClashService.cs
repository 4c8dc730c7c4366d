using TrainingSite.Sessions.Makeup;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Registration.Services;

/// <summary>Another session at the same time to which a person is invited too.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">Its title.</param>
/// <param name="StartUtc">Its start.</param>
/// <param name="EndUtc">Its end.</param>
/// <param name="Response">What the person answered there.</param>
public sealed record Clash(string Code, string Title, DateTime StartUtc, DateTime EndUtc, InvitationResponse Response);

/// <summary>Finds people who are asked to be at two sessions at once. Dates of one series do not clash: everybody picks one.</summary>
public sealed class ClashService(SiteDbContext db, SessionService sessions)
{
    /// <summary>Keys of the sessions ahead or running of which a part overlaps a part of this one.</summary>
    public Task<List<Guid>> FindOverlappingAsync(TrainingSession session, CancellationToken cancellationToken = default)
    {
        var (id, series) = (session.Id, session.SeriesId);
        return db.Sessions.Where(other => other.Id != id && (other.State == SessionState.Published || other.State == SessionState.Open)
                && (series == null || other.SeriesId == null || other.SeriesId != series)
                && other.Blocks.Any(theirs => db.Set<SessionBlock>().Any(own => own.SessionId == id && own.StartUtc < theirs.EndUtc && theirs.StartUtc < own.EndUtc)))
            .Select(other => other.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The other invitations that keep people busy, in those sessions.</summary>
    public IQueryable<Invitation> Busy(IReadOnlyCollection<Guid> overlapping)
    {
        Guid[] ids = [.. overlapping];
        return db.Invitations.Where(other => EF.Parameter(ids).Contains(other.SessionId) && !other.IsWalkIn && other.Response != InvitationResponse.Declined);
    }

    /// <summary>Those of a session's invitations whose people are asked to be in one of these sessions at that time.</summary>
    public IQueryable<Invitation> Clashing(IQueryable<Invitation> invitations, IReadOnlyCollection<Guid> overlapping)
    {
        var busy = Busy(overlapping);
        return invitations.Where(invitation => !invitation.IsWalkIn && invitation.Response != InvitationResponse.Declined && busy.Any(other => other.PersonId == invitation.PersonId));
    }

    /// <summary>The sessions that keep one person busy.</summary>
    public async Task<IReadOnlyList<Clash>> OfPersonAsync(TrainingSession session, Guid personId, CancellationToken cancellationToken = default) =>
        await FindOverlappingAsync(session, cancellationToken) is { Count: > 0 } overlapping
            ? await Busy(overlapping).Where(other => other.PersonId == personId).OrderBy(other => other.Session.StartUtc)
                .Select(other => new Clash(other.Session.Code, other.Session.Title, other.Session.StartUtc, other.Session.EndUtc, other.Response)).ToListAsync(cancellationToken)
            : [];

    /// <summary>How many people a session invites, or would invite if it were published today, who are asked to be elsewhere at that time.</summary>
    public async Task<int> CountAsync(TrainingSession session, CancellationToken cancellationToken = default)
    {
        if (await FindOverlappingAsync(session, cancellationToken) is not { Count: > 0 } overlapping)
        {
            return 0;
        }

        if (session.State != SessionState.Draft)
        {
            return await Clashing(db.Invitations.Where(invitation => invitation.SessionId == session.Id), overlapping).CountAsync(cancellationToken);
        }

        var busy = Busy(overlapping);
        if (session.MakeupOfId is { } originalId)
        {
            return await db.MissedFor(session.Id, originalId).CountAsync(invitation => busy.Any(other => other.PersonId == invitation.PersonId), cancellationToken);
        }

        var units = await db.Set<SessionInvite>().Where(invite => invite.SessionId == session.Id).Select(invite => invite.UnitCode).ToListAsync(cancellationToken);
        var invited = await sessions.FindInvitedAsync(new(units, session.InvitedLevels, session.InvitedRoles), cancellationToken);
        return await invited.Where(row => busy.Any(other => other.PersonId == row.PersonId)).Select(row => row.PersonId).Distinct().CountAsync(cancellationToken);
    }
}
