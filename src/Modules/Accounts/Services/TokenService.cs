using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using TrainingSite.Accounts.Models;

namespace TrainingSite.Accounts.Services;

/// <summary>Bearer tokens: made, taken back, and recognised.</summary>
public sealed class TokenService(SiteDbContext db, SiteClaimsFactory claims, IMemoryCache cache, TimeProvider clock)
{
    /// <summary>How long a token works when nobody says otherwise.</summary>
    public const int DefaultDays = 365;

    /// <summary>A principal is kept this long, so that a burst of check-ins costs no query; a token taken back elsewhere works this much longer.</summary>
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LastUsedPrecision = TimeSpan.FromMinutes(5);

    /// <summary>Makes a token. It is returned once and cannot be read again.</summary>
    public async Task<string> CreateAsync(Guid userId, string name, int days, CancellationToken cancellationToken = default)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = clock.UtcNow();
        db.ApiTokens.Add(new ApiToken { UserId = userId, Name = name, TokenHash = Hash(token), CreatedUtc = now, ExpiresUtc = now.AddDays(days) });
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }

    /// <summary>Takes an account's own token back. False when the account has no such token that still works.</summary>
    public async Task<bool> RevokeAsync(Guid userId, Guid tokenId, CancellationToken cancellationToken = default)
    {
        var token = await db.ApiTokens.SingleOrDefaultAsync(token => token.Id == tokenId && token.UserId == userId && token.RevokedUtc == null, cancellationToken);
        if (token is null)
        {
            return false;
        }

        token.RevokedUtc = clock.UtcNow();
        await db.SaveChangesAsync(cancellationToken);
        cache.Remove(CacheKey(token.TokenHash));
        return true;
    }

    /// <summary>In whose name a token acts; null when it is unknown, expired, taken back, or its account stopped.</summary>
    internal async Task<ClaimsPrincipal?> FindPrincipalAsync(string token, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var hash = Hash(token);
        if (cache.TryGetValue(CacheKey(hash), out Known? known) && now < known!.UntilUtc)
        {
            return known.Principal;
        }

        var accounts = db.Accounts;
        var found = await db.ApiTokens.AsNoTracking()
            .Where(token => token.TokenHash == hash && token.RevokedUtc == null && token.ExpiresUtc > now)
            .Join(db.Users, token => token.UserId, user => user.Id, (token, user) => new { Token = token, User = user })
            .Where(row => !accounts.Any(account => account.UserId == row.User.Id && account.DisabledUtc != null))
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        if (found.Token.LastUsedUtc is null || found.Token.LastUsedUtc < now - LastUsedPrecision)
        {
            await db.ApiTokens.Where(token => token.TokenHash == hash).ExecuteUpdateAsync(set => set.SetProperty(token => token.LastUsedUtc, now), cancellationToken);
        }

        var principal = await claims.CreateAsync(found.User, ApiController.Scheme);
        var until = now + CacheTime < found.Token.ExpiresUtc ? now + CacheTime : found.Token.ExpiresUtc;
        cache.Set(CacheKey(hash), new Known(principal, until), CacheTime);
        return principal;
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static (string, string) CacheKey(string hash) => (nameof(TokenService), hash);

    private sealed record Known(ClaimsPrincipal Principal, DateTime UntilUtc);
}
