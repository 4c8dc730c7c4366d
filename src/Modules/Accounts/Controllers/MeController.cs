using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;

namespace TrainingSite.Accounts.Controllers;

/// <summary>"Tôi": who I am here, what other modules know of me, my password, language and look, and the way out.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
[Route("me")]
public sealed class MeController(SiteDbContext db, CurrentUser user, SignInService signIn, DevicePinService pins, RoleNames roles, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var me = await db.Users.AsNoTracking().SingleAsync(row => row.Id == user.Id, cancellationToken);
        var grants = await db.Grants.AsNoTracking().On(clock.Today()).Where(grant => grant.UserId == me.Id).OrderBy(grant => grant.Id).ToListAsync(cancellationToken);
        return View(new MeModel(
            me.DisplayName, me.UserName!, me.PhoneNumber is { } phone ? VietnameseText.FormatPhone(phone) : null,
            [.. grants.Select(grant => new RoleLine(roles[grant.Role], roles.UnitText(grant.UnitPath, grant.UnitName)))],
            await pins.MayHaveAsync(me.Id, cancellationToken) || await db.DevicePins.AnyAsync(pin => pin.UserId == me.Id && pin.RevokedUtc == null, cancellationToken)));
    }

    [HttpGet("password")]
    public IActionResult Password() => View(new PasswordForm());

    [HttpPost("password")]
    public async Task<IActionResult> Password(PasswordForm form, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(form.Present))
        {
            ModelState.AddModelError(nameof(form.Present), T["Hãy gõ mật khẩu hiện nay."]);
        }

        this.CheckNewPassword(form.Password, form.PasswordAgain, T);
        if (!ModelState.IsValid)
        {
            return View(form);
        }

        var outcome = await signIn.ChangePasswordAsync(user.Id!.Value, form.Present!, form.Password!, cancellationToken);
        if (outcome == SignInOutcome.Right)
        {
            notifier.Success(T["Đã đổi mật khẩu. Các máy khác cần đăng nhập lại."]);
            return RedirectToAction(nameof(Index));
        }

        ModelState.AddModelError(nameof(form.Present), outcome == SignInOutcome.TooManyTries
            ? T["Bạn đã thử sai nhiều lần. Hãy chờ 5 phút rồi thử lại, hoặc nhờ Tổ trưởng cấp mã mới."]
            : T["Mật khẩu hiện nay chưa đúng. Chưa đổi gì; hãy gõ lại."]);
        return View(form);
    }
}

/// <summary>The page "Tôi".</summary>
/// <param name="Name">Name.</param>
/// <param name="UserName">What the person signs in with.</param>
/// <param name="Phone">Phone number as people write it, or null.</param>
/// <param name="Roles">Roles and units in words.</param>
/// <param name="SharesPhones">Whether the account may have a PIN on a shared phone, or has one to take back.</param>
public sealed record MeModel(string Name, string UserName, string? Phone, IReadOnlyList<RoleLine> Roles, bool SharesPhones);

/// <summary>One right in words.</summary>
/// <param name="Role">The role.</param>
/// <param name="Unit">Where.</param>
public sealed record RoleLine(string Role, string Unit);

/// <summary>What the password page sends.</summary>
public sealed class PasswordForm
{
    /// <summary>The present password.</summary>
    public string? Present { get; set; }

    /// <summary>The new password.</summary>
    public string? Password { get; set; }

    /// <summary>The new password once more.</summary>
    public string? PasswordAgain { get; set; }
}
