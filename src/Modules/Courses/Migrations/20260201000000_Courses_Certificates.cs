using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260201000000_Courses_Certificates")]
internal sealed class CoursesCertificates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Courses_CertificateDesign", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            UnitPath = table.Column<string>(maxLength: 200, nullable: false),
            Issuer = table.Column<string>(maxLength: 150, nullable: false),
            Title = table.Column<string>(maxLength: 80, nullable: false),
            Intro = table.Column<string>(maxLength: 150, nullable: false),
            Body = table.Column<string>(maxLength: 150, nullable: false),
            Place = table.Column<string>(maxLength: 80, nullable: false),
            SignerTitle = table.Column<string>(maxLength: 80, nullable: false),
            SignerName = table.Column<string>(maxLength: 80, nullable: false),
            Primary = table.Column<string>(maxLength: 7, nullable: false),
            Accent = table.Column<string>(maxLength: 7, nullable: false),
            WrittenBy = table.Column<string>(maxLength: 200, nullable: false),
            WrittenUtc = table.Column<DateTime>(nullable: false),
            RetiredUtc = table.Column<DateTime>(nullable: true),
        }, constraints: table => table.PrimaryKey("PK_Courses_CertificateDesign", design => design.Id));
        migrationBuilder.CreateIndex("IX_Courses_CertificateDesign_Current", "Courses_CertificateDesign", "UnitPath", unique: true, filter: "\"RetiredUtc\" IS NULL");

        migrationBuilder.CreateTable("Courses_Certificate", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            CompletionId = table.Column<Guid>(nullable: false),
            Code = table.Column<string>(maxLength: 20, nullable: false),
            Year = table.Column<int>(nullable: false),
            Sequence = table.Column<int>(nullable: false),
            CourseTitle = table.Column<string>(maxLength: 200, nullable: false),
            DesignId = table.Column<Guid>(nullable: true),
            IssuedUtc = table.Column<DateTime>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_Certificate", certificate => certificate.Id);
            table.ForeignKey("FK_Courses_Certificate_Courses_Completion_CompletionId", certificate => certificate.CompletionId, "Courses_Completion", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_Certificate_Courses_CertificateDesign_DesignId", certificate => certificate.DesignId, "Courses_CertificateDesign", "Id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Courses_Certificate_CompletionId", "Courses_Certificate", "CompletionId", unique: true);
        migrationBuilder.CreateIndex("IX_Courses_Certificate_Code", "Courses_Certificate", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_Courses_Certificate_Year_Sequence", "Courses_Certificate", ["Year", "Sequence"], unique: true);
        migrationBuilder.CreateIndex("IX_Courses_Certificate_DesignId", "Courses_Certificate", "DesignId");
    }
}
