using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Conflicts.Models;
using TrainingSite.Sessions.Minutes;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Conflicts.Services;

/// <summary>A person's decision about somebody's attendance: a correction that settles what was said before. The log keeps everything.</summary>
/// <param name="Status">What is right.</param>
/// <param name="Minutes">Minutes attended; null for the whole session.</param>
/// <param name="Point">Code of the point at which it was; null for the person's own.</param>
/// <param name="Note">Words for the log.</param>
public sealed record ReviewDecision(AttendanceStatus Status, int? Minutes = null, string? Point = null, string? Note = null);

/// <summary>Takes decisions about what should be looked at again.</summary>
public sealed class ReviewService(SiteDbContext db, SessionAccess access, ReviewList list, CheckInService checkIn, SessionMinutes minutes, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private sealed record Subject(TrainingSession Session, Guid PersonId, string Name, string Point);

    /// <summary>Says what is right.</summary>
    /// <returns>The person's name.</returns>
    public async Task<Result<string>> SettleAsync(string code, string memberCode, ReviewDecision decision, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(code, memberCode, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        if (decision.Minutes is < 0 || decision.Note?.Length > 500)
        {
            return new Fault("decision_invalid", T["Số phút không thể nhỏ hơn 0, lời ghi nhiều nhất {0} ký tự.", 500], "Minutes");
        }

        var subject = found.Value;
        var most = await minutes.TotalAsync(subject.Session.Id, cancellationToken);
        if (decision.Minutes > most)
        {
            return new Fault("decision_invalid", T["Buổi này dài nhiều nhất {0} phút mà bạn ghi {1} phút. Chưa ghi gì; hãy sửa số phút.", most.ToVietnamese(), decision.Minutes.Value.ToVietnamese()], "Minutes");
        }

        // A device whose clock runs ahead must not have the last word over who decides.
        var latest = await db.AttendanceEvents.Where(fact => fact.SessionId == subject.Session.Id && fact.PersonId == subject.PersonId).MaxAsync(fact => (DateTime?)fact.AtUtc, cancellationToken);
        var now = clock.UtcNow();
        var at = latest >= now ? latest.Value.AddMilliseconds(1) : now;
        var settled = await checkIn.SettleAsync(
            code,
            new(Guid.CreateVersion7(), memberCode, decision.Point ?? subject.Point, AttendanceKind.Correction, AttendanceMethod.Roster, at) { Status = decision.Status, Minutes = decision.Minutes, Note = decision.Note },
            cancellationToken);
        if (!settled.Succeeded)
        {
            return settled.Faults.ToList();
        }

        if (settled.Value.Outcome == EventOutcome.Rejected)
        {
            return settled.Value.Reason == "out_of_scope"
                ? new Fault("out_of_scope", T["Bạn không phụ trách điểm cầu ấy nên chưa ghi gì. Hãy nhờ đơn vị tổ chức buổi này."], Kind: FaultKind.Forbidden)
                : new Fault(settled.Value.Reason ?? "rejected", T["Chưa ghi được quyết định về {0}. Buổi này có thể đã hủy.", subject.Name], Kind: FaultKind.Conflict);
        }

        await ReviewAsync(subject, cancellationToken);
        return subject.Name;
    }

    /// <summary>Lets marks stand that were taken after closing.</summary>
    /// <returns>The person's name.</returns>
    public async Task<Result<string>> AcceptAsync(string code, string memberCode, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(code, memberCode, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        await ReviewAsync(found.Value, cancellationToken);
        return found.Value.Name;
    }

    /// <summary>The person, when their attendance is the reader's to decide.</summary>
    private async Task<Result<Subject>> FindAsync(string code, string memberCode, CancellationToken cancellationToken)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        if (session is null)
        {
            return access.NoSession(code);
        }

        var person = await list.Mine(session).Where(invitation => invitation.Person.Code == memberCode)
            .Select(invitation => new { invitation.PersonId, invitation.Person.FullName, invitation.Point.Code }).SingleOrDefaultAsync(cancellationToken);
        return person is null
            ? new Fault("person_unknown", T["Không có {0} ở các điểm cầu bạn phụ trách.", memberCode], Kind: FaultKind.NotFound)
            : new Subject(session, person.PersonId, person.FullName, person.Code);
    }

    private async Task ReviewAsync(Subject subject, CancellationToken cancellationToken)
    {
        var open = await db.AttendanceEvents
            .Where(fact => fact.SessionId == subject.Session.Id && fact.PersonId == subject.PersonId && fact.Flag == AttendanceFlag.AfterClosing && !db.Set<ReviewedEvent>().Any(review => review.EventId == fact.Id))
            .Select(fact => fact.Id).ToListAsync(cancellationToken);
        foreach (var id in open)
        {
            // Two people may say so at once; the first is remembered.
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "Sessions_ReviewedEvent" ("EventId", "AtUtc", "UserId", "UserName") VALUES ({id}, {clock.UtcNow()}, {user.Id}, {user.Name}) ON CONFLICT DO NOTHING
                """, cancellationToken);
        }
    }
}
