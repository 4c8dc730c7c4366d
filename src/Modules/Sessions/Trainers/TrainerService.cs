using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Trainers;

/// <summary>Who teaches at a session, and what that lets them do: see who attended, add materials, answer questions.</summary>
public sealed class TrainerService(SiteDbContext db, SessionAccess access, CurrentUser user, IStringLocalizer<Strings> T)
{
    /// <summary>Whether the reader teaches at the session or manages it.</summary>
    public async Task<bool> CanTeachAsync(TrainingSession session, CancellationToken cancellationToken = default)
    {
        var userId = user.Id;
        return access.CanManage(session)
            || (session.State != SessionState.Draft && userId is not null && await db.Set<SessionTrainer>().AnyAsync(trainer => trainer.SessionId == session.Id && trainer.UserId == userId, cancellationToken));
    }

    /// <summary>The session, to teach at it. Not visible: 404; visible, but taught by others: 403.</summary>
    public async Task<Result<TrainingSession>> FindToTeachAsync(string code, CancellationToken cancellationToken = default)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        return session is null ? access.NoSession(code)
            : await CanTeachAsync(session, cancellationToken) ? session
            : new Fault("out_of_scope", T["Phần này dành cho giảng viên và người tổ chức buổi {0}.", code], Kind: FaultKind.Forbidden);
    }

    /// <summary>Names the accounts that teach; those not named no longer do.</summary>
    public async Task<Result<int>> AssignAsync(string code, IReadOnlyCollection<string> userNames, CancellationToken cancellationToken = default)
    {
        var session = await access.FindToManageAsync(code, cancellationToken);
        if (!session.Succeeded)
        {
            return session.Faults.ToList();
        }

        var users = await NamedAccounts.FindAsync(db, userNames, "Trainers", T, cancellationToken);
        if (!users.Succeeded)
        {
            return users.Faults.ToList();
        }

        await db.InTransactionAsync(async () =>
        {
            await db.Set<SessionTrainer>().Where(trainer => trainer.SessionId == session.Value.Id).ExecuteDeleteAsync(cancellationToken);
            db.AddRange(users.Value.Select(account => new SessionTrainer { SessionId = session.Value.Id, UserId = account }));
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return users.Value.Count;
    }

    /// <summary>The accounts that teach.</summary>
    public Task<List<TrainerName>> ReadAsync(Guid sessionId, CancellationToken cancellationToken = default) =>
        db.Set<SessionTrainer>().Where(trainer => trainer.SessionId == sessionId)
            .Join(db.Users, trainer => trainer.UserId, account => account.Id, (_, account) => account)
            .OrderBy(account => account.UserName).Select(account => new TrainerName(account.UserName!, account.DisplayName)).ToListAsync(cancellationToken);
}

/// <summary>An account that teaches.</summary>
public sealed record TrainerName(string UserName, string DisplayName);
