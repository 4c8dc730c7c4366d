using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Registration.Services;

/// <summary>Who need not be there although invited.</summary>
internal static class Notices
{
    /// <summary>
    /// The people of a session who, without a mark, are excused and not absent: they said beforehand that they would not come, no seat
    /// was left for them, or they attended another date of the series.
    /// </summary>
    public static IQueryable<Invitation> Of(SiteDbContext db, TrainingSession session)
    {
        var (id, series) = (session.Id, session.SeriesId);
        return db.Invitations.Where(invitation => invitation.SessionId == id
            && (invitation.Response == InvitationResponse.Declined || invitation.Response == InvitationResponse.Waiting
                || (series != null && db.Set<Attendance>().Any(other => other.PersonId == invitation.PersonId
                    && (other.Status == AttendanceStatus.Present || other.Status == AttendanceStatus.Late || other.Status == AttendanceStatus.LeftEarly)
                    && db.Set<TrainingSession>().Any(date => date.Id == other.SessionId && date.Id != id && date.SeriesId == series)))));
    }

    /// <summary>Without those who attended another date of the series: nobody invites, reminds, asks or calls them any more.</summary>
    public static IQueryable<Invitation> StillNeeded(this IQueryable<Invitation> invitations, SiteDbContext db) => invitations.Where(invitation => invitation.Session.SeriesId == null
        || !db.Set<TrainingSession>().Any(date => date.SeriesId == invitation.Session.SeriesId && date.Id != invitation.SessionId && !date.IsRehearsal
            && db.Set<Attendance>().Any(other => other.SessionId == date.Id && other.PersonId == invitation.PersonId
                && (other.Status == AttendanceStatus.Present || other.Status == AttendanceStatus.Late || other.Status == AttendanceStatus.LeftEarly))));
}
