using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;
using TrainingSite.Sessions.Materials;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Trainers;

namespace TrainingSite.Sessions.QuestionEntries;

/// <summary>
/// Brings an answered question into the library, where everybody with the same question finds it (R91): at once by whoever keeps the library, else for
/// them to look at first. It says who answered if they leave that in, and never who asked.
/// </summary>
public sealed class QuestionEntryService(SiteDbContext db, TrainerService trainers, LibraryService library, TopicNames topics, CurrentUser user, IStringLocalizer<Strings> T)
{
    private const int LongestTitle = 300;
    private const int LongestText = 4000;
    private const int LongestCredit = 600;

    /// <summary>Whether the user brings things into the library at all.</summary>
    public bool MayAdd => user.Can(Library.Permissions.ManageLibrary) || user.Can(Library.Permissions.ProposeDocuments);

    /// <summary>The entry as it could be, for whoever answers questions to read over.</summary>
    public async Task<Result<QuestionEntryModel>> ReadAsync(string code, Guid id, QuestionEntryForm? form, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(code, id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var (session, question) = found.Value;
        var topic = await db.Set<SessionTopic>().Where(row => row.SessionId == session.Id).OrderBy(row => row.Topic).Select(row => row.Topic).FirstOrDefaultAsync(cancellationToken);
        form ??= Draft(session, question, topic);
        return new QuestionEntryModel(session, id, form, await topics.GetChoicesAsync([form.Topic], cancellationToken), PublishesAtOnce);
    }

    /// <summary>Adds the entry, or finds that it is there.</summary>
    public async Task<Result<Document>> AddAsync(string code, Guid id, QuestionEntryForm form, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(code, id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var (session, question) = found.Value;
        var (title, asked, answer) = (VietnameseText.Clean(form.Title ?? ""), (form.Question ?? "").Trim(), (form.Answer ?? "").Trim());
        if (title.Length is 0 or > LongestTitle)
        {
            return new Fault("title_invalid", T["Hãy ghi câu hỏi, không quá {0} chữ cái.", LongestTitle], nameof(form.Title));
        }

        if (answer.Length is 0 or > LongestText)
        {
            return new Fault("text_required", T["Hãy ghi câu trả lời, không quá {0} chữ cái.", LongestText], nameof(form.Answer));
        }

        if (asked.Length > LongestText)
        {
            return new Fault("text_too_long", T["Phần kể thêm về câu hỏi không quá {0} chữ cái.", LongestText], nameof(form.Question));
        }

        if (form.Credit?.Length > LongestCredit)
        {
            return new Fault("text_too_long", T["Dòng cuối không quá {0} chữ cái.", LongestCredit], nameof(form.Credit));
        }

        var details = new DocumentDetails
        {
            Title = title,
            Kind = DocumentKind.Answer,
            Topic = form.Topic,
            Visibility = form.IsForEverybody ? DocumentVisibility.Public : DocumentVisibility.SignedIn,
            UnitCode = user.Can(Library.Permissions.ProposeDocuments) || Kept.HoldsProvince ? null : UnitPath.CodeOf(Kept.Paths[0]),
        };
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(Write(title, asked, answer, VietnameseText.Clean(form.Credit ?? ""))));
        var name = $"{title.Replace('/', '-').Replace('\\', '-')}.md";
        var added = PublishesAtOnce ? await library.AddAsync(content, name, details, readNow: true, cancellationToken) : await library.ProposeAsync(content, name, details, cancellationToken);
        if (!added.Succeeded)
        {
            return added.Faults.ToList();
        }

        var linked = await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO "Sessions_QuestionEntry" ("QuestionId", "DocumentId") SELECT "Id", {added.Value.Document.Id} FROM "Sessions_Question" WHERE "Id" = {id} ON CONFLICT DO NOTHING
             """,
            cancellationToken);
        if (linked > 0 || await db.Set<SessionQuestionEntry>().AnyAsync(entry => entry.QuestionId == id && entry.DocumentId == added.Value.Document.Id, cancellationToken))
        {
            return added.Value.Document;
        }

        // Somebody else brought it in, or took the question off, at the same moment: no second entry stays behind.
        if (added.Value.IsNew)
        {
            await library.DeleteAsync(added.Value.Document.Id, cancellationToken);
        }

        var now = await FindAsync(code, id, cancellationToken);
        return now.Succeeded ? Known() : now.Faults.ToList();
    }

    private UnitScope Kept => user.ScopeOf(Library.Permissions.ManageLibrary);

    private bool PublishesAtOnce => Kept.HoldsProvince || (!Kept.IsNothing && !user.Can(Library.Permissions.ProposeDocuments));

    private async Task<Result<(TrainingSession Session, SessionQuestion Question)>> FindAsync(string code, Guid id, CancellationToken cancellationToken)
    {
        var session = await trainers.FindToTeachAsync(code, cancellationToken);
        if (!session.Succeeded)
        {
            return session.Faults.ToList();
        }

        if (!MayAdd)
        {
            return new Fault("out_of_scope", T["Tài khoản của bạn không được gửi tài liệu vào thư viện."], Kind: FaultKind.Forbidden);
        }

        if (await db.Set<SessionQuestion>().AsNoTracking().SingleOrDefaultAsync(question => question.SessionId == session.Value.Id && question.Id == id && question.Answer != null, cancellationToken) is not { } question)
        {
            return new Fault("question_unknown", T["Câu hỏi này không còn nữa, hoặc chưa có trả lời."], Kind: FaultKind.NotFound);
        }

        return await db.Set<SessionQuestionEntry>().AnyAsync(entry => entry.QuestionId == id, cancellationToken)
            ? Known()
            : (session.Value, question);
    }

    private Fault Known() => new("question_known", T["Câu hỏi này đã được đưa vào thư viện."], Kind: FaultKind.Conflict);

    /// <summary>The entry as far as the question tells: its first line makes the title, the rest stands below.</summary>
    private QuestionEntryForm Draft(TrainingSession session, SessionQuestion question, string? topic)
    {
        var lines = question.Text.Split('\n', 2);
        var first = VietnameseText.Clean(lines[0]);
        var isWhole = first.Length <= LongestTitle;
        return new()
        {
            Title = isWhole ? first : $"{first[..(LongestTitle - 1)].TrimEnd()}…",
            Question = isWhole ? lines.ElementAtOrDefault(1)?.Trim() : question.Text,
            Answer = question.Answer,
            Credit = InVietnamese(() => T["{0} trả lời tại buổi “{1}”, {2}.", question.AnsweredBy!, session.Title, session.StartUtc.ToLongDateText()].Value),
            Topic = topic,
        };
    }

    private string Write(string title, string asked, string answer, string credit) =>
        string.Join("\n\n", new[] { $"# {title}", asked, asked.Length > 0 ? $"## {InVietnamese(() => T["Trả lời"].Value)}" : "", answer, credit }.Where(part => part.Length > 0)) + "\n";

    /// <summary>The library is Vietnamese, whatever language its writer reads the site in.</summary>
    private static string InVietnamese(Func<string> words)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("vi-VN");
        try
        {
            return words();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}

/// <summary>What somebody who answers questions writes for the library.</summary>
public sealed class QuestionEntryForm
{
    /// <summary>The question in one line.</summary>
    public string? Title { get; set; }

    /// <summary>More of it; may be empty.</summary>
    public string? Question { get; set; }

    /// <summary>The answer, as text or Markdown.</summary>
    public string? Answer { get; set; }

    /// <summary>The last line: who answered, and where; may be empty.</summary>
    public string? Credit { get; set; }

    /// <summary>Topic code.</summary>
    public string? Topic { get; set; }

    /// <summary>Whether it needs no account to be read.</summary>
    public bool IsForEverybody { get; set; }
}

/// <summary>The form, and what it offers.</summary>
/// <param name="Session">Where it was asked.</param>
/// <param name="Id">The question.</param>
/// <param name="Form">What is filled in.</param>
/// <param name="Topics">Name by code of what can be chosen.</param>
/// <param name="PublishesAtOnce">Whether nobody has to look at it first.</param>
public sealed record QuestionEntryModel(TrainingSession Session, Guid Id, QuestionEntryForm Form, IReadOnlyDictionary<string, string> Topics, bool PublishesAtOnce);
