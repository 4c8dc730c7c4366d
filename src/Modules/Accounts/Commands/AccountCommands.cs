using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;

namespace TrainingSite.Accounts.Commands;

/// <summary><c>user create</c>, <c>user reset</c> and <c>token create</c>.</summary>
internal sealed class AccountCommands : ICommandProvider
{
    public IEnumerable<Command> GetCommands(CommandHost host) =>
    [
        new Command("user", "Tài khoản") { CreateUser(host), ResetUser(host) },
        new Command("token", "Mã truy cập API") { CreateToken(host) },
    ];

    private static Command CreateUser(CommandHost host)
    {
        var name = new Option<string>("--name") { Description = "Họ tên", Required = true };
        var user = new Option<string>("--user") { Description = "Tên đăng nhập", Required = true };
        var role = new Option<string>("--role") { Description = $"Vai trò: {string.Join(", ", Roles.All)}", Required = true };
        var unit = new Option<string?>("--unit") { Description = $"Mã đơn vị mà vai trò phụ trách; chỉ {Roles.Administrator} và {Roles.Organizer} không cần (khi đó là toàn hệ thống)" };
        var phone = new Option<string?>("--phone") { Description = "Số điện thoại" };
        return new Command("create", "Tạo tài khoản, in mã kích hoạt") { name, user, role, unit, phone }.Handle(host, async (services, line) =>
        {
            var place = DirectoryUnit.Everything;
            if (line.GetValue(unit) is { Length: > 0 } code)
            {
                var directory = services.GetService<IUnitDirectory>();
                if (directory is null || await directory.FindAsync(code, CancellationToken.None) is not { } found)
                {
                    return await RefuseAsync($"Không có đơn vị mang mã '{code}' hôm nay.");
                }

                place = found;
            }

            var created = await services.GetRequiredService<AccountService>().CreateAsync(
                new(line.GetValue(name)!, Roles.Find(line.GetValue(role)!) ?? line.GetValue(role)!, place) { UserName = line.GetValue(user), Phone = line.GetValue(phone) });
            return await ReportAsync(created, "Đã tạo tài khoản");
        });
    }

    private static Command ResetUser(CommandHost host)
    {
        var user = new Argument<string>("USER") { Description = "Tên đăng nhập" };
        return new Command("reset", "Cấp lại mã kích hoạt; mật khẩu cũ hết hiệu lực") { user }.Handle(host, async (services, line) =>
            await FindAsync(services, line.GetValue(user)!) is { } found
                ? await ReportAsync(await services.GetRequiredService<AccountService>().ResetAsync(found.Id), "Đã cấp lại mã cho")
                : await RefuseAsync($"Không có tài khoản '{line.GetValue(user)}'."));
    }

    private static Command CreateToken(CommandHost host)
    {
        var user = new Option<string>("--user") { Description = "Tên đăng nhập", Required = true };
        var days = new Option<int>("--days") { Description = "Số ngày dùng được", DefaultValueFactory = _ => TokenService.DefaultDays };
        return new Command("create", "Tạo mã truy cập API; mã đứng một mình ở dòng cuối") { user, days }.Handle(host, async (services, line) =>
        {
            if (await FindAsync(services, line.GetValue(user)!) is not { } found)
            {
                return await RefuseAsync($"Không có tài khoản '{line.GetValue(user)}'.");
            }

            if (line.GetValue(days) is < 1 or > 3650)
            {
                return await RefuseAsync("--days phải từ 1 đến 3650.");
            }

            var token = await services.GetRequiredService<TokenService>().CreateAsync(found.Id, "Tạo từ dòng lệnh", line.GetValue(days));
            Console.WriteLine($"Mã truy cập API của {found.DisplayName}, dùng được {line.GetValue(days)} ngày. Chỉ hiện một lần:");
            Console.WriteLine(token);
            return CommandOutcome.Done;
        });
    }

    private static Task<SiteUser?> FindAsync(IServiceProvider services, string userName)
    {
        var normalized = services.GetRequiredService<ILookupNormalizer>().NormalizeName(userName);
        return services.GetRequiredService<SiteDbContext>().Users.SingleOrDefaultAsync(user => user.NormalizedUserName == normalized);
    }

    private static async Task<CommandOutcome> ReportAsync(Result<IssuedCode> result, string done)
    {
        if (!result.Succeeded)
        {
            return await RefuseAsync([.. result.Faults.Select(fault => fault.Message)]);
        }

        Console.WriteLine($"{done} {result.Value.UserName}. Mã dùng một lần, đến {result.Value.ExpiresUtc.ToDateText()}, ở trang /account/activate.");
        Console.WriteLine($"Mã kích hoạt: {result.Value.Code}");
        return CommandOutcome.Done;
    }

    private static async Task<CommandOutcome> RefuseAsync(params string[] reasons)
    {
        foreach (var reason in reasons)
        {
            await Console.Error.WriteLineAsync(reason);
        }

        return CommandOutcome.Refused;
    }
}
