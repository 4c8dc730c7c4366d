using System.Text;
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

    /// <summary>The keys as a JSON web key set (RFC 7517).</summary>
    [HttpGet("certificates/keys")]
    [HttpGet(".well-known/jwks.json")]
    public IActionResult Keys()
    {
        var jwk = key.Public;
        return Json(new { keys = new[] { new { kty = jwk.Kty, crv = jwk.Crv, x = jwk.X, y = jwk.Y, use = jwk.Use, alg = jwk.Alg, kid = jwk.Kid } } });
    }
}
