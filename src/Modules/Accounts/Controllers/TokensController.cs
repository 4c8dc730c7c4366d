using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;

namespace TrainingSite.Accounts.Controllers;

/// <summary>One's own tokens of the API.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.UseApi))]
[Route("me/tokens")]
public sealed class TokensController(SiteDbContext db, CurrentUser user, TokenService tokens, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    private const string NewToken = "new-token";

    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View(await ModelAsync(new TokenForm(), cancellationToken));

    [HttpPost("")]
    public async Task<IActionResult> Create(TokenForm form, CancellationToken cancellationToken)
    {
        var name = VietnameseText.Clean(form.Name ?? "");
        if (name.Length is 0 or > 100)
        {
            ModelState.AddModelError(nameof(form.Name), T["Hãy đặt tên để sau này nhớ mã dùng cho phần mềm nào (nhiều nhất 100 chữ)."]);
        }

        if (!TokenForm.Choices.Contains(form.Days))
        {
            ModelState.AddModelError(nameof(form.Days), T["Hãy chọn thời hạn trong danh sách."]);
        }

        if (!ModelState.IsValid)
        {
            return View(nameof(Index), await ModelAsync(form, cancellationToken));
        }

        TempData[NewToken] = await tokens.CreateAsync(user.Id!.Value, name, form.Days, cancellationToken);
        return RedirectToAction(nameof(Index));
    }

    [HttpPost("{id:guid}/revoke")]
    public async Task<IActionResult> Revoke(Guid id, CancellationToken cancellationToken)
    {
        if (!await tokens.RevokeAsync(user.Id!.Value, id, cancellationToken))
        {
            return NotFound();
        }

        notifier.Success(T["Đã thu hồi mã. Phần mềm dùng mã này không vào được nữa."]);
        return RedirectToAction(nameof(Index));
    }

    private async Task<TokensModel> ModelAsync(TokenForm form, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var rows = await db.ApiTokens.AsNoTracking().Where(token => token.UserId == user.Id && token.RevokedUtc == null && token.ExpiresUtc > now)
            .OrderByDescending(token => token.CreatedUtc).Take(100)
            .Select(token => new TokenRow(token.Id, token.Name, token.CreatedUtc, token.ExpiresUtc, token.LastUsedUtc)).ToListAsync(cancellationToken);
        return new(rows, form, TempData[NewToken] as string);
    }
}

/// <summary>The page of tokens.</summary>
/// <param name="Tokens">Those that work.</param>
/// <param name="Form">The form for a new one.</param>
/// <param name="NewToken">The token just made, shown once.</param>
public sealed record TokensModel(IReadOnlyList<TokenRow> Tokens, TokenForm Form, string? NewToken);

/// <summary>One token.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="CreatedUtc">When it was made.</param>
/// <param name="ExpiresUtc">Until when it works.</param>
/// <param name="LastUsedUtc">When it was last used.</param>
public sealed record TokenRow(Guid Id, string Name, DateTime CreatedUtc, DateTime ExpiresUtc, DateTime? LastUsedUtc);

/// <summary>What the page of tokens sends.</summary>
public sealed class TokenForm
{
    /// <summary>Lifetimes to choose from, in days.</summary>
    public static readonly IReadOnlyList<int> Choices = [30, 90, 365];

    /// <summary>What the token is for.</summary>
    public string? Name { get; set; }

    /// <summary>Lifetime in days.</summary>
    public int Days { get; set; } = 90;
}
