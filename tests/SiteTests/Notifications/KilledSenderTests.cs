using TrainingSite.Notifications.Models;
using TrainingSite.Notifications.Services;

namespace TrainingSite.SiteTests.Notifications;

/// <summary>A sending process that is killed half way, for real.</summary>
public abstract class KilledSenderTests(SiteFixture site)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Send_ProcessKilledHalfWay_NobodyIsForgottenAndADoubleShowsAsOne()
    {
        const int people = 40;
        var mail = (IMailSite)site;
        site.Clock.Set(TimeProvider.System.GetUtcNow());
        var subject = await site.OccasionAsync([.. Enumerable.Range(0, people).Select(index => $"slow{index}@example.org")]);
        await site.SweepAsync();

        using (var process = OtherProcess.Start(site.DataPath, mail.AllSettings))
        {
            using var deadline = new CancellationTokenSource(Patience);
            while (mail.Server.Mails(subject).Count < people / 4)
            {
                Assert.False(process.HasExited, "The other process ended by itself.");
                await Task.Delay(50, deadline.Token);
            }

            process.Kill();
            await process.WaitForExitAsync(deadline.Token);
        }

        Assert.InRange(mail.Server.Mails(subject).Count, people / 4, people - 1);
        // The next morning: past the lease, and past the quiet hours that may be now.
        site.Clock.Set(new(VietnamTime.ToUtc(site.Clock.Today().AddDays(1).ToDateTime(new(9, 0))), TimeSpan.Zero));
        await site.SendAsync();

        var mails = mail.Server.Mails(subject);
        Assert.Equal(people, mails.Select(one => one.To).Distinct().Count());
        Assert.Equal(people, mails.Select(one => one.MessageId).Distinct().Count());
        Assert.InRange(mails.Count, people, people + new NotificationOptions().MailConnections);
        Assert.All(await site.MessagesAsync(subject), message => Assert.Equal(MessageState.Sent, message.State));
    }
}

public sealed class SqliteKilledSenderTests(MailSqliteSite site) : KilledSenderTests(site), IClassFixture<MailSqliteSite>;

public sealed class PostgreSqlKilledSenderTests(MailPostgreSqlSite site) : KilledSenderTests(site), IClassFixture<MailPostgreSqlSite>;
