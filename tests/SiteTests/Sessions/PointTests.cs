using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>The points of a session, edited one by one or as a CSV file.</summary>
public abstract class PointTests(SiteFixture site)
{
    [Fact]
    public async Task File_DownloadedEditedAndSent_ChangesThePoints()
    {
        var (organizer, code) = await DraftAsync();
        var csv = await organizer.GetByteArrayAsync($"/sessions/{code}/points.csv");
        Assert.Equal([0xEF, 0xBB, 0xBF, .. "point_code,unit_code,name,venue,capacity,link,coordinators"u8], csv[..61]);
        var point = await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code && row.Unit!.Code == "03649").Select(row => row.Code).SingleAsync());

        await SendAsync(organizer, code, $"point_code;venue;capacity;coordinators\n{point};Nhà văn hóa tổ 3;60;xa.coordinator\n");

        var saved = await site.QueryAsync(db => db.SessionPoints.Include(row => row.Coordinators).SingleAsync(row => row.Session.Code == code && row.Code == point));
        Assert.Equal(("Nhà văn hóa tổ 3", 60), (saved.Venue, saved.Capacity));
        Assert.Single(saved.Coordinators);
        Assert.Contains("60", (await organizer.GetPageAsync($"/sessions/{code}/points")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task File_WithSomeColumnsOnly_KeepsWhatTheOthersSay(bool published)
    {
        var (organizer, code) = await DraftAsync();
        var point = await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code && row.Unit!.Code == "03649").Select(row => row.Code).SingleAsync());
        await SendAsync(organizer, code, $"point_code,name,venue,capacity,link\n{point},Điểm cầu Tô Hiệu,Nhà văn hóa tổ 3,60,https://hop.example/1\n");
        if (published)
        {
            await organizer.PostFormAsync($"/sessions/{code}/publish", [], page: $"/sessions/{code}");
        }

        var before = await ReadAsync();
        await SendAsync(organizer, code, $"point_code,coordinators\n{point},xa.coordinator\n");

        var saved = await ReadAsync();
        Assert.Equal(("Điểm cầu Tô Hiệu", "Nhà văn hóa tổ 3", 60, "https://hop.example/1", "03649"), (saved.Name, saved.Venue, saved.Capacity, saved.Link, saved.Unit!.Code));
        Assert.Single(saved.Coordinators);
        // Nobody is told of a change where nothing moved.
        Assert.Equal((published ? SessionState.Published : SessionState.Draft, before.Session.Sequence, before.Session.ChangedUtc), (saved.Session.State, saved.Session.Sequence, saved.Session.ChangedUtc));

        // A column that is there and empty empties the field.
        await SendAsync(organizer, code, $"point_code,venue,capacity\n{point},,\n");
        saved = await ReadAsync();
        Assert.Equal((null, null, "https://hop.example/1"), (saved.Venue, saved.Capacity, saved.Link));

        Task<SessionPoint> ReadAsync() => site.QueryAsync(db => db.SessionPoints.Include(row => row.Session).Include(row => row.Unit).Include(row => row.Coordinators).SingleAsync(row => row.Session.Code == code && row.Code == point));
    }

    [Fact]
    public async Task File_WithMistakes_NamesEveryRowAndWritesNothing()
    {
        var (organizer, code) = await DraftAsync();
        var point = await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code).Select(row => row.Code).FirstAsync());

        var page = await (await SendAsync(organizer, code, $"point_code,unit_code,venue,capacity,coordinators\n{point},,Nơi mới,50,\nX1,99999,Đâu đó,40,\nX2,03646,Đâu đó,nhiều,\nX3,03646,Đâu đó,40,khong.co\n")).ReadPageAsync();

        var words = page.QuerySelectorAll(".error-summary li").Select(item => item.TextContent).ToList();
        Assert.Equal(["Dòng 3", "Dòng 4", "Dòng 5"], words.Select(line => line[..6]));
        Assert.DoesNotContain("Nơi mới", await organizer.GetStringAsync($"/sessions/{code}/points.csv"), StringComparison.Ordinal);
        Assert.Equal(2, await site.QueryAsync(db => db.SessionPoints.CountAsync(row => row.Session.Code == code)));
    }

    [Theory]
    [InlineData("ten,cho\nA,B\n", "point_code")]
    [InlineData("point_code,venue\n", "không có dòng")]
    public async Task File_ThatIsNone_SaysWhatToDo(string content, string words)
    {
        var (organizer, code) = await DraftAsync();

        var page = await (await SendAsync(organizer, code, content)).ReadPageAsync();

        Assert.Contains(words, page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_UnknownCoordinator_SavesNothing()
    {
        var (organizer, code) = await DraftAsync();
        var point = await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code).Select(row => row.Code).FirstAsync());
        var url = $"/sessions/{code}/points/{point}";

        var page = await (await organizer.PostFormAsync(url, new() { ["Name"] = "Tên mới", ["Venue"] = "Chỗ mới", ["Coordinators"] = "khong.co" })).ReadPageAsync();

        Assert.Contains("khong.co", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Chỗ mới", page.QuerySelector<IHtmlInputElement>("[name=Venue]")!.Value);
        Assert.NotEqual("Chỗ mới", await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code && row.Code == point).Select(row => row.Venue).SingleAsync()));

        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostFormAsync(url, new() { ["Name"] = "Tên mới", ["Venue"] = "Chỗ mới", ["Coordinators"] = "xa.coordinator" })).StatusCode);
        Assert.Equal("Chỗ mới", await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code && row.Code == point).Select(row => row.Venue).SingleAsync()));
    }

    [Fact]
    public async Task Edit_InTwoTabs_SecondIsToldAndKeepsTheText()
    {
        var (organizer, code) = await DraftAsync();
        var point = await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code).Select(row => row.Code).FirstAsync());
        var url = $"/sessions/{code}/points/{point}";
        var first = await organizer.GetPageAsync(url);
        var second = await organizer.GetPageAsync(url);
        string? Version(IDocument page) => page.QuerySelector<IHtmlInputElement>("input[name=Version]")?.Value;

        // Only who looks after it: that too must not be lost.
        await organizer.PostFormFromAsync(first, url, new() { ["Name"] = "Điểm cầu", ["Venue"] = "Chỗ thứ nhất", ["Coordinators"] = "xa.coordinator", ["Version"] = Version(first) });
        var answer = await organizer.PostFormFromAsync(second, url, new() { ["Name"] = "Điểm cầu", ["Venue"] = "Chỗ thứ hai", ["Version"] = Version(second) });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.ReadPageAsync();
        Assert.Contains("người khác đã lưu", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Chỗ thứ hai", page.QuerySelector<IHtmlInputElement>("[name=Venue]")!.Value);
        Assert.Equal("Chỗ thứ nhất", await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code && row.Code == point).Select(row => row.Venue).SingleAsync()));
        Assert.Equal(1, await site.QueryAsync(db => db.Set<PointCoordinator>().CountAsync(row => db.Set<SessionPoint>().Any(own => own.Id == row.PointId && own.Code == point && own.Session.Code == code))));
    }

    [Fact]
    public async Task Edit_OfADraft_ChoosesUnitAndCoordinatorsByName()
    {
        var (organizer, code) = await DraftAsync();
        var point = await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code && row.Unit!.Code == "03646").Select(row => row.Code).SingleAsync());
        var url = $"/sessions/{code}/points/{point}";
        var page = await organizer.GetPageAsync(url);
        Assert.Equal("03646", page.QuerySelector<IHtmlSelectElement>("#Unit")!.Value);
        Assert.Contains("Tô Hiệu", page.QuerySelector("#Unit")!.TextContent, StringComparison.Ordinal);
        Assert.False(page.QuerySelector<IHtmlInputElement>("[name=Coordinators][value='xa.coordinator']")!.IsChecked);

        await organizer.PostFormFromAsync(page, url, new() { ["Name"] = "Điểm cầu Tô Hiệu", ["Unit"] = "03649", ["Coordinators"] = "xa.coordinator" });

        page = await organizer.GetPageAsync(url);
        Assert.Equal("03649", page.QuerySelector<IHtmlSelectElement>("#Unit")!.Value);
        // Not of the unit any more, but still named: otherwise saving would take them away unseen.
        Assert.True(page.QuerySelector<IHtmlInputElement>("[name=Coordinators][value='xa.coordinator']")!.IsChecked);
        Assert.Equal("", page.QuerySelector<IHtmlInputElement>("#Coordinators")!.Value);
    }

    [Fact]
    public async Task List_OfACoordinator_HoldsTheirPointsAndNoEditing()
    {
        var (organizer, code) = await DraftAsync();
        await organizer.PostFormAsync($"/sessions/{code}/publish", [], page: $"/sessions/{code}");
        var coordinator = await site.SignInAsync("xa.coordinator");

        var page = await coordinator.GetPageAsync($"/sessions/{code}/points");

        Assert.Contains("Chiềng Lề", page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Tô Hiệu", page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains((await coordinator.GetAsync($"/sessions/{code}/points.csv")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        var point = await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code && row.Unit!.Code == "03646").Select(row => row.Code).SingleAsync());
        Assert.Contains((await coordinator.GetAsync($"/sessions/{code}/points/{point}")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        Assert.Contains((await SendAsync(coordinator, code, "point_code,venue\nX,Y\n", page: "/today")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
    }

    private async Task<(HttpClient Organizer, string Code)> DraftAsync()
    {
        var code = $"DIEM-{Guid.NewGuid().ToString("N")[..8]}";
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostFormAsync("/sessions/new", Form(code));
        return (organizer, code);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string code, string csv, string? page = null)
    {
        var form = await client.GetPageAsync(page ?? $"/sessions/{code}/points");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "upload", "diem-cau.csv" },
        };
        return await client.PostAsync($"/sessions/{code}/points.csv", content);
    }
}

public sealed class SqlitePointTests(SqliteSite site) : PointTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlPointTests(PostgreSqlSite site) : PointTests(site), IClassFixture<PostgreSqlSite>;
