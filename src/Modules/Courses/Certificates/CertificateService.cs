using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Certificates;

/// <summary>Issues certificates and finds them again.</summary>
public sealed class CertificateService(SiteDbContext db, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>The certificate of a person's completion of a course, issued now when there is none; for the person and for who may see their learning.</summary>
    public async Task<Result<Certificate>> IssueAsync(string? personCode, string courseSlug, CancellationToken cancellationToken)
    {
        var person = personCode is null
            ? user.PersonId
            : await db.People.Where(row => row.Code == personCode).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancellationToken);
        if (person is not { } id || !await MayReadAsync(id, cancellationToken))
        {
            return new Fault("member_not_found", T["Không có thành viên này trong phạm vi của bạn."], Kind: FaultKind.NotFound);
        }

        var completions = db.Completions.NotRevoked().Where(row => row.PersonId == id && row.Course.Slug == courseSlug);
        if (await completions.Current(clock.UtcNow()).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancellationToken) is not { } completionId)
        {
            if (await completions.AnyAsync(cancellationToken))
            {
                return new Fault("completion_expired", T["Kết quả khóa học này đã hết giá trị. Hãy làm lại để gia hạn, rồi nhận giấy chứng nhận."], Kind: FaultKind.Conflict);
            }

            return new Fault("course_not_completed", T["Chưa hoàn thành khóa học này nên chưa có giấy chứng nhận."], Kind: FaultKind.Conflict);
        }

        return (await IssueAsync([completionId], cancellationToken)).Single();
    }

    /// <summary>
    /// The certificates of some completions, issued now where there are none; numbers follow the order given. One at a time over all
    /// nodes, so that no number is left out or given twice.
    /// </summary>
    internal async Task<List<Certificate>> IssueAsync(IReadOnlyList<Guid> completionIds, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. completionIds];
        var issued = await FindAsync(ids, cancellationToken);
        if (issued.Count == ids.Length)
        {
            return issued;
        }

        await db.InTransactionAsync(async () =>
        {
            await db.LockAsync("certificate numbers", cancellationToken);
            issued = await FindAsync(ids, cancellationToken);
            await AddMissingAsync([.. ids.Except(issued.Select(certificate => certificate.CompletionId))], cancellationToken);
        }, cancellationToken);
        return await FindAsync(ids, cancellationToken);
    }

    /// <summary>What stands on the certificate with that code; null when there is none.</summary>
    public Task<CertificatePaper?> FindAsync(string code, CancellationToken cancellationToken) =>
        Papers(db.Certificates.Where(certificate => certificate.Code == code)).SingleOrDefaultAsync(cancellationToken);

    /// <summary>What stands on some certificates.</summary>
    internal IQueryable<CertificatePaper> Papers(IQueryable<Certificate> certificates) =>
        from certificate in certificates.AsNoTracking()
        join person in db.People on certificate.Completion.PersonId equals person.Id
        select new CertificatePaper(certificate, person.Id, person.FullName, certificate.Completion.CompletedUtc, certificate.Completion.ExpiresUtc, certificate.Completion.RevokedUtc, certificate.Design);

    /// <summary>Whether the reader may have the paper: whose it is, and who may see that person's learning.</summary>
    public async Task<bool> MayReadAsync(Guid personId, CancellationToken cancellationToken) =>
        personId == user.PersonId || await db.MayViewLearningAsync(user, personId, clock.Today(), cancellationToken);

    private Task<List<Certificate>> FindAsync(Guid[] completionIds, CancellationToken cancellationToken) =>
        db.Certificates.AsNoTracking().Where(certificate => EF.Parameter(completionIds).Contains(certificate.CompletionId)).ToListAsync(cancellationToken);

    private async Task AddMissingAsync(Guid[] completionIds, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var completions = (await db.Completions.AsNoTracking().Where(completion => EF.Parameter(completionIds).Contains(completion.Id))
            .Select(completion => new { completion.Id, completion.PersonId, completion.Course.Title }).ToListAsync(cancellationToken)).ToDictionary(completion => completion.Id);
        Guid[] people = [.. completions.Values.Select(completion => completion.PersonId).Distinct()];
        var paths = (await db.Memberships.On(today).Where(membership => EF.Parameter(people).Contains(membership.PersonId))
            .Select(membership => new { membership.PersonId, membership.Team.Unit.Path }).ToListAsync(cancellationToken)).ToLookup(row => row.PersonId, row => row.Path);
        var designs = await db.CertificateDesigns.AsNoTracking().Where(design => design.RetiredUtc == null).OrderByDescending(design => design.UnitPath.Length)
            .Select(design => new { design.Id, design.UnitPath }).ToListAsync(cancellationToken);
        var sequence = await db.Certificates.Where(certificate => certificate.Year == today.Year).MaxAsync(certificate => (int?)certificate.Sequence, cancellationToken) ?? 0;
        foreach (var completion in completionIds.Where(completions.ContainsKey).Select(id => completions[id]))
        {
            db.Certificates.Add(new()
            {
                CompletionId = completion.Id,
                Code = CertificateCode.Create(),
                Year = today.Year,
                Sequence = ++sequence,
                CourseTitle = completion.Title,
                DesignId = designs.Find(design => paths[completion.PersonId].DefaultIfEmpty("").Any(path => path.StartsWith(design.UnitPath, StringComparison.Ordinal)))?.Id,
                IssuedUtc = clock.UtcNow(),
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }
}
