using Microsoft.Extensions.Localization;
using TrainingSite.Notifications.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Materials;

/// <summary>Tells whoever asked that their question was answered; once a question, also when the answer is bettered later.</summary>
internal sealed class QuestionAnswers(SiteDbContext db, IStringLocalizer<Strings> T) : IReminderSource
{
    private static readonly TimeSpan Latest = TimeSpan.FromDays(7);

    public string Rule => "session-question-answer";

    public string Title => T["Trả lời câu hỏi"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var since = utcNow - Latest;
        return from question in db.Set<SessionQuestion>()
               join person in db.People on question.PersonId equals person.Id
               where question.Answer != null && question.AnsweredUtc > since
               select new DueReminder
               {
                   Subject = question.Id.ToString(),
                   PersonId = question.PersonId,
                   UserId = person.UserId,
                   Email = person.Email,
                   DueUtc = question.AnsweredUtc!.Value,
               };
    }

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var (id, people) = (Guid.Parse(subject), personIds.ToArray());
        var found = await db.Set<SessionQuestion>().Where(question => question.Id == id && question.Answer != null && EF.Parameter(people).Contains(question.PersonId))
            .Join(db.Set<TrainingSession>(), question => question.SessionId, session => session.Id, (question, session) => new { question.PersonId, question.Text, question.Answer, question.AnsweredBy, session.Code, session.Title })
            .ToListAsync(cancellationToken);
        return found.ToDictionary(row => row.PersonId, row => new MessageContent(
            T["Câu hỏi của bạn đã có trả lời: {0}", row.Title],
            $"{T["Bạn hỏi: {0}", row.Text]}\n{T["{0} trả lời: {1}", row.AnsweredBy ?? "", row.Answer!]}",
            $"/sessions/{row.Code}/questions"));
    }
}
