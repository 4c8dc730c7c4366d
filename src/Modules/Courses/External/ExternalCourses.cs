using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.External;

/// <summary>Courses completed elsewhere: members and their leaders write them down with a proof, the department accepts or refuses.</summary>
public sealed class ExternalCourses(SiteDbContext db, ProofFiles files, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const int MostWaiting = 20;

    /// <summary>Whose courses the reader may write down: their own, and those of members in whose teams they may confirm learning. Null otherwise.</summary>
    internal async Task<ExternalMember?> FindMemberAsync(string? code, CancellationToken cancellationToken)
    {
        if (code is null)
        {
            return await db.People.Where(person => person.Id == user.PersonId).Select(person => new ExternalMember(person.Id, person.Code, person.FullName, true)).SingleOrDefaultAsync(cancellationToken);
        }

        return await db.MembersFor(user, Permissions.ConfirmLearning, clock.Today())
            .Where(membership => membership.Person.Code == code).Select(membership => new ExternalMember(membership.PersonId, membership.Person.Code, membership.Person.FullName, false)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>All that was written down of a person, newest first.</summary>
    internal Task<List<ExternalCompletion>> ListAsync(Guid personId, CancellationToken cancellationToken) =>
        db.ExternalCompletions.AsNoTracking().Where(row => row.PersonId == personId).OrderByDescending(row => row.CompletedOn).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    internal async Task<Result<ExternalCompletion>> SubmitAsync(ExternalMember member, ExternalCourseForm form, CancellationToken cancellationToken)
    {
        if (form.CompletedOn is not { } day || day > clock.Today() || day < new DateOnly(2015, 1, 1))
        {
            return new Fault("external_day_invalid", T["Ngày hoàn thành không được sau hôm nay."], nameof(form.CompletedOn));
        }

        var link = string.IsNullOrWhiteSpace(form.Link) ? null : form.Link.Trim();
        if (link is not null && !(Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
        {
            return new Fault("external_link_invalid", T["Địa chỉ phải bắt đầu bằng https://."], nameof(form.Link));
        }

        if (link is null && form.File is null)
        {
            return new Fault("external_proof_missing", T["Hãy ghi địa chỉ hoặc gửi tệp làm minh chứng."], nameof(form.Link));
        }

        if (await db.ExternalCompletions.CountAsync(row => row.PersonId == member.Id && row.State == ExternalState.Submitted, cancellationToken) >= MostWaiting)
        {
            return new Fault("external_too_many", T["Đã có {0} khóa đang chờ duyệt. Hãy chờ Sở xem xong rồi ghi tiếp.", MostWaiting], Kind: FaultKind.Conflict);
        }

        ProofFile? file = null;
        if (form.File is { } sent)
        {
            await using var content = sent.OpenReadStream();
            var kept = await files.TakeAsync(content, cancellationToken);
            if (!kept.Succeeded)
            {
                return kept.Faults.ToList();
            }

            file = kept.Value;
        }

        var row = new ExternalCompletion
        {
            PersonId = member.Id,
            Name = VietnameseText.Clean(form.Name),
            Provider = VietnameseText.Clean(form.Provider),
            CompletedOn = day,
            Link = link,
            FileSha256 = file?.Sha256,
            FileType = file?.Type,
            SubmittedBy = user.Name,
            SubmittedUtc = clock.UtcNow(),
        };
        db.ExternalCompletions.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return row;
    }

    /// <summary>Takes back what nobody has decided yet, and its file when nothing else rests on the same.</summary>
    internal async Task<bool> WithdrawAsync(ExternalMember member, Guid id, CancellationToken cancellationToken)
    {
        var rows = db.ExternalCompletions.Where(row => row.Id == id && row.PersonId == member.Id && row.State == ExternalState.Submitted);
        var sha256 = await rows.Select(row => row.FileSha256).SingleOrDefaultAsync(cancellationToken);
        if (await rows.ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        if (sha256 is not null && !await db.ExternalCompletions.AnyAsync(row => row.FileSha256 == sha256, cancellationToken))
        {
            files.Delete(sha256);
        }

        return true;
    }

    /// <summary>What waits for the reader's decision, oldest first: of people one of whose teams lies in their scope, never their own.</summary>
    internal IQueryable<ExternalCompletion> Waiting()
    {
        var own = user.PersonId;
        var people = db.MembersFor(user, Permissions.DecideExternal, clock.Today()).Select(membership => membership.PersonId);
        return db.ExternalCompletions.Where(row => row.State == ExternalState.Submitted && people.Contains(row.PersonId) && row.PersonId != own).OrderBy(row => row.SubmittedUtc).ThenBy(row => row.Id);
    }

    internal async Task<Result<ExternalCompletion>> DecideAsync(Guid id, bool accept, string? reason, CancellationToken cancellationToken)
    {
        if (await Waiting().Include(row => row.Person).SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row)
        {
            return new Fault("external_not_waiting", T["Khóa này không còn chờ duyệt. Có thể người khác vừa xem."], Kind: FaultKind.Conflict);
        }

        var clean = VietnameseText.Clean(reason ?? "");
        if (!accept && clean.Length is 0 or > 500)
        {
            return new Fault("external_reason_missing", T["Hãy ghi lý do từ chối, không quá {0} chữ cái, để thành viên biết cần bổ sung gì.", 500], "reason");
        }

        (row.State, row.DecidedBy, row.DecidedUtc, row.Reason) = (accept ? ExternalState.Accepted : ExternalState.Refused, user.Name, clock.UtcNow(), accept ? null : clean);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return row;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Fault("external_not_waiting", T["Khóa này không còn chờ duyệt. Có thể người khác vừa xem."], Kind: FaultKind.Conflict);
        }
    }

    /// <summary>A proof that the reader may see: their own, and of people in whose teams they see learning or decide.</summary>
    internal Task<ExternalCompletion?> FindProofAsync(Guid id, CancellationToken cancellationToken)
    {
        var (own, today) = (user.PersonId, clock.Today());
        var seen = db.MembersFor(user, Permissions.ViewLearning, today);
        var decided = db.MembersFor(user, Permissions.DecideExternal, today);
        return db.ExternalCompletions.AsNoTracking().Where(row => row.Id == id && row.FileSha256 != null)
            .Where(row => row.PersonId == own || seen.Any(membership => membership.PersonId == row.PersonId) || decided.Any(membership => membership.PersonId == row.PersonId))
            .SingleOrDefaultAsync(cancellationToken);
    }
}

/// <summary>Whose courses are written down.</summary>
/// <param name="Id">Key.</param>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="IsOwn">Whether it is the reader.</param>
public sealed record ExternalMember(Guid Id, string Code, string Name, bool IsOwn);
