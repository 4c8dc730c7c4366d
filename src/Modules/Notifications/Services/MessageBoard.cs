using TrainingSite.Notifications.Mail;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Services;

/// <summary>How far the messages about one subject are.</summary>
public sealed class SubjectRow
{
    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's name for people.</summary>
    public string RuleTitle { get; internal set; } = "";

    /// <summary>What it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>When the latest became due.</summary>
    public required DateTime DueUtc { get; init; }

    /// <summary>Title of one that went; null while none has.</summary>
    public required string? Title { get; init; }

    /// <summary>Still to go, or to go again.</summary>
    public required int Waiting { get; init; }

    /// <summary>In the application.</summary>
    public required int InApp { get; init; }

    /// <summary>Opened in the application.</summary>
    public required int Read { get; init; }

    /// <summary>By mail.</summary>
    public required int Mailed { get; init; }

    /// <summary>Given up.</summary>
    public required int Dead { get; init; }

    /// <summary>Not sent because the occasion passed.</summary>
    public required int Skipped { get; init; }
}

/// <summary>One subject.</summary>
/// <param name="Summary">The counts.</param>
/// <param name="ZaloText">The words to paste into a Zalo group; null before anything went.</param>
/// <param name="Problems">Messages that did not go, the given-up ones first.</param>
public sealed record SubjectModel(SubjectRow Summary, string? ZaloText, Page<ProblemRow> Problems);

/// <summary>A message that did not go.</summary>
/// <param name="Id">Key.</param>
/// <param name="Address">Mail address; null in the application.</param>
/// <param name="State">Failed (will be tried again) or Dead.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="NextTryUtc">Next try; null when given up.</param>
/// <param name="Error">Why.</param>
public sealed record ProblemRow(long Id, string? Address, MessageState State, int Attempts, DateTime? NextTryUtc, string? Error);

/// <summary>What staff see of the messages.</summary>
public sealed class MessageBoard
{
    private readonly SiteDbContext _db;
    private readonly MessageQueue _queue;
    private readonly EmailComposer _composer;
    private readonly IEnumerable<IReminderSource> _sources;

    internal MessageBoard(SiteDbContext db, MessageQueue queue, EmailComposer composer, IEnumerable<IReminderSource> sources) =>
        (_db, _queue, _composer, _sources) = (db, queue, composer, sources);

    /// <summary>How many were given up in all.</summary>
    public Task<int> CountDeadAsync(CancellationToken cancellationToken) =>
        _db.Messages.CountAsync(message => message.State == MessageState.Dead, cancellationToken);

    /// <summary>The subjects, the latest first.</summary>
    public async Task<Page<SubjectRow>> GetSubjectsAsync(int page, CancellationToken cancellationToken)
    {
        var rows = await Summarise(_db.Messages).OrderByDescending(row => row.DueUtc).ThenBy(row => row.Rule).ThenBy(row => row.Subject).ToPageAsync(page, 50, cancellationToken);
        foreach (var row in rows.Items)
        {
            row.RuleTitle = TitleOf(row.Rule);
        }

        return rows;
    }

    /// <summary>One subject with what did not go; null when there is none.</summary>
    public async Task<SubjectModel?> GetSubjectAsync(string rule, string subject, int page, CancellationToken cancellationToken)
    {
        var messages = Of(rule, subject);
        if (await Summarise(messages).FirstOrDefaultAsync(cancellationToken) is not { } summary)
        {
            return null;
        }

        summary.RuleTitle = TitleOf(rule);
        var sample = await messages.Where(message => message.Title != null).OrderBy(message => message.Id)
            .Select(message => new MessageContent(message.Title!, message.Text!, message.Url!)).FirstOrDefaultAsync(cancellationToken);
        var problems = await messages.Where(message => message.State == MessageState.Dead || message.State == MessageState.Failed)
            .OrderBy(message => message.State).ThenBy(message => message.Id)
            .Select(message => new ProblemRow(message.Id, message.Address, message.State, message.Attempts, message.NextTryUtc, message.Error))
            .ToPageAsync(page, 50, cancellationToken);
        return new(summary, sample is null ? null : $"{sample.Title}\n\n{EmailComposer.PlainText(sample, _composer.AbsoluteUrl(sample.Url))}", problems);
    }

    /// <summary>Gives what was given up another round of tries.</summary>
    public Task<int> RetryAsync(string rule, string subject, long? id, CancellationToken cancellationToken) =>
        _queue.RetryAsync(Of(rule, subject).Where(message => id == null || message.Id == id), cancellationToken);

    private string TitleOf(string rule) => _sources.FirstOrDefault(source => source.Rule == rule)?.Title ?? rule;

    private IQueryable<Message> Of(string rule, string subject) => _db.Messages.Where(message => message.Rule == rule && message.Subject == subject);

    private static IQueryable<SubjectRow> Summarise(IQueryable<Message> messages) => messages
        .GroupBy(message => new { message.Rule, message.Subject })
        .Select(group => new SubjectRow
        {
            Rule = group.Key.Rule,
            Subject = group.Key.Subject,
            DueUtc = group.Max(message => message.DueUtc),
            Title = group.Max(message => message.Title),
            Waiting = group.Count(message => message.State == MessageState.Pending || message.State == MessageState.Sending || message.State == MessageState.Failed),
            InApp = group.Count(message => message.State == MessageState.Sent && message.Channel == MessageChannel.InApp),
            Read = group.Count(message => message.ReadUtc != null),
            Mailed = group.Count(message => message.State == MessageState.Sent && message.Channel == MessageChannel.Email),
            Dead = group.Count(message => message.State == MessageState.Dead),
            Skipped = group.Count(message => message.State == MessageState.Skipped),
        });
}
