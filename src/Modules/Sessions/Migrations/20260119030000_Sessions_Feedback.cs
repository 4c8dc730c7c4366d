using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260119030000_Sessions_Feedback")]
internal sealed class SessionsFeedback : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Sessions_Feedback", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            PointId = table.Column<Guid>(nullable: false),
            Understanding = table.Column<int>(nullable: false),
            Guidance = table.Column<int>(nullable: false),
            Organization = table.Column<int>(nullable: false),
            Words = table.Column<string>(maxLength: 1000, nullable: true),
            GivenUtc = table.Column<DateTime>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Feedback", feedback => new { feedback.SessionId, feedback.PersonId });
            table.ForeignKey("FK_Sessions_Feedback_Sessions_Session_SessionId", feedback => feedback.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_Feedback_Organization_Person_PersonId", feedback => feedback.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_Feedback_Sessions_Point_PointId", feedback => feedback.PointId, "Sessions_Point", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_Feedback_PersonId", "Sessions_Feedback", "PersonId");
        migrationBuilder.CreateIndex("IX_Sessions_Feedback_PointId", "Sessions_Feedback", "PointId");
    }
}
