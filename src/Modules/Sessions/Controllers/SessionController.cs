using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Topics;
using TrainingSite.Notifications.Mail;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Controllers;

/// <summary>"Tập huấn": the sessions that concern the reader, and each one's page with its life from draft to closed.</summary>
[Authorize]
[Route("sessions")]
public sealed class SessionController(
    SiteDbContext db, SessionAccess access, SessionLifecycle lifecycle, SessionStatistics statistics, SessionOptions options, CurrentUser user, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    private const int PageSize = 20;
    private const int ComingSize = 50;

    [HttpGet("")]
    public async Task<IActionResult> Index(int page = 1, int coming = 1, CancellationToken cancellationToken = default)
    {
        var now = clock.UtcNow();
        var visible = access.Visible().AsNoTracking();
        var canSchedule = user.Can(Permissions.ManageSessions);
        // A make-up stands under its original, and a rehearsal is part of nobody's history.
        var past = visible.Where(session => (session.EndUtc < now || session.State == SessionState.Closed)
            && (canSchedule || !session.IsRehearsal)
            && (session.MakeupOfId == null || !visible.Any(original => original.Id == session.MakeupOfId)));
        var held = await Cards(past.OrderByDescending(session => session.StartUtc)).ToPageAsync(page, PageSize, cancellationToken);
        string[] codes = [.. held.Items.Select(card => card.Code)];
        var makeups = await Cards(visible.Where(session => db.Set<TrainingSession>().Any(original => original.Id == session.MakeupOfId && EF.Parameter(codes).Contains(original.Code))).OrderBy(session => session.StartUtc)).ToListAsync(cancellationToken);
        return View(new SessionListModel(
            await Cards(visible.Where(session => session.EndUtc >= now && session.State != SessionState.Closed).OrderBy(session => session.StartUtc).ThenBy(session => session.Code)).ToPageAsync(coming, ComingSize, cancellationToken),
            held,
            makeups.ToLookup(card => card.MakeupOf ?? ""),
            canSchedule));
    }

    [HttpGet("{code}")]
    public Task<IActionResult> Show(string code, CancellationToken cancellationToken) => ShowAsync(code, refused: null, cancellationToken);

    /// <summary>The session as a calendar file for the reader's phone.</summary>
    [HttpGet("{code}/calendar.ics")]
    public async Task<IActionResult> Calendar(string code, CancellationToken cancellationToken)
    {
        var session = await access.FindToReadAsync(code, cancellationToken);
        if (session is null)
        {
            return NotFound();
        }

        var place = await db.Invitations.Where(invitation => invitation.SessionId == session.Id && invitation.PersonId == user.PersonId)
            .Select(invitation => invitation.Point.Venue ?? invitation.Point.Link).SingleOrDefaultAsync(cancellationToken);
        var entry = SessionCalendar.ToEntry(session, place ?? "", $"{Request.Scheme}://{Request.Host}{Url.Action(nameof(Show), new { code })}", T);
        return File(Encoding.UTF8.GetBytes(CalendarWriter.Write(entry, organizer: null, attendee: null, entry.Description, clock.UtcNow())), "text/calendar; charset=utf-8", $"{code}.ics");
    }

    [HttpPost("{code}/publish")]
    public async Task<IActionResult> Publish(string code, int? version, CancellationToken cancellationToken)
    {
        var published = await lifecycle.PublishAsync(code, version, cancellationToken);
        if (published.Succeeded)
        {
            notifier.Success(T["Đã phát hành: {0} người ở {1} điểm cầu được mời.", published.Value.Invited.ToVietnamese(), published.Value.Points.ToVietnamese()]);
            if (published.Value.OverfullPoints.Count > 0)
            {
                notifier.Warning(T["{0} điểm cầu có nhiều người hơn số chỗ. Xem trong danh sách điểm cầu.", published.Value.OverfullPoints.Count]);
            }
        }

        return After(published, code);
    }

    [HttpPost("{code}/open")]
    public async Task<IActionResult> Open(string code, CancellationToken cancellationToken) => After(await lifecycle.OpenAsync(code, cancellationToken), code, T["Đã mở buổi tập huấn. Các điểm cầu điểm danh được rồi."]);

    /// <summary>Opened ahead of its time by mistake: waits for it again.</summary>
    [HttpPost("{code}/wait")]
    public async Task<IActionResult> Wait(string code, CancellationToken cancellationToken) => After(await lifecycle.WaitAsync(code, cancellationToken), code, T["Đã thôi mở. Điểm danh tự mở khi đến giờ."]);

    [HttpPost("{code}/close")]
    public async Task<IActionResult> Close(string code, CancellationToken cancellationToken) => After(await lifecycle.CloseAsync(code, cancellationToken), code, T["Đã đóng buổi tập huấn."]);

    [HttpPost("{code}/cancel")]
    public async Task<IActionResult> Cancel(string code, string? reason, CancellationToken cancellationToken) =>
        After(await lifecycle.CancelAsync(code, reason ?? "", cancellationToken), code, T["Đã hủy buổi tập huấn. Mọi người được báo kèm lý do."]);

    /// <summary>Deletes a draft.</summary>
    [HttpPost("{code}/discard")]
    public async Task<IActionResult> Discard(string code, CancellationToken cancellationToken)
    {
        var discarded = await lifecycle.DiscardAsync(code, cancellationToken);
        if (!discarded.Succeeded)
        {
            return After(discarded, code);
        }

        notifier.Success(T["Đã bỏ bản nháp “{0}”.", discarded.Value.Title]);
        return RedirectToAction(nameof(Index));
    }

    [HttpPost("{code}/postpone")]
    public async Task<IActionResult> Postpone(string code, List<ScheduleBlock> blocks, string? reason, CancellationToken cancellationToken)
    {
        var postponed = await lifecycle.PostponeAsync(code, [.. blocks.Where(block => !block.IsEmpty).Select(block => block.ToDraft())], reason ?? "", cancellationToken);
        return !postponed.Succeeded && postponed.Faults[0].Kind == FaultKind.Invalid
            ? await ShowAsync(code, new(blocks, reason, postponed.Faults), cancellationToken)
            : After(postponed, code, T["Đã dời lịch. Mọi người được báo kèm lý do."]);
    }

    private async Task<IActionResult> ShowAsync(string code, RefusedPostponement? refused, CancellationToken cancellationToken)
    {
        var session = await access.FindToReadAsync(code, cancellationToken);
        if (session is null)
        {
            return NotFound();
        }

        var person = user.PersonId;
        var mine = await db.Invitations.Where(invitation => invitation.SessionId == session.Id && invitation.PersonId == person)
            .Select(invitation => new MyInvitation(invitation.Point.Name, invitation.Point.Venue, invitation.Point.Link, invitation.Point.State,
                db.Set<AbsenceReason>().Where(reason => reason.Code == invitation.Point.ReasonCode && reason.Code != AbsenceReason.Other).Select(reason => reason.Name).FirstOrDefault() ?? invitation.Point.ReasonText,
                db.Set<Attendance>().Where(attendance => attendance.SessionId == session.Id && attendance.PersonId == person).Select(attendance => (AttendanceStatus?)attendance.Status).FirstOrDefault()))
            .SingleOrDefaultAsync(cancellationToken);
        var scope = user.ScopeOf(Permissions.ViewSessions);
        var points = access.VisiblePoints(session);
        // Under the names of its day: a later change does not rewrite what was taught.
        var topicNames = await db.GetTopicNamesAsync(DateOnly.FromDateTime(VietnamTime.ToLocal(session.StartUtc)), cancellationToken);
        var topics = await db.Set<SessionTopic>().Where(topic => topic.SessionId == session.Id).Join(db.Set<Courses.Models.Topic>(), mine => mine.Topic, topic => topic.Code, (_, topic) => topic).OrderBy(topic => topic.Order).Select(topic => topic.Code).ToListAsync(cancellationToken);
        return View("Show", new SessionShowModel
        {
            Session = session,
            Blocks = await db.Set<SessionBlock>().AsNoTracking().Where(block => block.SessionId == session.Id).OrderBy(block => block.Number).ToListAsync(cancellationToken),
            Topics = topics.ConvertAll(topic => new TopicChoice(topic, topicNames[topic])),
            Mine = mine,
            CanManage = access.CanManage(session),
            Points = await points.CountAsync(cancellationToken),
            Invited = await db.Invitations.Where(invitation => invitation.SessionId == session.Id).InScope(access.CanManage(session) ? UnitScope.Everything : scope, invitation => invitation.UnitPath).CountAsync(cancellationToken),
            Figures = scope.IsNothing || session.State is SessionState.Draft ? null : await statistics.CountAsync(session, access.CanManage(session) ? UnitScope.Everything : scope, cancellationToken),
            MyPoints = await access.ServedPoints(session).Where(point => session.State != SessionState.Draft).OrderBy(point => point.Code).Select(point => new PointLink(point.Code, point.Name)).Take(6).ToListAsync(cancellationToken),
            RemindersAhead = options.RemindersAhead(session.StartUtc, clock.UtcNow()),
            MayWait = access.CanManage(session) && session.IsOpenedAhead(clock.UtcNow()) && !await lifecycle.HasMarksAsync(session, cancellationToken),
            Refused = refused,
        });
    }

    private IActionResult After<TValue>(Result<TValue> result, string code, string? done = null)
    {
        if (!result.Succeeded && result.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
        {
            return this.Refuse(result.Faults);
        }

        foreach (var fault in result.Faults)
        {
            notifier.Error(fault.Message);
        }

        if (result.Succeeded && done is not null)
        {
            notifier.Success(done);
        }

        return RedirectToAction(nameof(Show), new { code });
    }

    private IQueryable<SessionCard> Cards(IQueryable<TrainingSession> sessions) => sessions.Select(session => new SessionCard(
        session.Code, session.Title, session.State, session.Mode, session.StartUtc, session.EndUtc, session.Reason,
        session.Points.Count,
        db.Set<Invitation>().Where(invitation => invitation.SessionId == session.Id && invitation.PersonId == user.PersonId).Select(invitation => invitation.Point.Venue ?? invitation.Point.Name).FirstOrDefault(),
        db.Set<Attendance>().Where(attendance => attendance.SessionId == session.Id && attendance.PersonId == user.PersonId).Select(attendance => (AttendanceStatus?)attendance.Status).FirstOrDefault())
    {
        IsRehearsal = session.IsRehearsal,
        MakeupOf = db.Set<TrainingSession>().Where(original => original.Id == session.MakeupOfId).Select(original => original.Code).FirstOrDefault(),
    });
}
