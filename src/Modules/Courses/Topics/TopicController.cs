using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Courses.Topics;

/// <summary>The catalogue of topics and its changes, for the province's staff.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageTopics))]
[Route("topics")]
public sealed class TopicController(SiteDbContext db, TopicEditor editor, UnitChoices units, CurrentUser user, TimeProvider clock, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(int page, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var rows = await db.Topics.AsNoTracking().OrderBy(topic => topic.Order).ThenBy(topic => topic.Code).ToPageAsync(page, cancellationToken: cancellationToken);
        var planned = await db.TopicEditions.AsNoTracking().Where(edition => edition.ValidFrom > today).OrderBy(edition => edition.ValidFrom).ToListAsync(cancellationToken);
        return View(new TopicList(rows, planned.ToLookup(edition => edition.Code)));
    }

    [HttpGet("{code}")]
    public async Task<IActionResult> Edit(string code, CancellationToken cancellationToken)
    {
        if (await FindAsync(code, cancellationToken) is not { } topic)
        {
            return NotFound();
        }

        var today = clock.Today();
        var editions = await editor.EditionsAsync(code, cancellationToken);
        return View(await PageAsync(topic, new()
        {
            Seen = TopicEditor.Seen(editions),
            ValidFrom = today,
            OfferedUntil = editions.FindLast(edition => edition.ValidFrom <= today)?.OfferedUntil,
            Name = topic.Name,
            Audience = topic.Audience,
            Order = topic.Order,
            UnitCode = UnitPath.CodeOf(topic.UnitPath),
        }, cancellationToken));
    }

    [HttpPost("{code}")]
    public async Task<IActionResult> Edit(string code, [Bind(Prefix = "Form")] TopicForm form, CancellationToken cancellationToken)
    {
        if (await FindAsync(code, cancellationToken) is not { } topic)
        {
            return NotFound();
        }

        if (ModelState.IsValid)
        {
            var saved = await editor.SaveAsync(topic, form, cancellationToken);
            if (saved.Succeeded)
            {
                notifier.Success(T["Đã lưu: từ ngày {0}, {1} là “{2}”.", saved.Value.ValidFrom.ToDateText(), code, saved.Value.Name]);
                return RedirectToAction(nameof(Edit), new { code });
            }

            ModelState.AddFaults(saved.Faults, "Form.");
            if (saved.Faults[0].Kind == FaultKind.Conflict)
            {
                // What was typed stays in the form; saving again writes it knowingly.
                Response.StatusCode = StatusCodes.Status409Conflict;
                form.Seen = TopicEditor.Seen(await editor.EditionsAsync(code, cancellationToken));
                ModelState.Remove("Form.Seen");
            }
        }

        return View(await PageAsync(topic, form, cancellationToken));
    }

    [HttpPost("{code}/remove")]
    public async Task<IActionResult> Remove(string code, DateOnly from, CancellationToken cancellationToken)
    {
        if (!await editor.RemoveAsync(code, from, cancellationToken))
        {
            return NotFound();
        }

        notifier.Success(T["Đã bỏ thay đổi từ ngày {0}.", from.ToDateText()]);
        return RedirectToAction(nameof(Edit), new { code });
    }

    private Task<Topic?> FindAsync(string code, CancellationToken cancellationToken) => db.Topics.AsNoTracking().SingleOrDefaultAsync(topic => topic.Code == code, cancellationToken);

    private async Task<TopicPage> PageAsync(Topic topic, TopicForm form, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        return new(
            topic,
            form,
            await units.ListAsync(user.ScopeOf(Permissions.ManageTopics), today, withProvince: false, UnitOption.Of(topic.UnitPath, topic.UnitName), cancellationToken),
            await db.TopicEditions.AsNoTracking().Where(edition => edition.Code == topic.Code).OrderByDescending(edition => edition.ValidFrom).Take(50).ToListAsync(cancellationToken),
            today);
    }
}

/// <summary>The catalogue.</summary>
/// <param name="Topics">Topics as they are today.</param>
/// <param name="Planned">Changes to come, by code.</param>
public sealed record TopicList(Page<Topic> Topics, ILookup<string, TopicEdition> Planned);

/// <summary>The page of a topic.</summary>
/// <param name="Topic">As it is today.</param>
/// <param name="Form">The change that is being typed.</param>
/// <param name="Units">Units to choose from; null when they are too many and the code is typed.</param>
/// <param name="Editions">All editions, newest first.</param>
/// <param name="Today">Today.</param>
public sealed record TopicPage(Topic Topic, TopicForm Form, IReadOnlyList<UnitOption>? Units, IReadOnlyList<TopicEdition> Editions, DateOnly Today);
