using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260117000000_Sessions_Registration")]
internal sealed class SessionsRegistration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Response", "Sessions_Invitation", maxLength: 30, nullable: false, defaultValue: "None");
        migrationBuilder.AddColumn<string>("ResponseReason", "Sessions_Invitation", maxLength: 500, nullable: true);
        migrationBuilder.AddColumn<DateTime>("RespondedUtc", "Sessions_Invitation", nullable: true);
        migrationBuilder.AddColumn<Guid>("RespondedBy", "Sessions_Invitation", nullable: true);
        migrationBuilder.AddColumn<string>("RespondedByName", "Sessions_Invitation", maxLength: 200, nullable: true);
        migrationBuilder.AddColumn<int>("QueueNumber", "Sessions_Invitation", nullable: true);
        migrationBuilder.AddColumn<DateTime>("PromotedUtc", "Sessions_Invitation", nullable: true);
        migrationBuilder.AddColumn<Guid>("MovedFromId", "Sessions_Invitation", nullable: true);
        migrationBuilder.CreateIndex("IX_Sessions_Invitation_SessionId_QueueNumber", "Sessions_Invitation", ["SessionId", "QueueNumber"], filter: "\"Response\" = 'Waiting'");

        migrationBuilder.AddColumn<Guid>("SeriesId", "Sessions_Session", nullable: true);
        migrationBuilder.AddColumn<int>("SeatsPerTeam", "Sessions_Session", nullable: true);
        migrationBuilder.AddColumn<int>("Answers", "Sessions_Session", nullable: false, defaultValue: 0);
        migrationBuilder.CreateIndex("IX_Sessions_Session_SeriesId", "Sessions_Session", "SeriesId");

        migrationBuilder.CreateTable("Sessions_Series", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            Code = table.Column<string>(maxLength: 40, nullable: false),
            Title = table.Column<string>(maxLength: 300, nullable: false),
            Description = table.Column<string>(maxLength: 4000, nullable: false),
            OrganizerPath = table.Column<string>(maxLength: 200, nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Sessions_Series", series => series.Id));
        migrationBuilder.CreateIndex("IX_Sessions_Series_Code", "Sessions_Series", "Code", unique: true);

        migrationBuilder.CreateTable("Sessions_TeamRelease", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            TeamId = table.Column<Guid>(nullable: false),
            Seats = table.Column<int>(nullable: false),
            AtUtc = table.Column<DateTime>(nullable: false),
            UserName = table.Column<string>(maxLength: 200, nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_TeamRelease", release => new { release.SessionId, release.TeamId });
            table.ForeignKey("FK_Sessions_TeamRelease_Sessions_Session_SessionId", release => release.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_TeamRelease_Organization_Team_TeamId", release => release.TeamId, "Organization_Team", "Id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Sessions_TeamRelease_TeamId", "Sessions_TeamRelease", "TeamId");
    }
}
