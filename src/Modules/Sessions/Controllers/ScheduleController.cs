using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Topics;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Deadlines;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Controllers;

/// <summary>"Lên lịch": an organizer prepares a session in one sitting.</summary>
[Authorize(nameof(Permissions.ManageSessions))]
[Route("sessions")]
public sealed class ScheduleController(
    SiteDbContext db, SessionService sessions, SessionCodes codes, PointPlanService points, SessionDeadlines deadlines, SessionOptions options, CurrentUser user, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("new")]
    public async Task<IActionResult> New(CancellationToken cancellationToken)
    {
        var day = clock.Today().AddDays(14);
        var form = new ScheduleForm
        {
            Code = await codes.FindForDayAsync(day, cancellationToken),
            Organizers = user.Name,
            Blocks = [new() { Date = day, Start = new(8, 0), End = new(11, 30) }],
            CloseAfterMinutes = deadlines.Usual.CloseAfterMinutes,
            HandInHours = deadlines.Usual.HandInHours,
        };
        return View("Edit", await ModelAsync(form, null, cancellationToken));
    }

    [HttpPost("new")]
    public async Task<IActionResult> New(ScheduleForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
        {
            var created = await sessions.CreateAsync(form.ToDraft(), cancellationToken);
            if (created.Succeeded)
            {
                return await SavedAsync(form, created.Value.Code, cancellationToken);
            }

            ModelState.AddFaults(created.Faults);
        }

        return View("Edit", await ModelAsync(form, null, cancellationToken));
    }

    [HttpGet("{code}/edit")]
    public async Task<IActionResult> Edit(string code, CancellationToken cancellationToken)
    {
        var draft = await sessions.ReadDraftAsync(code, cancellationToken);
        if (!draft.Succeeded)
        {
            return this.Refuse(draft.Faults);
        }

        var form = ScheduleForm.From(draft.Value, (await OfferedUnitsAsync(cancellationToken)).Codes);
        form.OnePointPerCommune = !await db.SessionPoints.AnyAsync(point => point.Session.Code == code, cancellationToken);
        return View(await ModelAsync(form, code, cancellationToken));
    }

    [HttpPost("{code}/edit")]
    public async Task<IActionResult> Edit(string code, ScheduleForm form, CancellationToken cancellationToken)
    {
        var isPublished = await IsPublishedAsync(code, cancellationToken);
        form.OnePointPerCommune &= !isPublished;
        if (ModelState.IsValid)
        {
            var changed = await sessions.UpdateAsync(code, form.ToDraft(), cancellationToken);
            if (changed.Succeeded)
            {
                return await SavedAsync(form, changed.Value.Code, cancellationToken);
            }

            if (changed.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
            {
                return this.Refuse(changed.Faults);
            }

            ModelState.AddFaults(changed.Faults);
        }

        if (isPublished)
        {
            var stored = await sessions.ReadDraftAsync(code, cancellationToken);
            if (!stored.Succeeded)
            {
                return this.Refuse(stored.Faults);
            }

            form.KeepFixed(ScheduleForm.From(stored.Value, (await OfferedUnitsAsync(cancellationToken)).Codes));
        }

        return View(await ModelAsync(form, code, cancellationToken));
    }

    /// <summary>How many the form's units, levels and roles reach now: fills the summary at the side.</summary>
    [HttpPost("count")]
    public async Task<IActionResult> Count(ScheduleForm form, CancellationToken cancellationToken) =>
        PartialView("_Count", await CountAsync(form, form.Code, cancellationToken));

    private async Task<ScheduleCount> CountAsync(ScheduleForm form, string? code, CancellationToken cancellationToken)
    {
        var invite = form.ToInvite();
        return new(
            await sessions.CountInvitedAsync(invite, cancellationToken),
            form.OnePointPerCommune ? await points.CountWithoutPointAsync(code, invite.Units, cancellationToken) : 0,
            form.StartUtc is { } start ? options.RemindersAhead(start, clock.UtcNow()) : options.RemindBefore);
    }

    private Task<bool> IsPublishedAsync(string code, CancellationToken cancellationToken) =>
        db.Sessions.AnyAsync(session => session.Code == code && session.State != SessionState.Draft, cancellationToken);

    private async Task<IActionResult> SavedAsync(ScheduleForm form, string code, CancellationToken cancellationToken)
    {
        notifier.Success(T["Đã lưu buổi {0}.", code]);
        if (form.OnePointPerCommune)
        {
            var made = await points.AddOnePerCommuneAsync(code, null, cancellationToken);
            if (!made.Succeeded)
            {
                notifier.Error(made.Faults[0].Message);
            }
            else if (made.Value > 0)
            {
                notifier.Success(T["Đã tạo {0} điểm cầu, mỗi xã một điểm.", made.Value]);
            }
        }

        return RedirectToAction("Show", "Session", new { code });
    }

    private async Task<ScheduleModel> ModelAsync(ScheduleForm form, string? code, CancellationToken cancellationToken)
    {
        while (form.Blocks.Count < ScheduleForm.BlockRows)
        {
            form.Blocks.Add(new());
        }

        return new()
        {
            Form = form,
            EditedCode = code,
            IsMakeup = code is not null && await db.Sessions.AnyAsync(session => session.Code == code && session.MakeupOfId != null, cancellationToken),
            IsPublished = code is not null && await IsPublishedAsync(code, cancellationToken),
            Topics = await db.Topics.OfferedTo(user, [.. form.Topics]).OrderBy(topic => topic.Order).Select(topic => new TopicChoice(topic.Code, topic.Name)).ToListAsync(cancellationToken),
            Units = await OfferedUnitsAsync(cancellationToken),
            Count = await CountAsync(form, code, cancellationToken),
            IsOver = form.EndUtc <= clock.UtcNow(),
            Points = await db.SessionPoints.CountAsync(point => point.Session.Code == code, cancellationToken),
        };
    }

    /// <summary>The units that the reader manages sessions of, with two levels of the units below them.</summary>
    private async Task<OfferedUnits> OfferedUnitsAsync(CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var scope = user.ScopeOf(Permissions.ManageSessions);
        var own = scope.IsEverything
            ? await db.Units.On(today).Where(unit => unit.ParentId == null).ToListAsync(cancellationToken)
            : await db.Units.On(today).Where(unit => scope.Paths.Contains(unit.Path)).ToListAsync(cancellationToken);
        var roots = own.FindAll(unit => !own.Exists(other => other.Id != unit.Id && unit.Path.StartsWith(other.Path, StringComparison.Ordinal)));
        var districts = await BelowAsync([.. roots.Select(unit => unit.Id)], int.MaxValue, cancellationToken);
        var communes = await BelowAsync([.. districts.Select(unit => unit.Id)], OfferedUnits.MostBelow + 1, cancellationToken);
        return new()
        {
            Whole = [.. roots.Select(unit => new UnitChoice(unit.Code, unit.Name))],
            Below = [.. districts.Select(unit => new UnitChoice(unit.Code, unit.Name))],
            Groups = communes.Count > OfferedUnits.MostBelow ? [] : [.. districts.GroupJoin(communes, unit => unit.Id, commune => commune.ParentId!.Value,
                (unit, own) => new UnitGroup(unit.Name, [.. own.Select(commune => new UnitChoice(commune.Code, commune.Name))])).Where(group => group.Units.Count > 0)],
        };

        Task<List<AdministrativeUnit>> BelowAsync(Guid[] parents, int most, CancellationToken cancellationToken) => db.Units.On(today)
            .Where(unit => unit.ParentId != null && parents.Contains(unit.ParentId.Value) && unit.Level != UnitLevel.Village)
            .OrderBy(unit => unit.NameFolded).Take(most).ToListAsync(cancellationToken);
    }
}
