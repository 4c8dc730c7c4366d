using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services.Import;
using TrainingSite.Reports.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>What happens to people, teams and units after a session leaves its counts as they were; what is corrected in it changes them once.</summary>
public abstract class StatisticsTests(SiteFixture site)
{
    [Fact]
    public async Task Counts_AfterTransferAndEndOfTeam_AreThoseOfTheDay()
    {
        var organizer = await HoldAsync("ST-MOVE");
        var before = await ShowAsync("ST-MOVE");
        var (membership, from, to) = await site.QueryAsync(async db =>
        {
            var row = await db.Set<Membership>().SingleAsync(row => row.Person.Code == "SL-000001" && row.ValidTo == null);
            return (row.Id, row.TeamId, await db.Set<CommunityTeam>().Where(team => team.Code == "T-04225").Select(team => team.Id).SingleAsync());
        });

        await ChangeAsync(to, site.Clock.Today());

        Assert.Equal(before, await ShowAsync("ST-MOVE"));
        await ChangeAsync(from, null);
        Assert.Equal(4, (await organizer.GetJsonAsync("/api/v1/sessions/ST-MOVE/summary")).GetProperty("whole").GetProperty("counts").GetProperty("attended").GetInt32());

        Task<int> ChangeAsync(Guid team, DateOnly? end) => site.QueryAsync(async db =>
        {
            await db.Set<Membership>().Where(row => row.Id == membership).ExecuteUpdateAsync(set => set.SetProperty(row => row.TeamId, team));
            return await db.Set<CommunityTeam>().Where(row => row.Id == from).ExecuteUpdateAsync(set => set.SetProperty(row => row.ValidTo, end));
        });
    }

    [Fact]
    public async Task Counts_PublishedBeforeAMergerAndHeldAfter_AreByTheCommunesOfTheList()
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.PostAsJsonAsync("/api/v1/sessions", new Dictionary<string, object?>(Body("ST-MERGE")) { ["blocks"] = new[] { new { start = "2026-12-10T08:00:00+07:00", end = "2026-12-10T11:00:00+07:00" } } });
        await organizer.DoAsync("ST-MERGE", "publish");
        var before = await ShowAsync("ST-MERGE");
        const string Reform = "code,parent_code,level,name\n03646,14,commune,Phường Tô Hiệu mới\n";
        // The reform between publishing and the day: one commune goes on under the province, the other ends.
        var report = await site.WithAsync(services => services.GetRequiredService<UnitImporter>().ImportAsync(Encoding.UTF8.GetBytes(Reform), new("units.csv") { ValidFrom = new(2026, 12, 1) }));
        Assert.False(report.HasRejected);
        await EndAsync(new(2026, 12, 1));

        var after = await ShowAsync("ST-MERGE");

        await EndAsync(null);
        await site.QueryAsync(async db =>
        {
            await db.Set<AdministrativeUnit>().Where(unit => unit.Code == "03646" && unit.ValidFrom == new DateOnly(2026, 12, 1)).ExecuteDeleteAsync();
            return await db.Set<AdministrativeUnit>().Where(unit => unit.Code == "03646").ExecuteUpdateAsync(set => set.SetProperty(unit => unit.ValidTo, (DateOnly?)null));
        });
        Assert.Equal(before, after);
        Assert.Contains("03646 Phường Chiềng Lề 17", after, StringComparison.Ordinal);
        Assert.Contains("03649 Phường Tô Hiệu 15", after, StringComparison.Ordinal);

