using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Series.Models;

namespace TrainingSite.Sessions.Series.Services;

/// <summary>A series in the list of those who hold it.</summary>
/// <param name="Code">Code.</param>
/// <param name="Title">Title.</param>
/// <param name="Dates">Its dates, drafts too.</param>
/// <param name="FirstUtc">The first of them.</param>
/// <param name="LastUtc">The last of them.</param>
/// <param name="Invited">People invited to any of them.</param>
/// <param name="Undecided">Of these: who neither picked, waits for, nor attended a date.</param>
public sealed record SeriesRow(string Code, string Title, int Dates, DateTime FirstUtc, DateTime LastUtc, int Invited, int Undecided);

/// <summary>A date of a series and how many chose it.</summary>
/// <param name="Code">Code of the session.</param>
/// <param name="StartUtc">Start.</param>
/// <param name="People">Who will come there or was there.</param>
public sealed record SeriesDay(string Code, DateTime StartUtc, int People);

/// <summary>A person invited to a series, and the date that they chose.</summary>
/// <param name="Code">Code of the person.</param>
/// <param name="Name">Name.</param>
/// <param name="Team">Name of the team of that day.</param>
/// <param name="AttendedUtc">The date that they attended.</param>
/// <param name="ConfirmedUtc">The date at which they have a seat.</param>
/// <param name="WaitingUtc">The date at which they wait for one.</param>
/// <param name="Declined">Whether they said of every date that they do not come.</param>
public sealed record SeriesPerson(string Code, string Name, string Team, DateTime? AttendedUtc, DateTime? ConfirmedUtc, DateTime? WaitingUtc, bool Declined);

/// <summary>Reads who of a series chose which date, and who none (R38).</summary>
public sealed class SeriesReader(SiteDbContext db, CurrentUser user)
{
    /// <summary>What stands for a date in a filter: no date at all.</summary>
    public const string NoDate = "none";

    /// <summary>The series that the reader holds, the latest first.</summary>
    public IQueryable<SeriesRow> Managed() => db.TrainingSeries.InScope(user.ScopeOf(Permissions.ManageSessions), series => series.OrganizerPath)
        .Select(series => new
        {
            Series = series,
            Dates = db.Set<TrainingSession>().Count(session => session.SeriesId == series.Id && session.State != SessionState.Cancelled),
            First = db.Set<TrainingSession>().Where(session => session.SeriesId == series.Id).Min(session => session.StartUtc),
            Last = db.Set<TrainingSession>().Where(session => session.SeriesId == series.Id).Max(session => session.StartUtc),
        })
        .OrderByDescending(row => row.Last).ThenBy(row => row.Series.Code)
        .Select(row => new SeriesRow(row.Series.Code, row.Series.Title, row.Dates, row.First, row.Last,
            db.Set<Invitation>().Where(invitation => invitation.Session.SeriesId == row.Series.Id && !invitation.IsWalkIn && invitation.Session.State != SessionState.Cancelled)
                .Select(invitation => invitation.PersonId).Distinct().Count(),
            db.Set<Invitation>().Where(invitation => invitation.Session.SeriesId == row.Series.Id && !invitation.IsWalkIn && invitation.Session.State != SessionState.Cancelled
                    && !db.Set<Invitation>().Any(other => other.PersonId == invitation.PersonId && other.Session.SeriesId == row.Series.Id && other.Session.State != SessionState.Cancelled
                        && (other.Response == InvitationResponse.Confirmed || other.Response == InvitationResponse.Waiting))
                    && !db.Set<Attendance>().Any(attendance => attendance.PersonId == invitation.PersonId
                        && (attendance.Status == AttendanceStatus.Present || attendance.Status == AttendanceStatus.Late || attendance.Status == AttendanceStatus.LeftEarly)
                        && db.Set<TrainingSession>().Any(date => date.Id == attendance.SessionId && date.SeriesId == row.Series.Id && !date.IsRehearsal)))
                .Select(invitation => invitation.PersonId).Distinct().Count()));

