using AngleSharp.Dom;
using TrainingSite.Library.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Library;

/// <summary>Files and addresses that are in the library already: which document has them is said to those who may see it.</summary>
public abstract class KnownFileTests(SiteFixture site)
{
    [Fact]
    public async Task NewFile_OfAnotherDocument_NamesAndLinksIt()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var holder = await organizer.AddAsync("gao.txt", SampleFiles.Text("Giữ gạo nếp qua mùa mưa"), ("Title", "Gạo nếp"));
        var address = await organizer.AddAsync("ngo.txt", SampleFiles.Text("Giữ ngô giống qua mùa mưa"), ("Title", "Ngô giống"));

        var page = await (await organizer.SendFileAsync(address + "/new-file", "khac.txt", SampleFiles.Text("Giữ gạo nếp qua mùa mưa"))).ReadPageAsync();

        Assert.Contains("“Gạo nếp”", page.QuerySelector(".invalid-feedback")!.TextContent);
        Assert.NotNull(page.QuerySelector($"form a[href='{holder}']"));
    }

    [Fact]
    public async Task Revise_WithTheFileOfAnUnseenDocument_SaysSoWithoutItsTitle()
    {
        var holder = await (await site.SignInAsync("so.organizer")).AddAsync("kin.txt", SampleFiles.Text("Danh sách riêng của xã khác"), ("Title", "Chuyện xã khác"), ("Visibility", "Unit"), ("UnitCode", await OtherCommuneAsync()));
        var coordinator = await site.SignInAsync("xa.coordinator");
        var own = (await coordinator.SendFileAsync("/library/propose", "rieng.txt", SampleFiles.Text("Bài của xã mình"), ("Title", "Xã mình"))).Headers.Location!.OriginalString;

        foreach (var address in new[] { own + "/revise", "/library/propose" })
        {
            var page = await (await coordinator.SendFileAsync(address, "doan.txt", SampleFiles.Text("Danh sách riêng của xã khác"), ("Title", "Xã mình"))).ReadPageAsync();

            Assert.Contains("đã có trong thư viện", page.QuerySelector(".invalid-feedback.field-validation-error")!.TextContent);
            Assert.DoesNotContain("Chuyện xã khác", page.Body!.TextContent);
            Assert.DoesNotContain(holder, page.Body.InnerHtml);
        }
    }

    [Theory]
    [InlineData("/library/new", "so.organizer")]
    [InlineData("/library/propose", "xa.coordinator")]
    public async Task New_KnownFile_LeadsToItsDocumentAndNamesIt(string address, string user)
    {
        var words = SampleFiles.Text($"Hẹn giờ tưới rau, gửi qua {address}");
        var holder = await (await site.SignInAsync("so.organizer")).AddAsync("tuoi.txt", words, ("Title", $"Tưới rau {user}"), ("Visibility", "Public"));
        var sender = await site.SignInAsync(user);

        var answer = await sender.SendFileAsync(address, "tuoi-2.txt", words, ("Title", "Tên khác"));

        Assert.Equal(holder, answer.Headers.Location!.OriginalString);
        var notice = (await sender.GetPageAsync(holder)).QuerySelector(".toast-line")!;
        Assert.Contains($"“Tưới rau {user}”", notice.TextContent);
        Assert.Contains("Chưa thêm gì mới", notice.TextContent);
    }

    [Fact]
    public async Task Link_Known_IsNamedToWhoMaySeeItAndRefusedToOthers()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var holder = (await organizer.PostFormAsync("/library/new-link", Link("https://example.org/cong", "Cổng cũ"))).Headers.Location!.OriginalString;
        await organizer.PostFormAsync("/library/new-link", Link("https://example.org/cong", "Cổng cũ nữa"));
        Assert.Contains("“Cổng cũ”", (await organizer.GetPageAsync(holder)).QuerySelector(".toast-line")!.TextContent);

        var other = (await organizer.PostFormAsync("/library/new-link", Link("https://example.org/khac", "Cổng khác"))).Headers.Location!.OriginalString;
        var page = await (await organizer.PostFormAsync(other + "/edit", Link("https://example.org/cong", "Cổng khác"))).ReadPageAsync();
        Assert.Contains("“Cổng cũ”", page.QuerySelector("#Url ~ .invalid-feedback")!.TextContent);
        Assert.NotNull(page.QuerySelector($"form a[href='{holder}']"));

        // A document of another province: nobody here sees it.
        await site.QueryAsync(db => db.Documents.Where(document => document.Title == "Cổng cũ").ExecuteUpdateAsync(row => row
            .SetProperty(document => document.Visibility, DocumentVisibility.Unit).SetProperty(document => document.UnitPath, "/98/").SetProperty(document => document.CreatedById, (Guid?)null)));
        page = await (await organizer.PostFormAsync("/library/new-link", Link("https://example.org/cong", "Cổng mới"))).ReadPageAsync();
        Assert.Contains("đã có trong thư viện", page.QuerySelector("#Url ~ .invalid-feedback")!.TextContent);
        Assert.DoesNotContain("Cổng cũ", page.Body!.TextContent);
    }

    private static Dictionary<string, string?> Link(string url, string title) => new() { ["Url"] = url, ["Title"] = title, ["Visibility"] = "Public" };

    private Task<string> OtherCommuneAsync() => site.QueryAsync(db => db.Units.Where(unit => unit.Level == UnitLevel.Commune && unit.Code != "03646").OrderBy(unit => unit.Code).Select(unit => unit.Code).FirstAsync());
}

public sealed class SqliteKnownFileTests(SqliteSite site) : KnownFileTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlKnownFileTests(PostgreSqlSite site) : KnownFileTests(site), IClassFixture<PostgreSqlSite>;
