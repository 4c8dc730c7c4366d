using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TrainingSite.Accounts.Services;

/// <summary>What a phone knows of one of its people: which row, and the secret that proves that it is this phone.</summary>
/// <param name="Id">Key of the row.</param>
/// <param name="Token">The secret.</param>
public sealed record DeviceSecret(Guid Id, string Token)
{
    /// <summary>As it is stored on the server.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token)));
}

/// <summary>The people of a shared phone, in a cookie that scripts cannot read.</summary>
public static class DeviceSecrets
{
    /// <summary>Most people of one phone.</summary>
    public const int Most = 8;

    private const string Cookie = "people";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    /// <summary>What the request's phone knows; nothing for a phone that is not shared.</summary>
    public static IReadOnlyList<DeviceSecret> Read(HttpRequest request) =>
        [.. (request.Cookies[Cookie] ?? "").Split('|', Most + 1).Take(Most)
            .Select(part => part.Split('.', 2))
            .Where(parts => parts.Length == 2 && Guid.TryParseExact(parts[0], "N", out _) && parts[1].Length is > 0 and <= 100)
            .Select(parts => new DeviceSecret(Guid.ParseExact(parts[0], "N"), parts[1]))];

    /// <summary>Lets the phone forget the secrets that open nothing any more; the cookie goes with the last one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="people">Those whom its secrets still open.</param>
    public static void Forget(HttpContext context, IReadOnlyList<DevicePerson> people)
    {
        var known = Read(context.Request);
        var living = known.Where(secret => people.Any(person => person.Id == secret.Id)).ToList();
        if (living.Count == 0)
        {
            context.Response.Cookies.Delete(Cookie);
        }
        else if (living.Count < known.Count)
        {
            Write(context.Response, living);
        }
    }

    /// <summary>Gives the phone what it is to know from now on.</summary>
    public static void Write(HttpResponse response, IEnumerable<DeviceSecret> secrets) =>
        response.Cookies.Append(Cookie, string.Join('|', secrets.TakeLast(Most).Select(secret => string.Create(CultureInfo.InvariantCulture, $"{secret.Id:N}.{secret.Token}"))), new CookieOptions
        {
            HttpOnly = true,
            Secure = response.HttpContext.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            MaxAge = Lifetime,
            IsEssential = true,
        });
}
