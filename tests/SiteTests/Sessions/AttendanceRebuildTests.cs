using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Commands;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using TrainingSite.SiteTests.Sessions.Faults;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary><c>attendance rebuild</c>: the log alone tells the attendance of every session.</summary>
public abstract class AttendanceRebuildTests(SiteFixture site)
{
    [Fact]
    public async Task Check_AfterEveryKindOfAction_FindsNothingInAnySession()
    {
        var (organizer, code, people) = await OpenAsync("R-ACTIONS");
        var coordinator = await site.SignInAsync("xa.coordinator");
        var sheet = await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet");
        var late = Event(people[2], "late", "08:30");
        late["minutes"] = 30;
        await organizer.SendAsync(code, "phone-1", Event(people[0], "in"), Event(people[1], "in", method: "card"), late, Event(people[3], "excused"), Event(people[1], "out", "10:00"));
        await organizer.SendAsync(code, "phone-2", Event(people[0], "absent", "08:40"), Event(people[4], "left_early", "10:30"));
        await coordinator.PostFormFromAsync(sheet, $"/sessions/{code}/points/P1/sheet/mark", new() { ["member"] = people[5], ["kind"] = "in" });
        await coordinator.PostFormFromAsync(sheet, $"/sessions/{code}/points/P1/sheet/mark", new() { ["member"] = people[5], ["kind"] = "none" });
        await coordinator.PostFormFromAsync(sheet, $"/sessions/{code}/points/P1/sheet/walk-in", new() { ["member"] = "SL-000040" });
        await PostponeAsync(code, "09:30", "11:30");
        await coordinator.PostFormFromAsync(sheet, $"/sessions/{code}/points/P1/sheet/close", []);
        await organizer.SendAsync(code, "phone-1", Event(people[6], "in", "08:50"));
        await organizer.DoAsync(code, "close");
        var correction = Event(people[0], "correction", "08:59");
        correction["status"] = "present";
        await organizer.SendAsync(code, "phone-1", correction);
        await organizer.DoAsync(code, "open");

        foreach (var session in await site.QueryAsync(db => db.Sessions.Where(session => session.State != SessionState.Draft).Select(session => session.Code).ToListAsync()))
        {
            var (exit, lines) = await RunAsync("attendance", "rebuild", "--session", session, "--check");
            Assert.True(exit == 0, string.Join('\n', lines));
            Assert.Matches($@"^Buổi {session}: đã so \d+ người, 0 người khác với nhật ký\.$", Assert.Single(lines));
        }
    }

    [Fact]
    public async Task Check_AfterABurst_FindsNothing()
    {
        var (organizer, code, people) = await OpenAsync("R-BURST");
        var burst = new Burst(code, Burst.Marks(site.Clock.UtcNow(), people, 400));

        await burst.RunAsync(organizer);

        Assert.Equal(0, (await RunAsync("attendance", "rebuild", "--session", code, "--check")).Exit);
    }

    [Fact]
    public async Task Rebuild_SpoiltRows_AreFoundAndMended()
    {
        var (organizer, code, people) = await OpenAsync("R-SPOILT");
        await organizer.SendAsync(code, "phone-1", [.. people.Take(6).Select(member => Event(member, "in"))]);
        var right = await RowsAsync(code);
        await SpoilAsync(code, people);

        var (exit, lines) = await RunAsync("attendance", "rebuild", "--session", code, "--check");
        Assert.Equal(1, exit);
        Assert.Equal(4, lines.Length);
        Assert.Equal($"{people[0]}: trong bảng vắng, 7 phút, 1 sự kiện, vào 08:05:00, ra -; theo nhật ký có mặt, 300 phút, 1 sự kiện, vào 08:05:00, ra -", lines[0]);
        Assert.StartsWith($"{people[1]}: trong bảng không có gì; theo nhật ký", lines.Single(line => line.StartsWith(people[1], StringComparison.Ordinal)));
        Assert.EndsWith("theo nhật ký không có gì", lines.Single(line => line.StartsWith(people[7], StringComparison.Ordinal)));
        Assert.Equal($"Buổi {code}: đã so {people.Count} người, 3 người khác với nhật ký. Chưa ghi gì; chạy lại không có --check để sửa theo nhật ký.", lines[3]);
        Assert.NotEqual(right, await RowsAsync(code));

        (exit, lines) = await RunAsync("attendance", "rebuild", "--session", code);
        Assert.Equal((0, $"Buổi {code}: đã so {people.Count} người, 3 người khác với nhật ký. Đã ghi lại theo nhật ký."), (exit, lines[^1]));
        Assert.Equal(right, await RowsAsync(code));
        Assert.Equal(0, (await RunAsync("attendance", "rebuild", "--session", code, "--check")).Exit);
        // Whoever's row was mended has the credit that follows from it.
        Assert.Equal(people.Take(6), await site.QueryAsync(db => db.AttendanceCredits.Where(credit => credit.SessionCode == code && credit.AttendedMinutes == 300)
            .Join(db.Set<Person>(), credit => credit.PersonId, person => person.Id, (_, person) => person.Code).Order().ToListAsync()));
    }

