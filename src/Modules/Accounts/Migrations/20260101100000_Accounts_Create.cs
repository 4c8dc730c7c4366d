using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Accounts.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260101100000_Accounts_Create")]
internal sealed class AccountsCreate : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Accounts_Account", table => new
        {
            UserId = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: true),
            NameFolded = table.Column<string>(maxLength: 200, nullable: false),
            SortName = table.Column<string>(maxLength: 200, nullable: false),
            DisabledUtc = table.Column<DateTime>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Accounts_Account", account => account.UserId);
            table.ForeignKey("FK_Accounts_Account_Kernel_User_UserId", account => account.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Accounts_Account_PersonId", "Accounts_Account", "PersonId", unique: true);
        migrationBuilder.CreateIndex("IX_Accounts_Account_SortName", "Accounts_Account", "SortName");

        migrationBuilder.CreateTable("Accounts_Grant", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            UserId = table.Column<Guid>(nullable: false),
            Role = table.Column<string>(maxLength: 30, nullable: false),
            UnitPath = table.Column<string>(maxLength: 200, nullable: false),
            UnitName = table.Column<string>(maxLength: 500, nullable: false),
            ValidFrom = table.Column<DateOnly>(nullable: false),
            ValidTo = table.Column<DateOnly>(nullable: true),
            CreatedUtc = table.Column<DateTime>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Accounts_Grant", grant => grant.Id);
            table.ForeignKey("FK_Accounts_Grant_Kernel_User_UserId", grant => grant.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Accounts_Grant_UserId_Role_UnitPath_ValidFrom", "Accounts_Grant", ["UserId", "Role", "UnitPath", "ValidFrom"], unique: true);
        migrationBuilder.CreateIndex("IX_Accounts_Grant_UnitPath", "Accounts_Grant", "UnitPath");

        migrationBuilder.CreateTable("Accounts_ActivationCode", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            UserId = table.Column<Guid>(nullable: false),
            CodeHash = table.Column<string>(maxLength: 200, nullable: false),
            CreatedUtc = table.Column<DateTime>(nullable: false),
            ExpiresUtc = table.Column<DateTime>(nullable: false),
            UsedUtc = table.Column<DateTime>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Accounts_ActivationCode", code => code.Id);
            table.ForeignKey("FK_Accounts_ActivationCode_Kernel_User_UserId", code => code.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Accounts_ActivationCode_UserId", "Accounts_ActivationCode", "UserId");

        migrationBuilder.CreateTable("Accounts_ApiToken", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            UserId = table.Column<Guid>(nullable: false),
            Name = table.Column<string>(maxLength: 100, nullable: false),
            TokenHash = table.Column<string>(maxLength: 64, nullable: false),
            CreatedUtc = table.Column<DateTime>(nullable: false),
            ExpiresUtc = table.Column<DateTime>(nullable: false),
            LastUsedUtc = table.Column<DateTime>(nullable: true),
            RevokedUtc = table.Column<DateTime>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Accounts_ApiToken", token => token.Id);
            table.ForeignKey("FK_Accounts_ApiToken_Kernel_User_UserId", token => token.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Accounts_ApiToken_TokenHash", "Accounts_ApiToken", "TokenHash", unique: true);
        migrationBuilder.CreateIndex("IX_Accounts_ApiToken_UserId", "Accounts_ApiToken", "UserId");
    }
}
