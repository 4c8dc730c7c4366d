using TrainingSite.Courses.Models;
using TrainingSite.Sessions.Minutes;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Trainers;

/// <summary>What a trainer sees: who attended, and who has not completed the courses of the session's topics yet (R47).</summary>
public sealed class TrainerReader(SiteDbContext db, SessionMinutes minutes, TimeProvider clock)
{
    private const int PageSize = 50;

    public async Task<TrainerModel> ReadAsync(TrainingSession session, string? pointCode, bool lacking, int page, CancellationToken cancellationToken)
    {
        var points = await db.SessionPoints.Where(point => point.SessionId == session.Id).OrderBy(point => point.Code).Select(point => new TrainerPoint(point.Id, point.Code, point.Name)).ToListAsync(cancellationToken);
        var chosen = points.Find(point => point.Code == pointCode);
        var courses = await db.Courses.Where(course => course.State == CourseState.Published && db.Set<SessionTopic>().Any(topic => topic.SessionId == session.Id && topic.Topic == course.TopicCode))
            .OrderBy(course => course.Title).Select(course => new TrainerCourse(course.Id, course.Title)).ToListAsync(cancellationToken);
        Guid[] courseIds = [.. courses.Select(course => course.Id)];
        var people = People(session.Id, chosen?.Id);
        var completions = db.Completions.Current(clock.UtcNow());
        var lackingPeople = people.Where(person => completions.Count(completion => completion.PersonId == person.PersonId && courseIds.Contains(completion.CourseId)) < courseIds.Length);
        var attendedPeople = people.Where(person => person.Status == AttendanceStatus.Present || person.Status == AttendanceStatus.Late || person.Status == AttendanceStatus.LeftEarly);
        var rows = await (lacking ? lackingPeople : attendedPeople).OrderBy(person => person.SortName).ThenBy(person => person.Code).ToPageAsync(page, PageSize, cancellationToken);
        return new TrainerModel
        {
            Session = session,
            Points = points,
            Point = chosen,
            IsLacking = lacking,
            Courses = courses,
            Invited = await people.CountAsync(person => !person.IsWalkIn, cancellationToken),
            Attended = await attendedPeople.CountAsync(cancellationToken),
            AttendedInvited = await attendedPeople.CountAsync(person => !person.IsWalkIn, cancellationToken),
            PointsAttended = await attendedPeople.Select(person => person.PointId).Distinct().CountAsync(cancellationToken),
            Lacking = courseIds.Length == 0 ? 0 : await lackingPeople.CountAsync(cancellationToken),
            Rows = rows,
            Needs = lacking ? await NeedsOfAsync([.. rows.Items.Select(row => row.PersonId)], courses, cancellationToken) : Array.Empty<(Guid, string)>().ToLookup(need => need.Item1, need => need.Item2),
            TotalMinutes = await minutes.TotalAsync(session.Id, cancellationToken),
        };
    }

    private IQueryable<TrainerRow> People(Guid sessionId, Guid? pointId) =>
        from invitation in db.Invitations.Where(invitation => invitation.SessionId == sessionId)
        join attendance in db.Attendances on new { invitation.SessionId, invitation.PersonId } equals new { attendance.SessionId, attendance.PersonId } into found
        from attendance in found.DefaultIfEmpty()
        where pointId == null || (attendance == null || attendance.Status == AttendanceStatus.Unmarked ? invitation.PointId : attendance.PointId) == pointId
        select new TrainerRow
        {
            PersonId = invitation.PersonId,
            Code = invitation.Person.Code,
            Name = invitation.Person.FullName,
            SortName = invitation.Person.SortName,
            Team = invitation.TeamName,
            Point = invitation.Point.Name,
            PointId = attendance == null ? invitation.PointId : attendance.PointId,
            IsWalkIn = invitation.IsWalkIn,
            Status = attendance == null ? AttendanceStatus.Unmarked : attendance.Status,
            Minutes = attendance == null ? 0 : attendance.Minutes,
        };

    private async Task<ILookup<Guid, string>> NeedsOfAsync(Guid[] people, List<TrainerCourse> courses, CancellationToken cancellationToken)
    {
        var done = await db.Completions.Current(clock.UtcNow()).Where(completion => people.Contains(completion.PersonId)).Select(completion => new { completion.PersonId, completion.CourseId }).ToListAsync(cancellationToken);
        var known = done.Select(row => (row.PersonId, row.CourseId)).ToHashSet();
        return people.SelectMany(person => courses.Where(course => !known.Contains((person, course.Id))).Select(course => (person, course.Title))).ToLookup(need => need.person, need => need.Title);
    }
}

public sealed record TrainerPoint(Guid Id, string Code, string Name);

public sealed record TrainerCourse(Guid Id, string Title);

/// <summary>One person as their trainer sees them.</summary>
public sealed class TrainerRow
{
    public required Guid PersonId { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string SortName { get; init; }

    public required string Team { get; init; }

    public required string Point { get; init; }

    /// <summary>Where they were, or are expected.</summary>
    public required Guid PointId { get; init; }

    public required bool IsWalkIn { get; init; }

    public required AttendanceStatus Status { get; init; }

    public required int Minutes { get; init; }
}

/// <summary>The trainer's page.</summary>
public sealed class TrainerModel
{
    public required TrainingSession Session { get; init; }

    public required IReadOnlyList<TrainerPoint> Points { get; init; }

    /// <summary>The point that the page is cut to; null for all.</summary>
    public required TrainerPoint? Point { get; init; }

    /// <summary>Whether the list shows who lacks the skill, instead of who attended.</summary>
    public required bool IsLacking { get; init; }

    /// <summary>The courses of the session's topics.</summary>
    public required IReadOnlyList<TrainerCourse> Courses { get; init; }

    public required int Invited { get; init; }

    public required int Attended { get; init; }

    /// <summary>Those of <see cref="Attended"/> who were invited; the others just came.</summary>
    public required int AttendedInvited { get; init; }

    /// <summary>At how many points somebody attended.</summary>
    public required int PointsAttended { get; init; }

    public required int Lacking { get; init; }

    public required Page<TrainerRow> Rows { get; init; }

    /// <summary>Titles of the courses that a person has not completed.</summary>
    public required ILookup<Guid, string> Needs { get; init; }

    public required int TotalMinutes { get; init; }
}
