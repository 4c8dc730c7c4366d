using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TrainingSite.Accounts.Models;

namespace TrainingSite.Accounts.Services;

/// <summary>
/// Puts everything that <see cref="CurrentUser"/> asks for into the principal, so that a request costs no query: the name, the person
/// and today's rights. A cookie's principal is built anew every few minutes; see <c>Startup</c>.
/// </summary>
public sealed class SiteClaimsFactory(SiteDbContext db, TimeProvider clock, IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<SiteUser>
{
    /// <inheritdoc />
    public Task<ClaimsPrincipal> CreateAsync(SiteUser user) => CreateAsync(user, IdentityConstants.ApplicationScheme);

    /// <summary>The principal of an account as a scheme saw it.</summary>
    public async Task<ClaimsPrincipal> CreateAsync(SiteUser user, string scheme)
    {
        var claims = options.Value.ClaimsIdentity;
        var identity = new ClaimsIdentity(scheme, claims.UserNameClaimType, claims.RoleClaimType);
        identity.AddClaim(new(claims.UserIdClaimType, user.Id.ToString()));
        identity.AddClaim(new(claims.UserNameClaimType, user.UserName!));
        identity.AddClaim(new(claims.SecurityStampClaimType, user.SecurityStamp!));
        identity.AddClaim(new(CurrentUser.DisplayNameClaim, user.DisplayName));
        var person = await db.Accounts.Where(account => account.UserId == user.Id).Select(account => account.PersonId).SingleOrDefaultAsync();
        if (person is { } personId)
        {
            identity.AddClaim(new(CurrentUser.PersonClaim, personId.ToString()));
        }

        var grants = await db.Grants.On(clock.Today()).Where(grant => grant.UserId == user.Id)
            .OrderBy(grant => grant.Id).Select(grant => new { grant.Role, grant.UnitPath }).ToListAsync();
        identity.AddClaims(grants.Select(grant => new Claim(CurrentUser.GrantClaim, $"{grant.Role}|{grant.UnitPath}")));
        return new(identity);
    }
}
