using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Models;
using TrainingSite.Notifications.Services;

namespace TrainingSite.SiteTests.Notifications;

/// <summary>Sending to a real mail server that fails in all the ways mail servers do.</summary>
public abstract class SendTests
{
    private readonly SiteFixture site;

    /// <summary>Each test begins at nine in the morning of a new day.</summary>
    protected SendTests(SiteFixture site)
    {
        this.site = site;
        NextMorning();
    }

    private SmtpServer Server => ((IMailSite)site).Server;

    [Fact]
    public async Task Send_Planned_ReachesEachOnceAndAgainNobody()
    {
        var subject = await PlanAsync("one@example.org", "two@example.org", "");

        await site.SendAsync();
        await site.SweepAsync();
        await site.SendAsync();

        Assert.Equal(["one@example.org", "two@example.org"], Server.Mails(subject).Select(mail => mail.To).Order());
        Assert.All(await site.MessagesAsync(subject), message => Assert.Equal((MessageState.Sent, site.Clock.UtcNow()), (message.State, message.SentUtc)));
    }

    [Fact]
    public async Task Send_TwoSendersAtOnce_DoublesNothing()
    {
        var subject = await PlanAsync([.. Enumerable.Range(0, 40).Select(index => $"n{index}@example.org")]);

        await Task.WhenAll(site.SendAsync(), site.SendAsync(), site.SendAsync());

        var to = Server.Mails(subject).Select(mail => mail.To).ToList();
        Assert.Equal(40, to.Count);
        Assert.Equal(40, to.Distinct().Count());
    }

    [Fact]
    public async Task Send_DiedBeforeHandOver_SendsAfterTheLease()
    {
        var subject = await PlanAsync("late@example.org");
        await TakeAsync(subject);

        await site.SendAsync();
        Assert.Empty(Server.Mails(subject));

        site.Clock.Advance(MessageQueue.Lease + TimeSpan.FromSeconds(1));
        await site.SendAsync();
        await site.SendAsync();

        Assert.Single(Server.Mails(subject));
    }

    [Fact]
    public async Task Send_DiedAfterHandOver_SendsOnceMoreUnderTheSameMessageId()
    {
        var subject = await PlanAsync("twice@example.org");
        await site.SendAsync();
        await site.QueryAsync(db => db.Messages.Where(message => message.Subject == subject + ":7d" && message.Channel == MessageChannel.Email)
            .ExecuteUpdateAsync(row => row.SetProperty(m => m.State, MessageState.Sending).SetProperty(m => m.NextTryUtc, site.Clock.UtcNow() + MessageQueue.Lease)));

        await site.SendAsync();
        Assert.Single(Server.Mails(subject));

        site.Clock.Advance(MessageQueue.Lease + TimeSpan.FromSeconds(1));
        await site.SendAsync();

        var mails = Server.Mails(subject);
        Assert.Equal(2, mails.Count);
        Assert.Equal(mails[0].MessageId, mails[1].MessageId);
        Assert.Equal(MessageState.Sent, (await site.MailAsync(subject)).State);
    }

    [Fact]
    public async Task Send_SlowSenderWhoseLeaseRanOut_MayNotHandOver()
    {
        var subject = await PlanAsync("fenced@example.org");
        var taken = await TakeAsync(subject);
        site.Clock.Advance(MessageQueue.Lease + TimeSpan.FromSeconds(1));
        await site.SendAsync();

        var mayBegin = await site.WithAsync(services => services.GetRequiredService<MessageQueue>().BeginSendingAsync(taken, new("x", "x", "/")));

        Assert.False(mayBegin);
        Assert.Equal(MessageState.Sent, (await site.MailAsync(subject)).State);
    }

