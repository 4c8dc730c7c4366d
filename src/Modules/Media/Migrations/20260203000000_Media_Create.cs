using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Media.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260203000000_Media_Create")]
internal sealed class MediaCreate : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Media_Folder", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            Name = table.Column<string>(maxLength: 100, nullable: false),
            UnitPath = table.Column<string>(maxLength: 200, nullable: true),
            UnitName = table.Column<string>(maxLength: 500, nullable: true),
            Version = table.Column<int>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Media_Folder", folder => folder.Id));
        migrationBuilder.CreateIndex("IX_Media_Folder_Name", "Media_Folder", "Name", unique: true);

        migrationBuilder.CreateTable("Media_File", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            FolderId = table.Column<Guid>(nullable: false),
            Name = table.Column<string>(maxLength: 120, nullable: false),
            Description = table.Column<string>(maxLength: 300, nullable: false),
            Kind = table.Column<string>(maxLength: 30, nullable: false),
            Format = table.Column<string>(maxLength: 30, nullable: false),
            Size = table.Column<long>(nullable: false),
            Sha256 = table.Column<string>(maxLength: 64, nullable: false),
            Width = table.Column<int>(nullable: false),
            Height = table.Column<int>(nullable: false),
            CaptionsId = table.Column<Guid>(nullable: true),
            CreatedUtc = table.Column<DateTime>(nullable: false),
            CreatedById = table.Column<Guid>(nullable: true),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Media_File", file => file.Id);
            table.ForeignKey("FK_Media_File_Media_Folder_FolderId", file => file.FolderId, "Media_Folder", "Id", onDelete: ReferentialAction.Restrict);
            table.ForeignKey("FK_Media_File_Media_File_CaptionsId", file => file.CaptionsId, "Media_File", "Id", onDelete: ReferentialAction.SetNull);
            table.ForeignKey("FK_Media_File_Kernel_User_CreatedById", file => file.CreatedById, "Kernel_User", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_Media_File_Name", "Media_File", "Name", unique: true);
        migrationBuilder.CreateIndex("IX_Media_File_Sha256", "Media_File", "Sha256", unique: true);
        migrationBuilder.CreateIndex("IX_Media_File_FolderId", "Media_File", "FolderId");
        migrationBuilder.CreateIndex("IX_Media_File_CaptionsId", "Media_File", "CaptionsId");
        migrationBuilder.CreateIndex("IX_Media_File_CreatedById", "Media_File", "CreatedById");

        migrationBuilder.CreateTable("Media_Rendition", table => new
        {
            FileId = table.Column<Guid>(nullable: false),
            Width = table.Column<int>(nullable: false),
            Size = table.Column<long>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Media_Rendition", rendition => new { rendition.FileId, rendition.Width });
            table.ForeignKey("FK_Media_Rendition_Media_File_FileId", rendition => rendition.FileId, "Media_File", "Id", onDelete: ReferentialAction.Cascade);
        });
    }
}
