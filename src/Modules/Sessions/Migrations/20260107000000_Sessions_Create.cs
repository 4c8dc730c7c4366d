using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260107000000_Sessions_Create")]
internal sealed class SessionsCreate : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateSessions(migrationBuilder);
        CreatePoints(migrationBuilder);
        CreateAttendance(migrationBuilder);
    }

    private static void CreateSessions(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Sessions_Session", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            Code = table.Column<string>(maxLength: 40, nullable: false),
            Title = table.Column<string>(maxLength: 300, nullable: false),
            Description = table.Column<string>(maxLength: 4000, nullable: false),
            Mode = table.Column<string>(maxLength: 30, nullable: false),
            State = table.Column<string>(maxLength: 30, nullable: false),
            Reason = table.Column<string>(maxLength: 500, nullable: true),
            OrganizerPath = table.Column<string>(maxLength: 200, nullable: false),
            Organizers = table.Column<string>(maxLength: 500, nullable: false),
            Trainers = table.Column<string>(maxLength: 500, nullable: false),
            StartUtc = table.Column<DateTime>(nullable: false),
            EndUtc = table.Column<DateTime>(nullable: false),
            InvitedLevels = table.Column<string>(maxLength: 30, nullable: false),
            InvitedRoles = table.Column<string>(maxLength: 60, nullable: false),
            PublishedUtc = table.Column<DateTime>(nullable: true),
            OpenedUtc = table.Column<DateTime>(nullable: true),
            ClosedUtc = table.Column<DateTime>(nullable: true),
            ChangedUtc = table.Column<DateTime>(nullable: true),
            Sequence = table.Column<int>(nullable: false),
            Postponements = table.Column<int>(nullable: false),
            IsImported = table.Column<bool>(nullable: false),
            Revision = table.Column<int>(nullable: false),
            Version = table.Column<int>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Sessions_Session", session => session.Id));
        migrationBuilder.CreateIndex("IX_Sessions_Session_Code", "Sessions_Session", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_Sessions_Session_StartUtc", "Sessions_Session", "StartUtc");

        migrationBuilder.CreateTable("Sessions_Block", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            Number = table.Column<int>(nullable: false),
            StartUtc = table.Column<DateTime>(nullable: false),
            EndUtc = table.Column<DateTime>(nullable: false),
            Title = table.Column<string>(maxLength: 200, nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Block", block => new { block.SessionId, block.Number });
            table.ForeignKey("FK_Sessions_Block_Sessions_Session_SessionId", block => block.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
        });

        migrationBuilder.CreateTable("Sessions_Topic", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            Topic = table.Column<string>(maxLength: 10, nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Topic", topic => new { topic.SessionId, topic.Topic });
            table.ForeignKey("FK_Sessions_Topic_Sessions_Session_SessionId", topic => topic.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
        });

        migrationBuilder.CreateTable("Sessions_Invite", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            UnitCode = table.Column<string>(maxLength: 40, nullable: false),
            UnitPath = table.Column<string>(maxLength: 200, nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Invite", invite => new { invite.SessionId, invite.UnitCode });
            table.ForeignKey("FK_Sessions_Invite_Sessions_Session_SessionId", invite => invite.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
        });
    }

    private static void CreatePoints(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Sessions_Point", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            SessionId = table.Column<Guid>(nullable: false),
            Code = table.Column<string>(maxLength: 40, nullable: false),
            UnitId = table.Column<Guid>(nullable: true),
            Path = table.Column<string>(maxLength: 200, nullable: false),
            Name = table.Column<string>(maxLength: 300, nullable: false),
            Venue = table.Column<string>(maxLength: 300, nullable: true),
            Capacity = table.Column<int>(nullable: true),
            Link = table.Column<string>(maxLength: 500, nullable: true),
            State = table.Column<string>(maxLength: 30, nullable: false),
            ReasonCode = table.Column<string>(maxLength: 30, nullable: true),
            ReasonText = table.Column<string>(maxLength: 500, nullable: true),
            HeadCount = table.Column<int>(nullable: true),
            OnlineCount = table.Column<int>(nullable: true),
            TeamsPresent = table.Column<int>(nullable: true),
            ReportedInvited = table.Column<int>(nullable: true),
            ClosedUtc = table.Column<DateTime>(nullable: true),
            ClosedBy = table.Column<string>(maxLength: 200, nullable: true),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Point", point => point.Id);
            table.ForeignKey("FK_Sessions_Point_Sessions_Session_SessionId", point => point.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_Point_Organization_Unit_UnitId", point => point.UnitId, "Organization_Unit", "Id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Sessions_Point_SessionId_Code", "Sessions_Point", ["SessionId", "Code"], unique: true);
        migrationBuilder.CreateIndex("IX_Sessions_Point_UnitId", "Sessions_Point", "UnitId");

        migrationBuilder.CreateTable("Sessions_PointCoordinator", table => new
        {
            PointId = table.Column<Guid>(nullable: false),
            UserId = table.Column<Guid>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_PointCoordinator", coordinator => new { coordinator.PointId, coordinator.UserId });
            table.ForeignKey("FK_Sessions_PointCoordinator_Sessions_Point_PointId", coordinator => coordinator.PointId, "Sessions_Point", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_PointCoordinator_Kernel_User_UserId", coordinator => coordinator.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_PointCoordinator_UserId", "Sessions_PointCoordinator", "UserId");

        migrationBuilder.CreateTable("Sessions_PointStateChange", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            PointId = table.Column<Guid>(nullable: false),
            AtUtc = table.Column<DateTime>(nullable: false),
            UserId = table.Column<Guid>(nullable: true),
            UserName = table.Column<string>(maxLength: 200, nullable: false),
            From = table.Column<string>(maxLength: 30, nullable: false),
            To = table.Column<string>(maxLength: 30, nullable: false),
            ReasonCode = table.Column<string>(maxLength: 30, nullable: true),
            ReasonText = table.Column<string>(maxLength: 500, nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_PointStateChange", change => change.Id);
            table.ForeignKey("FK_Sessions_PointStateChange_Sessions_Point_PointId", change => change.PointId, "Sessions_Point", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_PointStateChange_PointId", "Sessions_PointStateChange", "PointId");

        migrationBuilder.CreateTable("Sessions_AbsenceReason", table => new
        {
            Code = table.Column<string>(maxLength: 30, nullable: false),
            Name = table.Column<string>(maxLength: 200, nullable: false),
            Order = table.Column<int>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Sessions_AbsenceReason", reason => reason.Code));
        migrationBuilder.Sql("""
            INSERT INTO "Sessions_AbsenceReason" ("Code", "Name", "Order") VALUES
            ('mat-dien', 'mất điện', 1),
            ('mat-mang', 'mất mạng, đường truyền hỏng', 2),
            ('thien-tai', 'thiên tai, mưa lũ', 3),
            ('trung-lich', 'trùng lịch', 4),
            ('khac', 'lý do khác', 5)
            """);
    }

    private static void CreateAttendance(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Sessions_Invitation", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            PointId = table.Column<Guid>(nullable: false),
            TeamId = table.Column<Guid>(nullable: false),
            TeamCode = table.Column<string>(maxLength: 60, nullable: false),
            TeamName = table.Column<string>(maxLength: 300, nullable: false),
            UnitPath = table.Column<string>(maxLength: 200, nullable: false),
            CommuneCode = table.Column<string>(maxLength: 40, nullable: true),
            Role = table.Column<string>(maxLength: 30, nullable: false),
            IsWalkIn = table.Column<bool>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Invitation", invitation => new { invitation.SessionId, invitation.PersonId });
            table.ForeignKey("FK_Sessions_Invitation_Sessions_Session_SessionId", invitation => invitation.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_Invitation_Organization_Person_PersonId", invitation => invitation.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_Invitation_Sessions_Point_PointId", invitation => invitation.PointId, "Sessions_Point", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_Invitation_Organization_Team_TeamId", invitation => invitation.TeamId, "Organization_Team", "Id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Sessions_Invitation_PersonId", "Sessions_Invitation", "PersonId");
        migrationBuilder.CreateIndex("IX_Sessions_Invitation_PointId", "Sessions_Invitation", "PointId");
        migrationBuilder.CreateIndex("IX_Sessions_Invitation_TeamId", "Sessions_Invitation", "TeamId");

        migrationBuilder.CreateTable("Sessions_AttendanceEvent", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            SessionId = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            PointId = table.Column<Guid>(nullable: false),
            Kind = table.Column<string>(maxLength: 30, nullable: false),
            Status = table.Column<string>(maxLength: 30, nullable: true),
            Method = table.Column<string>(maxLength: 30, nullable: false),
            AtUtc = table.Column<DateTime>(nullable: false),
            ReceivedUtc = table.Column<DateTime>(nullable: false),
            UserId = table.Column<Guid>(nullable: true),
            Device = table.Column<string>(maxLength: 60, nullable: false),
            Block = table.Column<int>(nullable: true),
            Minutes = table.Column<int>(nullable: true),
            Note = table.Column<string>(maxLength: 500, nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_AttendanceEvent", fact => fact.Id);
            table.ForeignKey("FK_Sessions_AttendanceEvent_Sessions_Invitation", fact => new { fact.SessionId, fact.PersonId }, "Sessions_Invitation", ["SessionId", "PersonId"], onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_AttendanceEvent_SessionId_PersonId", "Sessions_AttendanceEvent", ["SessionId", "PersonId"]);

        migrationBuilder.CreateTable("Sessions_Attendance", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            PointId = table.Column<Guid>(nullable: false),
            Status = table.Column<string>(maxLength: 30, nullable: false),
            Minutes = table.Column<int>(nullable: false),
            FirstInUtc = table.Column<DateTime>(nullable: true),
            LastOutUtc = table.Column<DateTime>(nullable: true),
            Method = table.Column<string>(maxLength: 30, nullable: false),
            HasConflict = table.Column<bool>(nullable: false),
            EventCount = table.Column<int>(nullable: false),
            UpdatedUtc = table.Column<DateTime>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Attendance", attendance => new { attendance.SessionId, attendance.PersonId });
            table.ForeignKey("FK_Sessions_Attendance_Sessions_Invitation_SessionId_PersonId", attendance => new { attendance.SessionId, attendance.PersonId }, "Sessions_Invitation", ["SessionId", "PersonId"], onDelete: ReferentialAction.Cascade);
        });
    }
}
