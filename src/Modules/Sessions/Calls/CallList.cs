using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;

namespace TrainingSite.Sessions.Calls;

/// <summary>Somebody to be called about a session.</summary>
public sealed record CallRow(string SessionCode, string Member, string Name, string? Phone, string TeamName, string PointName, string? Venue, string? Link, CallOutcome? Outcome, DateTime? CalledUtc, string? CalledBy);

/// <summary>
/// Whom no message reaches (R51): people without e-mail and without an account that they use. They stand on the list of their leader and
/// coordinator until somebody has told them or given their answer; when time or place change, or the session is cancelled, they stand there again.
/// </summary>
public sealed class CallList(SiteDbContext db, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>An account unused for so long is one that its owner does not read.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromDays(30);

    /// <summary>The reader's people who still have to be told of a coming session.</summary>
    public IQueryable<Invitation> Due() => All().StillNeeded(db)
        .Where(invitation => invitation.Response == InvitationResponse.None || invitation.RespondedUtc == null || invitation.RespondedUtc < invitation.Session.ChangedUtc
            || (invitation.Response != InvitationResponse.Declined && invitation.RespondedUtc < invitation.Point.ChangedUtc))
        .Where(invitation => !db.Set<SessionCall>().Any(call =>
            call.SessionId == invitation.SessionId && call.PersonId == invitation.PersonId && call.Outcome == CallOutcome.Reached
            && (invitation.Session.ChangedUtc == null || call.AtUtc >= invitation.Session.ChangedUtc)
            && (invitation.Point.ChangedUtc == null || call.AtUtc >= invitation.Point.ChangedUtc)));

    /// <summary>All of the reader's people whom no message about a coming session reaches. Who has been marked there knows of it, unless it was called off since.</summary>
    public IQueryable<Invitation> All()
    {
        var now = clock.UtcNow();
        var silentSince = now - Silent;
        return db.Invitations.AsNoTracking().InScope(user.ScopeOf(Permissions.CallMembers), invitation => invitation.UnitPath)
            .Where(invitation => !invitation.IsWalkIn && invitation.Session.StartUtc > now && invitation.Session.PublishedUtc != null && invitation.Session.State != SessionState.Closed
                && (invitation.Session.State == SessionState.Cancelled
                    || !db.Set<Attendance>().Any(attendance => attendance.SessionId == invitation.SessionId && attendance.PersonId == invitation.PersonId && attendance.Status != AttendanceStatus.Unmarked))
                && invitation.PersonId != user.PersonId
                && invitation.Person.Email == null
                && !db.Users.Any(account => account.Id == invitation.Person.UserId && account.LastSignInUtc > silentSince));
    }

    /// <summary>How many people that is: whoever is invited to two sessions stands there twice.</summary>
    public static Task<int> CountPeopleAsync(IQueryable<Invitation> invitations, CancellationToken cancellationToken = default) =>
        invitations.Select(invitation => invitation.PersonId).Distinct().CountAsync(cancellationToken);

    /// <summary>As the page shows them, the nearest session first.</summary>
    public IQueryable<CallRow> Project(IQueryable<Invitation> invitations) =>
        from invitation in invitations.OrderBy(invitation => invitation.Session.StartUtc).ThenBy(invitation => invitation.Session.Code).ThenBy(invitation => invitation.Person.SortName).ThenBy(invitation => invitation.Person.Code)
        let call = db.Set<SessionCall>().FirstOrDefault(call => call.SessionId == invitation.SessionId && call.PersonId == invitation.PersonId)
        select new CallRow(
            invitation.Session.Code, invitation.Person.Code, invitation.Person.FullName, invitation.Person.Phone, invitation.TeamName,
            invitation.Point.Name, invitation.Point.Venue, invitation.Point.Link,
            call == null ? null : call.Outcome, call == null ? null : call.AtUtc, call == null ? null : call.UserName);

    /// <summary>Writes down how a call ended; a later one replaces it.</summary>
    /// <returns>The name of the person.</returns>
    public async Task<Result<string>> RecordAsync(string code, string member, CallOutcome outcome, CancellationToken cancellationToken = default)
    {
        var found = await All().Where(invitation => invitation.Session.Code == code && invitation.Person.Code == member)
            .Select(invitation => new { invitation.SessionId, invitation.PersonId, invitation.Person.FullName }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return new Fault("person_not_on_call_list", T["{0} không có trong danh sách gọi của bạn cho buổi {1}.", member, code], Kind: FaultKind.NotFound);
        }

        var call = await db.Set<SessionCall>().AsTracking().SingleOrDefaultAsync(call => call.SessionId == found.SessionId && call.PersonId == found.PersonId, cancellationToken);
        if (call is null)
        {
            call = new() { SessionId = found.SessionId, PersonId = found.PersonId };
            db.Add(call);
        }

        (call.Outcome, call.AtUtc, call.UserId, call.UserName) = (outcome, clock.UtcNow(), user.Id, user.Name);
        await db.SaveChangesAsync(cancellationToken);
        return found.FullName;
    }
}
