using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Makeup;

/// <summary>"Mở buổi học bù": whom the session missed, and one button for another session for them.</summary>
[Authorize(nameof(Permissions.ManageSessions))]
[Route("sessions/{code}/makeup")]
public sealed class MakeupController(SiteDbContext db, MakeupService makeups, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Show(string code, CancellationToken cancellationToken)
    {
        var read = await makeups.ReadAsync(code, cancellationToken);
        return read.Succeeded ? View(new MakeupModel(read.Value, await ProposeAsync(read.Value, cancellationToken))) : Refused(read.Faults, code);
    }

    [HttpPost("")]
    public async Task<IActionResult> Create(string code, MakeupForm form, CancellationToken cancellationToken)
    {
        var made = await makeups.CreateAsync(code, form.ToDraft(), cancellationToken);
        if (made.Succeeded)
        {
            var (session, people, points) = made.Value;
            notifier.Success(form.Publish
                ? T["Đã phát hành buổi học bù {0}: mời {1} người ở {2} điểm cầu.", session.Code, people.ToVietnamese(), points.ToVietnamese()]
                : T["Đã tạo bản nháp buổi học bù {0} cho {1} người ở {2} điểm cầu.", session.Code, people.ToVietnamese(), points.ToVietnamese()]);
            return RedirectToAction("Show", "Session", new { code = session.Code });
        }

        var read = await makeups.ReadAsync(code, cancellationToken);
        if (!read.Succeeded)
        {
            return Refused(read.Faults, code);
        }

        ModelState.AddFaults(made.Faults);
        return View("Show", new MakeupModel(read.Value, form));
    }

    /// <summary>Faults about the right to be here are pages of their own; what only does not fit now is said on the session's page.</summary>
    private IActionResult Refused(IReadOnlyList<Fault> faults, string code)
    {
        if (faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
        {
            return this.Refuse(faults);
        }

        notifier.Error(faults[0].Message);
        return RedirectToAction("Show", "Session", new { code });
    }

    /// <summary>The original's hours, on the first day from next week on that is the same day of the week.</summary>
    private async Task<MakeupForm> ProposeAsync(MakeupOverview overview, CancellationToken cancellationToken)
    {
        var original = overview.Original;
        var blocks = await db.Set<SessionBlock>().Where(block => block.SessionId == original.Id).OrderBy(block => block.Number)
            .Select(block => new BlockDraft(block.StartUtc, block.EndUtc, block.Title)).ToListAsync(cancellationToken);
        var age = Math.Max(0, clock.Today().DayNumber - DateOnly.FromDateTime(VietnamTime.ToLocal(original.StartUtc)).DayNumber);
        var shift = TimeSpan.FromDays(7 * ((age / 7) + 1));
        return new()
        {
            Title = T["Học bù: {0}", original.Title],
            Blocks = blocks.ConvertAll(block => ScheduleBlock.From(block with { StartUtc = block.StartUtc + shift, EndUtc = block.EndUtc + shift })),
        };
    }
}

/// <summary>A make-up as its organizer fills it in.</summary>
public sealed class MakeupForm
{
    public string? Title { get; set; }

    public MakeupScope Scope { get; set; }

    /// <summary>Codes of points; none for all that the scope holds.</summary>
    public List<string> Points { get; set; } = [];

    public List<ScheduleBlock> Blocks { get; set; } = [];

    /// <summary>Which of the two buttons was pressed.</summary>
    public bool Publish { get; set; }

    public MakeupDraft ToDraft() => new([.. Blocks.Where(block => !block.IsEmpty).Select(block => block.ToDraft())])
    {
        Title = Title,
        Scope = Scope,
        Points = Scope == MakeupScope.Points ? Points : null,
        Publish = Publish,
        MustBeAhead = Publish,
    };
}

public sealed record MakeupModel(MakeupOverview Overview, MakeupForm Form);
