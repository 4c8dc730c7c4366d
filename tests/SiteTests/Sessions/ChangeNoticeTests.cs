using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Notifications.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.SiteTests.Notifications;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Who is told that a published session changed: those for whom time or place is another.</summary>
public abstract class ChangeNoticeTests(SiteFixture site)
{
    [Fact]
    public async Task Edit_OfTheTitleAlone_TellsNobody()
    {
        var code = await site.PublishAsync();
        await site.SweepAsync();
        var organizer = await site.SignInAsync("so.organizer");
        var page = await organizer.GetPageAsync($"/sessions/{code}/edit");

        await organizer.PostFormFromAsync(page, $"/sessions/{code}/edit", new(Form(code)) { ["Title"] = "Tên khác", ["Version"] = page.QuerySelector<IHtmlInputElement>("input[name=Version]")!.Value });

        await site.SweepAsync();
        Assert.Equal("Tên khác", await site.QueryAsync(db => db.Sessions.Where(session => session.Code == code).Select(session => session.Title).SingleAsync()));
        Assert.Empty(await ToldAsync(code));
    }

    [Fact]
    public async Task Edit_OfOnePointsVenue_TellsThoseOfThatPointWhoHaveNotDeclined()
    {
        var code = await site.PublishAsync();
        var api = await site.ApiAsync("so.organizer");
        await api.AnswerAsync(code, "SL-000211", "declined", "Ốm đau");
        await site.SweepAsync();
        var organizer = await site.SignInAsync("so.organizer");
        site.Clock.Advance(TimeSpan.FromMinutes(1));

        await MoveAsync(organizer, code, "Nhà văn hóa tổ 1");
        await site.SweepAsync();

        var told = await ToldAsync(code);
        Assert.Contains("SL-000210", told);
        Assert.DoesNotContain("SL-000211", told);
        var elsewhere = await site.QueryAsync(db => db.Invitations.Where(row => row.Session.Code == code && row.Point.Code == "P2").Select(row => row.Person.Code).ToListAsync());
        Assert.NotEmpty(elsewhere);
        Assert.Empty(told.Intersect(elsewhere));

        // A second move of the same place is news again, for the same people.
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await MoveAsync(organizer, code, "Nhà văn hóa tổ 2");
        await site.SweepAsync();
        Assert.Equal(2, (await ToldAsync(code)).Count(person => person == "SL-000210"));
    }

    private static async Task MoveAsync(HttpClient organizer, string code, string venue)
    {
        var page = await organizer.GetPageAsync($"/sessions/{code}/points/P1");
        var fields = page.QuerySelectorAll<IHtmlInputElement>("main form[action$='/points/P1'] input[name], main form:not([action$='/remove']) input[name]")
            .Where(input => input.Type != "checkbox" && input.Name != "__RequestVerificationToken").GroupBy(input => input.Name!).ToDictionary(group => group.Key, group => (string?)group.First().Value);
        fields["Venue"] = venue;
        await organizer.PostFormFromAsync(page, $"/sessions/{code}/points/P1", fields);
    }

    private Task<List<string>> ToldAsync(string code) => site.QueryAsync(db => db.Messages.Where(row => row.Rule == "session-changed" && row.Channel == MessageChannel.InApp && row.Subject.StartsWith(code))
        .Join(db.Set<Person>(), row => row.PersonId, person => person.Id, (_, person) => person.Code).ToListAsync());
}

public sealed class SqliteChangeNoticeTests(SqliteSite site) : ChangeNoticeTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlChangeNoticeTests(PostgreSqlSite site) : ChangeNoticeTests(site), IClassFixture<PostgreSqlSite>;
