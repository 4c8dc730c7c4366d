using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;

namespace TrainingSite.Accounts.Services;

/// <summary>Gives and takes rights. The actor is <see cref="CurrentUser"/>. A change reaches open sessions within minutes.</summary>
public sealed class GrantService(SiteDbContext db, AccountAuthority authority, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Gives a right from today; giving one that is held changes nothing.</summary>
    public async Task<Result<Grant>> AddAsync(Guid userId, string role, DirectoryUnit unit, CancellationToken cancellationToken = default)
    {
        if (!Roles.All.Contains(role))
        {
            return new Fault("role_unknown", T["Không có vai trò '{0}'. Các vai trò: {1}.", role, string.Join(", ", Roles.All)], nameof(role));
        }

        if (!authority.Covers(Permissions.ManageAccounts, role, unit.Path))
        {
            return TooHigh();
        }

        if (authority.WithoutUnit(role, unit.Path) is { } withoutUnit)
        {
            return withoutUnit;
        }

        var today = clock.Today();
        var sameRight = db.Grants.Where(grant => grant.UserId == userId && grant.Role == role && grant.UnitPath == unit.Path);
        if (await sameRight.On(today).FirstOrDefaultAsync(cancellationToken) is { } held)
        {
            return held;
        }

        // Taken and given again on one day: the row of that day holds again.
        var grant = await sameRight.SingleOrDefaultAsync(grant => grant.ValidFrom == today, cancellationToken);
        if (grant is null)
        {
            grant = new Grant { UserId = userId, Role = role, UnitPath = unit.Path, ValidFrom = today, CreatedUtc = clock.UtcNow() };
            db.Grants.Add(grant);
        }

        grant.UnitName = unit.Name;
        grant.ValidTo = null;
        await db.SaveChangesAsync(cancellationToken);
        return grant;
    }

    /// <summary>Ends a right today.</summary>
    public async Task<Result<Grant>> RemoveAsync(Guid userId, Guid grantId, CancellationToken cancellationToken = default)
    {
        var today = clock.Today();
        if (await db.Grants.On(today).SingleOrDefaultAsync(grant => grant.Id == grantId && grant.UserId == userId, cancellationToken) is not { } grant)
        {
            return new Fault("grant_missing", T["Vai trò này không còn nữa. Hãy mở lại trang để xem danh sách mới nhất."], Kind: FaultKind.NotFound);
        }

        if (!authority.Covers(Permissions.ManageAccounts, grant.Role, grant.UnitPath))
        {
            return TooHigh();
        }

        if (grant.Role == Roles.Administrator && await db.Grants.On(today).CountAsync(other => other.Role == Roles.Administrator && other.UnitPath == "", cancellationToken) == 1)
        {
            return new Fault("last_administrator", T["Đây là người quản trị cuối cùng. Hãy giao vai trò này cho người khác trước."], Kind: FaultKind.Conflict);
        }

        grant.ValidTo = today;
        await db.SaveChangesAsync(cancellationToken);
        return grant;
    }

    private Fault TooHigh() => new(
        "role_too_high", T["Bạn chỉ giao được vai trò không cao hơn vai trò của mình, trong đơn vị mình phụ trách."], Kind: FaultKind.Forbidden);
}
