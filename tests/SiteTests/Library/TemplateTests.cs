using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using TrainingSite.Library.Templates;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Library;

/// <summary>Papers filled from what the site knows.</summary>
public abstract class TemplateTests(SiteFixture site)
{
    [Fact]
    public async Task Template_ForAUnitOnADay_IsFilled()
    {
        var coordinator = await site.SignInAsync("xa.coordinator");
        var page = await coordinator.GetPageAsync("/library/templates");
        var links = page.QuerySelectorAll(".rows a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(4, links.Count);
        Assert.Contains("/library/templates", (await coordinator.GetPageAsync("/library")).QuerySelector("main")!.InnerHtml);
        var unit = await site.QueryAsync(db => db.Set<AdministrativeUnit>().Where(row => row.Code == "03646" && row.ValidTo == null).SingleAsync());
        var leader = await site.QueryAsync(db => db.Set<Membership>().Where(row => row.Team.Code == "T-03646" && row.Role == TeamRole.Leader && row.ValidTo == null).Select(row => row.Person.FullName).FirstOrDefaultAsync());

        foreach (var link in links)
        {
            var response = await coordinator.GetAsync(link);
            var text = ReadText(await response.Content.ReadAsByteArrayAsync());
            Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Contains(unit.Name, text);
            Assert.Contains("ngày 22 tháng 11 năm 2026", text);
            Assert.DoesNotContain("{{", text);
            if (leader is not null && link.Contains("quyet-dinh", StringComparison.Ordinal))
            {
                Assert.Contains(leader, text);
            }
        }

        var report = links.Single(link => link.Contains("bao-cao", StringComparison.Ordinal));
        Assert.DoesNotContain(" 0 Tổ (", ReadText(await coordinator.GetByteArrayAsync(report)));
        Assert.Contains(" 0 Tổ (", ReadText(await coordinator.GetByteArrayAsync(report.Replace("2026-11-22", "2020-06-01", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Template_ForAUnitOutOfReach_OrByAMember_IsRefused()
    {
        var other = await site.QueryAsync(db => db.Set<AdministrativeUnit>().Where(unit => unit.Level == UnitLevel.Commune && unit.Code != "03646" && unit.ValidTo == null).OrderBy(unit => unit.Code).Select(unit => unit.Code).FirstAsync());
        var coordinator = await site.SignInAsync("xa.coordinator");

        Assert.Contains("trong phạm vi của bạn", (await coordinator.GetPageAsync($"/library/templates/chi-tieu?unit={other}")).QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.GetAsync("/library/templates/khong-co?unit=03646")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.SignInAsync("member")).GetAsync("/library/templates")).StatusCode);
    }

    [Fact]
    public void Field_CutIntoRuns_IsFilledOnce_AndAnUnknownOneStays()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, DocumentFormat.OpenXml.WordprocessingDocumentType.Document))
        {
            document.AddMainDocumentPart().Document = new Document(new Body(
                new Paragraph(new Run(new Text("Ở {")), new Run(new Text("{ten_")), new Run(new RunProperties(new Bold()), new Text("don_vi}} có {{so_to}}")), new Run(new Text(" Tổ, {{khong_co}}."))),
                new Table(new TableRow(new TableCell(new Paragraph(new Run(new Text("{{phan.st")), new Run(new Text("t}}. {{phan.ten}}"))))))));
        }

        Dictionary<string, string> Part(string number, string name) => new() { ["stt"] = number, ["ten"] = name };
        var filled = TemplateFiller.Fill(stream.ToArray(), new(
            new Dictionary<string, string> { ["ten_don_vi"] = "Xã Mường Bú", ["so_to"] = "12" },
            new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> { ["phan"] = [Part("1", "Bản Cang"), Part("2", "Bản Giàn")] }));

        Assert.Equal("Ở Xã Mường Bú có 12 Tổ, {{khong_co}}.1. Bản Cang2. Bản Giàn", ReadText(filled));
    }

    private static string ReadText(byte[] word)
    {
        using var stream = new MemoryStream(word);
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        return document.MainDocumentPart!.Document.InnerText;
    }
}

public sealed class SqliteTemplateTests(SqliteSite site) : TemplateTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlTemplateTests(PostgreSqlSite site) : TemplateTests(site), IClassFixture<PostgreSqlSite>;