        Task<int> EndAsync(DateOnly? day) => site.QueryAsync(db => db.Set<AdministrativeUnit>().Where(unit => unit.Code == "03649").ExecuteUpdateAsync(set => set.SetProperty(unit => unit.ValidTo, day)));
    }

    [Fact]
    public async Task Counts_CorrectionAndMoveAndRename_ChangeWhatTheySayAndNothingElse()
    {
        var organizer = await HoldAsync("ST-CORRECT");
        var before = await CountAsync("ST-CORRECT");

        var correction = Event("SL-000002", "correction", "08:59");
        correction["status"] = "absent";
        await organizer.SendOneAsync("ST-CORRECT", correction);
        await site.WithAsync(async services =>
        {
            Assert.True((await services.GetRequiredService<PointService>().MoveAsync("ST-CORRECT", "SL-000003", "P2")).Succeeded);
            return true;
        });
        await site.QueryAsync(db => db.SessionPoints.Where(point => point.Session.Code == "ST-CORRECT" && point.Code == "P1").ExecuteUpdateAsync(set => set.SetProperty(point => point.Name, "Tên mới")));

        var after = await CountAsync("ST-CORRECT");
        Assert.Equal(before.Whole with { Present = before.Whole.Present - 1, Attended = before.Whole.Attended - 1, Absent = before.Whole.Absent + 1 }, after.Whole);
        Assert.Equal([before.Points[0].Figures.Invited - 1, before.Points[1].Figures.Invited + 1], after.Points.Select(point => point.Figures.Invited));
        Assert.Equal(before.Communes.Select(commune => commune.Figures.Invited), after.Communes.Select(commune => commune.Figures.Invited));
    }

    [Fact]
    public async Task Counts_OtherPointAndWalkIn_AreCountedOnceAndAddUp()
    {
        var organizer = await HoldAsync("ST-ONCE");
        await organizer.DoAsync("ST-ONCE", "open");
        await site.WithAsync(async services => (await services.GetRequiredService<PointService>().AddWalkInAsync("ST-ONCE", "P1", "SL-014986")).Succeeded && (await services.GetRequiredService<PointService>().AddWalkInAsync("ST-ONCE", "P2", "SL-014987")).Succeeded);
        await organizer.SendAsync("ST-ONCE", "phone-1",
            Event("SL-000013", "in", "08:30"), Event("SL-014986", "in"), Event("SL-014987", "in", point: "P2"),
            new(Event("SL-014987", "correction", "08:40", "P2")) { ["status"] = "absent" });
        await organizer.DoAsync("ST-ONCE", "close");

        var figures = await CountAsync("ST-ONCE");

        var whole = figures.Whole;
        Assert.Equal((32, 6, 1), (whole.Invited, whole.Attended, whole.WalkIns));
        // Everybody of the list stands in exactly one place; who came uninvited and was taken back in none.
        Assert.Equal(whole.Invited + whole.WalkIns, whole.Present + whole.Late + whole.LeftEarly + whole.Absent + whole.Excused + whole.Unmarked);
        Assert.Equal((whole.Attended, whole.Invited, whole.Absent), (figures.Points.Sum(point => point.Figures.Attended), figures.Points.Sum(point => point.Figures.Invited), figures.Points.Sum(point => point.Figures.Absent)));
        Assert.Equal((whole.Attended, whole.Invited, whole.Absent), (figures.Communes.Sum(unit => unit.Figures.Attended), figures.Communes.Sum(unit => unit.Figures.Invited), figures.Communes.Sum(unit => unit.Figures.Absent)));
        foreach (var id in new[] { "session-attendance", "session-points" })
        {
            var table = (await site.WithAsync(services => services.GetServices<IReport>().Single(report => report.Id == id).RunAsync(new(UnitScope.Everything, site.Clock.Today(), null, "ST-ONCE"), CancellationToken.None))).Value!;
            var column = table.Columns.ToList().FindIndex(column => column.Name == "people_present");
            Assert.Equal(6, table.Rows.Sum(row => (int)row[column]!));
            // New columns come last, where they move none that others count on.
            Assert.Equal(id == "session-points" ? ["made_up", "online_count"] : ["made_up"], table.Columns.SkipWhile(column => column.Name != "made_up").Select(column => column.Name));
        }
    }

    [Fact]
    public async Task Points_WithPeopleOnTheLine_AreToldApartInTheReport()
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.OpenSessionAsync("ST-LINE");
        await organizer.PutAsJsonAsync("/api/v1/sessions/ST-LINE/points/P1/state", new { state = "connected", head_count = 9, online_count = 2 });

        var table = (await site.WithAsync(services => services.GetServices<IReport>().Single(report => report.Id == "session-points").RunAsync(new(UnitScope.Everything, site.Clock.Today(), null, "ST-LINE"), CancellationToken.None))).Value!;

        var (counted, online) = (table.Columns.ToList().FindIndex(column => column.Name == "head_count"), table.Columns.ToList().FindIndex(column => column.Name == "online_count"));
        Assert.Equal([(11, 2), (null, null)], table.Rows.Select(row => ((int?)row[counted], (int?)row[online])));
        Assert.Equal((11, 2), ((int)table.Totals![counted]!, (int)table.Totals[online]!));
    }

    [Fact]
    public async Task Reports_OfASessionOpenedAheadOfItsTime_CallNobodyAbsentUntilItIsClosed()
    {
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body("ST-AHEAD");
        body["blocks"] = new[] { new { start = site.Clock.GetUtcNow().AddDays(3).ToString("O"), end = site.Clock.GetUtcNow().AddDays(3).AddHours(2).ToString("O") } };
        await organizer.OpenSessionAsync("ST-AHEAD", body);

        Assert.Equal(("Buổi này chưa diễn ra: 2 điểm cầu, 2 xã, mời 32 người.", false), Told(await RunAsync("session-attendance")));
        Assert.Empty((await RunAsync("session-missed")).Rows);
        await organizer.DoAsync("ST-AHEAD", "close");

        Assert.True(Told(await RunAsync("session-attendance")).NamesAbsent);
        Assert.Equal(32, (await RunAsync("session-missed")).Rows.Count);

        async Task<ReportTable> RunAsync(string id) =>
            (await site.WithAsync(services => services.GetServices<IReport>().Single(report => report.Id == id).RunAsync(new(UnitScope.Everything, site.Clock.Today(), null, "ST-AHEAD"), CancellationToken.None))).Value!;

        static (string Sentence, bool NamesAbsent) Told(ReportTable table) => (table.Sentence, table.Summary!.ContainsKey("absent"));
    }

    /// <summary>There: 1 and 2 at P1, 3 late at P1, 12 at P2; 13 excused; the rest without a mark; closed.</summary>
    private async Task<HttpClient> HoldAsync(string code)
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.OpenSessionAsync(code);
        await organizer.SendAsync(code, "phone-1", Event("SL-000001", "in"), Event("SL-000002", "in"), Event("SL-000003", "late"), Event("SL-000012", "in", point: "P2"), Event("SL-000013", "excused", point: "P2"));
        await organizer.DoAsync(code, "close");
        return organizer;
    }

    private Task<SessionFigures> CountAsync(string code) => site.WithAsync(async services =>
    {
        var session = await services.GetRequiredService<SiteDbContext>().Sessions.AsNoTracking().SingleAsync(row => row.Code == code);
        return await services.GetRequiredService<SessionStatistics>().CountAsync(session, UnitScope.Everything);
    });

    private async Task<string> ShowAsync(string code)
    {
        var figures = await CountAsync(code);
        return string.Join('\n',
            figures.Communes.Select(unit => $"{unit.Code} {unit.Name} {unit.Figures.Invited} {unit.Figures}")
            .Concat(figures.Points.Select(point => $"{point.Code} {point.CommuneCode} {point.Figures}")).Append($"{figures.Whole}"));
    }
}

public sealed class SqliteStatisticsTests(SqliteSite site) : StatisticsTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlStatisticsTests(PostgreSqlSite site) : StatisticsTests(site), IClassFixture<PostgreSqlSite>;
