using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using TrainingSite.Library.Models;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Answered questions of a session as entries of the library (R91).</summary>
public abstract class QuestionEntryTests(SiteFixture site)
{
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

    private async Task<(HttpClient Organizer, string Code)> ArrangeAsync() => (await site.SignInAsync("so.organizer"), await site.HoldAsync(await site.ApiAsync("so.organizer"), "HD"));
}

public sealed class SqliteQuestionEntryTests(SqliteSite site) : QuestionEntryTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlQuestionEntryTests(PostgreSqlSite site) : QuestionEntryTests(site), IClassFixture<PostgreSqlSite>;
