using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;
using TrainingSite.Organization.Services;

namespace TrainingSite.Library.Templates;

/// <summary>Papers filled with what the site knows of a unit on a day (R57), to be finished in Word.</summary>
[Authorize(nameof(Organization.Permissions.ManageTeams))]
[ApiExplorerSettings(IgnoreApi = true)]
[Route("library/templates")]
public sealed class TemplateController(TemplateDataSource source, UnitFinder units, UnitChoices choices, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(string? unit, DateOnly? asOf, CancellationToken cancellationToken)
    {
        var day = asOf ?? clock.Today();
        var scope = user.ScopeOf(Organization.Permissions.ManageTeams);
        var top = await units.FindTopAsync(scope, day, cancellationToken);
        return View(new TemplatePage(PaperTemplates.All(T), await choices.ListAsync(scope, day, withProvince: true, current: null, cancellationToken), unit ?? top?.Code ?? "", day));
    }

    /// <summary>The filled paper.</summary>
    [HttpGet("{name}")]
    public async Task<IActionResult> Fill(string name, string? unit, DateOnly? asOf, CancellationToken cancellationToken)
    {
        var day = asOf ?? clock.Today();
        var scope = user.ScopeOf(Organization.Permissions.ManageTeams);
        if (PaperTemplates.All(T).FirstOrDefault(paper => paper.Name == name) is not { } template)
        {
            return NotFound();
        }

        if (await units.FindAsync(unit?.Trim() ?? "", day, scope, cancellationToken) is not { } found)
        {
            ModelState.AddModelError("Unit", T["Không có đơn vị mã “{0}” trong phạm vi của bạn vào ngày {1}. Hãy chọn lại đơn vị hoặc ngày.", unit ?? "", day.ToDateText()]);
            return await Index(unit, asOf, cancellationToken) is ViewResult page ? View(nameof(Index), page.Model) : NotFound();
        }

        var filled = TemplateFiller.Fill(template.Build(), await source.ReadAsync(found, day, scope, cancellationToken));
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(FileNames.Clean($"{template.Title} - {found.Name}.docx", FileFormat.Word));
        Response.Headers.ContentDisposition = disposition.ToString();
        return File(filled, FileNames.ContentType(FileFormat.Word));
    }
}

/// <summary>The page of the templates.</summary>
/// <param name="Templates">All of them.</param>
/// <param name="Units">Units to choose from; null when there are too many and the code is typed.</param>
/// <param name="Unit">Code of the unit chosen.</param>
/// <param name="Day">As of which day.</param>
public sealed record TemplatePage(IReadOnlyList<PaperTemplate> Templates, IReadOnlyList<UnitOption>? Units, string Unit, DateOnly Day);
