using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Library.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260105000000_Library_Create")]
internal sealed class LibraryCreate : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Library_Document", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            Title = table.Column<string>(maxLength: 300, nullable: false),
            Number = table.Column<string>(maxLength: 60, nullable: true),
            Issuer = table.Column<string>(maxLength: 200, nullable: true),
            IssuedOn = table.Column<DateOnly>(nullable: true),
            Kind = table.Column<string>(maxLength: 30, nullable: false),
            Topic = table.Column<string>(maxLength: 10, nullable: true),
            Visibility = table.Column<string>(maxLength: 30, nullable: false),
            UnitPath = table.Column<string>(maxLength: 200, nullable: true),
            UnitName = table.Column<string>(maxLength: 500, nullable: true),
            FileName = table.Column<string>(maxLength: 200, nullable: false),
            Format = table.Column<string>(maxLength: 30, nullable: false),
            Size = table.Column<long>(nullable: false),
            Sha256 = table.Column<string>(maxLength: 64, nullable: false),
            TextState = table.Column<string>(maxLength: 30, nullable: false),
            TextProblem = table.Column<string>(maxLength: 500, nullable: true),
            PageCount = table.Column<int>(nullable: false),
            CreatedUtc = table.Column<DateTime>(nullable: false),
            CreatedById = table.Column<Guid>(nullable: true),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Library_Document", document => document.Id);
            table.ForeignKey("FK_Library_Document_Kernel_User_CreatedById", document => document.CreatedById, "Kernel_User", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_Library_Document_Sha256", "Library_Document", "Sha256", unique: true);
        migrationBuilder.CreateIndex("IX_Library_Document_CreatedById", "Library_Document", "CreatedById");
        migrationBuilder.CreateIndex("IX_Library_Document_CreatedUtc", "Library_Document", "CreatedUtc");
        migrationBuilder.CreateIndex("IX_Library_Document_TextState", "Library_Document", "TextState");

        migrationBuilder.CreateTable("Library_DocumentText", table => new
        {
            DocumentId = table.Column<Guid>(nullable: false),
            PageNumber = table.Column<int>(nullable: false),
            Text = table.Column<string>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Library_DocumentText", text => new { text.DocumentId, text.PageNumber });
            table.ForeignKey("FK_Library_DocumentText_Library_Document_DocumentId", text => text.DocumentId, "Library_Document", "Id", onDelete: ReferentialAction.Cascade);
        });
    }
}