    [Fact]
    public async Task Rebuild_WhileMarksPourIn_LosesNone()
    {
        var (organizer, code, people) = await OpenAsync("R-SERVING");
        var marks = Burst.Marks(site.Clock.UtcNow(), people, 600);
        var burst = new Burst(code, marks);
        var roll = (await site.QueryAsync(db => SessionRoll.LoadAsync(db, code, former: null, default)))!;
        var spoilt = roll.People[people[0]];

        var running = burst.RunAsync(organizer);
        do
        {
            await site.QueryAsync(db => db.Attendances.Where(row => row.SessionId == roll.Id && row.PersonId == spoilt).ExecuteUpdateAsync(rows => rows.SetProperty(row => row.Minutes, 7)));
            Assert.NotNull(await site.WithAsync(services => services.GetRequiredService<AttendanceRebuild>().MendAsync(code)));
        }
        while (!running.IsCompleted);

        await running;
        Assert.Equal(marks.Count, (await site.LogAsync(code)).Count);
        Assert.NotNull(await site.WithAsync(services => services.GetRequiredService<AttendanceRebuild>().MendAsync(code)));
        await site.AssertLogTellsEverythingAsync(code);
        Assert.Equal(marks.Count, await site.QueryAsync(db => db.Attendances.Where(row => db.Set<TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code)).SumAsync(row => row.EventCount)));
    }

    [Fact]
    public async Task Postpone_WithMarks_CountsThemInTheNewBlocks()
    {
        var (organizer, code, people) = await OpenAsync("R-POSTPONED");
        await organizer.SendOneAsync(code, Event(people[0], "in"));

        await PostponeAsync(code, "08:00", "10:00");

        Assert.Equal(120, (await organizer.AttendanceOfAsync(code, people[0])).GetProperty("minutes").GetInt32());
        Assert.Equal(120, await site.QueryAsync(db => db.AttendanceCredits.Where(credit => credit.SessionCode == code).Select(credit => credit.AttendedMinutes).SingleAsync()));
        await site.AssertLogTellsEverythingAsync(code);
    }

    [Fact]
    public async Task Postpone_WhileMarksPourIn_CountsAllInTheNewBlocks()
    {
        var (organizer, code, people) = await OpenAsync("R-MOVED");
        var marks = Burst.Marks(site.Clock.UtcNow(), people, 600);
        var running = new Burst(code, marks).RunAsync(organizer);
        var turn = 0;
        do
        {
            Assert.True(await PostponeAsync(code, "08:00", turn++ % 2 == 0 ? "10:00" : "11:00"));
        }
        while (!running.IsCompleted);

        await running;
        Assert.Equal(marks.Count, (await site.LogAsync(code)).Count);
        await site.AssertLogTellsEverythingAsync(code);
    }

    [Fact]
    public async Task Rebuild_UnknownSession_IsRefused()
    {
        var (exit, lines) = await RunAsync("attendance", "rebuild", "--session", "NO-SUCH");

        Assert.Equal(1, exit);
        Assert.StartsWith("Không có buổi tập huấn mã 'NO-SUCH'", Assert.Single(lines));
        Assert.Equal(0, await site.QueryAsync(db => db.Sessions.CountAsync(session => session.Code == "NO-SUCH")));
    }

    /// <summary>One row changed, one taken away, one invented; the credit of the one that was taken away, too.</summary>
    private Task<int> SpoilAsync(string code, List<string> people) => site.QueryAsync(async db =>
    {
        var roll = (await SessionRoll.LoadAsync(db, code, former: null, default))!;
        var (changed, taken, invented) = (roll.People[people[0]], roll.People[people[1]], roll.People[people[7]]);
        await db.Attendances.Where(row => row.SessionId == roll.Id && row.PersonId == changed).ExecuteUpdateAsync(rows => rows.SetProperty(row => row.Minutes, 7).SetProperty(row => row.Status, AttendanceStatus.Absent));
        await db.Attendances.Where(row => row.SessionId == roll.Id && row.PersonId == taken).ExecuteDeleteAsync();
        await db.AttendanceCredits.Where(credit => credit.SessionId == roll.Id && credit.PersonId == taken).ExecuteDeleteAsync();
        db.Add(new Attendance { SessionId = roll.Id, PersonId = invented, PointId = roll.Points["P1"].Id, Status = AttendanceStatus.Present, Minutes = 300, EventCount = 1, UpdatedUtc = site.Clock.UtcNow() });
        return await db.SaveChangesAsync();
    });

    private Task<List<(Guid, AttendanceStatus, int, int)>> RowsAsync(string code) => site.QueryAsync(async db =>
        (await db.Attendances.AsNoTracking().Where(row => db.Set<TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code)).OrderBy(row => row.PersonId).ToListAsync())
            .ConvertAll(row => (row.PersonId, row.Status, row.Minutes, row.EventCount)));

    private Task<bool> PostponeAsync(string code, string start, string end) => site.WithAsync(async services =>
    {
        DateTime At(string time) => VietnamTime.ToUtc(site.Clock.Today().ToDateTime(TimeOnly.Parse(time)));
        var postponed = await services.GetRequiredService<SessionLifecycle>().PostponeAsync(code, [new(At(start), At(end))], "Mưa lũ");
        Assert.True(postponed.Succeeded);
        return true;
    });

    private async Task<(HttpClient Organizer, string Code, List<string> People)> OpenAsync(string code)
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.OpenSessionAsync(code);
        return (organizer, code, await site.PeopleAsync(code));
    }

    private async Task<(int Exit, string[] Lines)> RunAsync(params string[] line)
    {
        var (exit, text) = await CommandLine.RunAsync(site, new AttendanceCommands(), line);
        return (exit, text.TrimEnd().Split(Environment.NewLine));
    }
}

public sealed class SqliteAttendanceRebuildTests(SqliteSite site) : AttendanceRebuildTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlAttendanceRebuildTests(PostgreSqlSite site) : AttendanceRebuildTests(site), IClassFixture<PostgreSqlSite>;
