using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace TrainingSite.Courses.Certificates;

/// <summary>Certificates: anybody checks one by its code; whose it is, and who may see their learning, has it as a file.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("certificates")]
public sealed class CertificateController(CertificateService certificates, CertificateSheet sheet, SiteAddress address, INotifier notifier, TimeProvider clock) : Controller
{
    /// <summary>Where a code is typed in.</summary>
    [HttpGet("")]
    public IActionResult Index(string? code)
    {
        if (CertificateCode.Parse(code) is { } parsed)
        {
            return RedirectToAction(nameof(Show), new { code = parsed });
        }

        return View(new CertificateSearch(code, IsWrong: !string.IsNullOrWhiteSpace(code)));
    }

    [HttpGet("{code}")]
    public async Task<IActionResult> Show(string code, CancellationToken cancellationToken)
    {
        // Names are for whoever holds the paper, not for those who search the web.
        Response.Headers["X-Robots-Tag"] = "noindex";
        if (CertificateCode.Parse(code) is not { } parsed || await certificates.FindAsync(parsed, cancellationToken) is not { } paper)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            // The page says itself what to do; the general error page would hide it.
            HttpContext.Features.Get<IStatusCodePagesFeature>()!.Enabled = false;
            return View("Index", new CertificateSearch(code, IsWrong: true));
        }

        return View(new CertificatePage(paper, paper.StateAt(clock.UtcNow()), await certificates.MayReadAsync(paper.PersonId, cancellationToken), CheckedAt()));
    }

    /// <summary>Where people type in a code, as they write addresses. Without the setting it is said to the one who asks, and to nobody else.</summary>
    private string CheckedAt() => (address.IsPublic ? address.Url[(address.Url.IndexOf("//", StringComparison.Ordinal) + 2)..] : $"{Request.Host}{Request.PathBase}") + "/certificates";

    /// <summary>The paper. One that no longer holds is not handed out.</summary>
    [HttpGet("{code}/pdf")]
    [Authorize]
    public async Task<IActionResult> Pdf(string code, CancellationToken cancellationToken)
    {
        if (CertificateCode.Parse(code) is not { } parsed || await certificates.FindAsync(parsed, cancellationToken) is not { } paper
            || !await certificates.MayReadAsync(paper.PersonId, cancellationToken))
        {
            return NotFound();
        }

        if (paper.StateAt(clock.UtcNow()) == CertificateState.Revoked)
        {
            return RedirectToAction(nameof(Show), new { code = parsed });
        }

        return File(await sheet.DrawAsync(paper, cancellationToken), "application/pdf", $"giay-chung-nhan-{parsed}.pdf");
    }

    /// <summary>Issues the certificate of a completion, or finds it.</summary>
    /// <param name="person">Code of the member; empty for the reader.</param>
    /// <param name="course">Slug of the course.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [HttpPost("")]
    [Authorize]
    public async Task<IActionResult> Issue(string? person, string? course, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(course))
        {
            return NotFound();
        }

        var issued = await certificates.IssueAsync(string.IsNullOrEmpty(person) ? null : person, course, cancellationToken);
        if (issued.Succeeded)
        {
            return RedirectToAction(nameof(Show), new { code = issued.Value.Code });
        }

        if (issued.Faults[0].Kind == FaultKind.NotFound)
        {
            return NotFound();
        }

        notifier.Error(issued.Faults[0].Message);
        return LocalRedirect($"~/courses/{Uri.EscapeDataString(course)}");
    }
}

/// <summary>Leads to a certificate, or has it issued.</summary>
/// <param name="Code">Its code; null while none is issued.</param>
/// <param name="PersonCode">Whose it is.</param>
/// <param name="CourseSlug">Of which course.</param>
public sealed record CertificateButton(string? Code, string PersonCode, string CourseSlug);

/// <summary>What somebody looks for.</summary>
/// <param name="Code">What was typed.</param>
/// <param name="IsWrong">Whether there is no such certificate.</param>
public sealed record CertificateSearch(string? Code, bool IsWrong);

/// <summary>A certificate as anybody may see it.</summary>
/// <param name="Paper">The certificate.</param>
/// <param name="State">Whether it holds.</param>
/// <param name="MayDownload">Whether the reader may have the paper.</param>
/// <param name="CheckedAt">Where others check it.</param>
public sealed record CertificatePage(CertificatePaper Paper, CertificateState State, bool MayDownload, string CheckedAt);
