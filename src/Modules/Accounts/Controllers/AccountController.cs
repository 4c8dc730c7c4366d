using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Services;

namespace TrainingSite.Accounts.Controllers;

/// <summary>Signing in and out, and setting the first password with the code that a leader handed out (R97).</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[AllowAnonymous]
[Route("account")]
public sealed class AccountController(SignInService signIn, DevicePinService pins, SiteDbContext db, IDataProtectionProvider protection, IStringLocalizer<Strings> T) : Controller
{
    private static readonly TimeSpan ChoiceTime = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _choices = protection.CreateProtector("TrainingSite.Accounts.Choice").ToTimeLimitedDataProtector();

    [HttpGet("sign-in")]
    public IActionResult SignIn(string? returnUrl) => View(new SignInForm { ReturnUrl = returnUrl });

    [HttpPost("sign-in")]
    public async Task<IActionResult> SignIn(SignInForm form, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(form.Login) || string.IsNullOrEmpty(form.Password))
        {
            ModelState.AddModelError("", T["Hãy gõ số điện thoại (hoặc tên đăng nhập) và mật khẩu."]);
            return View(form);
        }

        var attempt = await signIn.TryPasswordAsync(form.Login.Trim(), form.Password, cancellationToken);
        if (attempt.Outcome != SignInOutcome.Right)
        {
            ModelState.AddModelError("", Explain(attempt.Outcome));
            return View(form);
        }

        return attempt.Users.Count == 1 ? await EnterAsync(attempt.Users[0], form.ReturnUrl, cancellationToken) : Choose(attempt.Users, form.ReturnUrl);
    }

    [HttpPost("sign-in/choose")]
    public async Task<IActionResult> Choose(Guid userId, string? choice, string? returnUrl, CancellationToken cancellationToken)
    {
        if (!ReadChoice(choice).Contains(userId) || await db.Users.FindAsync([userId], cancellationToken) is not { } user)
        {
            ModelState.AddModelError("", T["Đã quá lâu. Hãy đăng nhập lại."]);
            return View(nameof(SignIn), new SignInForm { ReturnUrl = returnUrl });
        }

        return await EnterAsync(user, returnUrl, cancellationToken);
    }

    [HttpGet("activate")]
    public IActionResult Activate(string? user) => View(new ActivateForm { Login = user });

    [HttpPost("activate")]
    public async Task<IActionResult> Activate(ActivateForm form, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(form.Login))
        {
            ModelState.AddModelError(nameof(form.Login), T["Hãy gõ số điện thoại hoặc tên đăng nhập ghi trên phiếu."]);
        }

        if (string.IsNullOrWhiteSpace(form.Code))
        {
            ModelState.AddModelError(nameof(form.Code), T["Hãy gõ mã 8 ký tự mà Tổ trưởng đưa cho bạn."]);
        }

        this.CheckNewPassword(form.Password, form.PasswordAgain, T);
        if (!ModelState.IsValid)
        {
            return View(form);
        }

        var attempt = await signIn.ActivateAsync(form.Login!.Trim(), form.Code!, form.Password!, cancellationToken);
        if (attempt.Outcome == SignInOutcome.Right)
        {
            return await EnterAsync(attempt.Users[0], returnUrl: null, cancellationToken);
        }

        ModelState.AddModelError("", attempt.Outcome == SignInOutcome.Wrong ? T["Tên hoặc mã chưa đúng. Hãy xem lại phiếu; chữ hoa, chữ thường như nhau."] : Explain(attempt.Outcome));
        return View(form);
    }

    [HttpPost("sign-out")]
    public async Task<IActionResult> Leave()
    {
        await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        return LocalRedirect("/");
    }

    private async Task<IActionResult> EnterAsync(SiteUser user, string? returnUrl, CancellationToken cancellationToken)
    {
        await signIn.SignInAsync(user, cancellationToken);
        await pins.UnlockAsync(user.Id, DeviceSecrets.Read(Request), cancellationToken);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl! : "/today");
    }

    private ViewResult Choose(IReadOnlyList<SiteUser> users, string? returnUrl) => View(nameof(Choose), new ChooseModel(
        [.. users.OrderBy(user => user.DisplayName, StringComparer.CurrentCulture).Select(user => (user.Id, user.DisplayName))],
        _choices.Protect(string.Join(',', users.Select(user => user.Id)), ChoiceTime),
        returnUrl));

    private Guid[] ReadChoice(string? choice)
    {
        try
        {
            return [.. _choices.Unprotect(choice ?? "").Split(',').Select(Guid.Parse)];
        }
        catch (CryptographicException)
        {
            // Too old or tampered with: nobody is chosen, and the page asks to sign in again.
            return [];
        }
    }

    private string Explain(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.Right => "",
        SignInOutcome.Wrong => T["Số điện thoại (tên đăng nhập) hoặc mật khẩu chưa đúng. Hãy thử lại; nếu quên mật khẩu, nhờ Tổ trưởng cấp mã mới."],
        SignInOutcome.TooManyTries => T["Bạn đã thử sai nhiều lần. Hãy chờ 5 phút rồi thử lại, hoặc nhờ Tổ trưởng cấp mã mới."],
        SignInOutcome.Disabled => T["Tài khoản này đã ngừng dùng. Hãy hỏi Tổ trưởng hoặc người phụ trách ở xã."],
        SignInOutcome.CodeUsed => T["Mã này đã dùng rồi. Hãy đăng nhập bằng mật khẩu bạn đã đặt, hoặc nhờ Tổ trưởng cấp mã mới."],
        SignInOutcome.CodeExpired => T["Mã này đã quá hạn. Hãy nhờ Tổ trưởng cấp mã mới."],
    };
}

/// <summary>What the sign-in page sends.</summary>
public sealed class SignInForm
{
    /// <summary>Phone number or user name.</summary>
    public string? Login { get; set; }

    /// <summary>Password.</summary>
    public string? Password { get; set; }

    /// <summary>Where the person wanted to go.</summary>
    public string? ReturnUrl { get; set; }
}

/// <summary>What the activation page sends.</summary>
public sealed class ActivateForm
{
    /// <summary>Phone number or user name.</summary>
    public string? Login { get; set; }

    /// <summary>The code that a leader handed out.</summary>
    public string? Code { get; set; }

    /// <summary>The new password.</summary>
    public string? Password { get; set; }

    /// <summary>The new password once more.</summary>
    public string? PasswordAgain { get; set; }
}

/// <summary>Who of a family signs in.</summary>
/// <param name="Accounts">The accounts that the password opens.</param>
/// <param name="Choice">Proof that the password was right.</param>
/// <param name="ReturnUrl">Where the person wanted to go.</param>
public sealed record ChooseModel(IReadOnlyList<(Guid Id, string Name)> Accounts, string Choice, string? ReturnUrl);
