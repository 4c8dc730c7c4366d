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

    [Fact]
    public async Task Question_BroughtIntoTheLibrary_IsFoundThereWithoutWhoAsked()
    {
        var (organizer, code) = await ArrangeAsync();
        var member = await site.SignInAsync("member");
        await member.PostAsync($"/sessions/{code}/questions", new() { ["text"] = "Bị khóa tài khoản định danh thì làm sao?\nTôi bấm sai ba lần." }, $"/sessions/{code}/questions");
        var page = await organizer.GetPageAsync($"/sessions/{code}/questions");
        Assert.Null(page.QuerySelector("article a[href$='/library']"));
        var answer = page.QuerySelector("form[action$=answer]")!.GetAttribute("action")!;
        var entry = answer.Replace("/answer", "/library", StringComparison.Ordinal);
        await organizer.GetPageAsync(entry, HttpStatusCode.NotFound);
        await organizer.PostAsync(answer, new() { ["text"] = "Chờ mười phút rồi thử lại.\n\n- Hoặc gọi tổng đài\n- Hoặc đến xã" }, $"/sessions/{code}/questions");

        var form = (await organizer.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("article a[href$='/library']")!.GetAttribute("href")!;
        Assert.Equal(entry, form);
        var empty = await organizer.GetPageAsync(form);
        Assert.Equal("Bị khóa tài khoản định danh thì làm sao?", empty.QuerySelector("#Form_Title")!.TextContent.Trim());
        Assert.Equal("Tôi bấm sai ba lần.", empty.QuerySelector("#Form_Question")!.TextContent.Trim());
        Assert.Contains("Chờ mười phút", empty.QuerySelector("#Form_Answer")!.TextContent, StringComparison.Ordinal);
        var credit = empty.QuerySelector("#Form_Credit")!.TextContent.Trim();
        Assert.Contains("trả lời tại buổi", credit, StringComparison.Ordinal);
        var fields = new Dictionary<string, string?> { ["Form.Title"] = "", ["Form.Question"] = "Bấm sai ba lần.", ["Form.Answer"] = "Chờ mười phút rồi thử lại.", ["Form.Credit"] = credit, ["Form.IsForEverybody"] = "true" };
        var refused = await (await organizer.PostFormAsync(form, fields)).ReadPageAsync();
        Assert.Contains("Hãy ghi câu hỏi", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Bấm sai ba lần.", refused.QuerySelector("#Form_Question")!.TextContent.Trim());
        fields["Form.Title"] = "Bị khóa tài khoản định danh thì làm sao?";
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostFormAsync(form, fields)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await organizer.PostAsync(form, fields, $"/sessions/{code}/questions"));

        var document = await site.QueryAsync(db => db.Documents.AsNoTracking().SingleAsync(row => row.Title == "Bị khóa tài khoản định danh thì làm sao?"));
        Assert.Equal((DocumentKind.Answer, DocumentState.Published, DocumentVisibility.Public), (document.Kind, document.State, document.Visibility));
        var read = (await site.CreateClient().GetPageAsync($"/library/{document.Id}")).QuerySelector("main")!.TextContent;
        Assert.Contains("Chờ mười phút rồi thử lại.", read, StringComparison.Ordinal);
        Assert.Contains("trả lời tại buổi", read, StringComparison.Ordinal);
        Assert.DoesNotContain("Lả", read, StringComparison.Ordinal);
        Assert.Equal($"/library/{document.Id}", (await member.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("article a")!.GetAttribute("href"));

        // What stands in the library is not forgotten there.
        await organizer.PostAsync(answer, new() { ["text"] = "Chờ một giờ." }, $"/sessions/{code}/questions");
        Assert.Contains("Thư viện vẫn giữ câu trả lời trước", (await organizer.GetPageAsync($"/sessions/{code}/questions")).Body!.TextContent, StringComparison.Ordinal);
        await organizer.PostAsync(answer.Replace("/answer", "/remove", StringComparison.Ordinal), [], $"/sessions/{code}/questions");
        Assert.Contains("xóa ở thư viện trước", (await organizer.GetPageAsync($"/sessions/{code}/questions")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostFormAsync($"/library/{document.Id}/delete", [], page: $"/library/{document.Id}/delete")).StatusCode);
        Assert.Equal(entry, (await organizer.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("article a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Question_BroughtIntoTheLibraryByATrainer_WaitsForItsKeepers()
    {
        var (organizer, code) = await ArrangeAsync();
        var member = await site.SignInAsync("member");
        await member.PostAsync($"/sessions/{code}/questions", new() { ["text"] = "Nộp hồ sơ ở đâu?" }, $"/sessions/{code}/questions");
        await site.AccountAsync("giang.vien", Roles.Coordinator, "03646");
        await site.AccountAsync("nguoi.nghe", Roles.Member, "03646");
        await organizer.PostAsync($"/sessions/{code}/trainer", new() { ["names"] = "giang.vien, nguoi.nghe" }, $"/sessions/{code}");
        var trainer = await site.SignInAsync("giang.vien");
        var answer = (await trainer.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("form[action$=answer]")!.GetAttribute("action")!;
        await trainer.PostAsync(answer, new() { ["text"] = "Ở Cổng dịch vụ công." }, $"/sessions/{code}/questions");
        var form = answer.Replace("/answer", "/library", StringComparison.Ordinal);
        var fields = new Dictionary<string, string?> { ["Form.Title"] = $"Nộp hồ sơ ở đâu, buổi {code}?", ["Form.Answer"] = "Ở Cổng dịch vụ công." };

        Assert.Equal(HttpStatusCode.Forbidden, await member.PostAsync(form, fields, "/me"));
        Assert.Equal(HttpStatusCode.Forbidden, await (await site.SignInAsync("nguoi.nghe")).PostAsync(form, fields, "/me"));
        Assert.Equal(HttpStatusCode.Redirect, (await trainer.PostFormAsync(form, fields)).StatusCode);

        Assert.Equal(DocumentState.Proposed, await site.QueryAsync(db => db.Documents.Where(row => row.Title == fields["Form.Title"]).Select(row => row.State).SingleAsync()));
        Assert.Contains("Chờ người phụ trách thư viện xem", (await trainer.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("article a")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await member.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("article a"));
        await site.QueryAsync(async db => await db.Documents.Where(row => row.Title == fields["Form.Title"]).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DocumentState.Refused)));
        Assert.Contains("Thư viện gửi lại để sửa", (await trainer.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("article a")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Thư viện gửi lại để sửa", (await organizer.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("article")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_BroughtIntoTheLibraryByAKeeperOfAUnit_BelongsToItAndIsVietnamese()
    {
        var (organizer, code) = await ArrangeAsync();
        var member = await site.SignInAsync("member");
        await member.PostAsync($"/sessions/{code}/questions", new() { ["text"] = "Mang gì theo?" }, $"/sessions/{code}/questions");
        var keeper = $"thu.vien.{Guid.NewGuid().ToString("N")[..6]}";
        await site.AccountAsync(keeper, Roles.Partner, "127");
        await organizer.PostAsync($"/sessions/{code}/trainer", new() { ["names"] = keeper }, $"/sessions/{code}");
        var trainer = await site.SignInAsync(keeper);
        var answer = (await trainer.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("form[action$=answer]")!.GetAttribute("action")!;
        await trainer.PostAsync(answer, new() { ["text"] = "Căn cước." }, $"/sessions/{code}/questions");
        var form = answer.Replace("/answer", "/library", StringComparison.Ordinal);
        trainer.DefaultRequestHeaders.Add("Cookie", ".AspNetCore.Culture=c%3Den%7Cuic%3Den");
        trainer.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var page = await trainer.GetPageAsync(form);
        var title = $"Mang gì theo buổi {code}?";
        Assert.Equal(HttpStatusCode.Redirect, (await trainer.PostFormAsync(form, new() { ["Form.Title"] = title, ["Form.Question"] = "Tôi ở xa.", ["Form.Answer"] = "Căn cước.", ["Form.Credit"] = page.QuerySelector("#Form_Credit")!.TextContent.Trim() })).StatusCode);

        var document = await site.QueryAsync(db => db.Documents.AsNoTracking().SingleAsync(row => row.Title == title));
        Assert.Equal((DocumentState.Published, "14/127/"), (document.State, document.UnitPath));
        var text = await site.QueryAsync(db => db.DocumentTexts.Where(row => row.DocumentId == document.Id).Select(row => row.Text).SingleAsync());
        Assert.Contains("Trả lời", text, StringComparison.Ordinal);
        Assert.Contains("trả lời tại buổi", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_BroughtIntoTheLibraryByTwoAtOnce_StandsThereOnce()
    {
        var (organizer, code) = await ArrangeAsync();
        var member = await site.SignInAsync("member");
        await member.PostAsync($"/sessions/{code}/questions", new() { ["text"] = "Hai người cùng đưa?" }, $"/sessions/{code}/questions");
        var answer = (await organizer.GetPageAsync($"/sessions/{code}/questions")).QuerySelector("form[action$=answer]")!.GetAttribute("action")!;
        await organizer.PostAsync(answer, new() { ["text"] = "Một lần thôi." }, $"/sessions/{code}/questions");
        var form = answer.Replace("/answer", "/library", StringComparison.Ordinal);
        HttpClient[] clients = [await site.SignInAsync("so.organizer"), await site.SignInAsync("so.organizer"), await site.SignInAsync("so.organizer"), await site.SignInAsync("so.organizer")];

        await Task.WhenAll(clients.Select((client, number) => client.PostAsync(form, new() { ["Form.Title"] = $"{code}: lời {number}", ["Form.Answer"] = "Một lần thôi." }, $"/sessions/{code}/questions")));

        Assert.Equal(1, await site.QueryAsync(db => db.Documents.CountAsync(row => row.Title.StartsWith(code + ": lời"))));
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
