using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Offline;

/// <summary>Where a sheet's script sends its queue, where its people for walk-ins come from, and where a device's file is imported.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
[Route("sessions/{code}/points/{point}/sheet")]
public sealed class SheetSyncController(SiteDbContext db, SessionAccess access, SheetInbox inbox, IOptions<OrganizationOptions> teams, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    private const int MostPeople = 2000;

    /// <summary>A batch of a device's queue; answers for each item.</summary>
    [HttpPost("events")]
    public async Task<IActionResult> Events(string code, string point, [FromBody] SheetBatch batch, CancellationToken cancellationToken)
    {
        var answers = await inbox.TakeAsync(code, point, batch, cancellationToken);
        return answers.Succeeded
            ? Json(new { at = clock.UtcNow(), results = answers.Value.Select(answer => new { answer.Id, answer.Outcome, answer.Message }) })
            : new JsonResult(new { message = answers.Faults[0].Message }) { StatusCode = Refusals.StatusOf(answers.Faults[0]) };
    }

    /// <summary>People of the point's surroundings who are not on the list: code, name, team. Fetched with the sheet, for walk-ins without signal.</summary>
    [HttpGet("people")]
    public async Task<IActionResult> People(string code, string point, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        var path = found.Value.Path;
        var people = await db.Memberships.AsNoTracking().On(clock.Today())
            .Where(membership => membership.Team.Unit.Path.StartsWith(path) && !db.Set<Invitation>().Any(invitation => invitation.SessionId == found.Value.SessionId && invitation.PersonId == membership.PersonId))
            .OrderBy(membership => membership.Person.SortName).ThenBy(membership => membership.Person.Code)
            .Take(MostPeople)
            .Select(membership => new { membership.Person.Code, membership.Person.FullName, Team = membership.Team.Name })
            .ToListAsync(cancellationToken);
        return Json(people.DistinctBy(person => person.Code).Select(person => new[] { person.Code, person.FullName, teams.Value.Shorten(person.Team) }));
    }

    /// <summary>The member with that code, whose name is shown before anybody is marked: code, name, team. Nothing when there is none in a team today.</summary>
    [HttpGet("people/{member}")]
    public async Task<IActionResult> Person(string code, string point, string member, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        var person = await db.Memberships.AsNoTracking().On(clock.Today()).Where(membership => membership.Person.Code == member)
            .OrderBy(membership => membership.Team.Unit.Level).ThenBy(membership => membership.Team.Code)
            .Select(membership => new { membership.Person.Code, membership.Person.FullName, Team = membership.Team.Name, Commune = membership.Team.Unit.Level == UnitLevel.Commune ? membership.Team.Unit.Name : membership.Team.Unit.Parent!.Name }).FirstOrDefaultAsync(cancellationToken);
        return Json(person is null ? [] : new[] { person.Code, person.FullName, $"{teams.Value.Shorten(person.Team)}, {person.Commune}" });
    }

    /// <summary>A file that a device exported, brought here because it could not send.</summary>
    [HttpPost("import")]
    [RequestSizeLimit(SheetFile.MostBytes)]
    public async Task<IActionResult> Import(string code, string point, IFormFile? file, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        if (file is null)
        {
            return Back(T["Hãy chọn tệp đã xuất từ máy."]);
        }

        await using var stream = file.OpenReadStream();
        var batch = await SheetFile.ReadAsync(stream, code, point, T, cancellationToken);
        if (!batch.Succeeded)
        {
            return Back(batch.Faults[0].Message);
        }

        var answers = await inbox.TakeAsync(code, point, batch.Value, cancellationToken);
        return answers.Succeeded ? View("~/Areas/Sessions/Views/Sheet/Import.cshtml", new SheetImportModel(code, found.Value, answers.Value)) : Back(answers.Faults[0].Message);

        RedirectToActionResult Back(string message)
        {
            notifier.Error(message);
            return RedirectToAction("Show", "Sheet", new { code, point });
        }
    }
}

/// <summary>What became of a file.</summary>
public sealed record SheetImportModel(string SessionCode, SessionPoint Point, IReadOnlyList<SheetAnswer> Answers)
{
    public int Count(params EventOutcome[] outcomes) => Answers.Count(answer => outcomes.Contains(answer.Outcome));
}
