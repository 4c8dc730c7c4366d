using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;

namespace TrainingSite.Accounts.Services;

/// <summary>An account to be made.</summary>
/// <param name="DisplayName">The name that people read.</param>
/// <param name="Role">A name from <see cref="Roles"/>.</param>
/// <param name="Unit">The unit that the role reaches; <see cref="DirectoryUnit.Everything"/> is the whole tree.</param>
public sealed record NewAccount(string DisplayName, string Role, DirectoryUnit Unit)
{
    /// <summary>What the person signs in with; null to have one made from the name.</summary>
    public string? UserName { get; init; }

    /// <summary>Phone number in any usual writing; several people may share one.</summary>
    public string? Phone { get; init; }

    /// <summary>The person (member of a team) whose account it is.</summary>
    public Guid? PersonId { get; init; }
}

/// <summary>An activation code, which is shown once.</summary>
/// <param name="UserId">The account.</param>
/// <param name="UserName">What the person signs in with.</param>
/// <param name="Code">The code.</param>
/// <param name="ExpiresUtc">Until when it works.</param>
public sealed record IssuedCode(Guid UserId, string UserName, string Code, DateTime ExpiresUtc);

/// <summary>
/// Makes accounts, hands out codes, stops accounts. The actor is <see cref="CurrentUser"/>: whoever asks for more than their own role and
/// scope gets a fault. Every method saves.
/// </summary>
public sealed class AccountService(
    SiteDbContext db, AccountAuthority authority, UserNames userNames, IPasswordHasher<SiteUser> hasher, ILookupNormalizer normalizer,
    SignInLimiter limiter, EventPublisher events, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Makes an account with one role and a code to activate it. Publishes <see cref="AccountLinked"/> when it is a person's.</summary>
    public async Task<Result<IssuedCode>> CreateAsync(NewAccount account, CancellationToken cancellationToken = default)
    {
        var name = VietnameseText.Clean(account.DisplayName);
        var phone = string.IsNullOrWhiteSpace(account.Phone) ? null : VietnameseText.NormalizePhone(account.Phone);
        var faults = await CheckAsync(account, name, phone, cancellationToken);
        if (faults.Count > 0)
        {
            return faults;
        }

        var user = new SiteUser
        {
            UserName = string.IsNullOrWhiteSpace(account.UserName) ? await userNames.SuggestAsync(name, cancellationToken) : account.UserName.Trim(),
            DisplayName = name,
            PhoneNumber = phone,
            CreatedUtc = clock.UtcNow(),
        };
        user.NormalizedUserName = normalizer.NormalizeName(user.UserName);
        user.RenewStamp();
        db.Users.Add(user);
        db.Accounts.Add(new Account { UserId = user.Id, PersonId = account.PersonId, NameFolded = VietnameseText.Fold(name), SortName = SortName(name) });
        db.Grants.Add(new Grant
        {
            UserId = user.Id, Role = account.Role, UnitPath = account.Unit.Path, UnitName = account.Unit.Name, ValidFrom = clock.Today(), CreatedUtc = clock.UtcNow(),
        });
        var issued = Issue(user);
        if (account.PersonId is { } personId)
        {
            await events.PublishAsync(new AccountLinked(user.Id, personId), cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return issued;
    }

    /// <summary>Hands out a new code. The old password, open sessions, earlier codes and API tokens end with it.</summary>
    public async Task<Result<IssuedCode>> ResetAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        if (await FindForAsync(Permissions.ResetCodes, userId, cancellationToken) is not { } user)
        {
            return NotYours();
        }

        await db.ActivationCodes.Where(code => code.UserId == userId && code.UsedUtc == null).ExecuteDeleteAsync(cancellationToken);
        await EndTokensAsync(userId, cancellationToken);
        user.PasswordHash = null;
        user.AccessFailedCount = 0;
        user.LockoutEnd = null;
        user.RenewStamp();
        var issued = Issue(user);
        await db.SaveChangesAsync(cancellationToken);
        limiter.Clear(user.UserName!);
        limiter.Clear(user.PhoneNumber ?? "");
        return issued;
    }

    /// <summary>Stops an account, or lets it be used again. Its sessions and tokens end within minutes.</summary>
    public async Task<Result<SiteUser>> SetDisabledAsync(Guid userId, bool disabled, CancellationToken cancellationToken = default)
    {
        if (await FindForAsync(Permissions.ManageAccounts, userId, cancellationToken) is not { } user)
        {
            return NotYours();
        }

        var account = await db.Accounts.SingleAsync(row => row.UserId == userId, cancellationToken);
        account.DisabledUtc = disabled ? account.DisabledUtc ?? clock.UtcNow() : null;
        user.RenewStamp();
        await db.SaveChangesAsync(cancellationToken);
        return user;
    }

    /// <summary>The account, if the actor may do this to it.</summary>
    internal async Task<SiteUser?> FindForAsync(Permission permission, Guid userId, CancellationToken cancellationToken)
    {
        var grants = await db.Grants.On(clock.Today()).Where(grant => grant.UserId == userId).Select(grant => new { grant.Role, grant.UnitPath }).ToListAsync(cancellationToken);
        return authority.MayActOn(permission, [.. grants.Select(grant => (grant.Role, grant.UnitPath))])
            ? await db.Users.SingleOrDefaultAsync(user => user.Id == userId, cancellationToken)
            : null;
    }

    internal Fault NotYours() => new(
        "account_not_in_scope", T["Tài khoản này không thuộc tổ hoặc đơn vị bạn phụ trách, nên chưa thay đổi gì. Hãy hỏi cấp trên của người đó."], Kind: FaultKind.NotFound);

    private async Task<List<Fault>> CheckAsync(NewAccount account, string name, string? phone, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        if (name.Length is 0 or > 200)
        {
            faults.Add(new("name_missing", T["Hãy ghi họ tên (nhiều nhất 200 chữ)."], nameof(NewAccount.DisplayName)));
        }

        if (!Roles.All.Contains(account.Role))
        {
            faults.Add(new("role_unknown", T["Không có vai trò '{0}'. Các vai trò: {1}.", account.Role, string.Join(", ", Roles.All)], nameof(NewAccount.Role)));
        }
        else if (!authority.Covers(Permissions.ManageAccounts, account.Role, account.Unit.Path))
        {
            faults.Add(new("role_too_high", T["Bạn chỉ giao được vai trò không cao hơn vai trò của mình, trong đơn vị mình phụ trách."], nameof(NewAccount.Role), FaultKind.Forbidden));
        }
        else if (authority.WithoutUnit(account.Role, account.Unit.Path) is { } withoutUnit)
        {
            faults.Add(withoutUnit);
        }

        if (phone is null && !string.IsNullOrWhiteSpace(account.Phone))
        {
            faults.Add(new("phone_wrong", T["Số điện thoại '{0}' chưa đúng: cần 10 chữ số, bắt đầu bằng 0.", account.Phone], nameof(NewAccount.Phone)));
        }

        if (!string.IsNullOrWhiteSpace(account.UserName) && await userNames.CheckAsync(account.UserName.Trim(), cancellationToken) is { } fault)
        {
            faults.Add(fault);
        }

        if (account.PersonId is { } personId && await db.Accounts.AnyAsync(row => row.PersonId == personId, cancellationToken))
        {
            faults.Add(new("person_has_account", T["{0} đã có tài khoản. Nếu quên mật khẩu, hãy cấp lại mã.", name], nameof(NewAccount.PersonId), FaultKind.Conflict));
        }

        return faults;
    }

    private IssuedCode Issue(SiteUser user)
    {
        var code = ActivationCodes.Create();
        var now = clock.UtcNow();
        db.ActivationCodes.Add(new ActivationCode { UserId = user.Id, CodeHash = hasher.HashPassword(user, code), CreatedUtc = now, ExpiresUtc = now + ActivationCodes.Lifetime });
        return new(user.Id, user.UserName!, code, now + ActivationCodes.Lifetime);
    }

    private async Task EndTokensAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        await db.ApiTokens.Where(token => token.UserId == userId && token.RevokedUtc == null).ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedUtc, now), cancellationToken);
    }

    private static string SortName(string name)
    {
        var words = VietnameseText.Fold(name).Split(' ');
        return string.Join(' ', words.TakeLast(1).Concat(words.SkipLast(1)));
    }
}
