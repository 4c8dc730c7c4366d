using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.Certificates;

/// <summary>Staff write words, signer and colours of certificates here, and see a sample.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.DesignCertificates))]
[Route("certificates/design")]
public sealed class CertificateDesignController(CertificateDesigns designs, CertificateSheet sheet, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var places = await designs.ListAsync(cancellationToken);
        return places.Count == 1 ? RedirectToAction(nameof(Edit), new { place = places[0].Code }) : View(places);
    }

    [HttpGet("{place}")]
    public async Task<IActionResult> Edit(string place, CancellationToken cancellationToken)
    {
        if (await designs.FindAsync(place, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        var current = await designs.CurrentAsync(found, cancellationToken);
        var shown = current ?? CertificateDesign.Initial;
        return View(new CertificateDesignPage(found, current, new()
        {
            Seen = current?.Id,
            Issuer = shown.Issuer,
            Title = shown.Title,
            Intro = shown.Intro,
            Body = shown.Body,
            Place = shown.Place,
            SignerTitle = shown.SignerTitle,
            SignerName = shown.SignerName,
            Primary = shown.Primary,
            Accent = shown.Accent,
        }));
    }

    [HttpPost("{place}")]
    public async Task<IActionResult> Edit(string place, [Bind(Prefix = "Form")] CertificateDesignForm form, CancellationToken cancellationToken)
    {
        if (await designs.FindAsync(place, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        if (ModelState.IsValid)
        {
            var written = await designs.WriteAsync(found, form, cancellationToken);
            if (written.Succeeded)
            {
                notifier.Success(T["Đã lưu mẫu giấy chứng nhận. Giấy cấp từ bây giờ theo mẫu này; giấy đã cấp giữ mẫu cũ."]);
                return RedirectToAction(nameof(Edit), new { place });
            }

            ModelState.AddFaults(written.Faults, "Form.");
            if (written.Faults[0].Kind == FaultKind.Conflict)
            {
                Response.StatusCode = StatusCodes.Status409Conflict;
                form.Seen = (await designs.CurrentAsync(found, cancellationToken))?.Id;
                ModelState.Remove("Form.Seen");
            }
        }

        return View(new CertificateDesignPage(found, await designs.CurrentAsync(found, cancellationToken), form));
    }

    /// <summary>A sample with the design in use.</summary>
    [HttpGet("{place}/sample")]
    public async Task<IActionResult> Sample(string place, CancellationToken cancellationToken)
    {
        if (await designs.FindAsync(place, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        var now = clock.UtcNow();
        var certificate = new Certificate { Code = new string('0', CertificateCode.Length), Year = clock.Today().Year, Sequence = 0, CourseTitle = T["Tên khóa học"], IssuedUtc = now };
        var paper = new CertificatePaper(certificate, Guid.Empty, T["Họ và tên"], now, ExpiresUtc: null, RevokedUtc: null, await designs.CurrentAsync(found, cancellationToken));
        return File(await sheet.DrawAsync(paper, cancellationToken), "application/pdf", "giay-chung-nhan-mau.pdf");
    }
}

/// <summary>The page of a design.</summary>
/// <param name="Place">Whose.</param>
/// <param name="Current">The design in use; null when there is none yet.</param>
/// <param name="Form">What the author typed.</param>
public sealed record CertificateDesignPage(DesignPlace Place, CertificateDesign? Current, CertificateDesignForm Form);