    /// <summary>The dates of a series with how many chose each.</summary>
    public Task<List<SeriesDay>> ReadDaysAsync(TrainingSeries series, CancellationToken cancellationToken)
    {
        var (invitations, attended) = (Invitations(series), Attended(series));
        return Dates(series).OrderBy(session => session.StartUtc)
            .Select(session => new SeriesDay(session.Code, session.StartUtc,
                invitations.Count(invitation => invitation.SessionId == session.Id
                    && (invitation.Response == InvitationResponse.Confirmed || attended.Any(attendance => attendance.SessionId == session.Id && attendance.PersonId == invitation.PersonId)))))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The people of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="date">Code of a session for those who chose it, <see cref="NoDate"/> for those who chose none, null for all.</param>
    /// <param name="query">Name or code.</param>
    public IQueryable<Person> Find(TrainingSeries series, string? date = null, string? query = null)
    {
        var (invitations, attended) = (Invitations(series), Attended(series));
        var people = db.People.Where(person => invitations.Any(invitation => invitation.PersonId == person.Id));
        people = date switch
        {
            null or "" => people,
            NoDate => people.Where(person => !invitations.Any(invitation => invitation.PersonId == person.Id && (invitation.Response == InvitationResponse.Confirmed || invitation.Response == InvitationResponse.Waiting))
                && !attended.Any(attendance => attendance.PersonId == person.Id)),
            _ => people.Where(person => invitations.Any(invitation => invitation.PersonId == person.Id && invitation.Session.Code == date
                && (invitation.Response == InvitationResponse.Confirmed || attended.Any(attendance => attendance.SessionId == invitation.SessionId && attendance.PersonId == person.Id)))),
        };
        var (folded, code) = (VietnameseText.Fold(query ?? ""), (query ?? "").Trim().ToUpperInvariant());
        return folded.Length == 0 ? people : people.Where(person => person.FullNameFolded.Contains(folded) || person.Code == code);
    }

    /// <summary>People as rows of a list, by name.</summary>
    public IQueryable<SeriesPerson> ToRows(TrainingSeries series, IQueryable<Person> people)
    {
        var (invitations, attended, dates) = (Invitations(series), Attended(series), Dates(series));
        return people.OrderBy(person => person.SortName).ThenBy(person => person.Code).Select(person => new SeriesPerson(
            person.Code,
            person.FullName,
            invitations.Where(invitation => invitation.PersonId == person.Id).OrderBy(invitation => invitation.Session.StartUtc).Select(invitation => invitation.TeamName).First(),
            dates.Where(session => attended.Any(attendance => attendance.SessionId == session.Id && attendance.PersonId == person.Id)).OrderBy(session => session.StartUtc).Select(session => (DateTime?)session.StartUtc).FirstOrDefault(),
            invitations.Where(invitation => invitation.PersonId == person.Id && invitation.Response == InvitationResponse.Confirmed).OrderBy(invitation => invitation.Session.StartUtc).Select(invitation => (DateTime?)invitation.Session.StartUtc).FirstOrDefault(),
            invitations.Where(invitation => invitation.PersonId == person.Id && invitation.Response == InvitationResponse.Waiting).OrderBy(invitation => invitation.Session.StartUtc).Select(invitation => (DateTime?)invitation.Session.StartUtc).FirstOrDefault(),
            !invitations.Any(invitation => invitation.PersonId == person.Id && invitation.Response != InvitationResponse.Declined)));
    }

    private IQueryable<TrainingSession> Dates(TrainingSeries series) => db.Sessions.Where(session => session.SeriesId == series.Id && session.State != SessionState.Cancelled);

    private IQueryable<Invitation> Invitations(TrainingSeries series) => db.Invitations.Where(invitation => invitation.Session.SeriesId == series.Id && !invitation.IsWalkIn && invitation.Session.State != SessionState.Cancelled);

    private IQueryable<Attendance> Attended(TrainingSeries series) => db.Attendances.Where(attendance =>
        (attendance.Status == AttendanceStatus.Present || attendance.Status == AttendanceStatus.Late || attendance.Status == AttendanceStatus.LeftEarly)
        && db.Set<TrainingSession>().Any(session => session.Id == attendance.SessionId && session.SeriesId == series.Id && !session.IsRehearsal));
}
