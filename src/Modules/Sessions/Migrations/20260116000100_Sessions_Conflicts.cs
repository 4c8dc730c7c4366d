using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260116000100_Sessions_Conflicts")]
internal sealed class SessionsConflicts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Sessions_ReviewedEvent", table => new
        {
            EventId = table.Column<Guid>(nullable: false),
            AtUtc = table.Column<DateTime>(nullable: false),
            UserId = table.Column<Guid>(nullable: true),
            UserName = table.Column<string>(maxLength: 200, nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_ReviewedEvent", review => review.EventId);
            table.ForeignKey("FK_Sessions_ReviewedEvent_Sessions_AttendanceEvent_EventId", review => review.EventId, "Sessions_AttendanceEvent", "Id", onDelete: ReferentialAction.Cascade);
        });

        migrationBuilder.CreateTable("Sessions_Appeal", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            SessionId = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            Number = table.Column<int>(nullable: false),
            Text = table.Column<string>(maxLength: 1000, nullable: false),
            CreatedUtc = table.Column<DateTime>(nullable: false),
            State = table.Column<string>(maxLength: 30, nullable: false),
            Answer = table.Column<string>(maxLength: 1000, nullable: true),
            DecidedUtc = table.Column<DateTime>(nullable: true),
            DecidedById = table.Column<Guid>(nullable: true),
            DecidedBy = table.Column<string>(maxLength: 200, nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Appeal", appeal => appeal.Id);
            table.ForeignKey("FK_Sessions_Appeal_Sessions_Invitation", appeal => new { appeal.SessionId, appeal.PersonId }, "Sessions_Invitation", ["SessionId", "PersonId"], onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_Appeal_SessionId_PersonId_Number", "Sessions_Appeal", ["SessionId", "PersonId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_Sessions_Appeal_DecidedUtc", "Sessions_Appeal", "DecidedUtc");

        // What a person must look at is rare: found without reading the whole log, and nothing to write for all other rows.
        migrationBuilder.CreateIndex("IX_Sessions_AttendanceEvent_SessionId_Flag", "Sessions_AttendanceEvent", ["SessionId", "Flag"], filter: "\"Flag\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Sessions_Attendance_SessionId", "Sessions_Attendance", "SessionId", filter: "\"HasConflict\"");
    }
}
