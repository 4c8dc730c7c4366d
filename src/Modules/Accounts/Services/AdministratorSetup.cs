using TrainingSite.Accounts.Models;

namespace TrainingSite.Accounts.Services;

/// <summary>Nobody could let anybody in without an administrator: makes <c>admin</c> with an activation code when there is none.</summary>
internal sealed class AdministratorSetup(SiteDbContext db, AccountService accounts, TimeProvider clock) : ISiteSetup
{
    public async Task EnsureAsync(Action<string> report)
    {
        if (await db.Grants.On(clock.Today()).AnyAsync(grant => grant.Role == Roles.Administrator && grant.UnitPath == ""))
        {
            return;
        }

        var created = await accounts.CreateAsync(new("Quản trị hệ thống", Roles.Administrator, DirectoryUnit.Everything) { UserName = "admin" });
        if (!created.Succeeded)
        {
            report($"Chưa tạo được người quản trị: {string.Join(" ", created.Faults.Select(fault => fault.Message))}");
            return;
        }

        report("Chưa có người quản trị, nên đã tạo tài khoản 'admin'.");
        report($"Mở trang /account/activate, gõ tên đăng nhập admin và mã sau (dùng một lần, đến {created.Value.ExpiresUtc.ToDateText()}) để đặt mật khẩu.");
        report($"Mã kích hoạt: {created.Value.Code}");
    }
}
