using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using TrainingSite.Courses.Certificates;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Badges;

/// <summary>
/// Writes a certificate as an Open Badges 3.0 credential, signed in the compact form that the standard allows (VC-JWT, ES256): the
/// credential itself is the payload, with the registered claims beside its members.
/// </summary>
public sealed class BadgeWriter(SiteDbContext db, BadgeKey key, IConfiguration configuration)
{
    /// <summary>Media type of the file.</summary>
    public const string MediaType = "application/vc+jwt";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _baseUrl = (configuration["Site:BaseUrl"] ?? "").TrimEnd('/');

    /// <summary>The signed credential of a certificate.</summary>
    public async Task<string> WriteAsync(CertificatePaper paper, CancellationToken cancellationToken)
    {
        var courseId = await db.Completions.Where(completion => completion.Id == paper.Certificate.CompletionId).Select(completion => completion.CourseId).SingleAsync(cancellationToken);
        var course = await db.Courses.AsNoTracking().Where(row => row.Id == courseId).Select(row => new { row.Slug, row.Summary, row.Outcomes }).SingleAsync(cancellationToken);
        var header = new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = key.Address };
        var id = $"{_baseUrl}/certificates/{paper.Certificate.Code}";
        var issuer = $"{_baseUrl}/";
        var subject = $"urn:uuid:{paper.PersonId}";
        var credential = new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"),
            ["id"] = id,
            ["type"] = new JsonArray("VerifiableCredential", "OpenBadgeCredential"),
            ["name"] = paper.Certificate.CourseTitle,
            ["issuer"] = new JsonObject { ["id"] = issuer, ["type"] = new JsonArray("Profile"), ["name"] = paper.Design.Issuer, ["url"] = issuer },
            ["validFrom"] = Time(paper.CompletedUtc),
            ["credentialSubject"] = new JsonObject
            {
                ["id"] = subject,
                ["type"] = new JsonArray("AchievementSubject"),
                ["identifier"] = new JsonArray(new JsonObject { ["type"] = "IdentityObject", ["identityHash"] = paper.PersonName, ["identityType"] = "name", ["hashed"] = false }),
                ["achievement"] = new JsonObject
                {
                    ["id"] = $"{_baseUrl}/courses/{course.Slug}",
                    ["type"] = new JsonArray("Achievement"),
                    ["achievementType"] = "Course",
                    ["name"] = paper.Certificate.CourseTitle,
                    ["description"] = course.Summary,
                    ["criteria"] = new JsonObject { ["id"] = $"{_baseUrl}/courses/{course.Slug}", ["narrative"] = course.Outcomes.Length > 0 ? course.Outcomes : course.Summary },
                },
            },
            ["iss"] = issuer,
            ["jti"] = id,
            ["sub"] = subject,
            ["nbf"] = Seconds(paper.CompletedUtc),
        };
        if (paper.ExpiresUtc is { } expires)
        {
            credential["validUntil"] = Time(expires);
            credential["exp"] = Seconds(expires);
        }

        return key.Sign(JsonSerializer.SerializeToUtf8Bytes(header, Json), JsonSerializer.SerializeToUtf8Bytes(credential, Json));
    }

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static long Seconds(DateTime utc) => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToUnixTimeSeconds();
}
