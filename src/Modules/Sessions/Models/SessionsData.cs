using TrainingSite.Sessions.Registration.Models;
using TrainingSite.Sessions.Series.Models;

namespace TrainingSite.Sessions.Models;

/// <summary>The module's tables.</summary>
public static class SessionsData
{
    extension(SiteDbContext db)
    {
        /// <summary>Training sessions.</summary>
        public DbSet<TrainingSession> Sessions => db.Set<TrainingSession>();

        /// <summary>Points of sessions.</summary>
        public DbSet<SessionPoint> SessionPoints => db.Set<SessionPoint>();

        /// <summary>The log of points' states.</summary>
        public DbSet<PointStateChange> PointStateChanges => db.Set<PointStateChange>();

        /// <summary>Reasons to choose from.</summary>
        public DbSet<AbsenceReason> AbsenceReasons => db.Set<AbsenceReason>();

        /// <summary>The frozen lists of who is invited.</summary>
        public DbSet<Invitation> Invitations => db.Set<Invitation>();

        /// <summary>Series of sessions that repeat a theme.</summary>
        public DbSet<TrainingSeries> TrainingSeries => db.Set<TrainingSeries>();

        /// <summary>Seats that teams gave back.</summary>
        public DbSet<TeamRelease> TeamReleases => db.Set<TeamRelease>();

        /// <summary>The log of attendance.</summary>
        public DbSet<AttendanceEvent> AttendanceEvents => db.Set<AttendanceEvent>();

        /// <summary>Where people stand in sessions.</summary>
        public DbSet<Attendance> Attendances => db.Set<Attendance>();
    }
}
