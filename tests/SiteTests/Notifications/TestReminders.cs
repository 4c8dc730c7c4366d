using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Models;
using TrainingSite.Notifications.Services;

namespace TrainingSite.SiteTests.Notifications;

/// <summary>What the test's reminder source says; tests share the site, so each has a subject of its own.</summary>
public sealed class ReminderScript
{
    /// <summary>Subject of the occasion that is due; people whose user name begins with it and a dot are to be told.</summary>
    public string Subject { get; set; } = "none";

    /// <summary>Makes the source fail.</summary>
    public bool Fails { get; set; }

    /// <summary>The words by subject; those of an unknown subject are plain.</summary>
    public ConcurrentDictionary<string, Func<MessageContent?>> Contents { get; } = new();
}

/// <summary>A reminder source over the accounts: constants, parameters and columns, as real sources mix them.</summary>
internal sealed class TestReminders(SiteDbContext db, ReminderScript script) : IReminderSource
{
    public const string RuleName = "test-rule";

    public string Rule => RuleName;

    public string Title => "Lời nhắc thử";

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var subject = script.Subject;
        var prefix = subject + ".";
        return script.Fails
            ? throw new InvalidOperationException("nguồn hỏng")
            : db.Set<SiteUser>().Where(user => user.UserName!.StartsWith(prefix)).Select(user => new DueReminder
            {
                Subject = subject + ":7d",
                PersonId = user.Id,
                UserId = null,
                Email = user.Email,
                DueUtc = user.CreatedUtc,
            });
    }

    public Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var content = script.Contents.TryGetValue(subject.Split(':')[0], out var write) ? write() : new($"Nhắc lịch tập huấn {subject}", "Kính mời ông Lò Văn Ẩn.\n\nMang theo điện thoại.", "/sessions/TH-1");
        return Task.FromResult<IReadOnlyDictionary<Guid, MessageContent>>(content is null ? new Dictionary<Guid, MessageContent>() : personIds.ToDictionary(id => id, _ => content));
    }
}

/// <summary>A second source, to see that one's failure leaves the other alone.</summary>
internal sealed class OtherReminders(SiteDbContext db, ReminderScript script) : IReminderSource
{
    public string Rule => "other-rule";

    public string Title => "Lời nhắc khác";

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var prefix = script.Subject + ".";
        return db.Set<SiteUser>().Where(user => user.UserName!.StartsWith(prefix)).Select(user => new DueReminder { Subject = user.UserName!, PersonId = user.Id, UserId = user.Id, Email = null, DueUtc = utcNow });
    }

    public Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, MessageContent>>(personIds.ToDictionary(id => id, _ => new MessageContent("Khác", "Khác", "/")));
}

/// <summary>What the tests do and look at.</summary>
internal static class NotificationsSite
{
    public static void AddTestReminders(this IServiceCollection services)
    {
        services.AddSingleton<ReminderScript>();
        services.AddScoped<IReminderSource, TestReminders>();
        services.AddScoped<IReminderSource, OtherReminders>();
    }

    public static ReminderScript Script(this SiteFixture site) => site.Services.GetRequiredService<ReminderScript>();

    /// <summary>Makes an occasion with people of these addresses (empty: none) and lets it be due.</summary>
    public static async Task<string> OccasionAsync(this SiteFixture site, params string[] addresses)
    {
        var subject = $"s{Guid.NewGuid():N}"[..12];
        await site.WithAsync(async services =>
        {
            var db = services.GetRequiredService<SiteDbContext>();
            db.AddRange(addresses.Select((address, index) => new SiteUser
            {
                UserName = $"{subject}.{index}",
                NormalizedUserName = $"{subject}.{index}".ToUpperInvariant(),
                Email = address.Length == 0 ? null : address,
                CreatedUtc = site.Clock.UtcNow(),
            }));
            return await db.SaveChangesAsync();
        });
        site.Script().Subject = subject;
        return subject;
    }

    public static Task SweepAsync(this SiteFixture site) => site.RunAsync<SweepRemindersTask>();

    public static Task SendAsync(this SiteFixture site) => site.RunAsync<SendMessagesTask>();

    public static Task RunAsync<T>(this SiteFixture site) where T : IBackgroundTask => site.WithAsync(async services =>
    {
        await services.GetRequiredService<T>().ExecuteAsync(CancellationToken.None);
        return true;
    });

    public static Task<List<Message>> MessagesAsync(this SiteFixture site, string subject, MessageChannel? channel = null) => site.QueryAsync(db => db.Messages
        .Where(message => message.Rule == TestReminders.RuleName && message.Subject == subject + ":7d" && (channel == null || message.Channel == channel))
        .OrderBy(message => message.Id).AsNoTracking().ToListAsync());

    public static async Task<Message> MailAsync(this SiteFixture site, string subject) => Assert.Single(await site.MessagesAsync(subject, MessageChannel.Email));
}

/// <summary>A site that plans and sends to the test mail server.</summary>
public sealed class MailSqliteSite : SqliteSite, IMailSite
{
    private SmtpServer? _server;

    SmtpServer IMailSite.Server => _server!;

    IEnumerable<(string Key, string Value)> IMailSite.AllSettings => DatabaseSettings().Concat(Settings());

    protected override string? Recipe => null;

    protected override void AddServices(IServiceCollection services) => services.AddTestReminders();

    protected override async Task CreateDatabaseAsync() => _server = await SmtpServer.StartAsync(Path.Combine(DataPath, "smtp"));

    protected override IEnumerable<(string Key, string Value)> Settings() => IMailSite.Settings(_server!);

    protected override Task DropDatabaseAsync()
    {
        _server?.Dispose();
        return base.DropDatabaseAsync();
    }
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class MailPostgreSqlSite : PostgreSqlSite, IMailSite
{
    private SmtpServer? _server;

    SmtpServer IMailSite.Server => _server!;

    IEnumerable<(string Key, string Value)> IMailSite.AllSettings => DatabaseSettings().Concat(Settings());

    protected override string? Recipe => null;

    protected override void AddServices(IServiceCollection services) => services.AddTestReminders();

    protected override async Task CreateDatabaseAsync() => _server = await SmtpServer.StartAsync(Path.Combine(DataPath, "smtp"));

    protected override IEnumerable<(string Key, string Value)> Settings() => IMailSite.Settings(_server!);

    protected override Task DropDatabaseAsync()
    {
        _server?.Dispose();
        return base.DropDatabaseAsync();
    }
}

/// <summary>A site with a test mail server beside it.</summary>
internal interface IMailSite
{
    SmtpServer Server { get; }

    /// <summary>What another process needs to be the same site.</summary>
    IEnumerable<(string Key, string Value)> AllSettings { get; }

    static IEnumerable<(string Key, string Value)> Settings(SmtpServer server) =>
    [
        ("Mail:Mode", "Smtp"), ("Mail:Host", "127.0.0.1"), ("Mail:Port", server.Port.ToString()), ("Mail:Security", "None"), ("Mail:TimeoutSeconds", "5"),
        ("Site:BaseUrl", "https://taphuan.example.org"),
    ];
}
