using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Services;

namespace TrainingSite.Accounts.Controllers;

/// <summary>The people of a shared phone: a name, a PIN, and the phone is theirs.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[AllowAnonymous]
[Route("account/people")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PeopleController(DevicePinService pins, SignInService signIn, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(string? returnUrl, CancellationToken cancellationToken)
    {
        var people = await pins.FindPeopleAsync(DeviceSecrets.Read(Request), cancellationToken);
        DeviceSecrets.Forget(HttpContext, people);
        return people.Count == 0 ? RedirectToAction("SignIn", "Account", new { returnUrl }) : View(new PeopleModel(people, null, returnUrl));
    }

    [HttpPost("")]
    public async Task<IActionResult> Enter(Guid id, string? pin, string? returnUrl, CancellationToken cancellationToken)
    {
        var known = DeviceSecrets.Read(Request);
        var attempt = await pins.TryAsync(known, id, pin?.Trim(), cancellationToken);
        if (attempt is { Outcome: PinOutcome.Right, User: { } user })
        {
            await signIn.SignInAsync(user, cancellationToken, id);
            return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl! : "/today");
        }

        ModelState.AddModelError("", attempt.Outcome switch
        {
            PinOutcome.Right => "",
            PinOutcome.Wrong => T["Mã PIN chưa đúng. Bạn còn {0} lần thử.", attempt.Left],
            PinOutcome.Locked => T["Mã PIN đã bị khóa vì thử sai nhiều lần. Hãy đăng nhập bằng mật khẩu để mở lại."],
            PinOutcome.Gone => T["Máy này không còn mở được tài khoản ấy. Hãy đăng nhập bằng mật khẩu rồi đặt lại mã PIN."],
        });
        return View(nameof(Index), new PeopleModel(await pins.FindPeopleAsync(known, cancellationToken), id, returnUrl));
    }
}

/// <summary>The page.</summary>
/// <param name="People">Who may come in here.</param>
/// <param name="Chosen">Who was chosen.</param>
/// <param name="ReturnUrl">Where the person wanted to go.</param>
public sealed record PeopleModel(IReadOnlyList<DevicePerson> People, Guid? Chosen, string? ReturnUrl);
