using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Certificates;

/// <summary>The certificates of a course in a unit and all below it, within the reader's scope.</summary>
public sealed class UnitCertificates(SiteDbContext db, CertificateService certificates, CertificateSheet sheet, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>So many are issued, drawn and sent at a time.</summary>
    private const int Batch = 100;

    /// <summary>What was asked for; without a unit everything that the reader may see.</summary>
    internal async Task<Result<UnitCourse>> FindAsync(string course, string? unit, CancellationToken cancellationToken)
    {
        var chosen = await db.Courses.AsNoTracking().Where(row => row.Slug == course && row.State != CourseState.Draft).Select(row => new { row.Id, row.Slug, row.Title }).SingleOrDefaultAsync(cancellationToken);
        if (chosen is null)
        {
            return new Fault("course_not_found", T["Hãy chọn một khóa học trong danh sách."], "course", FaultKind.NotFound);
        }

        var scope = user.ScopeOf(Permissions.ViewLearning);
        var code = string.IsNullOrWhiteSpace(unit) ? null : unit.Trim();
        if (code is not null)
        {
            var path = await db.Units.On(clock.Today()).InScope(scope, row => row.Path).Where(row => row.Code == code).Select(row => row.Path).SingleOrDefaultAsync(cancellationToken);
            if (path is null)
            {
                return new Fault("unit_not_found", T["Không có đơn vị mang mã “{0}” trong phạm vi của bạn.", code], "unit", FaultKind.NotFound);
            }

            scope = new([path]);
        }

        return new UnitCourse(chosen.Id, chosen.Slug, chosen.Title, code, scope);
    }

    /// <summary>Who completed the course there.</summary>
    internal Task<Page<UnitCertificateRow>> ListAsync(UnitCourse chosen, int page, CancellationToken cancellationToken) =>
        Completions(chosen).Select(row => new UnitCertificateRow(
                row.Person.Code,
                row.Person.FullName,
                row.Completion.CompletedUtc,
                db.Set<Certificate>().Where(certificate => certificate.CompletionId == row.Completion.Id).Select(certificate => certificate.Code).FirstOrDefault()))
            .ToPageAsync(page, cancellationToken: cancellationToken);

    /// <summary>Writes a file with a page for each, batch by batch: the memory it takes does not grow with the province.</summary>
    internal async Task WriteAsync(UnitCourse chosen, string title, Stream output, CancellationToken cancellationToken)
    {
        var ids = await Completions(chosen).Select(row => row.Completion.Id).ToListAsync(cancellationToken);
        var sheets = sheet.Begin(title);
        foreach (var batch in ids.Chunk(Batch))
        {
            await certificates.IssueAsync(batch, cancellationToken);
            var papers = await certificates.Papers(db.Certificates.Where(certificate => EF.Parameter(batch).Contains(certificate.CompletionId)))
                .ToDictionaryAsync(paper => paper.Certificate.CompletionId, cancellationToken);
            foreach (var id in batch.Where(papers.ContainsKey))
            {
                sheets.Add(papers[id]);
            }

            await sheets.FlushAsync(output, cancellationToken);
        }

        await sheets.FinishAsync(output, cancellationToken);
    }

    /// <summary>Whoever is in a team there today, by name.</summary>
    private IQueryable<CompletionOf> Completions(UnitCourse chosen)
    {
        var people = db.Memberships.On(clock.Today()).InScope(chosen.Scope, membership => membership.Team.Unit.Path).Select(membership => membership.PersonId);
        return db.Completions.AsNoTracking().Current(clock.UtcNow()).Where(completion => completion.CourseId == chosen.CourseId && people.Contains(completion.PersonId))
            .Join(db.People, completion => completion.PersonId, person => person.Id, (completion, person) => new CompletionOf { Completion = completion, Person = person })
            .OrderBy(row => row.Person.SortName).ThenBy(row => row.Person.Code);
    }

    private sealed class CompletionOf
    {
        public required Completion Completion { get; init; }

        public required Person Person { get; init; }
    }
}

/// <summary>A course and a part of the tree.</summary>
internal sealed record UnitCourse(Guid CourseId, string CourseSlug, string CourseTitle, string? UnitCode, UnitScope Scope);

/// <summary>A person who completed it.</summary>
/// <param name="PersonCode">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="CompletedUtc">When, UTC.</param>
/// <param name="Code">Code of the certificate; null while none is issued.</param>
public sealed record UnitCertificateRow(string PersonCode, string Name, DateTime CompletedUtc, string? Code);
