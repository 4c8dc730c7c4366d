using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace TrainingSite.Sessions.Offline;

/// <summary>"Điểm danh trên máy này": the page that opens from the home screen, filled by its script from what the device holds.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[AllowAnonymous]
[Route("sheets")]
public sealed class SheetsController(IAntiforgery antiforgery, CurrentUser user, TimeProvider clock) : Controller
{
    [HttpGet("")]
    public IActionResult Index() => View();

    /// <summary>Who is signed in, and a fresh token to send with: asked before each sending, because a kept page's own token dies with the browser.</summary>
    [HttpGet("session")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public IActionResult Session() => Json(new { user = user.Id, token = user.IsAuthenticated ? antiforgery.GetAndStoreTokens(HttpContext).RequestToken : null, at = clock.UtcNow() });
}
