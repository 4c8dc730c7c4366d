using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TrainingSite.Courses.Badges;

/// <summary>The key that signs badges, and its public half as a JSON web key (RFC 7517), named by its thumbprint (RFC 7638).</summary>
public sealed class BadgeKey
{
    private readonly SigningKey _key;
    private readonly Lazy<BadgeJwk> _public;

    /// <summary>Finds the key; reads or makes it when first asked.</summary>
    public BadgeKey(SitePaths paths)
    {
        _key = new(paths, "badges.pem");
        _public = new(() =>
        {
            var (x, y) = (Base64Url.EncodeToString(_key.Point.X), Base64Url.EncodeToString(_key.Point.Y));
            var thumbprint = SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}"""));
            return new("EC", "P-256", x, y, "sig", "ES256", Base64Url.EncodeToString(thumbprint));
        });
    }

    /// <summary>The public key.</summary>
    public BadgeJwk Public => _public.Value;

    /// <summary>A compact JSON web signature (RFC 7515) over a header and a payload.</summary>
    internal string Sign(byte[] header, byte[] payload)
    {
        var text = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{text}.{Base64Url.EncodeToString(_key.Sign(Encoding.ASCII.GetBytes(text)))}";
    }
}

/// <summary>A JSON web key of a curve, its members by their names there.</summary>
public sealed record BadgeJwk(string Kty, string Crv, string X, string Y, string Use, string Alg, string Kid);
