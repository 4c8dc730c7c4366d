using System.Net;
using System.Text;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Materials;
using TrainingSite.SiteTests.Notifications;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Materials and questions of a session (R44).</summary>
public abstract class MaterialTests(SiteFixture site)
{
    [Fact]
    public async Task Materials_AreShownInOrderAndOnlyWhatTheReaderMayOpen()
    {
        var (organizer, code) = await ArrangeAsync();
        var open = await DocumentAsync("Cẩm nang an toàn", new() { Visibility = DocumentVisibility.SignedIn });
        var closed = await DocumentAsync("Nội bộ Sốp Cộp", new() { Visibility = DocumentVisibility.Unit, UnitCode = "127" });
        foreach (var fields in new Dictionary<string, string?>[]
        {
            new() { ["documentId"] = closed.ToString() },
            new() { ["documentId"] = open.ToString() },
            new() { ["title"] = "Phim ngắn", ["url"] = "https://example.org/phim" },
        })
        {
            Assert.Equal(HttpStatusCode.Redirect, await organizer.PostAsync($"/sessions/{code}/materials", fields, $"/sessions/{code}/materials"));
        }

        Assert.Equal(["Nội bộ Sốp Cộp", "Cẩm nang an toàn", "Phim ngắn"], await TitlesAsync(organizer, code));
        var link = (await organizer.GetPageAsync($"/sessions/{code}/materials")).QuerySelectorAll("form[action$=raise]")[^1].GetAttribute("action")!;
        await organizer.PostAsync(link, [], $"/sessions/{code}/materials");
        Assert.Equal(["Nội bộ Sốp Cộp", "Phim ngắn", "Cẩm nang an toàn"], await TitlesAsync(organizer, code));

        var member = await site.SignInAsync("member");
        Assert.Equal(["Phim ngắn", "Cẩm nang an toàn"], await TitlesAsync(member, code));
        var page = await member.GetPageAsync($"/sessions/{code}");
        Assert.NotNull(page.QuerySelector($"a[href='/library/{open}']"));
        await member.GetPageAsync($"/library/{open}");
        Assert.DoesNotContain("Sửa tài liệu", page.Body!.TextContent, StringComparison.Ordinal);

        var remove = (await organizer.GetPageAsync($"/sessions/{code}/materials")).QuerySelectorAll("form[action$=remove]")[0].GetAttribute("action")!;
        await organizer.PostAsync(remove, [], $"/sessions/{code}/materials");
        Assert.Equal(["Phim ngắn", "Cẩm nang an toàn"], await TitlesAsync(organizer, code));
    }

