using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Services;

namespace TrainingSite.Accounts.Controllers;

/// <summary>The one rule about passwords, wherever one is set.</summary>
internal static class PasswordRules
{
    public static void CheckNewPassword(this Controller controller, string? password, string? again, IStringLocalizer<Strings> T)
    {
        if (password is null or { Length: < SignInService.MinPasswordLength })
        {
            controller.ModelState.AddModelError("Password", T["Mật khẩu cần ít nhất {0} ký tự. Một câu dễ nhớ là tốt nhất.", SignInService.MinPasswordLength]);
        }
        else if (password != again)
        {
            controller.ModelState.AddModelError("PasswordAgain", T["Hai lần gõ mật khẩu chưa giống nhau."]);
        }
    }
}
