using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Organization.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260102000000_Organization_Create")]
internal sealed class OrganizationCreate : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Organization_Unit", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            Code = table.Column<string>(maxLength: 40, nullable: false),
            ParentId = table.Column<Guid>(nullable: true),
            Level = table.Column<string>(maxLength: 30, nullable: false),
            Name = table.Column<string>(maxLength: 200, nullable: false),
            NameFolded = table.Column<string>(maxLength: 200, nullable: false),
            FullName = table.Column<string>(maxLength: 500, nullable: false),
            Path = table.Column<string>(maxLength: 200, nullable: false),
            ValidFrom = table.Column<DateOnly>(nullable: false),
            ValidTo = table.Column<DateOnly>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Organization_Unit", unit => unit.Id);
            table.ForeignKey("FK_Organization_Unit_Organization_Unit_ParentId", unit => unit.ParentId, "Organization_Unit", "Id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Organization_Unit_Code_ValidFrom", "Organization_Unit", ["Code", "ValidFrom"], unique: true);
        migrationBuilder.CreateIndex("IX_Organization_Unit_ParentId", "Organization_Unit", "ParentId");
        migrationBuilder.CreateIndex("IX_Organization_Unit_Path", "Organization_Unit", "Path");

        migrationBuilder.CreateTable("Organization_Team", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            Code = table.Column<string>(maxLength: 60, nullable: false),
            UnitId = table.Column<Guid>(nullable: false),
            Name = table.Column<string>(maxLength: 300, nullable: false),
            NameFolded = table.Column<string>(maxLength: 300, nullable: false),
            State = table.Column<string>(maxLength: 30, nullable: false),
            DecisionNumber = table.Column<string>(maxLength: 60, nullable: true),
            DecisionSigner = table.Column<string>(maxLength: 200, nullable: true),
            ValidFrom = table.Column<DateOnly>(nullable: false),
            ValidTo = table.Column<DateOnly>(nullable: true),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Organization_Team", team => team.Id);
            table.ForeignKey("FK_Organization_Team_Organization_Unit_UnitId", team => team.UnitId, "Organization_Unit", "Id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Organization_Team_Code", "Organization_Team", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_Organization_Team_UnitId", "Organization_Team", "UnitId");

        migrationBuilder.CreateTable("Organization_Person", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            Code = table.Column<string>(maxLength: 40, nullable: false),
            FullName = table.Column<string>(maxLength: 100, nullable: false),
            FullNameFolded = table.Column<string>(maxLength: 100, nullable: false),
            SortName = table.Column<string>(maxLength: 100, nullable: false),
            Gender = table.Column<string>(maxLength: 10, nullable: true),
            BirthYear = table.Column<int>(nullable: true),
            BirthDate = table.Column<DateOnly>(nullable: true),
            Occupation = table.Column<string>(maxLength: 200, nullable: true),
            Phone = table.Column<string>(maxLength: 20, nullable: true),
            Email = table.Column<string>(maxLength: 256, nullable: true),
            HasSmartphone = table.Column<bool>(nullable: true),
            UserId = table.Column<Guid>(nullable: true),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Organization_Person", person => person.Id);
            table.ForeignKey("FK_Organization_Person_Kernel_User_UserId", person => person.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_Organization_Person_Code", "Organization_Person", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_Organization_Person_SortName", "Organization_Person", "SortName");
        migrationBuilder.CreateIndex("IX_Organization_Person_Phone", "Organization_Person", "Phone");
        migrationBuilder.CreateIndex("IX_Organization_Person_UserId", "Organization_Person", "UserId");

        migrationBuilder.CreateTable("Organization_Membership", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            TeamId = table.Column<Guid>(nullable: false),
            Role = table.Column<string>(maxLength: 30, nullable: false),
            ValidFrom = table.Column<DateOnly>(nullable: false),
            ValidTo = table.Column<DateOnly>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Organization_Membership", membership => membership.Id);
            table.ForeignKey("FK_Organization_Membership_Organization_Person_PersonId", membership => membership.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Organization_Membership_Organization_Team_TeamId", membership => membership.TeamId, "Organization_Team", "Id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Organization_Membership_PersonId_TeamId_ValidFrom", "Organization_Membership", ["PersonId", "TeamId", "ValidFrom"], unique: true);
        migrationBuilder.CreateIndex("IX_Organization_Membership_TeamId", "Organization_Membership", "TeamId");

        migrationBuilder.CreateTable("Organization_TeamSizeLimit", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            ScopePath = table.Column<string>(maxLength: 200, nullable: false),
            Minimum = table.Column<int>(nullable: false),
            Maximum = table.Column<int>(nullable: false),
            ValidFrom = table.Column<DateOnly>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Organization_TeamSizeLimit", limit => limit.Id));
        migrationBuilder.CreateIndex("IX_Organization_TeamSizeLimit_ScopePath_ValidFrom", "Organization_TeamSizeLimit", ["ScopePath", "ValidFrom"], unique: true);
    }
}
