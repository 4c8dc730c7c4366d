using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260114000000_Sessions_Guest")]
internal sealed class SessionsGuest : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Sessions_Guest", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            PointId = table.Column<Guid>(nullable: false),
            Name = table.Column<string>(maxLength: 200, nullable: false),
            Phone = table.Column<string>(maxLength: 60, nullable: true),
            Village = table.Column<string>(maxLength: 200, nullable: true),
            AtUtc = table.Column<DateTime>(nullable: false),
            ReceivedUtc = table.Column<DateTime>(nullable: false),
            UserId = table.Column<Guid>(nullable: true),
            Device = table.Column<string>(maxLength: 60, nullable: false),
            PersonId = table.Column<Guid>(nullable: true),
            SettledUtc = table.Column<DateTime>(nullable: true),
            SettledBy = table.Column<string>(maxLength: 200, nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Guest", guest => guest.Id);
            table.ForeignKey("FK_Sessions_Guest_Sessions_Point_PointId", guest => guest.PointId, "Sessions_Point", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_Guest_Organization_Person_PersonId", guest => guest.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Sessions_Guest_PointId", "Sessions_Guest", "PointId");
        migrationBuilder.CreateIndex("IX_Sessions_Guest_PersonId", "Sessions_Guest", "PersonId");
    }
}
