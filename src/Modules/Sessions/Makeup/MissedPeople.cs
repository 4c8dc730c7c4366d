using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Makeup;

/// <summary>Who of a session's frozen list was not there. The one place for this rule: plan, list, report.</summary>
internal static class MissedPeople
{
    /// <summary>The statuses of somebody who was there.</summary>
    public static readonly IReadOnlyList<AttendanceStatus> There = [AttendanceStatus.Present, AttendanceStatus.Late, AttendanceStatus.LeftEarly];

    extension(SiteDbContext db)
    {
        /// <summary>The invited who were there neither in the session, nor in one that makes up for it, nor at another date of its series; who was excused included.</summary>
        /// <param name="originalId">The session, never itself a make-up.</param>
        public IQueryable<Invitation> Missed(Guid originalId)
        {
            var series = db.Sessions.Where(session => session.Id == originalId).Select(session => session.SeriesId);
            var family = db.Sessions.Where(session => session.State != SessionState.Cancelled && (session.Id == originalId || session.MakeupOfId == originalId
                || (session.SeriesId != null && !session.IsRehearsal && series.Contains(session.SeriesId)))).Select(session => session.Id);
            return db.Invitations.Where(invitation => invitation.SessionId == originalId && !invitation.IsWalkIn
                && !db.Set<Attendance>().Any(attendance => attendance.PersonId == invitation.PersonId && family.Contains(attendance.SessionId) && There.Contains(attendance.Status)));
        }

        /// <summary>Those of the missed for whom a make-up is: of the points to which it is limited, else all.</summary>
        /// <param name="makeupId">The make-up.</param>
        /// <param name="originalId">What it makes up for.</param>
        public IQueryable<Invitation> MissedFor(Guid makeupId, Guid originalId)
        {
            var chosen = db.Set<MakeupPoint>().Where(point => point.SessionId == makeupId).Select(point => point.PointId);
            return db.Missed(originalId).Where(invitation => !chosen.Any() || chosen.Contains(invitation.PointId));
        }
    }
}
