using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Trainers;

namespace TrainingSite.Sessions.Materials;

/// <summary>The materials of a session: read by everybody as far as each may open them, kept by trainers and organizers.</summary>
public sealed class MaterialService(SiteDbContext db, TrainerService trainers, CurrentUser user, IStringLocalizer<Strings> T)
{
    /// <summary>More is a library, not a list for one day.</summary>
    public const int Most = 30;

    private const int Offered = 8;

    /// <summary>What the reader may open, in order.</summary>
    public async Task<IReadOnlyList<MaterialRow>> ReadAsync(Guid sessionId, CancellationToken cancellationToken = default)
    {
        var documents = db.Documents.VisibleTo(user);
        var rows = await (
            from material in db.Set<SessionMaterial>().Where(material => material.SessionId == sessionId)
            join document in documents on material.DocumentId equals document.Id into foundDocuments
            from document in foundDocuments.DefaultIfEmpty()
            join course in db.Courses.Where(course => course.State == CourseState.Published) on material.CourseId equals course.Id into foundCourses
            from course in foundCourses.DefaultIfEmpty()
            where document != null || course != null || material.Url != null
            orderby material.Order, material.Id
            select new { material.Id, material.DocumentId, material.Url, material.Title, DocumentTitle = document.Title, Size = (long?)document.Size, Slug = course.Slug, CourseTitle = course.Title }).AsNoTracking().ToListAsync(cancellationToken);
        return rows.ConvertAll(row =>
            row.DocumentId is { } document ? new MaterialRow(row.Id, "file", row.DocumentTitle, $"/library/{document}", T["Tài liệu, {0}", DocumentWords.Size(row.Size ?? 0)], IsElsewhere: false)
            : row.Slug is { } slug ? new(row.Id, "course", row.CourseTitle, $"/courses/{slug}", T["Khóa học"], IsElsewhere: false)
            : new(row.Id, "online", row.Title ?? row.Url!, row.Url!, T["Trang khác: {0}", new Uri(row.Url!).Host], IsElsewhere: true));
    }

    /// <summary>Documents and courses to add: those whose title has the words or, without words, those of the session's topics.</summary>
    public async Task<IReadOnlyList<MaterialOffer>> OfferAsync(TrainingSession session, string? words, CancellationToken cancellationToken = default)
    {
        var known = db.Set<SessionMaterial>().Where(material => material.SessionId == session.Id);
        var topics = db.Set<SessionTopic>().Where(topic => topic.SessionId == session.Id).Select(topic => topic.Topic);
        var documents = db.Documents.VisibleTo(user).Where(document => !known.Any(material => material.DocumentId == document.Id));
        var courses = db.Courses.Where(course => course.State == CourseState.Published && !known.Any(material => material.CourseId == course.Id));
        if (string.IsNullOrWhiteSpace(words))
        {
            documents = documents.Where(document => topics.Contains(document.Topic!));
            courses = courses.Where(course => topics.Contains(course.TopicCode));
        }
        else
        {
            var part = VietnameseText.Clean(words);
            documents = documents.Where(document => document.Title.Contains(part) || document.Number!.Contains(part));
            courses = courses.Where(course => course.Title.Contains(part));
        }

        var offers = await courses.OrderBy(course => course.Title).Take(Offered).Select(course => new MaterialOffer(null, course.Id, course.Title)).ToListAsync(cancellationToken);
        offers.AddRange(await documents.OrderByDescending(document => document.CreatedUtc).Take(Offered).Select(document => new MaterialOffer(document.Id, null, document.Title)).ToListAsync(cancellationToken));
        return offers;
    }

