using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using TrainingSite.Accounts.Models;

namespace TrainingSite.Accounts.Services;

/// <summary>How a try to sign in or to activate ended.</summary>
public enum SignInOutcome
{
    /// <summary>The secret is right; the accounts that it opens are named (more than one when a family shares phone and password).</summary>
    Right,

    /// <summary>No such account, or not its secret; which of the two is not told.</summary>
    Wrong,

    /// <summary>Too many failed tries; the name rests for a few minutes.</summary>
    TooManyTries,

    /// <summary>The account was stopped.</summary>
    Disabled,

    /// <summary>The activation code is right but was used before.</summary>
    CodeUsed,

    /// <summary>The activation code is right but too old.</summary>
    CodeExpired,
}

/// <summary>The end of a try.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Users">The accounts that were opened.</param>
public sealed record SignInAttempt(SignInOutcome Outcome, params IReadOnlyList<SiteUser> Users);

/// <summary>
/// Checks passwords and activation codes. People name themselves by user name or phone number; a family may share a phone.
/// The failed tries are counted here and not by Identity, which has no injectable clock for it.
/// </summary>
public sealed class SignInService(
    SiteDbContext db, IPasswordHasher<SiteUser> hasher, ILookupNormalizer normalizer, SignInManager<SiteUser> signInManager, SignInLimiter limiter, TimeProvider clock)
{
    /// <summary>Shortest password. There are no other rules: a sentence one remembers is better than a sign one forgets.</summary>
    public const int MinPasswordLength = 8;

    /// <summary>Mark of a session that a PIN opened: the key of its row.</summary>
    internal const string ByPin = ".pin";

    /// <summary>A family; more would only be somebody trying.</summary>
    private const int MaxAccountsPerPhone = 10;

    /// <summary>Verified when there is no such account or it has no password yet, so that the time taken tells nothing.</summary>
    private static readonly string NobodysHash = new PasswordHasher<SiteUser>().HashPassword(new SiteUser(), "nobody");

    /// <summary>Tries a password.</summary>
    public Task<SignInAttempt> TryPasswordAsync(string login, string password, CancellationToken cancellationToken) =>
        TryAsync(login, users => Task.FromResult(Matching(users, password)), cancellationToken);

    /// <summary>Tries an activation code; when it is right it is used up and the password set.</summary>
    public Task<SignInAttempt> ActivateAsync(string login, string typedCode, string password, CancellationToken cancellationToken) =>
        TryAsync(login, users => UseCodeAsync(users, ActivationCodes.Normalize(typedCode), password, cancellationToken), cancellationToken);

    /// <summary>Signs in for 30 days of use on this device.</summary>
    /// <param name="user">The account.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="pin">The PIN that opened it; such a session ends with the PIN.</param>
    public async Task SignInAsync(SiteUser user, CancellationToken cancellationToken, Guid? pin = null)
    {
        var properties = new AuthenticationProperties { IsPersistent = true };
        if (pin is { } id)
        {
            properties.Items[ByPin] = id.ToString();
        }

        await signInManager.SignInAsync(user, properties);
        await db.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSignInUtc, clock.UtcNow()), cancellationToken);
    }

    /// <summary>Changes the password of somebody who knows the present one; other devices are signed out, this one is not.</summary>
    public async Task<SignInOutcome> ChangePasswordAsync(Guid userId, string present, string next, CancellationToken cancellationToken)
    {
        var user = await db.Users.SingleAsync(row => row.Id == userId, cancellationToken);
        var attempt = await TryAsync(user.UserName!, _ => Task.FromResult(Matching([user], present)), cancellationToken);
        if (attempt.Outcome == SignInOutcome.Right)
        {
            SetPassword(user, next);
            await db.SaveChangesAsync(cancellationToken);
            await signInManager.RefreshSignInAsync(user);
        }

        return attempt.Outcome;
    }

    private async Task<SignInAttempt> TryAsync(string login, Func<IReadOnlyList<SiteUser>, Task<SignInAttempt>> check, CancellationToken cancellationToken)
    {
        if (limiter.IsBlocked(login))
        {
            return new(SignInOutcome.TooManyTries);
        }

        var name = normalizer.NormalizeName(login);
        var phone = VietnameseText.NormalizePhone(login);
        var users = await db.Users.Where(user => user.NormalizedUserName == name || (phone != null && user.PhoneNumber == phone))
            .OrderBy(user => user.Id).Take(MaxAccountsPerPhone).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var open = users.Where(user => user.LockoutEnd is null || user.LockoutEnd <= now).ToList();
        if (open.Count == 0 && users.Count > 0)
        {
            return new(SignInOutcome.TooManyTries);
        }

        var attempt = await check(open);
        if (attempt.Outcome == SignInOutcome.Wrong)
        {
            limiter.Failed(login);
            await CountFailureAsync([.. open.Select(user => user.Id)], cancellationToken);
            return attempt;
        }

        limiter.Clear(login);
        await ForgetFailuresAsync([.. attempt.Users.Select(user => user.Id)], cancellationToken);
        return await WithoutDisabledAsync(attempt, cancellationToken);
    }

    private SignInAttempt Matching(IReadOnlyList<SiteUser> users, string password)
    {
        if (users.All(user => user.PasswordHash is null))
        {
            hasher.VerifyHashedPassword(new SiteUser(), NobodysHash, password);
        }

        var matching = users.Where(user => user.PasswordHash is { } hash && hasher.VerifyHashedPassword(user, hash, password) != PasswordVerificationResult.Failed).ToList();
        return matching.Count > 0 ? new(SignInOutcome.Right, matching) : new(SignInOutcome.Wrong);
    }

    private async Task<SignInAttempt> UseCodeAsync(IReadOnlyList<SiteUser> users, string code, string password, CancellationToken cancellationToken)
    {
        foreach (var user in users)
        {
            var latest = await db.ActivationCodes.Where(row => row.UserId == user.Id).OrderByDescending(row => row.CreatedUtc).FirstOrDefaultAsync(cancellationToken);
            if (latest is null || hasher.VerifyHashedPassword(user, latest.CodeHash, code) == PasswordVerificationResult.Failed)
            {
                continue;
            }

            var now = clock.UtcNow();
            if (latest.UsedUtc is not null || latest.ExpiresUtc <= now)
            {
                return new(latest.UsedUtc is not null ? SignInOutcome.CodeUsed : SignInOutcome.CodeExpired, user);
            }

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            // Two devices may send one code at the same moment; the one that marks it first has used it.
            if (await db.ActivationCodes.Where(row => row.Id == latest.Id && row.UsedUtc == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedUtc, now), cancellationToken) == 0)
            {
                return new(SignInOutcome.CodeUsed, user);
            }

            SetPassword(user, password);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new(SignInOutcome.Right, user);
        }

        return new(SignInOutcome.Wrong);
    }

    private void SetPassword(SiteUser user, string password)
    {
        user.PasswordHash = hasher.HashPassword(user, password);
        user.RenewStamp();
    }

    private async Task CountFailureAsync(List<Guid> ids, CancellationToken cancellationToken)
    {
        DateTimeOffset until = clock.GetUtcNow() + SignInLimiter.Rest;
        await db.Users.Where(user => ids.Contains(user.Id)).ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, user => user.AccessFailedCount + 1), cancellationToken);
        await db.Users.Where(user => ids.Contains(user.Id) && user.AccessFailedCount >= SignInLimiter.MaxFailures)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, 0).SetProperty(user => user.LockoutEnd, until), cancellationToken);
    }

    private async Task ForgetFailuresAsync(List<Guid> ids, CancellationToken cancellationToken) =>
        await db.Users.Where(user => ids.Contains(user.Id) && user.AccessFailedCount > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, 0), cancellationToken);

    private async Task<SignInAttempt> WithoutDisabledAsync(SignInAttempt attempt, CancellationToken cancellationToken)
    {
        var ids = attempt.Users.Select(user => user.Id).ToList();
        var disabled = await db.Accounts.Where(account => ids.Contains(account.UserId) && account.DisabledUtc != null).Select(account => account.UserId).ToListAsync(cancellationToken);
        var left = attempt.Users.Where(user => !disabled.Contains(user.Id)).ToList();
        return left.Count > 0 ? new(attempt.Outcome, left) : new(SignInOutcome.Disabled);
    }
}
