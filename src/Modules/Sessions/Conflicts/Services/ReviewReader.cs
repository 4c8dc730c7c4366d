using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Conflicts.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Conflicts.Services;

/// <summary>One event of the log with the names of what it refers to.</summary>
/// <param name="Fact">The event.</param>
/// <param name="Point">Name of its point.</param>
/// <param name="Who">The account that told it; null for the system.</param>
/// <param name="IsOwn">Whether the person told it of themselves.</param>
/// <param name="IsReviewed">Whether somebody has looked at it.</param>
public sealed record LoggedEvent(AttendanceEvent Fact, string Point, string? Who, bool IsOwn, bool IsReviewed);

/// <summary>What one device says of a person since the last decision.</summary>
/// <param name="Events">Its events, oldest first.</param>
/// <param name="Status">What they come to.</param>
/// <param name="Minutes">Minutes attended by them.</param>
/// <param name="Point">Code of the point.</param>
/// <param name="MayChoose">Whether the point is the reader's, so that they may say that this is right.</param>
public sealed record ReviewSide(IReadOnlyList<LoggedEvent> Events, AttendanceStatus Status, int Minutes, string Point, bool MayChoose);

/// <summary>A person whose attendance is to be looked at.</summary>
public sealed record ReviewItem
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string Team { get; init; }

    /// <summary>Code of the point to which they are invited.</summary>
    public required string Point { get; init; }

    public required string PointName { get; init; }

    public required AttendanceStatus Status { get; init; }

    public required int Minutes { get; init; }

    public required bool HasConflict { get; init; }

    /// <summary>What each device says; empty where nothing is in dispute.</summary>
    public required IReadOnlyList<ReviewSide> Sides { get; init; }

    /// <summary>Marks taken after closing that nobody has looked at.</summary>
    public required IReadOnlyList<LoggedEvent> AfterClosing { get; init; }

    public required Appeal? Appeal { get; init; }

    /// <summary>Whether the reader may decide at the person's own point.</summary>
    public required bool MayDecide { get; init; }
}

/// <summary>Reads what the devices said, side by side.</summary>
public sealed class ReviewReader(SiteDbContext db, SessionAccess access)
{
    /// <summary>The people of one page, in the order of the query.</summary>
    public async Task<IReadOnlyList<ReviewItem>> ReadAsync(TrainingSession session, IQueryable<Invitation> people, CancellationToken cancellationToken)
    {
        var rows = await people.Select(invitation => new { invitation.PersonId, invitation.Person.Code, invitation.Person.FullName, invitation.TeamName, PointCode = invitation.Point.Code, PointName = invitation.Point.Name }).ToListAsync(cancellationToken);
        Guid[] ids = [.. rows.Select(row => row.PersonId)];
        var standing = await db.Attendances.AsNoTracking().Where(attendance => attendance.SessionId == session.Id && EF.Parameter(ids).Contains(attendance.PersonId)).ToDictionaryAsync(attendance => attendance.PersonId, cancellationToken);
        var excused = session.State == SessionState.Closed ? await people.Excused(db).Select(invitation => invitation.PersonId).ToListAsync(cancellationToken) : null;
        var appeals = await db.Appeals.AsNoTracking().Where(appeal => appeal.SessionId == session.Id && appeal.State == AppealState.Open && EF.Parameter(ids).Contains(appeal.PersonId)).ToListAsync(cancellationToken);
        var served = await access.ServedPoints(session).ToDictionaryAsync(point => point.Id, point => point.Code, cancellationToken);
        var blocks = await db.Set<SessionBlock>().AsNoTracking().Where(block => block.SessionId == session.Id).OrderBy(block => block.Number).ToListAsync(cancellationToken);
        var points = await db.SessionPoints.Where(point => point.SessionId == session.Id).ToDictionaryAsync(point => point.Id, point => point.Code, cancellationToken);
        var logs = (await ReadLogAsync(session.Id, ids, cancellationToken)).ToLookup(entry => entry.Fact.PersonId);
        return rows.ConvertAll(row =>
        {
            var attendance = standing.GetValueOrDefault(row.PersonId);
            var status = attendance?.Status ?? AttendanceStatus.Unmarked;
            var log = logs[row.PersonId].ToList();
            return new ReviewItem
            {
                Code = row.Code,
                Name = row.FullName,
                Team = row.TeamName,
                Point = row.PointCode,
                PointName = row.PointName,
                Status = excused is null ? status : status.OnceClosed(excused.Contains(row.PersonId)),
                Minutes = attendance?.Minutes ?? 0,
                HasConflict = attendance?.HasConflict ?? false,
                Sides = attendance?.HasConflict == true ? ToSides(log.FindAll(entry => session.MarksFromUtc is not { } from || entry.Fact.AtUtc > from), blocks, points, served) : [],
                AfterClosing = log.FindAll(entry => entry.Fact.Flag == AttendanceFlag.AfterClosing && !entry.IsReviewed),
                Appeal = appeals.Find(appeal => appeal.PersonId == row.PersonId),
                MayDecide = served.ContainsValue(row.PointCode),
            };
        });
    }

    /// <summary>The whole log of some people in one session, by the devices' clocks: the order in which it is folded.</summary>
    public async Task<List<LoggedEvent>> ReadLogAsync(Guid sessionId, Guid[] people, CancellationToken cancellationToken)
    {
        var rows =
            from fact in db.AttendanceEvents.AsNoTracking().Where(fact => fact.SessionId == sessionId && EF.Parameter(people).Contains(fact.PersonId))
            join point in db.SessionPoints on fact.PointId equals point.Id
            join user in db.Users on fact.UserId equals user.Id into users
            from user in users.DefaultIfEmpty()
            select new
            {
                Fact = fact,
                Point = point.Name,
                Who = user == null ? null : user.DisplayName,
                IsOwn = db.Set<Person>().Any(person => person.Id == fact.PersonId && person.UserId != null && person.UserId == fact.UserId),
                IsReviewed = db.Set<ReviewedEvent>().Any(review => review.EventId == fact.Id),
            };
        return [.. (await rows.ToListAsync(cancellationToken)).OrderBy(row => row.Fact.AtUtc).ThenBy(row => row.Fact.Id).Select(row => new LoggedEvent(row.Fact, row.Point, row.Who, row.IsOwn, row.IsReviewed))];
    }

    /// <summary>What each device has said since the last correction, as if it were alone.</summary>
    private static List<ReviewSide> ToSides(List<LoggedEvent> log, IReadOnlyList<SessionBlock> blocks, Dictionary<Guid, string> points, Dictionary<Guid, string> served)
    {
        var settled = log.FindLastIndex(entry => entry.Fact.Kind == AttendanceKind.Correction);
        return [.. log.Skip(settled + 1)
            .GroupBy(entry => entry.Fact.Device.Length > 0 ? entry.Fact.Device : $"user {entry.Fact.UserId}")
            .Select(device =>
            {
                var outcome = AttendanceFold.Fold(device.Select(entry => entry.Fact), blocks)!;
                return new ReviewSide([.. device], outcome.Status, outcome.Minutes, points[outcome.PointId], served.ContainsKey(outcome.PointId));
            })];
    }
}
