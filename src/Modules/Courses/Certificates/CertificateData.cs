namespace TrainingSite.Courses.Certificates;

/// <summary>The sub-feature's tables.</summary>
public static class CertificateData
{
    extension(SiteDbContext db)
    {
        /// <summary>Certificates, those of revoked completions too.</summary>
        public DbSet<Certificate> Certificates => db.Set<Certificate>();

        /// <summary>Designs, retired ones too.</summary>
        public DbSet<CertificateDesign> CertificateDesigns => db.Set<CertificateDesign>();
    }
}