    /// <summary>Adds a document or a course that the reader may open, or an address, at the end.</summary>
    public async Task<Result<SessionMaterial>> AddAsync(string code, MaterialDraft draft, CancellationToken cancellationToken = default)
    {
        var session = await trainers.FindToTeachAsync(code, cancellationToken);
        if (!session.Succeeded)
        {
            return session.Faults.ToList();
        }

        if (await CheckAsync(draft, cancellationToken) is { } fault)
        {
            return fault;
        }

        var orders = await db.Set<SessionMaterial>().Where(material => material.SessionId == session.Value.Id).Select(material => material.Order).ToListAsync(cancellationToken);
        if (orders.Count >= Most)
        {
            return new Fault("too_many_materials", T["Một buổi có nhiều nhất {0} tài liệu. Hãy bỏ bớt rồi thêm.", Most], Kind: FaultKind.Conflict);
        }

        var material = new SessionMaterial
        {
            SessionId = session.Value.Id,
            Order = orders.DefaultIfEmpty(0).Max() + 1,
            DocumentId = draft.DocumentId,
            CourseId = draft.CourseId,
            Url = draft.DocumentId is null && draft.CourseId is null ? draft.Url!.Trim() : null,
            Title = draft.DocumentId is null && draft.CourseId is null ? VietnameseText.Clean(draft.Title!) : null,
        };
        db.Add(material);
        await db.SaveChangesAsync(cancellationToken);
        return material;
    }

    /// <summary>Takes a material off the list.</summary>
    public async Task<Result<TrainingSession>> RemoveAsync(string code, Guid id, CancellationToken cancellationToken = default)
    {
        var session = await trainers.FindToTeachAsync(code, cancellationToken);
        if (session.Succeeded)
        {
            await db.Set<SessionMaterial>().Where(material => material.SessionId == session.Value.Id && material.Id == id).ExecuteDeleteAsync(cancellationToken);
        }

        return session;
    }

    /// <summary>Puts a material one place nearer to the beginning.</summary>
    public async Task<Result<TrainingSession>> RaiseAsync(string code, Guid id, CancellationToken cancellationToken = default)
    {
        var session = await trainers.FindToTeachAsync(code, cancellationToken);
        if (!session.Succeeded)
        {
            return session;
        }

        var materials = await db.Set<SessionMaterial>().AsTracking().Where(material => material.SessionId == session.Value.Id).OrderBy(material => material.Order).ThenBy(material => material.Id).ToListAsync(cancellationToken);
        var place = materials.FindIndex(material => material.Id == id);
        if (place > 0)
        {
            (materials[place - 1], materials[place]) = (materials[place], materials[place - 1]);
        }

        for (var order = 0; order < materials.Count; order++)
        {
            materials[order].Order = order + 1;
        }

        await db.SaveChangesAsync(cancellationToken);
        return session;
    }

    private async Task<Fault?> CheckAsync(MaterialDraft draft, CancellationToken cancellationToken) => draft switch
    {
        { DocumentId: { } document } => await db.Documents.VisibleTo(user).AnyAsync(row => row.Id == document, cancellationToken) ? null
            : new Fault("document_not_found", T["Không có tài liệu này trong phạm vi của bạn."], Kind: FaultKind.NotFound),
        { CourseId: { } course } => await db.Courses.AnyAsync(row => row.Id == course && row.State == CourseState.Published, cancellationToken) ? null
            : new Fault("course_not_found", T["Không có khóa học này."], Kind: FaultKind.NotFound),
        { Title: not { Length: > 0 and <= 300 } } => new("title_invalid", T["Hãy ghi tên tài liệu, không quá {0} chữ cái.", 300], "Title"),
        _ => draft.Url is { Length: <= 500 } url && Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? null
            : new("link_invalid", T["Đường dẫn phải bắt đầu bằng https:// và không quá {0} chữ cái.", 500], "Url"),
    };
}

/// <summary>A material as a reader sees it.</summary>
public sealed record MaterialRow(Guid Id, string Icon, string Title, string Url, string About, bool IsElsewhere);

/// <summary>A document or course that may be added.</summary>
public sealed record MaterialOffer(Guid? DocumentId, Guid? CourseId, string Title);

/// <summary>What to add: one of a document, a course, or an address with its title.</summary>
public sealed record MaterialDraft(Guid? DocumentId, Guid? CourseId, string? Url, string? Title);
