using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Library.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Courses.Apps;

/// <summary>Writes the catalogue of recommended apps.</summary>
public sealed class AppCatalogue(SiteDbContext db, UnitChoices units, EventPublisher events, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const int LongestSlug = 100;
    private const int MostYearsUntilReview = 2;

    private static readonly string[] ReservedSlugs = ["", "new"];

    /// <summary>Adds an app; its address is made from the name and stays.</summary>
    public async Task<Result<RecommendedApp>> CreateAsync(AppForm form, CancellationToken cancellationToken)
    {
        var slug = SlugOf(form.Name);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Of two who give one name at the same moment, the later finds it taken.
        await db.LockAsync($"app {slug}", cancellationToken);
        if (await db.RecommendedApps.AnyAsync(app => app.Slug == slug, cancellationToken))
        {
            return new Fault("app_name_taken", T["Đã có ứng dụng tên là “{0}”. Hãy đặt tên khác, ví dụ thêm tên xã.", form.Name], nameof(form.Name));
        }

        var written = await WriteAsync(new() { Slug = slug }, form, isNew: true, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written;
    }

    /// <summary>Changes an app.</summary>
    public async Task<Result<RecommendedApp>> UpdateAsync(RecommendedApp app, AppForm form, CancellationToken cancellationToken) =>
        app.Version == form.Version ? await WriteAsync(app, form, isNew: false, cancellationToken) : Changed();

    /// <summary>Removes an app.</summary>
    /// <returns>False when somebody else removed it meanwhile.</returns>
    public async Task<bool> RemoveAsync(RecommendedApp app, CancellationToken cancellationToken)
    {
        var removed = 0;
        await db.InTransactionAsync(async () =>
        {
            removed = await db.RecommendedApps.Where(row => row.Id == app.Id).ExecuteDeleteAsync(cancellationToken);
            await events.PublishAsync(new AppChanged(app.Id), cancellationToken);
        }, cancellationToken);
        return removed > 0;
    }

    /// <summary>Saves and publishes <see cref="AppChanged"/> in one transaction.</summary>
    internal Task SaveAndTellAsync(Guid id, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        await db.SaveChangesAsync(cancellationToken);
        await events.PublishAsync(new AppChanged(id), cancellationToken);
    }, cancellationToken);

    /// <summary>The address that a name gives.</summary>
    internal static string SlugOf(string name)
    {
        var slug = LessonRenderer.ToSlug(name);
        return (ReservedSlugs.Contains(slug) ? $"ung-dung-{slug}" : slug[..Math.Min(slug.Length, LongestSlug)]).TrimEnd('-');
    }

    private async Task<Result<RecommendedApp>> WriteAsync(RecommendedApp app, AppForm form, bool isNew, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var unit = await FindUnitAsync(form.UnitCode, UnitOption.Of(app.UnitPath, app.UnitName), faults, cancellationToken);
        app.WebUrl = Address(form.WebUrl, host: null, nameof(form.WebUrl), faults);
        app.AndroidUrl = Address(form.AndroidUrl, "play.google.com", nameof(form.AndroidUrl), faults);
        app.AppleUrl = Address(form.AppleUrl, "apps.apple.com", nameof(form.AppleUrl), faults);
        if (faults.Count == 0 && app is { WebUrl: null, AndroidUrl: null, AppleUrl: null })
        {
            faults.Add(new("app_address_missing", T["Hãy ghi ít nhất một địa chỉ: trang web, Google Play hoặc App Store."], nameof(form.WebUrl)));
        }

        if (!await db.Topics.AnyAsync(topic => topic.Code == form.TopicCode, cancellationToken))
        {
            faults.Add(new("topic_unknown", T["Hãy chọn chuyên đề trong danh sách."], nameof(form.TopicCode)));
        }

        await CheckGuidesAsync(form, faults, cancellationToken);
        var today = clock.Today();
        if (form.Reviewed && !(form.NextReviewOn > today && form.NextReviewOn <= today.AddYears(MostYearsUntilReview)))
        {
            faults.Add(new("app_next_review_invalid", T["Ngày xem lại lần tới phải sau hôm nay và trong vòng {0} năm.", MostYearsUntilReview], nameof(form.NextReviewOn)));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        app.Name = VietnameseText.Clean(form.Name);
        app.Purpose = VietnameseText.Clean(form.Purpose);
        app.Publisher = VietnameseText.Clean(form.Publisher);
        app.TopicCode = form.TopicCode;
        (app.UnitPath, app.UnitName) = (unit?.Path, unit?.Name);
        (app.CourseId, app.LessonId, app.DocumentId) = (form.CourseId, form.LessonId, form.DocumentId);
        if (form.Reviewed)
        {
            (app.ReviewedBy, app.ReviewedOn, app.NextReviewOn) = (user.Name, today, form.NextReviewOn);
        }

        db.Entry(app).State = isNew ? EntityState.Added : EntityState.Modified;
        try
        {
            await SaveAndTellAsync(app.Id, cancellationToken);
            return app;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Changed();
        }
    }

    /// <summary>The unit that is meant, out of those over which the user holds the right, or the one that it is for already; null for the whole province.</summary>
    private async Task<UnitOption?> FindUnitAsync(string? code, UnitOption? current, List<Fault> faults, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            if (!user.CanManageApps(unitPath: null))
            {
                faults.Add(new("app_unit_missing", T["Hãy chọn đơn vị. Chỉ cán bộ cấp tỉnh giới thiệu ứng dụng cho toàn tỉnh."], nameof(AppForm.UnitCode)));
            }

            return null;
        }

        var unit = await units.FindAsync(code.Trim(), user.ScopeOf(Permissions.ManageApps), clock.Today(), withProvince: false, current, cancellationToken);
        if (unit is null)
        {
            faults.Add(new("app_unit_unknown", T["Không có đơn vị mã “{0}” trong phạm vi của bạn. Hãy chọn lại.", code.Trim()], nameof(AppForm.UnitCode)));
        }

        return unit;
    }

    /// <summary>An app that is not what it says is how people are robbed: each address must lead where it claims to.</summary>
    private string? Address(string? text, string? host, string field, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var isRight = Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) && address.Scheme == "https" && address.UserInfo.Length == 0 && (host is null || address.Host == host);
        if (!isRight)
        {
            faults.Add(new("app_address_invalid", host is null ? T["Địa chỉ phải bắt đầu bằng https://."] : T["Địa chỉ phải bắt đầu bằng https://{0}/.", host], field));
        }
        else if (address!.AbsoluteUri.Length > RecommendedApp.LongestAddress)
        {
            // Letters with marks take up to nine times as much there as on the page.
            faults.Add(new("app_address_too_long", T["Địa chỉ dài quá {0} chữ. Hãy dùng địa chỉ ngắn hơn.", RecommendedApp.LongestAddress], field));
        }

        return isRight ? address!.AbsoluteUri : null;
    }

    private async Task CheckGuidesAsync(AppForm form, List<Fault> faults, CancellationToken cancellationToken)
    {
        var known = (form.CourseId is null || await db.Courses.AnyAsync(course => course.Id == form.CourseId && course.State == CourseState.Published && course.DraftOfId == null, cancellationToken))
            && (form.LessonId is null || await db.Lessons.AnyAsync(lesson => lesson.Id == form.LessonId && lesson.Course.State == CourseState.Published && lesson.Course.DraftOfId == null, cancellationToken))
            && (form.DocumentId is null || await db.Documents.VisibleTo(user).AnyAsync(document => document.Id == form.DocumentId, cancellationToken));
        if (!known)
        {
            faults.Add(new("app_guide_unknown", T["Hãy chọn khóa học, bài học và tài liệu trong danh sách."], nameof(form.LessonId)));
        }
    }

    private Fault Changed() => new("app_changed_meanwhile", T["Có người vừa sửa ứng dụng này. Phần bạn nhập vẫn còn ở dưới và chưa được lưu; bấm Lưu lần nữa thì phần của bạn thay bản đó."], Kind: FaultKind.Conflict);
}