    [Theory]
    [InlineData("temp@example.org", "451")]
    [InlineData("limit@example.org", "421")]
    [InlineData("drop@example.org", "-1")]
    [InlineData("auth@example.org", "530")]
    public async Task Send_TransientFault_TriesAgainWithGrowingPausesThenGivesUp(string address, string status)
    {
        var subject = await PlanAsync(address);
        foreach (var pause in MessageQueue.Pauses)
        {
            await site.SendAsync();
            var failed = await site.MailAsync(subject);
            Assert.Equal((MessageState.Failed, site.Clock.UtcNow() + pause), (failed.State, failed.NextTryUtc));
            Assert.Contains(status, failed.Error!, StringComparison.Ordinal);
            site.Clock.Set(new(failed.NextTryUtc!.Value, TimeSpan.Zero));
        }

        NextMorning();
        await site.SendAsync();

        Assert.Equal((MessageState.Dead, null), (await site.MailAsync(subject)) is var dead ? (dead.State, dead.NextTryUtc) : default);
    }

    [Theory]
    [InlineData("perm@example.org", "550")]
    [InlineData("spam@example.org", "554")]
    [InlineData("không phải địa chỉ", "")]
    public async Task Send_PermanentFault_IsDeadAtOnceAndSaysWhy(string address, string status)
    {
        var subject = await PlanAsync(address);

        await site.SendAsync();

        var dead = await site.MailAsync(subject);
        Assert.Equal(MessageState.Dead, dead.State);
        Assert.Contains(status, dead.Error!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ServerRefusesEverybody_StopsAndBuriesNobody()
    {
        var subject = await PlanAsync([.. Enumerable.Range(0, 30).Select(index => $"all{index}@example.org")]);
        Server.RefuseEverybody(true);
        try
        {
            await Assert.ThrowsAsync<InvalidOperationException>(site.SendAsync);
        }
        finally
        {
            Server.RefuseEverybody(false);
        }

        Assert.All(await site.MessagesAsync(subject, MessageChannel.Email), message => Assert.Contains(message.State, new[] { MessageState.Pending, MessageState.Failed }));
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        await site.SendAsync();
        Assert.Equal(30, Server.Mails(subject).Count);
    }

    [Fact]
    public async Task Send_OccasionPassed_SendsNothing()
    {
        var subject = await PlanAsync("gone@example.org");
        site.Script().Contents[subject] = () => null;

        await site.SendAsync();

        Assert.Empty(Server.Mails(subject));
        Assert.All(await site.MessagesAsync(subject), message => Assert.Equal(MessageState.Skipped, message.State));
    }

    [Fact]
    public async Task Send_WordsFail_TriesAgainAndSendsTheOthers()
    {
        var broken = await PlanAsync("broken@example.org");
        site.Script().Contents[broken] = () => throw new InvalidOperationException("không viết được");
        var fine = await PlanAsync("fine@example.org");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(site.SendAsync);

        Assert.Contains("không viết được", failure.Message, StringComparison.Ordinal);
        Assert.Single(Server.Mails(fine));
        Assert.All(await site.MessagesAsync(broken), message => Assert.Equal(MessageState.Failed, message.State));
        site.Script().Contents.Remove(broken, out _);
    }

    [Fact]
    public async Task Send_InQuietHours_WaitsForTheMorningButShowsInTheApplication()
    {
        AtLocal(22, 0);
        var subject = await PlanAsync("night@example.org");

        await site.SendAsync();
        Assert.Empty(Server.Mails(subject));
        Assert.Equal(MessageState.Sent, Assert.Single(await site.MessagesAsync(subject, MessageChannel.InApp)).State);

        var morning = (await site.MailAsync(subject)).NextTryUtc!.Value;
        Assert.Equal("06:30", morning.ToTimeText());
        site.Clock.Set(new(morning, TimeSpan.Zero));
        await site.SendAsync();
        Assert.Single(Server.Mails(subject));
        Assert.Equal(1, (await site.MailAsync(subject)).Attempts);
    }

    [Fact]
    public async Task Send_InQuietHoursAboutTheSameDay_GoesAtOnce()
    {
        AtLocal(5, 0);
        var subject = await PlanAsync("early@example.org");
        site.Script().Contents[subject] = () => new($"Hôm nay {subject}", "Tập huấn lúc 8 giờ.", "/sessions/TH-1") { Calendar = Entry(CalendarMethod.Request) };

        await site.SendAsync();

        Assert.Single(Server.Mails(subject));
    }

    [Fact]
    public async Task Send_MoreThanTheDailyCap_LeavesTheRestForTomorrow()
    {
        NextMorning();
        var first = await PlanAsync("busy@example.org");
        var person = (await site.MailAsync(first)).PersonId;
        await site.QueryAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, 6).Select(index => new Message
            {
                Rule = TestReminders.RuleName, Subject = $"{first}{index}:7d", PersonId = person, Channel = MessageChannel.Email, Address = "busy@example.org",
                DueUtc = site.Clock.UtcNow(), NextTryUtc = site.Clock.UtcNow(),
            }));
            return await db.SaveChangesAsync();
        });

        await site.SendAsync();
        Assert.Equal(5, Server.Mails(first).Count);

        NextMorning();
        await site.SendAsync();
        Assert.Equal(7, Server.Mails(first).Count);
    }

    [Fact]
    public async Task Send_WithCalendar_CarriesTextHtmlAndInvitation()
    {
        var subject = await PlanAsync("calendar@example.org");
        site.Script().Contents[subject] = () => new($"Mời tập huấn {subject} – Đặng Thị Ẩn, điểm cầu Nhà văn hóa bản Nà Ớt", "Nội dung: An toàn trên mạng.", "/sessions/TH-1") { Calendar = Entry(CalendarMethod.Cancel) };

        await site.SendAsync();

        var mail = Assert.Single(Server.Mails(subject));
        Assert.Equal($"Mời tập huấn {subject} – Đặng Thị Ẩn, điểm cầu Nhà văn hóa bản Nà Ớt", mail.Subject);
        Assert.Contains("https://taphuan.example.org/sessions/TH-1", mail.Part("text/plain"), StringComparison.Ordinal);
        Assert.Contains("href=\"https://taphuan.example.org/sessions/TH-1\"", mail.Part("text/html"), StringComparison.Ordinal);
        var calendar = mail.Parts.Single(part => part.Type.StartsWith("text/calendar", StringComparison.Ordinal));
        Assert.Contains("method=CANCEL", calendar.Type, StringComparison.Ordinal);
        var lines = calendar.Text.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal).Split('\n');
        Assert.Contains("UID:th-1@trainingsite", lines);
        Assert.Contains("STATUS:CANCELLED", lines);
        Assert.Contains("LOCATION:Nhà văn hóa\\, bản Nà Ớt", lines);
        Assert.Equal(calendar.Text, mail.Part("application/ics"));
    }

    private CalendarEntry Entry(CalendarMethod method)
    {
        var start = site.Clock.UtcNow().AddHours(3);
        return new("th-1@trainingsite", 2, method, "Tập huấn An toàn trên mạng", start, start.AddHours(2), "Nhà văn hóa, bản Nà Ớt", "Mang theo điện thoại; đến sớm 15 phút.\nXin cảm ơn.");
    }

    private async Task<string> PlanAsync(params string[] addresses)
    {
        var subject = await site.OccasionAsync(addresses);
        await site.SweepAsync();
        return subject;
    }

    /// <summary>Takes the mails as a sender does that then dies.</summary>
    private Task<Message> TakeAsync(string subject) => site.WithAsync(async services =>
        (await services.GetRequiredService<MessageQueue>().TakeAsync(MessageChannel.Email, [TestReminders.RuleName], 1000, CancellationToken.None)).First(message => message.Subject.StartsWith(subject, StringComparison.Ordinal)));

    private void AtLocal(int hour, int minute) =>
        site.Clock.Set(new(VietnamTime.ToUtc(site.Clock.Today().AddDays(1).ToDateTime(new(hour, minute))), TimeSpan.Zero));

    private void NextMorning() => AtLocal(9, 0);
}

public sealed class SqliteSendTests(MailSqliteSite site) : SendTests(site), IClassFixture<MailSqliteSite>;

public sealed class PostgreSqlSendTests(MailPostgreSqlSite site) : SendTests(site), IClassFixture<MailPostgreSqlSite>;
