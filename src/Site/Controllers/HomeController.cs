using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace TrainingSite.Site.Controllers;

/// <summary>The first page of a visitor, and "Hôm nay" of whoever is signed in. Both are made of the modules' zones.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class HomeController(CurrentUser user) : Controller
{
    [HttpGet("")]
    public IActionResult Index() => user.IsAuthenticated ? RedirectToAction(nameof(Today)) : View();

    [HttpGet("today")]
    [Authorize]
    public IActionResult Today() => View();

    /// <summary>Remembers the reader's language on this device.</summary>
    [HttpPost("language")]
    public IActionResult Language(string culture, string returnUrl)
    {
        Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture("vi-VN", culture == "en" ? "en" : "vi-VN")),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, HttpOnly = true, SameSite = SameSiteMode.Lax });
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
    }
}
