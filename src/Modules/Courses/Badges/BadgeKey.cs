using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace TrainingSite.Courses.Badges;

/// <summary>The key that signs badges, and its public half as a JSON web key (RFC 7517), which lies at an address made of its thumbprint (RFC 7638).</summary>
public sealed class BadgeKey
{
    private readonly SigningKey _key;
    private readonly string _baseUrl;
    private readonly Lazy<(string X, string Y, string Thumbprint)> _public;

    /// <summary>Finds the key; reads or makes it when first asked.</summary>
    public BadgeKey(SitePaths paths, IConfiguration configuration)
    {
        _key = new(paths, "badges.pem");
        _baseUrl = (configuration["Site:BaseUrl"] ?? "").TrimEnd('/');
        _public = new(() =>
        {
            var (x, y) = (Base64Url.EncodeToString(_key.Point.X), Base64Url.EncodeToString(_key.Point.Y));
            return (x, y, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}"""))));
        });
    }

    /// <summary>Its name.</summary>
    public string Thumbprint => _public.Value.Thumbprint;

    /// <summary>Where its public half can be fetched; Open Badges 3.0 names it so in the header of what it signed.</summary>
    public string Address => $"{_baseUrl}/certificates/keys/{Thumbprint}";

    /// <summary>The public half.</summary>
    public JsonObject ToJwk() => new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = _public.Value.X, ["y"] = _public.Value.Y, ["use"] = "sig", ["alg"] = "ES256", ["kid"] = Address };

    /// <summary>A compact JSON web signature (RFC 7515) over a header and a payload.</summary>
    internal string Sign(byte[] header, byte[] payload)
    {
        var text = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{text}.{Base64Url.EncodeToString(_key.Sign(Encoding.ASCII.GetBytes(text)))}";
    }
}
