using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>Accounts that an organizer names to do something at a session.</summary>
internal static class NamedAccounts
{
    /// <summary>The accounts of those names; a fault with <paramref name="field"/> when one is not there, or nobody may sign in with it.</summary>
    public static async Task<Result<List<Guid>>> FindAsync(SiteDbContext db, IReadOnlyCollection<string> userNames, string field, IStringLocalizer<Strings> T, CancellationToken cancellationToken)
    {
        var found = await db.Users.Where(login => userNames.Contains(login.UserName!))
            .Select(login => new { login.Id, login.UserName, IsDisabled = db.Set<Account>().Any(account => account.UserId == login.Id && account.DisabledUtc != null) })
            .ToListAsync(cancellationToken);
        var unknown = userNames.Except(found.Select(login => login.UserName!)).ToList();
        if (unknown.Count > 0)
        {
            return new Fault("unknown_user", T["Không có tài khoản {0}.", string.Join(", ", unknown)], field);
        }

        var disabled = found.Where(login => login.IsDisabled).Select(login => login.UserName).ToList();
        return disabled.Count == 0 ? found.ConvertAll(login => login.Id)
            : new Fault("disabled_user", T["Tài khoản {0} đã ngừng dùng. Hãy bỏ chọn hoặc chọn người khác.", string.Join(", ", disabled)], field);
    }
}
