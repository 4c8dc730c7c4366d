using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.QuestionEntries;
using TrainingSite.Sessions.Services;
using TrainingSite.Sessions.Trainers;

namespace TrainingSite.Sessions.Materials;

/// <summary>Questions of those who are invited to a session, before, during and after it.</summary>
public sealed class QuestionService(SiteDbContext db, SessionAccess access, TrainerService trainers, IEnumerable<QuestionEntryService> library, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Most questions of one person in one session.</summary>
    public const int MostPerPerson = 10;

    private const int PageSize = 20;

    /// <summary>The session with its questions; only for those who see the session beyond its announcement.</summary>
    public async Task<Result<QuestionsModel>> ReadAsync(string code, int page, CancellationToken cancellationToken = default)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code && session.State != SessionState.Draft, cancellationToken);
        if (session is null)
        {
            return access.NoSession(code);
        }

        var me = user.PersonId;
        var rows = await db.Set<SessionQuestion>().Where(question => question.SessionId == session.Id)
            .OrderByDescending(question => question.AskedUtc).ThenBy(question => question.Id)
            .Join(db.People, question => question.PersonId, person => person.Id, (question, person) => new QuestionRow(question.Id, question.Text, person.FullName, question.AskedUtc, question.Answer, question.AnsweredBy, question.AnsweredUtc, question.PersonId == me))
            .ToPageAsync(page, PageSize, cancellationToken);
        var questions = rows.Items.Select(row => row.Id).ToArray();
        var open = db.Documents.OpenTo(user);
        var entries = await db.Set<SessionQuestionEntry>().Where(entry => EF.Parameter(questions).Contains(entry.QuestionId))
            .Join(db.Documents, entry => entry.DocumentId, document => document.Id, (entry, document) => new { entry.QuestionId, document.Id, document.State })
            .Select(entry => new QuestionEntry(entry.QuestionId, entry.Id, entry.State, open.Any(document => document.Id == entry.Id)))
            .ToDictionaryAsync(entry => entry.QuestionId, cancellationToken);
        return new QuestionsModel(
            session,
            rows,
            entries,
            CanAsk: me is not null && await db.Invitations.AnyAsync(invitation => invitation.SessionId == session.Id && invitation.PersonId == me, cancellationToken),
            CanAskForOthers: await MayServeAsync(session, cancellationToken),
            CanAnswer: await trainers.CanTeachAsync(session, cancellationToken),
            CanAddToLibrary: library.Any(entries => entries.MayAdd));
    }

    /// <summary>Asks: for oneself or, as who serves a point, for somebody invited there who has no device.</summary>
    public async Task<Result<SessionQuestion>> AskAsync(string code, string? memberCode, string? text, CancellationToken cancellationToken = default)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code && session.State != SessionState.Draft, cancellationToken);
        if (session is null)
        {
            return access.NoSession(code);
        }

        var words = (text ?? "").Trim();
        if (words.Length is 0 or > 1000)
        {
            return new Fault("text_required", words.Length == 0 ? T["Hãy viết câu hỏi."] : T["Câu hỏi dài {0} ký tự; nhiều nhất {1}.", words.Length, 1000], "Text");
        }

        var person = await FindAskerAsync(session, memberCode, cancellationToken);
        if (!person.Succeeded)
        {
            return person.Faults.ToList();
        }

        if (await db.Set<SessionQuestion>().CountAsync(question => question.SessionId == session.Id && question.PersonId == person.Value, cancellationToken) >= MostPerPerson)
        {
            return new Fault("too_many_questions", T["Mỗi người hỏi nhiều nhất {0} câu trong một buổi. Hãy chờ trả lời, hoặc hỏi trực tiếp giảng viên.", MostPerPerson], Kind: FaultKind.Conflict);
        }

        var question = new SessionQuestion { SessionId = session.Id, PersonId = person.Value, AskedUtc = clock.UtcNow(), Text = words };
        db.Add(question);
        await db.SaveChangesAsync(cancellationToken);
        return question;
    }

    /// <summary>Answers, or answers better.</summary>
    public async Task<Result<SessionQuestion>> AnswerAsync(string code, Guid id, string? text, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(code, id, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        var words = (text ?? "").Trim();
        if (words.Length is 0 or > 2000)
        {
            return new Fault("text_required", words.Length == 0 ? T["Hãy viết câu trả lời."] : T["Câu trả lời dài {0} ký tự; nhiều nhất {1}.", words.Length, 2000], "Text");
        }

        (found.Value.Answer, found.Value.AnsweredBy, found.Value.AnsweredUtc) = (words, user.Name, clock.UtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return found;
    }

    /// <summary>Takes a question off the page: it was asked by mistake, or names somebody.</summary>
    public async Task<Result<SessionQuestion>> RemoveAsync(string code, Guid id, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(code, id, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        if (await IsInLibraryAsync(id, cancellationToken))
        {
            // What names somebody would go on standing there, and nothing would lead to it.
            return new Fault("question_in_library", T["Câu hỏi này đã được đưa vào thư viện. Hãy xóa ở thư viện trước, hoặc nhờ người phụ trách thư viện xóa, rồi bỏ câu hỏi."], Kind: FaultKind.Conflict);
        }

        db.Remove(found.Value);
        await db.SaveChangesAsync(cancellationToken);
        return found;
    }

    /// <summary>Whether the question was brought into the library.</summary>
    public Task<bool> IsInLibraryAsync(Guid id, CancellationToken cancellationToken = default) => db.Set<SessionQuestionEntry>().AnyAsync(entry => entry.QuestionId == id, cancellationToken);

    private async Task<Result<SessionQuestion>> FindAsync(string code, Guid id, CancellationToken cancellationToken)
    {
        var session = await trainers.FindToTeachAsync(code, cancellationToken);
        return !session.Succeeded ? session.Faults.ToList()
            : await db.Set<SessionQuestion>().AsTracking().SingleOrDefaultAsync(question => question.SessionId == session.Value.Id && question.Id == id, cancellationToken) is { } question ? question
            : new Fault("question_unknown", T["Câu hỏi này không còn nữa."], Kind: FaultKind.NotFound);
    }

    private async Task<Result<Guid>> FindAskerAsync(TrainingSession session, string? memberCode, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(memberCode))
        {
            return user.PersonId is { } me && await db.Invitations.AnyAsync(invitation => invitation.SessionId == session.Id && invitation.PersonId == me, cancellationToken)
                ? me
                : new Fault("out_of_scope", T["Người được mời dự buổi này mới đặt câu hỏi được."], Kind: FaultKind.Forbidden);
        }

        var member = memberCode.Trim();
        var invited = await db.Invitations.AsNoTracking().Include(invitation => invitation.Point).SingleOrDefaultAsync(invitation => invitation.SessionId == session.Id && invitation.Person.Code == member, cancellationToken);
        return invited is not null && await access.CanTakeAttendanceAsync(invited.Point, cancellationToken)
            ? invited.PersonId
            : new Fault("person_not_in_session", T["{0} không có trong danh sách của điểm cầu bạn phụ trách.", member], "Member");
    }

    private async Task<bool> MayServeAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        var userId = user.Id;
        return await db.SessionPoints.Where(point => point.SessionId == session.Id).InScope(user.ScopeOf(Permissions.TakeAttendance), point => point.Path).AnyAsync(cancellationToken)
            || await db.SessionPoints.AnyAsync(point => point.SessionId == session.Id && point.Coordinators.Any(coordinator => coordinator.UserId == userId), cancellationToken);
    }
}

/// <summary>One question as everybody invited reads it.</summary>
public sealed record QuestionRow(Guid Id, string Text, string Name, DateTime AskedUtc, string? Answer, string? AnsweredBy, DateTime? AnsweredUtc, bool IsMine);

/// <summary>What a question became in the library.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="State">Whether it stands there.</param>
/// <param name="IsOpen">Whether the reader may open it.</param>
public sealed record QuestionEntry(Guid QuestionId, Guid DocumentId, DocumentState State, bool IsOpen);

/// <summary>The questions of a session, and what the reader may do there.</summary>
public sealed record QuestionsModel(TrainingSession Session, Page<QuestionRow> Rows, IReadOnlyDictionary<Guid, QuestionEntry> Entries, bool CanAsk, bool CanAskForOthers, bool CanAnswer, bool CanAddToLibrary);
