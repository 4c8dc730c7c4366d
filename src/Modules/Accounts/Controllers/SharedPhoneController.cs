using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;

namespace TrainingSite.Accounts.Controllers;

/// <summary>"Dùng chung máy này": a PIN for this phone, and the phones that have one.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
[Route("me/shared-phone")]
public sealed class SharedPhoneController(SiteDbContext db, CurrentUser user, DevicePinService pins, SignInService signIn, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View(await ModelAsync(cancellationToken));

    [HttpPost("")]
    public async Task<IActionResult> Create(PinForm form, CancellationToken cancellationToken)
    {
        if (form.Pin != form.PinAgain)
        {
            ModelState.AddModelError(nameof(form.PinAgain), T["Hai lần gõ chưa giống nhau. Hãy gõ lại."]);
            return View(nameof(Index), await ModelAsync(cancellationToken));
        }

        var made = await pins.CreateAsync(user.Id!.Value, form.Pin, DeviceWords(), DeviceSecrets.Read(Request), cancellationToken);
        if (!made.Succeeded)
        {
            ModelState.AddModelError(made.Faults[0].Field ?? "", made.Faults[0].Message);
            return View(nameof(Index), await ModelAsync(cancellationToken));
        }

        DeviceSecrets.Write(Response, made.Value);
        if ((await HttpContext.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties?.Items.ContainsKey(SignInService.ByPin) == true)
        {
            // The former PIN opened this session and ends; it goes on with the new one.
            await signIn.SignInAsync(await db.Users.SingleAsync(row => row.Id == user.Id, cancellationToken), cancellationToken, made.Value[^1].Id);
        }

        notifier.Success(T["Đã đặt mã PIN cho máy này. Lần sau bạn chọn tên rồi gõ mã."]);
        return RedirectToAction(nameof(Index));
    }

    [HttpPost("{id:guid}/revoke")]
    public async Task<IActionResult> Revoke(Guid id, CancellationToken cancellationToken)
    {
        if (!await pins.RevokeAsync(user.Id!.Value, id, cancellationToken))
        {
            return NotFound();
        }

        DeviceSecrets.Forget(HttpContext, await pins.FindPeopleAsync(DeviceSecrets.Read(Request), cancellationToken));
        notifier.Success(T["Đã bỏ mã PIN. Máy ấy phải đăng nhập bằng mật khẩu."]);
        return RedirectToAction(nameof(Index));
    }

    private async Task<SharedPhoneModel> ModelAsync(CancellationToken cancellationToken)
    {
        var here = DeviceSecrets.Read(Request).Select(secret => secret.Id).ToHashSet();
        var rows = await db.DevicePins.AsNoTracking().Where(pin => pin.UserId == user.Id && pin.RevokedUtc == null).OrderByDescending(pin => pin.CreatedUtc).Take(50).ToListAsync(cancellationToken);
        return new(
            user.Id!.Value, user.Name, await pins.MayHaveAsync(user.Id!.Value, cancellationToken),
            rows.ConvertAll(pin => new PhoneRow(pin.Id, pin.Device, here.Contains(pin.Id), pin.Failures >= DevicePin.MaxFailures, pin.CreatedUtc, pin.LastUsedUtc)));
    }

    /// <summary>What people call such a device.</summary>
    private string DeviceWords()
    {
        var agent = Request.Headers.UserAgent.ToString();
        return agent.Contains("Android", StringComparison.Ordinal) ? T["Điện thoại Android"]
            : agent.Contains("iPhone", StringComparison.Ordinal) ? T["iPhone"]
            : agent.Contains("Windows", StringComparison.Ordinal) ? T["Máy tính Windows"]
            : T["Máy chưa rõ loại"];
    }
}

/// <summary>What the page sends.</summary>
public sealed class PinForm
{
    /// <summary>The PIN.</summary>
    public string? Pin { get; set; }

    /// <summary>The PIN once more.</summary>
    public string? PinAgain { get; set; }
}

/// <summary>The page.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Name">The name that people read.</param>
/// <param name="MayHave">Whether the account may have a PIN.</param>
/// <param name="Phones">Phones that have one.</param>
public sealed record SharedPhoneModel(Guid UserId, string Name, bool MayHave, IReadOnlyList<PhoneRow> Phones);

/// <summary>A phone with a PIN of the reader's.</summary>
/// <param name="Id">Key.</param>
/// <param name="Device">What it is.</param>
/// <param name="IsHere">Whether it is this one.</param>
/// <param name="IsLocked">Whether only a full sign-in helps.</param>
/// <param name="CreatedUtc">When the PIN was made.</param>
/// <param name="LastUsedUtc">When it was last used.</param>
public sealed record PhoneRow(Guid Id, string Device, bool IsHere, bool IsLocked, DateTime CreatedUtc, DateTime? LastUsedUtc);
