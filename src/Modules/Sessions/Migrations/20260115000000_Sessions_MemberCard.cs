using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260115000000_Sessions_MemberCard")]
internal sealed class SessionsMemberCard : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable("Sessions_MemberCard", table => new
    {
        PersonId = table.Column<Guid>(nullable: false),
        Issue = table.Column<int>(nullable: false),
        IssuedUtc = table.Column<DateTime>(nullable: false),
        IssuedBy = table.Column<string>(maxLength: 200, nullable: false),
    }, constraints: table =>
    {
        table.PrimaryKey("PK_Sessions_MemberCard", card => card.PersonId);
        table.ForeignKey("FK_Sessions_MemberCard_Organization_Person_PersonId", card => card.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
    });
}
