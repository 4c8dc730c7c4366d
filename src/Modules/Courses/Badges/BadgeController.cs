using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Certificates;

namespace TrainingSite.Courses.Badges;

/// <summary>The badge beside the paper, and the public key that checks it.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class BadgeController(CertificateService certificates, BadgeWriter writer, BadgeKey key, TimeProvider clock) : Controller
{
    [HttpGet("certificates/{code}/badge")]
    [Authorize]
    public async Task<IActionResult> Badge(string code, CancellationToken cancellationToken)
    {
        if (CertificateCode.Parse(code) is not { } parsed || await certificates.FindAsync(parsed, cancellationToken) is not { } paper
            || !await certificates.MayReadAsync(paper.PersonId, cancellationToken))
        {
            return NotFound();
        }

        return paper.StateAt(clock.UtcNow()) == CertificateState.Revoked
            ? LocalRedirect($"~/certificates/{parsed}")
            : File(Encoding.ASCII.GetBytes(await writer.WriteAsync(paper, cancellationToken)), BadgeWriter.MediaType, $"huy-hieu-{parsed}.jwt");
    }

    /// <summary>The key with that thumbprint, as a JSON web key (RFC 7517). What lies at the address never changes.</summary>
    [HttpGet("certificates/keys/{thumbprint}")]
    public IActionResult Key(string thumbprint)
    {
        if (thumbprint != key.Thumbprint)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Content(key.ToJwk().ToJsonString(), "application/jwk+json");
    }

    /// <summary>All keys, as a JSON web key set.</summary>
    [HttpGet("certificates/keys")]
    [HttpGet(".well-known/jwks.json")]
    public IActionResult Keys() => Content(new JsonObject { ["keys"] = new JsonArray(key.ToJwk()) }.ToJsonString(), "application/jwk-set+json");
}
