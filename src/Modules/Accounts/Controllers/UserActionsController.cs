using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;

namespace TrainingSite.Accounts.Controllers;

/// <summary>What is done to accounts: made, given a code, given and taken roles, stopped.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("users")]
public sealed class UserActionsController(
    CurrentUser user, AccountService accounts, GrantService grants, AccountAuthority authority, UnitChooser units, RoleNames roles, INotifier notifier,
    IStringLocalizer<Strings> T) : Controller
{
    /// <summary>Key of the code in TempData on the way to the account's page; also used by pages of people that make accounts.</summary>
    public const string NewCode = "new-code";

    private UnitScope Scope => user.ScopeOf(Permissions.ManageAccounts);

    [HttpGet("new")]
    [Authorize(nameof(Permissions.ManageAccounts))]
    public async Task<IActionResult> New(CancellationToken cancellationToken) =>
        View(WithRoles(new UserForm { Role = Roles.Member, Unit = (await units.FirstAsync(Scope, cancellationToken))?.Code }));

    [HttpPost("new")]
    [Authorize(nameof(Permissions.ManageAccounts))]
    public async Task<IActionResult> New(UserForm form, CancellationToken cancellationToken)
    {
        if (await ChooseUnitAsync(form, cancellationToken) is not { } unit)
        {
            return View(WithRoles(form));
        }

        var created = await accounts.CreateAsync(new(form.DisplayName ?? "", form.Role ?? "", unit) { UserName = form.UserName, Phone = form.Phone }, cancellationToken);
        if (!created.Succeeded)
        {
            ModelState.AddFaults(created.Faults);
            return View(WithRoles(form));
        }

        return ShowCode(created.Value);
    }

    [HttpPost("{id:guid}/reset")]
    [Authorize(nameof(Permissions.ResetCodes))]
    public async Task<IActionResult> Reset(Guid id, CancellationToken cancellationToken)
    {
        var issued = await accounts.ResetAsync(id, cancellationToken);
        return issued.Succeeded ? ShowCode(issued.Value) : Refuse(id, issued.Faults);
    }

    [HttpPost("{id:guid}/disable")]
    [Authorize(nameof(Permissions.ManageAccounts))]
    public Task<IActionResult> Disable(Guid id, CancellationToken cancellationToken) => SetDisabledAsync(id, disabled: true, cancellationToken);

    [HttpPost("{id:guid}/enable")]
    [Authorize(nameof(Permissions.ManageAccounts))]
    public Task<IActionResult> Enable(Guid id, CancellationToken cancellationToken) => SetDisabledAsync(id, disabled: false, cancellationToken);

    [HttpGet("{id:guid}/grants/new")]
    [Authorize(nameof(Permissions.ManageAccounts))]
    public async Task<IActionResult> NewGrant(Guid id, CancellationToken cancellationToken) =>
        await accounts.FindForAsync(Permissions.ManageAccounts, id, cancellationToken) is { } account
            ? View(WithRoles(new UserForm { DisplayName = account.DisplayName, Unit = (await units.FirstAsync(Scope, cancellationToken))?.Code }))
            : NotFound();

    [HttpPost("{id:guid}/grants/new")]
    [Authorize(nameof(Permissions.ManageAccounts))]
    public async Task<IActionResult> NewGrant(Guid id, UserForm form, CancellationToken cancellationToken)
    {
        if (await accounts.FindForAsync(Permissions.ManageAccounts, id, cancellationToken) is not { } account)
        {
            return NotFound();
        }

        form.DisplayName = account.DisplayName;
        if (await ChooseUnitAsync(form, cancellationToken) is not { } unit)
        {
            return View(WithRoles(form));
        }

        var given = await grants.AddAsync(id, form.Role ?? "", unit, cancellationToken);
        if (!given.Succeeded)
        {
            ModelState.AddFaults(given.Faults);
            return View(WithRoles(form));
        }

        notifier.Success(T["Đã giao cho {0}: {1}.", account.DisplayName, roles.Describe(given.Value.Role, given.Value.UnitPath, given.Value.UnitName)]);
        return RedirectToAction("Show", "Users", new { id });
    }

    [HttpPost("{id:guid}/grants/{grantId:guid}/end")]
    [Authorize(nameof(Permissions.ManageAccounts))]
    public async Task<IActionResult> EndGrant(Guid id, Guid grantId, CancellationToken cancellationToken)
    {
        var ended = await grants.RemoveAsync(id, grantId, cancellationToken);
        if (!ended.Succeeded)
        {
            return Refuse(id, ended.Faults);
        }

        notifier.Success(T["Đã thu vai trò: {0}.", roles.Describe(ended.Value.Role, ended.Value.UnitPath, ended.Value.UnitName)]);
        return await AfterChangeAsync(id, cancellationToken);
    }

    private async Task<IActionResult> SetDisabledAsync(Guid id, bool disabled, CancellationToken cancellationToken)
    {
        if (disabled && id == user.Id)
        {
            notifier.Error(T["Bạn không thể tự ngừng tài khoản của mình. Hãy nhờ người quản trị khác."]);
            return RedirectToAction("Show", "Users", new { id });
        }

        var changed = await accounts.SetDisabledAsync(id, disabled, cancellationToken);
        if (!changed.Succeeded)
        {
            return Refuse(id, changed.Faults);
        }

        notifier.Success(disabled ? T["Đã ngừng tài khoản của {0}.", changed.Value.DisplayName] : T["Tài khoản của {0} dùng lại được.", changed.Value.DisplayName]);
        return RedirectToAction("Show", "Users", new { id });
    }

    /// <summary>An account that lost its last right may now lie outside the reader's scope.</summary>
    private async Task<IActionResult> AfterChangeAsync(Guid id, CancellationToken cancellationToken) =>
        await accounts.FindForAsync(Permissions.ResetCodes, id, cancellationToken) is null ? RedirectToAction("Index", "Users") : RedirectToAction("Show", "Users", new { id });

    private RedirectToActionResult ShowCode(IssuedCode issued)
    {
        // Travels in an encrypted cookie to the very next page and is nowhere else.
        TempData[NewCode] = issued.Code;
        return RedirectToAction("Show", "Users", new { id = issued.UserId });
    }

    private IActionResult Refuse(Guid id, IReadOnlyList<Fault> faults)
    {
        if (faults[0].Kind == FaultKind.NotFound)
        {
            return NotFound();
        }

        if (faults[0].Kind == FaultKind.Forbidden)
        {
            return Forbid();
        }

        notifier.Error(faults[0].Message);
        return RedirectToAction("Show", "Users", new { id });
    }

    private async Task<DirectoryUnit?> ChooseUnitAsync(UserForm form, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(form.Unit))
        {
            // An empty box is a slip more often than a wish, so only the one role that is of the whole by nature may leave it so.
            if (form.Role == Roles.Administrator && Scope.IsEverything)
            {
                return DirectoryUnit.Everything;
            }

            ModelState.AddModelError(nameof(form.Unit), T["Hãy ghi mã hoặc tên đơn vị mà vai trò này phụ trách."]);
            return null;
        }

        var typed = form.ChoicesFor is not null && form.ChoicesFor == form.Unit && form.UnitCode is { Length: > 0 } ? form.UnitCode : form.Unit;
        var choice = await units.ChooseAsync(typed, Scope, cancellationToken);
        if (choice.Unit is null)
        {
            form.Choices = choice.Choices;
            ModelState.AddModelError(nameof(form.Unit), choice.Choices.Count > 0
                ? T["Có {0} đơn vị như vậy. Hãy chọn một đơn vị bên dưới.", choice.Choices.Count]
                : T["Không thấy đơn vị này trong phạm vi của bạn. Hãy gõ mã hoặc tên xã, bản."]);
        }

        return choice.Unit;
    }

    private UserForm WithRoles(UserForm form)
    {
        form.Roles = [.. authority.RolesToGive(Permissions.ManageAccounts).Select(role => new RoleChoice(role, roles[role]))];
        return form;
    }
}
