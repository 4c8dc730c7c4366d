using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace TrainingSite.Notifications.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260103000000_Notifications_Create")]
internal sealed class NotificationsCreate : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Notifications_Message", table => new
        {
            Id = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Rule = table.Column<string>(maxLength: 60, nullable: false),
            Subject = table.Column<string>(maxLength: 120, nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            UserId = table.Column<Guid>(nullable: true),
            Channel = table.Column<string>(maxLength: 30, nullable: false),
            Address = table.Column<string>(maxLength: 256, nullable: true),
            DueUtc = table.Column<DateTime>(nullable: false),
            State = table.Column<string>(maxLength: 30, nullable: false),
            Attempts = table.Column<int>(nullable: false),
            NextTryUtc = table.Column<DateTime>(nullable: true),
            SentUtc = table.Column<DateTime>(nullable: true),
            ReadUtc = table.Column<DateTime>(nullable: true),
            Title = table.Column<string>(maxLength: 300, nullable: true),
            Text = table.Column<string>(nullable: true),
            Url = table.Column<string>(maxLength: 500, nullable: true),
            Error = table.Column<string>(maxLength: 1000, nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Notifications_Message", message => message.Id);
            table.ForeignKey("FK_Notifications_Message_Kernel_User_UserId", message => message.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_Notifications_Message_Rule_Subject_PersonId_Channel", "Notifications_Message", ["Rule", "Subject", "PersonId", "Channel"], unique: true);
        migrationBuilder.CreateIndex("IX_Notifications_Message_Channel_NextTryUtc", "Notifications_Message", ["Channel", "NextTryUtc"]);
        migrationBuilder.CreateIndex("IX_Notifications_Message_PersonId_Channel", "Notifications_Message", ["PersonId", "Channel"]);
        migrationBuilder.CreateIndex("IX_Notifications_Message_UserId", "Notifications_Message", "UserId");
    }
}
