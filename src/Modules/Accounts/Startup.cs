using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Commands;
using TrainingSite.Accounts.Recipes;
using TrainingSite.Accounts.Services;

namespace TrainingSite.Accounts;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddIdentityCore<SiteUser>().AddEntityFrameworkStores<SiteDbContext>().AddSignInManager();
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, ConfigureCookie)
            .AddScheme<AuthenticationSchemeOptions, BearerTokenHandler>(ApiController.Scheme, _ => { });

        services.AddScoped<SiteClaimsFactory>();
        services.AddScoped<IUserClaimsPrincipalFactory<SiteUser>>(provider => provider.GetRequiredService<SiteClaimsFactory>());
        services.AddScoped<AccountAuthority>();
        services.AddScoped<AccountService>();
        services.AddScoped<GrantService>();
        services.AddScoped<SignInService>();
        services.AddScoped<DevicePinService>();
        services.AddScoped<TokenService>();
        services.AddScoped<UserNames>();
        services.AddScoped<RoleNames>();
        services.AddScoped<UnitChooser>();
        services.AddSingleton<SignInLimiter>();

        services.AddPermissions<Permissions>();
        services.AddSingleton<INavigationProvider, AdminMenu>();
        services.AddScoped<ISiteSetup, AdministratorSetup>();
        services.AddScoped<IRecipeStepHandler, DemoAccountsStep>();
        services.AddSingleton<ICommandProvider, AccountCommands>();
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "site";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = TimeSpan.FromDays(30);
        options.SlidingExpiration = true;
        options.LoginPath = "/account/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        // A request of the API that brings a token is its bearer's from the start, also where no permission asks for the scheme.
        options.ForwardDefaultSelector = context => IsApi(context.Request) && BearerTokenHandler.IsMeant(context.Request) ? ApiController.Scheme : null;
        options.Events.OnValidatePrincipal = SessionCheck.ValidateAsync;
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized, redirect: !IsApi(context.Request));
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden, redirect: false);
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status, bool redirect)
    {
        if (redirect)
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }

    private static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api");
}
