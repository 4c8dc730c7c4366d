using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace TrainingSite.Kernel.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260101000000_Kernel_Create")]
internal sealed class KernelCreate : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Kernel_User", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            DisplayName = table.Column<string>(maxLength: 200, nullable: false),
            CreatedUtc = table.Column<DateTime>(nullable: false),
            LastSignInUtc = table.Column<DateTime>(nullable: true),
            UserName = table.Column<string>(maxLength: 256, nullable: true),
            NormalizedUserName = table.Column<string>(maxLength: 256, nullable: true),
            Email = table.Column<string>(maxLength: 256, nullable: true),
            NormalizedEmail = table.Column<string>(maxLength: 256, nullable: true),
            EmailConfirmed = table.Column<bool>(nullable: false),
            PasswordHash = table.Column<string>(nullable: true),
            SecurityStamp = table.Column<string>(nullable: true),
            ConcurrencyStamp = table.Column<string>(nullable: true),
            PhoneNumber = table.Column<string>(maxLength: 20, nullable: true),
            PhoneNumberConfirmed = table.Column<bool>(nullable: false),
            TwoFactorEnabled = table.Column<bool>(nullable: false),
            LockoutEnd = table.Column<DateTimeOffset>(nullable: true),
            LockoutEnabled = table.Column<bool>(nullable: false),
            AccessFailedCount = table.Column<int>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Kernel_User", user => user.Id));
        migrationBuilder.CreateIndex("IX_Kernel_User_NormalizedUserName", "Kernel_User", "NormalizedUserName", unique: true);
        migrationBuilder.CreateIndex("IX_Kernel_User_NormalizedEmail", "Kernel_User", "NormalizedEmail");
        migrationBuilder.CreateIndex("IX_Kernel_User_PhoneNumber", "Kernel_User", "PhoneNumber");

        migrationBuilder.CreateTable("Kernel_UserClaim", table => new
        {
            Id = table.Column<int>(nullable: false)
                .Annotation("Sqlite:Autoincrement", true)
                .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            UserId = table.Column<Guid>(nullable: false),
            ClaimType = table.Column<string>(nullable: true),
            ClaimValue = table.Column<string>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Kernel_UserClaim", claim => claim.Id);
            table.ForeignKey("FK_Kernel_UserClaim_Kernel_User_UserId", claim => claim.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Kernel_UserClaim_UserId", "Kernel_UserClaim", "UserId");

        migrationBuilder.CreateTable("Kernel_UserLogin", table => new
        {
            LoginProvider = table.Column<string>(nullable: false),
            ProviderKey = table.Column<string>(nullable: false),
            ProviderDisplayName = table.Column<string>(nullable: true),
            UserId = table.Column<Guid>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Kernel_UserLogin", login => new { login.LoginProvider, login.ProviderKey });
            table.ForeignKey("FK_Kernel_UserLogin_Kernel_User_UserId", login => login.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Kernel_UserLogin_UserId", "Kernel_UserLogin", "UserId");

        migrationBuilder.CreateTable("Kernel_UserToken", table => new
        {
            UserId = table.Column<Guid>(nullable: false),
            LoginProvider = table.Column<string>(nullable: false),
            Name = table.Column<string>(nullable: false),
            Value = table.Column<string>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Kernel_UserToken", token => new { token.UserId, token.LoginProvider, token.Name });
            table.ForeignKey("FK_Kernel_UserToken_Kernel_User_UserId", token => token.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.Cascade);
        });
    }
}
