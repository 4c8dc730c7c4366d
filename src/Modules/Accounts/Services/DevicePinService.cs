using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;

namespace TrainingSite.Accounts.Services;

/// <summary>How a try with a PIN ended.</summary>
public enum PinOutcome
{
    /// <summary>It is the right one.</summary>
    Right,

    /// <summary>It is not; some tries are left.</summary>
    Wrong,

    /// <summary>Too many were wrong; only a full sign-in helps.</summary>
    Locked,

    /// <summary>The phone does not know that person, or no longer: taken back, password changed, account stopped, more rights than a member's.</summary>
    Gone,
}

/// <summary>The end of a try.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="User">The account that was opened.</param>
/// <param name="Left">Tries that are left.</param>
public sealed record PinAttempt(PinOutcome Outcome, SiteUser? User = null, int Left = 0);

/// <summary>One of the people of a shared phone.</summary>
/// <param name="Id">Key of the row.</param>
/// <param name="UserId">The account.</param>
/// <param name="Name">The name that people read.</param>
/// <param name="IsLocked">Whether only a full sign-in helps.</param>
/// <param name="PersonId">The person behind the account.</param>
public sealed record DevicePerson(Guid Id, Guid UserId, string Name, bool IsLocked, Guid? PersonId);

/// <summary>
/// PINs of people who share a phone. Four to six digits alone are soon guessed, so they work only together with a secret of that phone, for few tries, and never
/// for an account that may see more than its own learning.
/// </summary>
public sealed class DevicePinService(SiteDbContext db, IEnumerable<IAccountDuties> duties, IPasswordHasher<SiteUser> hasher, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Whether the account may have a PIN: members only; whoever has other rights or a duty signs in with their password.</summary>
    public Task<bool> MayHaveAsync(Guid userId, CancellationToken cancellationToken = default) => Members().AnyAsync(user => user.Id == userId, cancellationToken);

    /// <summary>Whether a session that the PIN opened may go on.</summary>
    internal Task<bool> HoldsAsync(Guid id, Guid userId)
    {
        var members = Members();
        return db.DevicePins.AnyAsync(pin => pin.Id == id && pin.UserId == userId && pin.RevokedUtc == null && members.Any(user => user.Id == userId));
    }

    /// <summary>Makes a PIN for an account on a phone; the one it had there ends.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="pin">The PIN as typed.</param>
    /// <param name="device">What the owner will know the phone by.</param>
    /// <param name="known">What the phone knows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the phone is to know from now on.</returns>
    public async Task<Result<IReadOnlyList<DeviceSecret>>> CreateAsync(Guid userId, string? pin, string device, IReadOnlyList<DeviceSecret> known, CancellationToken cancellationToken = default)
    {
        if (!await MayHaveAsync(userId, cancellationToken))
        {
            return new Fault("pin_staff", T["Tài khoản này xem được việc của người khác nên không dùng mã PIN. Hãy đăng nhập bằng mật khẩu."], Kind: FaultKind.Forbidden);
        }

        if (pin is not { Length: >= 4 and <= 6 } || !pin.All(char.IsAsciiDigit))
        {
            return new Fault("pin_invalid", T["Mã PIN có từ 4 đến 6 chữ số."], "Pin");
        }

        if (IsEasy(pin))
        {
            return new Fault("pin_easy", T["Mã PIN này dễ đoán. Hãy chọn các số không giống nhau và không liền nhau."], "Pin");
        }

        var user = await db.Users.SingleAsync(row => row.Id == userId, cancellationToken);
        var now = clock.UtcNow();
        Guid[] ids = [.. known.Select(secret => secret.Id)];
        var living = await FindPeopleAsync(known, cancellationToken);
        var former = await db.DevicePins.Where(row => ids.Contains(row.Id) && row.UserId == userId && row.RevokedUtc == null).ToListAsync(cancellationToken);
        former.ForEach(row => row.RevokedUtc = now);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var made = new DevicePin { UserId = userId, Device = device, PinHash = hasher.HashPassword(user, pin), Stamp = user.SecurityStamp!, CreatedUtc = now };
        var secret = new DeviceSecret(made.Id, token);
        made.TokenHash = secret.Hash();
        db.DevicePins.Add(made);
        await db.SaveChangesAsync(cancellationToken);
        return (List<DeviceSecret>)[.. known.Where(item => living.Any(person => person.Id == item.Id && person.UserId != userId)), secret];
    }

    /// <summary>The people whom a phone knows and who can still come in with a PIN.</summary>
    public async Task<IReadOnlyList<DevicePerson>> FindPeopleAsync(IReadOnlyList<DeviceSecret> known, CancellationToken cancellationToken = default)
    {
        Guid[] ids = [.. known.Select(secret => secret.Id)];
        if (ids.Length == 0)
        {
            return [];
        }

        var rows = await db.DevicePins.AsNoTracking().Where(pin => ids.Contains(pin.Id) && pin.RevokedUtc == null)
            .Join(Members(), pin => pin.UserId, user => user.Id, (pin, user) => new { Pin = pin, user.DisplayName, user.SecurityStamp })
            .Join(db.Accounts.Where(account => account.DisabledUtc == null), row => row.Pin.UserId, account => account.UserId, (row, account) => new { row.Pin, row.DisplayName, row.SecurityStamp, account.PersonId })
            .Where(row => row.Pin.Stamp == row.SecurityStamp)
            .ToListAsync(cancellationToken);
        return [.. rows.Where(row => known.Any(secret => secret.Id == row.Pin.Id && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(secret.Hash()), Encoding.ASCII.GetBytes(row.Pin.TokenHash))))
            .OrderBy(row => row.DisplayName, StringComparer.CurrentCulture)
            .Select(row => new DevicePerson(row.Pin.Id, row.Pin.UserId, row.DisplayName, row.Pin.Failures >= DevicePin.MaxFailures, row.PersonId))];
    }

    /// <summary>Tries a PIN.</summary>
    public async Task<PinAttempt> TryAsync(IReadOnlyList<DeviceSecret> known, Guid id, string? pin, CancellationToken cancellationToken = default)
    {
        if ((await FindPeopleAsync(known, cancellationToken)).FirstOrDefault(person => person.Id == id) is not { } person)
        {
            return new(PinOutcome.Gone);
        }

        // The try is counted before it is looked at: many at once are not more than many after each other.
        if (await db.DevicePins.Where(row => row.Id == id && row.Failures < DevicePin.MaxFailures).ExecuteUpdateAsync(set => set.SetProperty(row => row.Failures, row => row.Failures + 1), cancellationToken) == 0)
        {
            return new(PinOutcome.Locked);
        }

        var user = await db.Users.SingleAsync(row => row.Id == person.UserId, cancellationToken);
        var made = await db.DevicePins.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        if (hasher.VerifyHashedPassword(user, made.PinHash, pin ?? "") == PasswordVerificationResult.Failed)
        {
            var left = Math.Max(0, DevicePin.MaxFailures - made.Failures);
            return left == 0 ? new(PinOutcome.Locked) : new(PinOutcome.Wrong, Left: left);
        }

        var now = clock.UtcNow();
        await db.DevicePins.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Failures, 0).SetProperty(row => row.LastUsedUtc, now), cancellationToken);
        return new(PinOutcome.Right, user);
    }

    /// <summary>Somebody has signed in fully on the phone: their PIN there works again.</summary>
    public async Task UnlockAsync(Guid userId, IReadOnlyList<DeviceSecret> known, CancellationToken cancellationToken = default)
    {
        Guid[] ids = [.. known.Select(secret => secret.Id)];
        if (ids.Length > 0)
        {
            await db.DevicePins.Where(row => ids.Contains(row.Id) && row.UserId == userId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Failures, 0), cancellationToken);
        }
    }

    /// <summary>Takes an account's own PIN on a phone back. False when there is none of that key.</summary>
    public async Task<bool> RevokeAsync(Guid userId, Guid id, CancellationToken cancellationToken = default)
    {
        var now = clock.UtcNow();
        return await db.DevicePins.Where(row => row.Id == id && row.UserId == userId && row.RevokedUtc == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedUtc, now), cancellationToken) == 1;
    }

    /// <summary>The accounts that see no more than their own learning.</summary>
    private IQueryable<SiteUser> Members()
    {
        var staff = db.Grants.On(clock.Today()).Where(grant => grant.Role != Roles.Member).Select(grant => grant.UserId);
        return duties.Select(duty => duty.Users(db)).Prepend(staff).Aggregate(db.Users.AsNoTracking(), (users, others) => users.Where(user => !others.Any(id => id == user.Id)));
    }

    /// <summary>All the same, or one step up or down each time: what everybody tries first.</summary>
    private static bool IsEasy(string pin) =>
        Enumerable.Range(1, pin.Length - 1).Select(index => pin[index] - pin[index - 1]).Distinct().ToList() is [var step] && step is >= -1 and <= 1;
}
