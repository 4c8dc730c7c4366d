using System.Globalization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Recipes;

/// <summary>
/// What the two steps with dates counted from today have in common: a published session with a point in each commune.
/// <c>{ "code", "title", "description"?, "trainers"?, "mode"?, "days": 7, "start": "08:00", "end": "11:00", "topics": ["T1"], "units": ["14"] }</c>.
/// A session of that code stays as it is.
/// </summary>
internal sealed class SessionPlanner(SiteDbContext db, SessionService sessions, PointPlanService points, SessionLifecycle lifecycle, TimeProvider clock)
{
    /// <summary>The session, tracked; null when it was there before.</summary>
    public async Task<TrainingSession?> PlanAsync(RecipeContext context, int sign, CancellationToken cancellationToken)
    {
        var step = context.Step;
        var code = step.GetProperty("code").GetString()!;
        if (await db.Sessions.AnyAsync(session => session.Code == code, cancellationToken))
        {
            return null;
        }

        var day = clock.Today().AddDays(sign * step.GetProperty("days").GetInt32());
        var created = RecipeValues.Require(context, code, await sessions.CreateAsync(new SessionDraft
        {
            Code = code,
            Title = step.GetProperty("title").GetString()!,
            Description = RecipeValues.Text(step, "description"),
            Organizers = RecipeValues.Text(step, "organizers"),
            Trainers = RecipeValues.Text(step, "trainers"),
            Mode = SessionMode.InPerson,
            Topics = RecipeValues.Strings(step, "topics"),
            Blocks = [new(At(day, RecipeValues.Text(step, "start", "08:00")), At(day, RecipeValues.Text(step, "end", "11:00")))],
            Invite = new(RecipeValues.Strings(step, "units")),
        }, cancellationToken));
        RecipeValues.Require(context, code, await points.AddOnePerCommuneAsync(code, cancellationToken: cancellationToken));
        var outcome = RecipeValues.Require(context, code, await lifecycle.PublishAsync(code, cancellationToken: cancellationToken));
        context.Report($"Buổi tập huấn {code}: {day.ToDateText()}, {outcome.Points.ToVietnamese()} điểm cầu, mời {outcome.Invited.ToVietnamese()} người");
        return created;
    }

    private static DateTime At(DateOnly day, string time) => VietnamTime.ToUtc(day.ToDateTime(TimeOnly.Parse(time, CultureInfo.InvariantCulture)));
}

/// <summary><c>upcoming-session</c>: a session so many days ahead.</summary>
internal sealed class UpcomingSessionStep(SessionPlanner planner) : IRecipeStepHandler
{
    public string Name => "upcoming-session";

    public Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken) => planner.PlanAsync(context, sign: 1, cancellationToken);
}

/// <summary>
/// <c>recent-session</c>: a session so many days ago, held and closed, with marks for everybody by name: most were there, some late, some left early, some absent.
/// Who was what follows from the person's code, so that every run makes the same.
/// </summary>
internal sealed class RecentSessionStep(SiteDbContext db, SessionPlanner planner, AttendanceLog log) : IRecipeStepHandler
{
    public string Name => "recent-session";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        if (await planner.PlanAsync(context, sign: -1, cancellationToken) is not { } session)
        {
            return;
        }

        var facts = await InventAsync(session, cancellationToken);
        var roll = await SessionRoll.LoadAsync(db, session.Code, former: null, cancellationToken);
        await log.AppendAsync(roll!, facts, cancellationToken);

        var there = await db.Attendances.Where(attendance => attendance.SessionId == session.Id && attendance.Minutes > 0)
            .GroupBy(attendance => attendance.PointId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        foreach (var (point, index) in (await db.SessionPoints.AsTracking().Where(point => point.SessionId == session.Id).OrderBy(point => point.Code).ToListAsync(cancellationToken)).Select((point, index) => (point, index)))
        {
            point.State = PointState.Connected;
            // The second point counted two more heads than names: what a mismatch looks like.
            point.HeadCount = there.GetValueOrDefault(point.Id) + (index == 1 ? 2 : 0);
            (point.ClosedUtc, point.ClosedBy) = (session.EndUtc.AddMinutes(20), "");
        }

        session = await db.Sessions.AsTracking().SingleAsync(row => row.Id == session.Id, cancellationToken);
        (session.State, session.PublishedUtc, session.OpenedUtc, session.ClosedUtc) = (SessionState.Closed, session.StartUtc.AddDays(-7), session.StartUtc.AddMinutes(-30), session.EndUtc.AddMinutes(30));
        session.Revision++;
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<List<AttendanceEvent>> InventAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        var invited = await db.Invitations.AsNoTracking().Where(invitation => invitation.SessionId == session.Id).OrderBy(invitation => invitation.Person.Code)
            .Select(invitation => new { invitation.PersonId, invitation.PointId, invitation.Person.Code }).ToListAsync(cancellationToken);
        var facts = new List<AttendanceEvent>(invited.Count);
        foreach (var person in invited)
        {
            // The digits of the code, stirred: neighbours in the list fare differently.
            var chance = person.Code.Aggregate(7, (sum, character) => ((sum * 31) + character) % 1009) % 100;
            (AttendanceKind Kind, int Minute, int? Minutes)? mark = chance switch
            {
                < 74 => (AttendanceKind.In, 5, null),
                < 82 => (AttendanceKind.Late, 25, 25),
                < 87 => (AttendanceKind.LeftEarly, 140, 40),
                < 94 => (AttendanceKind.Absent, 20, null),
                < 97 => (AttendanceKind.Excused, 0, null),
                _ => null,
            };
            if (mark is { } told)
            {
                var at = session.StartUtc.AddMinutes(told.Minute).AddSeconds(chance);
                facts.Add(new()
                {
                    Id = Guid.CreateVersion7(new DateTimeOffset(at)),
                    SessionId = session.Id,
                    PersonId = person.PersonId,
                    PointId = person.PointId,
                    Kind = told.Kind,
                    Method = chance % 3 == 0 ? AttendanceMethod.Card : AttendanceMethod.Roster,
                    AtUtc = at,
                    ReceivedUtc = at,
                    Device = "sheet",
                    Minutes = told.Minutes,
                });
            }
        }

        return facts;
    }
}
