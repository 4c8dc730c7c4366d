using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Mail;
using TrainingSite.Notifications.Models;
using TrainingSite.Notifications.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Notifications;

/// <summary>A member's notices, and what staff see of the sending.</summary>
public abstract class PageTests(SiteFixture site)
{
    [Fact]
    public async Task Notices_OfMember_ShowOnlyTheirsAndBecomeRead()
    {
        await site.QueryAsync(db => db.Messages.Where(message => message.Rule == TestReminders.RuleName).ExecuteDeleteAsync());
        await AddAsync("member", "page-1", MessageState.Sent, title: "Mời tập huấn An toàn trên mạng");
        await AddAsync("to.truong", "page-1", MessageState.Sent, title: "Việc của tổ trưởng");
        var member = await site.SignInAsync("member");

        var list = await member.GetPageAsync("/me/notices");
        var link = Assert.Single(list.QuerySelectorAll(".rows a.row-link"));
        Assert.Equal("Mời tập huấn An toàn trên mạng", link.QuerySelector("b")!.TextContent);
        Assert.Contains("Bạn có 1 thông báo mới", (await member.GetPageAsync("/today")).Body!.TextContent, StringComparison.Ordinal);

        var opened = await member.GetAsync(link.GetAttribute("href"));
        Assert.Equal("/sessions/TH-1", opened.Headers.Location?.OriginalString);
        Assert.DoesNotContain("thông báo mới", (await member.GetPageAsync("/today")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notices_OfSomebodyElse_AreNotFound()
    {
        var id = await AddAsync("to.truong", "page-2", MessageState.Sent, title: "Riêng");

        var response = await (await site.SignInAsync("member")).GetAsync($"/me/notices/{id}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Messages_OfSubject_ShowReasonZaloTextAndRetry()
    {
        await AddAsync("member", "page-3", MessageState.Sent, title: "Mời họp <tổ>");
        var dead = await AddAsync("member", "page-3", MessageState.Dead, MessageChannel.Email);
        var organizer = await site.SignInAsync("so.organizer");

        var list = await organizer.GetPageAsync("/messages");
        var address = Assert.Single(list.QuerySelectorAll("tbody a"), link => link.TextContent == "Mời họp <tổ>").GetAttribute("href")!;
        var notice = list.QuerySelector(".notice-warning")!.TextContent;
        Assert.Contains("chưa nối với máy chủ thư", notice, StringComparison.Ordinal);
        Assert.DoesNotContain("Mail:", notice, StringComparison.Ordinal);
        Assert.DoesNotContain(site.DataPath, notice, StringComparison.Ordinal);
        var page = await organizer.GetPageAsync(address);
        Assert.StartsWith("Mời họp <tổ>\n\n", ((IHtmlTextAreaElement)page.QuerySelector("textarea")!).Value, StringComparison.Ordinal);
        Assert.Contains("550 no such user", page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);

        await organizer.PostFormAsync("/messages/test-rule/retry", new() { ["subject"] = "page-3", ["id"] = dead.ToString() }, page: address);

        var message = await site.QueryAsync(db => db.Messages.SingleAsync(row => row.Id == dead));
        Assert.Equal((MessageState.Pending, 0, site.Clock.UtcNow()), (message.State, message.Attempts, message.NextTryUtc));
    }

    [Fact]
    public async Task Messages_WithoutAMailServer_TellAdministratorsTheSettingAndTheFolder()
    {
        var notice = (await (await site.SignInAsync("admin")).GetPageAsync("/messages")).QuerySelector(".notice-warning")!.TextContent;

        Assert.Contains("Mail:Mode", notice, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(site.DataPath, "mail"), notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_NotSentYet_AreCalledByTheirRule()
    {
        await AddAsync("member", "01A20647-EA77:2026-11", MessageState.Pending);
        var organizer = await site.SignInAsync("so.organizer");

        var list = (await organizer.GetPageAsync("/messages")).QuerySelector("tbody")!;

        Assert.Contains("Lời được soạn khi gửi", list.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("01A20647", list.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_ByCoordinator_AreRefused()
    {
        var response = await (await site.SignInAsync("xa.coordinator")).GetAsync("/messages");

        Assert.False(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Send_ToPickupFolder_WritesOneReadableFileHoweverOften()
    {
        await site.OccasionAsync("pickup@example.org");
        await site.SweepAsync();
        var message = await site.MailAsync(site.Script().Subject);

        await site.WithAsync(async services =>
        {
            var sender = services.GetRequiredService<IEmailSender>();
            Assert.IsType<PickupEmailSender>(sender);
            await sender.SendAsync(message, new("Nhắc lịch: Đặng Thị Ẩn", "Mời bạn đến điểm cầu.", "/today"));
            return await sender.SendAsync(message, new("Nhắc lịch: Đặng Thị Ẩn", "Mời bạn đến điểm cầu.", "/today"));
        });

        var mail = ReceivedMail.Read(Assert.Single(Directory.GetFiles(Path.Combine(site.DataPath, "mail"))));
        Assert.Equal("Nhắc lịch: Đặng Thị Ẩn", mail.Subject);
        Assert.Contains("Mời bạn đến điểm cầu.", mail.Part("text/plain"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(site.DataPath, "mail")));
    }

    private Task<long> AddAsync(string user, string subject, MessageState state, MessageChannel channel = MessageChannel.InApp, string? title = null) => site.QueryAsync(async db =>
    {
        var personId = await db.People.Where(person => db.Users.Any(account => account.UserName == user && account.Id == person.UserId)).Select(person => person.Id).SingleAsync();
        var now = site.Clock.UtcNow();
        var message = new Message
        {
            Rule = TestReminders.RuleName, Subject = subject, PersonId = personId, Channel = channel, Address = channel == MessageChannel.Email ? "x@example.org" : null, DueUtc = now, State = state,
            SentUtc = state == MessageState.Sent ? now : null, Title = title, Text = title is null ? null : "Nội dung", Url = "/sessions/TH-1", Error = state == MessageState.Dead ? "550 no such user" : null, Attempts = 1,
        };
        db.Add(message);
        await db.SaveChangesAsync();
        return message.Id;
    });
}

public sealed class SqlitePageTests(PageSqliteSite site) : PageTests(site), IClassFixture<PageSqliteSite>;

public sealed class PostgreSqlPageTests(PagePostgreSqlSite site) : PageTests(site), IClassFixture<PagePostgreSqlSite>;

public sealed class PageSqliteSite : SqliteSite
{
    protected override void AddServices(IServiceCollection services) => services.AddTestReminders();
}

public sealed class PagePostgreSqlSite : PostgreSqlSite
{
    protected override void AddServices(IServiceCollection services) => services.AddTestReminders();
}
