using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260119040000_Sessions_Budget")]
internal sealed class SessionsBudget : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Sessions_BudgetLine", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            SessionId = table.Column<Guid>(nullable: false),
            PointId = table.Column<Guid>(nullable: true),
            Kind = table.Column<string>(maxLength: 30, nullable: false),
            Text = table.Column<string>(maxLength: 200, nullable: false),
            Quantity = table.Column<int>(nullable: false),
            Amount = table.Column<long>(nullable: false),
            EnteredBy = table.Column<string>(maxLength: 200, nullable: false),
            EnteredUtc = table.Column<DateTime>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_BudgetLine", line => line.Id);
            table.ForeignKey("FK_Sessions_BudgetLine_Sessions_Session_SessionId", line => line.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_BudgetLine_Sessions_Point_PointId", line => line.PointId, "Sessions_Point", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_BudgetLine_SessionId", "Sessions_BudgetLine", "SessionId");
        migrationBuilder.CreateIndex("IX_Sessions_BudgetLine_PointId", "Sessions_BudgetLine", "PointId");

        migrationBuilder.CreateTable("Sessions_Equipment", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            PointId = table.Column<Guid>(nullable: false),
            Name = table.Column<string>(maxLength: 200, nullable: false),
            Quantity = table.Column<int>(nullable: false),
            IsReady = table.Column<bool>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Equipment", equipment => equipment.Id);
            table.ForeignKey("FK_Sessions_Equipment_Sessions_Point_PointId", equipment => equipment.PointId, "Sessions_Point", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_Equipment_PointId", "Sessions_Equipment", "PointId");
    }
}
