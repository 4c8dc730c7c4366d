using TrainingSite.Accounts.Models;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>Reads "Chưa chốt danh sách": which points, how late, who was told, whom to call.</summary>
public sealed class HandInReader(SiteDbContext db, SessionAccess access, MissingSheets sheets, CurrentUser user, TimeProvider clock)
{
    private const int PageSize = 50;

    /// <summary>The missing sheets of a session that are the reader's to look after: all of it when they organize it, else those of their units and those named to them.</summary>
    public IQueryable<SessionPoint> MissingOf(TrainingSession session)
    {
        var points = sheets.All().Where(point => point.SessionId == session.Id);
        if (access.CanManage(session))
        {
            return points;
        }

        var userId = user.Id;
        var scoped = points.InScope(user.ScopeOf(Permissions.TakeAttendance), point => point.Path).Select(point => point.Id);
        return points.Where(point => scoped.Contains(point.Id) || point.Coordinators.Any(coordinator => coordinator.UserId == userId));
    }

    /// <summary>Whether the reader looks after any point of the session.</summary>
    public async Task<bool> MayReadAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        var userId = user.Id;
        return access.CanManage(session)
            || await db.SessionPoints.Where(point => point.SessionId == session.Id).InScope(user.ScopeOf(Permissions.TakeAttendance), point => point.Path).AnyAsync(cancellationToken)
            || await db.SessionPoints.AnyAsync(point => point.SessionId == session.Id && point.Coordinators.Any(coordinator => coordinator.UserId == userId), cancellationToken);
    }

    public async Task<HandInModel> ReadAsync(TrainingSession session, int page, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var missing = MissingOf(session);
        var rows = await missing.OrderBy(point => point.HandInUtc ?? point.Session.HandInUtc).ThenBy(point => point.Code)
            .Select(point => new HandInRow(point.Id, point.Code, point.Name, (point.HandInUtc ?? point.Session.HandInUtc)!.Value, point.HandInHours))
            .ToPageAsync(page, PageSize, cancellationToken);
        Guid[] ids = [.. rows.Items.Select(row => row.Id)];
        var keepers = await (
            from keeper in sheets.KeepersOf(db.SessionPoints.Where(point => ids.Contains(point.Id)))
            join account in db.Accounts on keeper.UserId equals account.UserId
            join person in db.Users on keeper.UserId equals person.Id
            select new { keeper.PointId, Key = account.PersonId ?? account.UserId, person.DisplayName, person.PhoneNumber }).Distinct().ToListAsync(cancellationToken);
        var prefix = session.Code + ":";
        Guid[] people = [.. keepers.Select(keeper => keeper.Key).Distinct()];
        var told = await db.Messages.Where(message => message.Rule == SheetReminders.RuleName && message.Subject.StartsWith(prefix) && message.Channel == MessageChannel.InApp && message.SentUtc != null && people.Contains(message.PersonId))
            .GroupBy(message => message.PersonId).Select(group => new { group.Key, Last = group.Max(message => message.SentUtc!.Value) }).ToDictionaryAsync(group => group.Key, group => group.Last, cancellationToken);
        var upward = await db.Messages.Where(message => message.Rule == SheetEscalation.RuleName && message.Subject.StartsWith(prefix) && message.Channel == MessageChannel.InApp && message.SentUtc != null)
            .GroupBy(_ => 1).Select(group => new { People = group.Select(message => message.PersonId).Distinct().Count(), Last = group.Max(message => message.SentUtc!.Value) }).SingleOrDefaultAsync(cancellationToken);
        var byPoint = keepers.ToLookup(keeper => keeper.PointId, keeper => new HandInKeeper(keeper.DisplayName, keeper.PhoneNumber, told.TryGetValue(keeper.Key, out var last) ? last : null));
        return new HandInModel
        {
            Session = session,
            Now = now,
            CanManage = access.CanManage(session),
            Rows = rows,
            Overdue = await missing.CountAsync(point => (point.HandInUtc ?? point.Session.HandInUtc) <= now, cancellationToken),
            Keepers = byPoint,
            Upward = upward is null ? null : (upward.People, upward.Last),
        };
    }
}

/// <summary>A point whose sheet is missing.</summary>
public sealed record HandInRow(Guid Id, string Code, string Name, DateTime DueUtc, int? OwnHours);

/// <summary>Who looks after it, and when they were last reminded.</summary>
public sealed record HandInKeeper(string Name, string? Phone, DateTime? ToldUtc);

/// <summary>"Chưa chốt danh sách".</summary>
public sealed class HandInModel
{
    public required TrainingSession Session { get; init; }

    public required DateTime Now { get; init; }

    public required bool CanManage { get; init; }

    public required Page<HandInRow> Rows { get; init; }

    /// <summary>How many are past their time.</summary>
    public required int Overdue { get; init; }

    public required ILookup<Guid, HandInKeeper> Keepers { get; init; }

    /// <summary>How many people above were told, and when last; null before anybody was.</summary>
    public required (int People, DateTime LastUtc)? Upward { get; init; }
}
