using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.External;

/// <summary>A member, or their leader, writes down courses completed elsewhere. Without a code it is the reader.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
public sealed class ExternalCourseController(ExternalCourses courses, ProofFiles files, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("me/external-courses")]
    [HttpGet("people/{code}/external-courses")]
    public async Task<IActionResult> Index(string? code, CancellationToken cancellationToken) =>
        await courses.FindMemberAsync(code, cancellationToken) is { } member ? View(new ExternalCoursePage(member, await courses.ListAsync(member.Id, cancellationToken), new())) : NotFound();

    [HttpPost("me/external-courses")]
    [HttpPost("people/{code}/external-courses")]
    public async Task<IActionResult> Submit(string? code, [Bind(Prefix = "Form")] ExternalCourseForm form, CancellationToken cancellationToken)
    {
        if (await courses.FindMemberAsync(code, cancellationToken) is not { } member)
        {
            return NotFound();
        }

        if (ModelState.IsValid)
        {
            var submitted = await courses.SubmitAsync(member, form, cancellationToken);
            if (submitted.Succeeded)
            {
                notifier.Success(T["Đã gửi “{0}”. Sở sẽ xem minh chứng rồi trả lời.", submitted.Value.Name]);
                return Back(code);
            }

            ModelState.AddFaults(submitted.Faults, "Form.");
        }

        return View("Index", new ExternalCoursePage(member, await courses.ListAsync(member.Id, cancellationToken), form));
    }

    [HttpPost("me/external-courses/{id:guid}/withdraw")]
    [HttpPost("people/{code}/external-courses/{id:guid}/withdraw")]
    public async Task<IActionResult> Withdraw(string? code, Guid id, CancellationToken cancellationToken)
    {
        if (await courses.FindMemberAsync(code, cancellationToken) is not { } member)
        {
            return NotFound();
        }

        if (await courses.WithdrawAsync(member, id, cancellationToken))
        {
            notifier.Success(T["Đã rút lại."]);
        }
        else
        {
            notifier.Error(T["Khóa này đã được xem nên không rút lại được."]);
        }

        return Back(code);
    }

    /// <summary>The proof, as the kind that its bytes are and nothing else; it is saved, not opened in the site.</summary>
    [HttpGet("external-courses/{id:guid}/proof")]
    public async Task<IActionResult> Proof(Guid id, CancellationToken cancellationToken)
    {
        if (await courses.FindProofAsync(id, cancellationToken) is not { FileSha256: { } sha256, FileType: { } type })
        {
            return NotFound();
        }

        var (media, extension) = type switch
        {
            ProofType.Pdf => ("application/pdf", "pdf"),
            ProofType.Jpeg => ("image/jpeg", "jpg"),
            ProofType.Png => ("image/png", "png"),
        };
        return PhysicalFile(files.PathOf(sha256), media, $"minh-chung-{id:N}.{extension}");
    }

    private LocalRedirectResult Back(string? code) => LocalRedirect(code is null ? "~/me/external-courses" : $"~/people/{Uri.EscapeDataString(code)}/external-courses");
}

/// <summary>The courses of one member.</summary>
public sealed record ExternalCoursePage(ExternalMember Member, IReadOnlyList<ExternalCompletion> Rows, ExternalCourseForm Form);
