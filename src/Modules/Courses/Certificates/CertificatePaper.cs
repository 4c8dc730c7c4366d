namespace TrainingSite.Courses.Certificates;

/// <summary>Whether a certificate holds.</summary>
public enum CertificateState
{
    /// <summary>It does.</summary>
    Valid,

    /// <summary>It did, until its day.</summary>
    Expired,

    /// <summary>The completion no longer holds.</summary>
    Revoked,
}

/// <summary>What stands on a certificate, and whether it holds.</summary>
/// <param name="Certificate">Number, code, course.</param>
/// <param name="PersonId">Who.</param>
/// <param name="PersonName">Name as it is known today, so that a corrected one is printed right.</param>
/// <param name="CompletedUtc">When the course was completed, UTC.</param>
/// <param name="ExpiresUtc">When that ends, UTC: the midnight after its last day; null for never.</param>
/// <param name="RevokedUtc">Since when that no longer holds, UTC.</param>
/// <param name="WrittenDesign">Words and colours; null for those that the site begins with.</param>
public sealed record CertificatePaper(Certificate Certificate, Guid PersonId, string PersonName, DateTime CompletedUtc, DateTime? ExpiresUtc, DateTime? RevokedUtc, CertificateDesign? WrittenDesign)
{
    /// <summary>Words and colours.</summary>
    public CertificateDesign Design => WrittenDesign ?? CertificateDesign.Initial;

    /// <summary>Whether it holds at a time.</summary>
    public CertificateState StateAt(DateTime utcNow) =>
        RevokedUtc is not null ? CertificateState.Revoked : ExpiresUtc <= utcNow ? CertificateState.Expired : CertificateState.Valid;
}
