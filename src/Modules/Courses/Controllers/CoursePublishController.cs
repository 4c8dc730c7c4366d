using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Controllers;

/// <summary>From what an author wrote to what readers see: publishing, looking over, versions, copies.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageCourses))]
[Route("courses/edit/{slug}")]
public sealed class CoursePublishController(SiteDbContext db, WorkingCopies copies, PublicationService publications, CoursePublisher publisher, CourseContents contents, CourseDiff diff, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpPost("publish")]
    public async Task<IActionResult> Publish(string slug, string? note, DateTime? at, string? seen, bool mayEnd, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } working)
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            notifier.Error(T["Ngày giờ đăng chưa đúng. Hãy chọn lại."]);
            return Back(slug);
        }

        var (title, asked) = (working.Title, await publications.AskAsync(working, note, at is { } local ? VietnamTime.ToUtc(local) : null, seen, mayEnd, cancellationToken));
        notifier.Tell(asked, title, TempData, T);
        if (!asked.Succeeded)
        {
            (TempData[PublishNotices.Note], TempData[PublishNotices.At]) = (note, at);
        }

        return Back(slug);
    }

    [HttpPost("approve")]
    [Authorize(nameof(Permissions.ApproveCourses))]
    public async Task<IActionResult> Approve(string slug, string? seen, bool mayEnd, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } working)
        {
            return NotFound();
        }

        notifier.Tell(await publications.ApproveAsync(working, seen, mayEnd, cancellationToken), working.Title, TempData, T);
        return Back(slug);
    }

    /// <summary>Sends it back to its author with a note.</summary>
    [HttpPost("return")]
    [Authorize(nameof(Permissions.ApproveCourses))]
    public async Task<IActionResult> SendBack(string slug, string? note, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } working)
        {
            return NotFound();
        }

        notifier.Tell(await publications.ReturnAsync(working, note, cancellationToken), working.Title, TempData, T);
        return Back(slug);
    }

    [HttpPost("withdraw")]
    public async Task<IActionResult> Withdraw(string slug, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } working)
        {
            return NotFound();
        }

        await publications.WithdrawAsync(working, cancellationToken);
        notifier.Success(T["Đã rút lại. Bản nháp vẫn còn nguyên."]);
        return Back(slug);
    }

    /// <summary>Forgets the working copy.</summary>
    [HttpPost("discard")]
    public async Task<IActionResult> Discard(string slug, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { DraftOfId: not null } working)
        {
            return NotFound();
        }

        await publications.WithdrawAsync(working, cancellationToken);
        await copies.DiscardAsync(working, cancellationToken);
        notifier.Success(T["Đã bỏ bản nháp của “{0}”. Bản đang đăng không đổi.", working.Title]);
        return Back(slug);
    }

    /// <summary>A new draft with all that this course says.</summary>
    [HttpPost("copy")]
    public async Task<IActionResult> Copy(string slug, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } working)
        {
            return NotFound();
        }

        var copy = await copies.DuplicateAsync(working, T["{0} (bản sao)", working.Title], cancellationToken);
        notifier.Success(T["Đã chép thành bản nháp “{0}”. Hãy đặt lại tên.", copy.Title]);
        return Back(copy.Slug);
    }

    /// <summary>What the working copy would change for readers.</summary>
    [HttpGet("changes")]
    public async Task<IActionResult> Changes(string slug, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { DraftOfId: not null } working)
        {
            return NotFound();
        }

        var course = await copies.CourseOfAsync(working, cancellationToken);
        return View("Diff", Compare(working, T["Bản nháp so với bản đang đăng"], await contents.ReadAsync(course, cancellationToken), await contents.ReadAsync(working, cancellationToken)));
    }

    [HttpGet("versions")]
    public async Task<IActionResult> Versions(string slug, int page, CancellationToken cancellationToken) =>
        await copies.FindAsync(slug, cancellationToken) is { } working
            ? View(new CourseVersionsModel(working, await Kept(working).OrderByDescending(version => version.Number)
                .Select(version => new CourseVersionRow(version.Number, version.PublishedUtc, version.PublishedBy, version.Note)).ToPageAsync(page, cancellationToken: cancellationToken)))
            : NotFound();

    /// <summary>A version beside the one before it, or beside what is there now.</summary>
    [HttpGet("versions/{number:int}")]
    public async Task<IActionResult> Version(string slug, int number, bool now, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } working || await FindAsync(working, number, cancellationToken) is not { } version)
        {
            return NotFound();
        }

        var content = CourseContent.FromJson(version.Content);
        if (now)
        {
            return View("Diff", Compare(working, T["Bản {0} so với bây giờ", number], content, await contents.ReadAsync(working, cancellationToken)) with { Number = number });
        }

        var before = await FindAsync(working, number - 1, cancellationToken);
        return View("Diff", Compare(working, before is null ? T["Bản {0}", number] : T["Bản {0} so với bản {1}", number, number - 1], before is null ? content : CourseContent.FromJson(before.Content), content) with { Number = number });
    }

    /// <summary>Puts a version back into the working copy.</summary>
    [HttpPost("versions/{number:int}/restore")]
    public async Task<IActionResult> Restore(string slug, int number, CancellationToken cancellationToken)
    {
        if (await copies.OpenAsync(slug, cancellationToken) is not { } working || await FindAsync(working, number, cancellationToken) is not { } version)
        {
            return NotFound();
        }

        var result = await publisher.RestoreAsync(working, version, cancellationToken);
        if (result.Succeeded)
        {
            notifier.Success(T["Đã lấy lại bản {0} vào bản nháp. Xem lại rồi đăng.", number]);
        }
        else
        {
            notifier.Error(result.Faults[0].Message);
        }

        return Back(slug);
    }

    private CourseDiffModel Compare(Course working, string title, CourseContent before, CourseContent after) =>
        new(working, title, diff.Compare(before, after));

    private IQueryable<CourseVersion> Kept(Course working)
    {
        var id = working.DraftOfId ?? working.Id;
        return db.CourseVersions.AsNoTracking().Where(version => version.CourseId == id);
    }

    private Task<CourseVersion?> FindAsync(Course working, int number, CancellationToken cancellationToken) =>
        Kept(working).SingleOrDefaultAsync(version => version.Number == number, cancellationToken);

    private RedirectToActionResult Back(string slug) => RedirectToAction("Edit", "CourseEditor", new { slug });
}

/// <summary>The versions of a course.</summary>
public sealed record CourseVersionsModel(Course Course, Page<CourseVersionRow> Versions);

/// <summary>A version in the list.</summary>
public sealed record CourseVersionRow(int Number, DateTime PublishedUtc, string PublishedBy, string Note);

/// <summary>Two contents of a course side by side.</summary>
public sealed record CourseDiffModel(Course Course, string Title, IReadOnlyList<DiffPart> Parts)
{
    /// <summary>The version that is looked at; null for the working copy.</summary>
    public int? Number { get; init; }
}
