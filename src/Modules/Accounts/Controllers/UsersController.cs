using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;

namespace TrainingSite.Accounts.Controllers;

/// <summary>The accounts of one's people: found, and looked at. What is done to them is in <see cref="UserActionsController"/>.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ResetCodes))]
[Route("users")]
public sealed class UsersController(SiteDbContext db, CurrentUser user, AccountAuthority authority, RoleNames roles, ILookupNormalizer normalizer, TimeProvider clock) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(string? q, int page = 1, CancellationToken cancellationToken = default)
    {
        var rows = Find(q).OrderBy(row => row.Account.SortName).ThenBy(row => row.Account.UserId)
            .Select(row => new UserRow(row.User.Id, row.User.DisplayName, row.User.UserName!, row.User.PhoneNumber, row.User.PasswordHash != null, row.Account.DisabledUtc != null));
        var found = await rows.ToPageAsync(page, 50, cancellationToken);
        var ids = found.Items.Select(row => row.Id).ToList();
        var grants = await db.Grants.AsNoTracking().On(clock.Today()).Where(grant => ids.Contains(grant.UserId)).OrderBy(grant => grant.Id).ToListAsync(cancellationToken);
        return View(new UsersModel(q, found, grants.ToLookup(grant => grant.UserId, grant => roles.Describe(grant.Role, grant.UnitPath, grant.UnitName))));
    }

    [HttpGet("{id:guid}")]
    public async Task<IActionResult> Show(Guid id, CancellationToken cancellationToken)
    {
        var row = await InScope().Where(row => row.User.Id == id).Select(row => new { row.User, row.Account.DisabledUtc }).SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return NotFound();
        }

        var grants = await db.Grants.AsNoTracking().Where(grant => grant.UserId == id).OrderBy(grant => grant.ValidTo != null).ThenBy(grant => grant.Id).ToListAsync(cancellationToken);
        var today = clock.Today();
        var current = grants.Where(grant => grant.ValidFrom <= today && (grant.ValidTo is null || grant.ValidTo > today)).ToList();
        (string, string)[] rights = [.. current.Select(grant => (grant.Role, grant.UnitPath))];
        var code = await db.ActivationCodes.Where(code => code.UserId == id && code.UsedUtc == null).Select(code => (DateTime?)code.ExpiresUtc).MaxAsync(cancellationToken);
        return View(new UserModel(
            row.User, row.DisabledUtc, code,
            [.. current.Select(grant => new GrantLine(grant.Id, roles.Describe(grant.Role, grant.UnitPath, grant.UnitName), grant.ValidFrom, null, authority.Covers(Permissions.ManageAccounts, grant.Role, grant.UnitPath)))],
            [.. grants.Except(current).Where(grant => grant.ValidTo > grant.ValidFrom).Select(grant => new GrantLine(grant.Id, roles.Describe(grant.Role, grant.UnitPath, grant.UnitName), grant.ValidFrom, grant.ValidTo, MayEnd: false))],
            authority.MayActOn(Permissions.ResetCodes, rights), authority.MayActOn(Permissions.ManageAccounts, rights),
            TempData[UserActionsController.NewCode] as string));
    }

    private IQueryable<AccountRow> Find(string? q)
    {
        var rows = InScope();
        if (string.IsNullOrWhiteSpace(q))
        {
            return rows;
        }

        var folded = VietnameseText.Fold(q);
        var name = normalizer.NormalizeName(q.Trim());
        var phone = VietnameseText.NormalizePhone(q);
        return rows.Where(row => row.Account.NameFolded.Contains(folded) || row.Account.SortName.StartsWith(folded)
            || row.User.NormalizedUserName!.StartsWith(name) || (phone != null && row.User.PhoneNumber == phone));
    }

    /// <summary>Accounts with a right in the reader's scope; with the whole tree as scope also those without any.</summary>
    private IQueryable<AccountRow> InScope()
    {
        var scope = user.ScopeOf(Permissions.ResetCodes);
        var grants = db.Grants.On(clock.Today()).InScope(scope, grant => grant.UnitPath);
        var accounts = scope.IsEverything ? db.Accounts : db.Accounts.Where(account => grants.Any(grant => grant.UserId == account.UserId));
        return accounts.AsNoTracking().Join(db.Users, account => account.UserId, user => user.Id, (account, user) => new AccountRow { Account = account, User = user });
    }

    private sealed class AccountRow
    {
        public required Account Account { get; init; }

        public required SiteUser User { get; init; }
    }
}

/// <summary>The list of accounts.</summary>
/// <param name="Query">What was searched for.</param>
/// <param name="Page">The rows.</param>
/// <param name="Roles">Each account's roles in words.</param>
public sealed record UsersModel(string? Query, Page<UserRow> Page, ILookup<Guid, string> Roles);

/// <summary>One account in the list.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">Name.</param>
/// <param name="UserName">What the person signs in with.</param>
/// <param name="Phone">E.164, or null.</param>
/// <param name="IsActivated">Whether a password was set.</param>
/// <param name="IsDisabled">Whether it was stopped.</param>
public sealed record UserRow(Guid Id, string Name, string UserName, string? Phone, bool IsActivated, bool IsDisabled);

/// <summary>The page of one account.</summary>
/// <param name="User">The account.</param>
/// <param name="DisabledUtc">Since when it is stopped.</param>
/// <param name="CodeExpiresUtc">Until when the code that was handed out works; null when none is open.</param>
/// <param name="Grants">Its rights of today.</param>
/// <param name="PastGrants">Its former rights.</param>
/// <param name="MayReset">Whether the reader may hand out a new code.</param>
/// <param name="MayManage">Whether the reader may stop it or give it roles.</param>
/// <param name="NewCode">The code just made, shown once.</param>
public sealed record UserModel(
    SiteUser User, DateTime? DisabledUtc, DateTime? CodeExpiresUtc, IReadOnlyList<GrantLine> Grants, IReadOnlyList<GrantLine> PastGrants, bool MayReset, bool MayManage, string? NewCode);

/// <summary>One right.</summary>
/// <param name="Id">Key.</param>
/// <param name="Text">Role and unit in words.</param>
/// <param name="From">First day.</param>
/// <param name="To">First day on which it no longer holds; null while it does.</param>
/// <param name="MayEnd">Whether the reader may end it.</param>
public sealed record GrantLine(Guid Id, string Text, DateOnly From, DateOnly? To, bool MayEnd);
