using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TrainingSite.Accounts.Services;

/// <summary>
/// Looks at a session again every few minutes: it ends when the account's stamp changed (password changed or reset, account stopped) or when the PIN that opened it was taken back or no
/// longer suffices for what the account may do, else it gets today's rights. Identity's own check would also sign out of schemes that the site does not have.
/// </summary>
internal static class SessionCheck
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (services.GetRequiredService<TimeProvider>().GetUtcNow() - context.Properties.IssuedUtc < Interval)
        {
            return;
        }

        var claims = services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity;
        var stamp = context.Principal?.FindFirst(claims.SecurityStampClaimType)?.Value;
        var user = Guid.TryParse(context.Principal?.FindFirst(claims.UserIdClaimType)?.Value, out var id)
            ? await services.GetRequiredService<SiteDbContext>().Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.SecurityStamp == stamp)
            : null;
        if (user is null || (context.Properties.Items.TryGetValue(SignInService.ByPin, out var pin) && !(Guid.TryParse(pin, out var pinId) && await services.GetRequiredService<DevicePinService>().HoldsAsync(pinId, id))))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
            return;
        }

        context.ReplacePrincipal(await services.GetRequiredService<SiteClaimsFactory>().CreateAsync(user));
        context.ShouldRenew = true;
    }
}
