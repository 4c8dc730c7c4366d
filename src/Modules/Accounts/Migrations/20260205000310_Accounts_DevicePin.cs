using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Accounts.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260205000310_Accounts_DevicePin")]
internal sealed class AccountsDevicePin : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Accounts_DevicePin", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            UserId = table.Column<Guid>(nullable: false),
            Device = table.Column<string>(maxLength: 100, nullable: false),
            TokenHash = table.Column<string>(maxLength: 64, nullable: false),
            PinHash = table.Column<string>(maxLength: 200, nullable: false),
            Stamp = table.Column<string>(maxLength: 100, nullable: false),
            Failures = table.Column<int>(nullable: false),
            CreatedUtc = table.Column<DateTime>(nullable: false),
            LastUsedUtc = table.Column<DateTime>(nullable: true),
            RevokedUtc = table.Column<DateTime>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Accounts_DevicePin", pin => pin.Id);
            table.ForeignKey("FK_Accounts_DevicePin_Kernel_User_UserId", pin => pin.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Accounts_DevicePin_UserId", "Accounts_DevicePin", "UserId");
    }
}
