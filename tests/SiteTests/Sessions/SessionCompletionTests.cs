using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Attendance becomes credit and completion in the same transaction, and is taken back when it is corrected.</summary>
public abstract class SessionCompletionTests(SiteFixture site)
{
    [Fact]
    public async Task Send_Present_CompletesTheTopicAndCorrectionRevokesIt()
    {
        var (organizer, code, course) = await ArrangeAsync();

        await organizer.SendAsync(code, "phone-1", Event("SL-000001", "in"), Event("SL-000002", "in", "15:30", method: "card"));

        Assert.Equal(["SL-000001"], await CompletedAsync(course));
        Assert.Equal([("SL-000001", 300, 300), ("SL-000002", 30, 300)], await CreditsAsync(code));

        var correction = Event("SL-000001", "correction", "16:00");
        correction["status"] = "absent";
        await organizer.SendOneAsync(code, correction);
        Assert.Empty(await CompletedAsync(course));
        Assert.Equal([("SL-000002", 30, 300)], await CreditsAsync(code));

        correction = Event("SL-000002", "correction", "16:00");
        (correction["status"], correction["minutes"]) = ("present", 290);
        await organizer.SendOneAsync(code, correction);
        Assert.Equal(["SL-000002"], await CompletedAsync(course));
    }

    [Fact]
    public async Task Send_Repeated_LeavesOneCompletion()
    {
        var (organizer, code, course) = await ArrangeAsync();
        var facts = Enumerable.Range(1, 10).Select(number => Event($"SL-{number:000000}", "in")).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => organizer.SendAsync(code, "phone-1", facts)));

        Assert.Equal(10, (await CompletedAsync(course)).Count);
        Assert.Equal(10, (await CreditsAsync(code)).Count);
    }

    [Fact]
    public async Task DeleteRow_PersonWithAttendance_TakesMarksCreditsAndCompletionsAlong()
    {
        var (organizer, code, course) = await ArrangeAsync();
        var session = await site.QueryAsync(db => db.Sessions.Where(session => session.Code == code).Select(session => session.Id).SingleAsync());
        var people = await site.QueryAsync(db => db.Invitations.Where(invitation => invitation.SessionId == session).Select(invitation => invitation.Person.Code).OrderDescending().Take(2).ToListAsync());
        await organizer.SendAsync(code, "phone-1", Event(people[0], "in"), Event(people[1], "in"));

        await site.QueryAsync(db => db.Set<TrainingSite.Organization.Models.Person>().Where(person => person.Code == people[0]).ExecuteDeleteAsync());

        Assert.Equal(1, await site.QueryAsync(db => db.AttendanceEvents.CountAsync(fact => fact.SessionId == session)));
        Assert.Equal(1, await site.QueryAsync(db => db.Attendances.CountAsync(row => row.SessionId == session)));
        Assert.Equal(1, await site.QueryAsync(db => db.AttendanceCredits.CountAsync(credit => credit.SessionId == session)));
        Assert.Equal([people[1]], await CompletedAsync(course));
        Assert.Equal(1, await site.QueryAsync(db => db.Completions.CountAsync(completion => completion.CourseId == course)));
    }

    private async Task<(HttpClient Organizer, string Code, Guid Course)> ArrangeAsync()
    {
        var topic = $"Q{Guid.NewGuid():N}"[..10];
        var course = await site.QueryAsync(async db =>
        {
            var added = new Course { Slug = topic, TopicCode = topic, Title = "Khóa thử", State = CourseState.Published, CompletionMode = CompletionMode.Any, UpdatedUtc = site.Clock.UtcNow() };
            db.Topics.Add(new() { Code = topic, Name = "Thử", Icon = "book" });
            db.Courses.Add(added);
            await db.SaveChangesAsync();
            return added.Id;
        });
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body($"C-{topic}");
        body["topics"] = new[] { topic };
        return (organizer, await organizer.OpenSessionAsync($"C-{topic}", body), course);
    }

    private Task<List<string>> CompletedAsync(Guid course) => site.QueryAsync(db => db.Completions.NotRevoked().Where(completion => completion.CourseId == course)
        .Join(db.Set<TrainingSite.Organization.Models.Person>(), completion => completion.PersonId, person => person.Id, (_, person) => person.Code).OrderBy(code => code).ToListAsync());

    private Task<List<(string, int, int)>> CreditsAsync(string code) => site.QueryAsync(async db => (await db.AttendanceCredits.Where(credit => credit.SessionCode == code)
        .Join(db.Set<TrainingSite.Organization.Models.Person>(), credit => credit.PersonId, person => person.Id, (credit, person) => new { person.Code, credit.AttendedMinutes, credit.TotalMinutes }).OrderBy(row => row.Code).ToListAsync())
        .ConvertAll(row => (row.Code, row.AttendedMinutes, row.TotalMinutes)));
}

public sealed class SqliteSessionCompletionTests(SqliteSite site) : SessionCompletionTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSessionCompletionTests(PostgreSqlSite site) : SessionCompletionTests(site), IClassFixture<PostgreSqlSite>;
