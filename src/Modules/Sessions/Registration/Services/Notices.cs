using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Registration.Services;

/// <summary>Who need not be there although invited.</summary>
internal static class Notices
{
    /// <summary>
    /// Those who, without a mark, are excused and not absent: they said beforehand that they would not come, no seat was left for them, or they
    /// attended another date of the series.
    /// </summary>
    public static IQueryable<Invitation> Excused(this IQueryable<Invitation> invitations, SiteDbContext db)
    {
        var dates = AttendedDates(db);
        return invitations.Where(invitation => invitation.Response == InvitationResponse.Declined || invitation.Response == InvitationResponse.Waiting
            || (invitation.Session.SeriesId != null && dates.Any(date => date.PersonId == invitation.PersonId && date.SeriesId == invitation.Session.SeriesId && date.SessionId != invitation.SessionId)));
    }

    /// <summary>Without those who attended another date of the series: nobody invites, reminds, asks or calls them any more.</summary>
    public static IQueryable<Invitation> StillNeeded(this IQueryable<Invitation> invitations, SiteDbContext db)
    {
        var dates = AttendedDates(db);
        return invitations.Where(invitation => invitation.Session.SeriesId == null
            || !dates.Any(date => date.PersonId == invitation.PersonId && date.SeriesId == invitation.Session.SeriesId && date.SessionId != invitation.SessionId));
    }

    /// <summary>Who was at which date of a series; a rehearsal teaches nobody.</summary>
    private static IQueryable<AttendedDate> AttendedDates(SiteDbContext db) =>
        from attendance in db.Set<Attendance>()
        join date in db.Set<TrainingSession>() on attendance.SessionId equals date.Id
        where date.SeriesId != null && !date.IsRehearsal
            && (attendance.Status == AttendanceStatus.Present || attendance.Status == AttendanceStatus.Late || attendance.Status == AttendanceStatus.LeftEarly)
        select new AttendedDate { PersonId = attendance.PersonId, SessionId = attendance.SessionId, SeriesId = date.SeriesId };

    private sealed class AttendedDate
    {
        public Guid PersonId { get; init; }

        public Guid SessionId { get; init; }

        public Guid? SeriesId { get; init; }
    }
}
