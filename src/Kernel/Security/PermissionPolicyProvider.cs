using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TrainingSite.Kernel;

/// <summary>A policy for every permission: <c>[Authorize(nameof(Permissions.X))]</c> asks whether the user holds X anywhere.</summary>
internal sealed class PermissionPolicyProvider(PermissionCatalog permissions, IOptions<AuthorizationOptions> options)
    : DefaultAuthorizationPolicyProvider(options)
{
    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        permissions.Find(policyName) is { } permission
            ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(permission)).Build()
            : await base.GetPolicyAsync(policyName);
}

internal sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

internal sealed class PermissionHandler(CurrentUser user) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        // The policy may have signed in by bearer token just now; the claims in the context are the ones to read.
        user.Read(context.User);
        if (user.Can(requirement.Permission))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Registration of permissions.</summary>
public static class PermissionServiceExtensions
{
    /// <summary>Adds a module's permissions.</summary>
    public static IServiceCollection AddPermissions<T>(this IServiceCollection services) where T : class, IPermissionProvider =>
        services.AddSingleton<IPermissionProvider, T>();
}