    [Fact]
    public async Task Materials_ByTrainersYesByOthersNo()
    {
        var (organizer, code) = await ArrangeAsync();
        await site.AccountAsync("doi.tac", Roles.Partner, "127");
        await organizer.PostAsync($"/sessions/{code}/trainer", new() { ["names"] = "doi.tac" }, $"/sessions/{code}");
        var trainer = await site.SignInAsync("doi.tac");

        Assert.Equal(HttpStatusCode.Redirect, await trainer.PostAsync($"/sessions/{code}/materials", new() { ["title"] = "Bài giảng", ["url"] = "https://example.org/bai" }, $"/sessions/{code}/materials"));

        Assert.Equal(["Bài giảng"], await TitlesAsync(organizer, code));
        foreach (var user in new[] { "member", "xa.coordinator" })
        {
            var client = await site.SignInAsync(user);
            await client.GetPageAsync($"/sessions/{code}/materials", HttpStatusCode.Forbidden);
            Assert.Equal(HttpStatusCode.Forbidden, await client.PostAsync($"/sessions/{code}/materials", new() { ["title"] = "X", ["url"] = "https://example.org" }, "/me"));
        }

        await site.AccountAsync("doi.tac.khac", Roles.Partner, "127");
        await (await site.SignInAsync("doi.tac.khac")).GetPageAsync($"/sessions/{code}/materials", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", "https://example.org")]
    [InlineData("Tên", "javascript:alert(1)")]
    [InlineData("Tên", "khong phai duong dan")]
    public async Task Material_ThatIsNoLink_IsRefused(string title, string url)
    {
        var (organizer, code) = await ArrangeAsync();

        await organizer.PostAsync($"/sessions/{code}/materials", new() { ["title"] = title, ["url"] = url }, $"/sessions/{code}/materials");

        Assert.Empty(await TitlesAsync(organizer, code));
        Assert.Equal(HttpStatusCode.NotFound, await organizer.PostAsync($"/sessions/{code}/materials", new() { ["documentId"] = Guid.NewGuid().ToString() }, $"/sessions/{code}/materials"));
    }

    [Fact]
    public async Task Offers_WithWords_FindCoursesAndDocuments()
    {
        var (organizer, code) = await ArrangeAsync();
        await DocumentAsync("Sổ tay thanh toán số", new() { Visibility = DocumentVisibility.SignedIn });

        var page = await organizer.GetPageAsync($"/sessions/{code}/materials?q=thanh+toán");

        Assert.Contains("Sổ tay thanh toán số", page.QuerySelector("#offers")!.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_AskedByTheInvited_AnsweredByTrainers()
    {
        var (organizer, code) = await ArrangeAsync();
        var member = await site.SignInAsync("member");
        Assert.Equal(HttpStatusCode.Redirect, await member.PostAsync($"/sessions/{code}/questions", new() { ["text"] = "Quên mật khẩu thì làm sao?" }, $"/sessions/{code}/questions"));
        await site.AccountAsync("doi.tac", Roles.Partner, "127");
        var trainer = await site.SignInAsync("doi.tac");
        await trainer.GetPageAsync($"/sessions/{code}/questions", HttpStatusCode.NotFound);
        await organizer.PostAsync($"/sessions/{code}/trainer", new() { ["names"] = "doi.tac" }, $"/sessions/{code}");

        var page = await trainer.GetPageAsync($"/sessions/{code}/questions");
        var answer = page.QuerySelector("form[action$=answer]")!.GetAttribute("action")!;
        Assert.Null(page.QuerySelector("#text"));
        Assert.Equal(HttpStatusCode.Forbidden, await member.PostAsync(answer, new() { ["text"] = "Tự trả lời" }, "/me"));
        Assert.Equal(HttpStatusCode.Forbidden, await trainer.PostAsync($"/sessions/{code}/questions", new() { ["text"] = "Tôi không được mời" }, "/me"));
        await trainer.PostAsync(answer, new() { ["text"] = "Bấm “Quên mật khẩu” rồi làm theo." }, $"/sessions/{code}/questions");

        var seen = await (await site.SignInAsync("to.truong")).GetPageAsync($"/sessions/{code}/questions");
        Assert.Contains("Bấm “Quên mật khẩu”", seen.QuerySelector("article")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Tài khoản doi.tac", seen.QuerySelector("article")!.TextContent, StringComparison.Ordinal);

        await trainer.PostAsync(answer.Replace("/answer", "/remove", StringComparison.Ordinal), [], $"/sessions/{code}/questions");
        Assert.Null((await member.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("article"));
    }

    [Fact]
    public async Task Questions_Answered_TellWhoAskedOnce()
    {
        var (organizer, code) = await ArrangeAsync();
        var member = await site.SignInAsync("member");
        await member.PostAsync($"/sessions/{code}/questions", new() { ["text"] = "Mang giấy tờ gì?" }, $"/sessions/{code}/questions");
        await site.SweepAsync();
        Assert.Empty(await ToldAsync());
        var answer = (await organizer.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("form[action$=answer]")!.GetAttribute("action")!;

        await organizer.PostAsync(answer, new() { ["text"] = "Căn cước công dân." }, $"/sessions/{code}/questions");
        await site.SweepAsync();
        await site.SendAsync();
        await organizer.PostAsync(answer, new() { ["text"] = "Căn cước công dân và điện thoại." }, $"/sessions/{code}/questions");
        await site.SweepAsync();
        await site.SendAsync();

        Assert.Contains("Bạn hỏi: Mang giấy tờ gì?", Assert.Single(await ToldAsync()), StringComparison.Ordinal);
        var notices = (await member.GetPageAsync("/me/notices")).QuerySelector("main")!;
        Assert.Contains("Câu hỏi của bạn đã có trả lời", notices.TextContent, StringComparison.Ordinal);
        Assert.NotNull(notices.QuerySelector($"a[href$='/sessions/{code}/questions']") ?? notices.QuerySelector("form"));

        Task<List<string>> ToldAsync() => site.QueryAsync(db => db.Messages.Where(row => row.Rule == "session-question-answer" && row.Channel == MessageChannel.InApp && row.Text!.Contains("Mang giấy tờ gì?")).Select(row => row.Text ?? "").ToListAsync());
    }

    [Fact]
    public async Task Questions_ForSomebodyWithoutDevice_OnlyOfOnesOwnPoint()
    {
        var (_, code) = await ArrangeAsync();
        var coordinator = await site.SignInAsync("xa.coordinator");
        var other = await site.QueryAsync(db => db.Set<TrainingSite.Sessions.Models.Invitation>().Where(row => row.Session.Code == code && row.Point.Code == "P2").Select(row => row.Person.Code).FirstAsync());

        await coordinator.PostAsync($"/sessions/{code}/questions", new() { ["member"] = "SL-000001", ["text"] = "Có tài liệu in không?" }, $"/sessions/{code}/questions");
        await coordinator.PostAsync($"/sessions/{code}/questions", new() { ["member"] = other, ["text"] = "Không phải điểm của tôi" }, $"/sessions/{code}/questions");
        Assert.Equal(HttpStatusCode.Forbidden, await coordinator.PostAsync($"/sessions/{code}/questions", new() { ["text"] = "Tôi không được mời" }, $"/sessions/{code}/questions"));

        Assert.Equal(["Có tài liệu in không?"], await site.QueryAsync(db => db.Set<SessionQuestion>().Where(row => db.Set<TrainingSite.Sessions.Models.TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code)).Select(row => row.Text).ToListAsync()));
    }

    [Fact]
    public async Task Questions_ManyOfOnePerson_AreHeldBackAndPaged()
    {
        var (_, code) = await ArrangeAsync();
        var member = await site.SignInAsync("member");
        for (var number = 1; number <= QuestionService.MostPerPerson + 1; number++)
        {
            await member.PostAsync($"/sessions/{code}/questions", new() { ["text"] = $"Câu {number}" }, $"/sessions/{code}/questions");
        }

        var page = await member.GetPageAsync($"/sessions/{code}/questions");
        Assert.Equal(QuestionService.MostPerPerson, page.QuerySelectorAll("article").Length);
        Assert.Contains("nhiều nhất 10 câu", page.Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<(HttpClient Organizer, string Code)> ArrangeAsync() => (await site.SignInAsync("so.organizer"), await site.HoldAsync(await site.ApiAsync("so.organizer"), "TL"));

    private Task<Guid> DocumentAsync(string title, DocumentDetails details) => site.WithAsync(async services =>
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes($"{title} {Guid.NewGuid()}"));
        return (await services.GetRequiredService<LibraryService>().AddAsync(content, "tai-lieu.txt", details with { Title = title }, readNow: true)).Value!.Document.Id;
    });

    private static async Task<List<string>> TitlesAsync(HttpClient client, string code) =>
        (await client.GetPageAsync($"/sessions/{code}")).QuerySelector("#materials")?.Closest("section")!.QuerySelectorAll("ul.rows b").Select(title => title.TextContent).ToList() ?? [];
}

public sealed class SqliteMaterialTests(SqliteSite site) : MaterialTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlMaterialTests(PostgreSqlSite site) : MaterialTests(site), IClassFixture<PostgreSqlSite>;
