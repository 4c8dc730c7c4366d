using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Courses.External;
using TrainingSite.Notifications.Models;
using TrainingSite.SiteTests.Notifications;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Courses completed elsewhere: written down with a proof, accepted or refused by the department, then part of the member's record.</summary>
public abstract class ExternalCourseTests(SiteFixture site)
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4 giay");

    [Fact]
    public async Task Submit_ThenAccepted_IsOnTheRecordAndInTheReport()
    {
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        await SendAsync(own, "me/external-courses", "Chuyển đổi số cơ bản", file: Pdf);
        var row = await RowAsync(learner);
        Assert.Contains("Chờ Sở xem", (await own.GetPageAsync("/me/external-courses")).Words());
        Assert.DoesNotContain("Chuyển đổi số cơ bản", (await own.GetPageAsync("/me")).Words());

        var organizer = await site.SignInAsync("so.organizer");
        Assert.Equal(Pdf, await organizer.GetByteArrayAsync($"/external-courses/{row.Id}/proof"));
        Assert.Contains("Chuyển đổi số cơ bản", (await organizer.GetPageAsync("/external-courses")).Words());
        await organizer.PostFormAsync($"/external-courses/{row.Id}", new() { ["accept"] = "true" }, page: "/external-courses");

        Assert.Equal((ExternalState.Accepted, site.Clock.UtcNow()), ((await RowAsync(learner)).State, (await RowAsync(learner)).DecidedUtc));
        Assert.Contains("Chuyển đổi số cơ bản", (await own.GetPageAsync("/me")).Words());
        Assert.Contains("Chuyển đổi số cơ bản", (await (await site.SignInAsync("to.truong")).GetPageAsync($"/people/{learner.Code}")).Words());
        var report = await (await site.ApiAsync("so.organizer")).GetJsonAsync($"/api/v1/reports/member-completion?unit={CoursesArrange.Village}");
        Assert.Equal(1, report.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("member_code").GetString() == learner.Code).GetProperty("external").GetInt32());
        var late = await own.PostFormAsync($"/me/external-courses/{row.Id}/withdraw", [], page: "/me/external-courses");
        Assert.Contains("không rút lại được", (await (await own.FollowAsync(late)).ReadPageAsync()).Body!.TextContent);
    }

    [Fact]
    public async Task Submit_ByTheLeaderThenRefused_TellsWhy()
    {
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        await SendAsync(leader, $"people/{learner.Code}/external-courses", "Lớp của bưu điện", link: "https://mooc.example.vn/giay/1");
        var row = await RowAsync(learner);
        var organizer = await site.SignInAsync("so.organizer");
        var silent = await organizer.PostFormAsync($"/external-courses/{row.Id}", new() { ["accept"] = "false" }, page: "/external-courses");
        Assert.Contains("Hãy ghi lý do từ chối", (await (await organizer.FollowAsync(silent)).ReadPageAsync()).Body!.TextContent);
        Assert.Equal(ExternalState.Submitted, (await RowAsync(learner)).State);

        await organizer.PostFormAsync($"/external-courses/{row.Id}", new() { ["accept"] = "false", ["reason"] = "Giấy không ghi ngày" }, page: "/external-courses");

        Assert.Contains("Lý do: Giấy không ghi ngày", (await (await site.SignInAsync(learner.User)).GetPageAsync("/me/external-courses")).Words());
    }

    [Theory]
    [InlineData("true", "", "đã vào hồ sơ học tập của bạn")]
    [InlineData("false", "Giấy không ghi ngày", "Lý do: Giấy không ghi ngày")]
    public async Task Decide_OfWhatAMemberSent_TellsThemOnce(string accept, string reason, string words)
    {
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        await SendAsync(own, "me/external-courses", "Kỹ năng số", file: Pdf);
        var id = (await RowAsync(learner)).Id;

        await (await site.SignInAsync("so.organizer")).PostFormAsync($"/external-courses/{id}", new() { ["accept"] = accept, ["reason"] = reason }, page: "/external-courses");
        for (var sweep = 0; sweep < 2; sweep++)
        {
            await site.SweepAsync();
            await site.SendAsync();
        }

        Assert.Contains(words, (await own.GetPageAsync("/me/notices")).Words());
        Assert.Equal(1, await site.QueryAsync(db => db.Messages.CountAsync(row => row.PersonId == learner.PersonId && row.Channel == MessageChannel.InApp && row.Url == "/me/external-courses")));
    }

    [Fact]
    public async Task Withdraw_BeforeADecision_LeavesNothingBehind()
    {
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        await SendAsync(own, "me/external-courses", "Nhầm", file: [.. Pdf, 1, 2, 3]);
        var row = await RowAsync(learner);
        var path = Path.Combine(site.DataPath, "proofs", row.FileSha256![..2], row.FileSha256);
        Assert.True(File.Exists(path));

        await own.PostFormAsync($"/me/external-courses/{row.Id}/withdraw", [], page: "/me/external-courses");

        Assert.False(File.Exists(path));
        Assert.False(await site.QueryAsync(db => db.ExternalCompletions.AnyAsync(other => other.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task Submit_Hostile_IsRefusedAndLeavesNothing()
    {
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        var cases = new (string Words, byte[]? File, string? Link, string Day)[]
        {
            ("Hãy ghi địa chỉ hoặc gửi tệp", null, null, "2026-11-01"),
            ("phải là PDF hoặc ảnh", Encoding.ASCII.GetBytes("<script>alert(1)</script>"), null, "2026-11-01"),
            ("phải bắt đầu bằng https://", null, "javascript:alert(1)", "2026-11-01"),
            ("không được sau hôm nay", Pdf, null, "2026-12-01"),
        };
        foreach (var (words, file, link, day) in cases)
        {
            var page = await (await SendAsync(own, "me/external-courses", "Khóa thử", file, link, day, HttpStatusCode.OK)).ReadPageAsync();
            Assert.Contains(words, page.Words());
            Assert.Equal("Khóa thử", page.QuerySelector<IHtmlInputElement>("#Form_Name")!.Value);
        }

        Assert.False(await site.QueryAsync(db => db.ExternalCompletions.AnyAsync(row => row.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task Proof_AndDecision_AreNotForOthers()
    {
        var learner = await site.LearnerAsync();
        await SendAsync(await site.SignInAsync(learner.User), "me/external-courses", "Riêng tư", file: Pdf);
        var row = await RowAsync(learner);
        var member = await site.SignInAsync("member");
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync($"/external-courses/{row.Id}/proof")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync($"/people/{learner.Code}/external-courses")).StatusCode);
        var leader = await site.SignInAsync("to.truong");
        Assert.Equal(HttpStatusCode.OK, (await leader.GetAsync($"/external-courses/{row.Id}/proof")).StatusCode);
        Assert.Contains((await leader.PostFormAsync($"/external-courses/{row.Id}", new() { ["accept"] = "true" }, page: "/me/external-courses")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });
        Assert.Equal(ExternalState.Submitted, (await RowAsync(learner)).State);
    }

    private Task<ExternalCompletion> RowAsync(Learner learner) => site.QueryAsync(db => db.ExternalCompletions.AsNoTracking().SingleAsync(row => row.PersonId == learner.PersonId));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string address, string name, byte[]? file = null, string? link = null, string day = "2026-11-01", HttpStatusCode expected = HttpStatusCode.Redirect)
    {
        var page = await client.GetPageAsync($"/{address}");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector<IHtmlInputElement>("form[enctype] input[name=__RequestVerificationToken]")!.Value), "__RequestVerificationToken" },
            { new StringContent(name), "Form.Name" },
            { new StringContent("MOOCs"), "Form.Provider" },
            { new StringContent(day), "Form.CompletedOn" },
            { new StringContent(link ?? ""), "Form.Link" },
        };
        if (file is not null)
        {
            content.Add(new ByteArrayContent(file), "Form.File", "giay.pdf");
        }

        var response = await client.PostAsync($"/{address}", content);
        Assert.Equal(expected, response.StatusCode);
        return response;
    }
}

public sealed class SqliteExternalCourseTests(SqliteSite site) : ExternalCourseTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlExternalCourseTests(PostgreSqlSite site) : ExternalCourseTests(site), IClassFixture<PostgreSqlSite>;
