using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260115020000_Sessions_Paper")]
internal sealed class SessionsPaper : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Sessions_PaperNumber", table => new
        {
            PointId = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            Number = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_PaperNumber", number => new { number.PointId, number.PersonId });
            table.ForeignKey("FK_Sessions_PaperNumber_Sessions_Point_PointId", number => number.PointId, "Sessions_Point", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_PaperNumber_Organization_Person_PersonId", number => number.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_PaperNumber_PointId_Number", "Sessions_PaperNumber", ["PointId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_Sessions_PaperNumber_PersonId", "Sessions_PaperNumber", "PersonId");

        migrationBuilder.CreateTable("Sessions_PointPhoto", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            PointId = table.Column<Guid>(nullable: false),
            Sha256 = table.Column<string>(maxLength: 64, nullable: false),
            Type = table.Column<string>(maxLength: 30, nullable: false),
            Size = table.Column<long>(nullable: false),
            AddedUtc = table.Column<DateTime>(nullable: false),
            AddedBy = table.Column<string>(maxLength: 200, nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_PointPhoto", photo => photo.Id);
            table.ForeignKey("FK_Sessions_PointPhoto_Sessions_Point_PointId", photo => photo.PointId, "Sessions_Point", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_PointPhoto_PointId_Sha256", "Sessions_PointPhoto", ["PointId", "Sha256"], unique: true);
    }
}
