using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Search;

/// <summary>Sessions that are no drafts and no rehearsals, by title, text, trainers and topics, for whoever lives or works in their area (<see cref="SessionAccess.FindToReadAsync"/>).</summary>
internal sealed class SessionSearchSource(SiteDbContext db, IStringLocalizer<Strings> T) : ISearchSource
{
    public const string Name = "session";

    public string Kind => Name;

    public string Title => T["Buổi tập huấn"];

    public async IAsyncEnumerable<SearchDocument> GetAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var session in db.Sessions.AsNoTracking().Where(session => session.State != SessionState.Draft && !session.IsRehearsal).OrderBy(session => session.StartUtc).Include(session => session.Topics).Include(session => session.Points).AsSplitQuery().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return ToDocument(session);
        }
    }

    /// <summary>The document of one session.</summary>
    public SearchDocument ToDocument(TrainingSession session) => new(Name, session.Id, session.Title, $"{session.Description}\n{session.Organizers}\n{session.Trainers}\n{session.Code}".Trim(), $"/sessions/{session.Code}")
    {
        Topic = session.Topics.Select(topic => topic.Topic).OrderBy(topic => topic.Length).ThenBy(topic => topic, StringComparer.Ordinal).FirstOrDefault(),
        Visibility = SearchVisibility.Unit,
        UnitPath = SessionArea.Of(session.OrganizerPath, session.Points.Select(point => point.Path)),
        Source = session.State == SessionState.Cancelled ? T["Đã hủy, lịch cũ {0}", session.StartUtc.ToDateText()] : session.StartUtc.ToDateText(),
    };
}

/// <summary>Keeps the index true to a session that changed. The index writes past the change tracker, so what is pending is saved first.</summary>
internal sealed class SessionIndexer(SiteDbContext db, SessionSearchSource source, SearchIndex index) : IEventHandler<SessionChanged>
{
    public async Task HandleAsync(SessionChanged fact, CancellationToken cancellationToken)
    {
        var session = await db.Sessions.AsNoTracking().Include(session => session.Topics).Include(session => session.Points).AsSplitQuery().SingleAsync(session => session.Id == fact.SessionId, cancellationToken);
        await (session.State == SessionState.Draft || session is { State: SessionState.Cancelled, PublishedUtc: null } || session.IsRehearsal
            ? index.RemoveAsync(SessionSearchSource.Name, session.Id, cancellationToken)
            : index.PutAsync([source.ToDocument(session)], cancellationToken));
    }
}
