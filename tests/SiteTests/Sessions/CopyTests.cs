using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Budget;
using TrainingSite.Sessions.Makeup;
using TrainingSite.Sessions.Materials;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using TrainingSite.Sessions.Trainers;
using TrainingSite.SiteTests.Accounts;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>A session is planned again from one that was held: the plan is taken over, what happened is not.</summary>
public abstract class CopyTests(SiteFixture site)
{
    [Fact]
    public async Task Copy_HeldSession_IsADraftOfThePlanOnly()
    {
        var api = await site.ApiAsync("so.organizer");
        await api.OpenSessionAsync("CP-2026-11-22");
        await site.WithAsync(async services => (await services.GetRequiredService<PointService>().AssignCoordinatorsAsync("CP-2026-11-22", "P2", ["to.truong"])).Succeeded);
        await api.SendOneAsync("CP-2026-11-22", Event("SL-000001", "in"));
        await api.PutAsJsonAsync("/api/v1/sessions/CP-2026-11-22/points/P1/state", new { state = "lost", head_count = 7, reason = "mat-dien" });
        await api.DoAsync("CP-2026-11-22", "close");
        var organizer = await site.SignInAsync("so.organizer");

        var answer = await organizer.PostFormAsync("/sessions/CP-2026-11-22/copy", new() { ["firstDay"] = "2026-12-31" }, page: "/sessions/CP-2026-11-22");

        Assert.Equal("/sessions/CP-2026-12-31/edit", answer.Headers.Location?.OriginalString);
        var form = await organizer.GetPageAsync("/sessions/CP-2026-12-31/edit");
        Assert.Equal(("2026-12-31", "08:00", "11:00"), (Field(form, "#day0"), Field(form, "#from0"), Field(form, "#to0")));
        Assert.Equal(("2026-12-31", "14:00"), (Field(form, "#day1"), Field(form, "#from1")));
        var copy = await api.GetJsonAsync("/api/v1/sessions/CP-2026-12-31");
        Assert.Equal(("draft", "An toàn trên mạng", 0), (copy.GetProperty("state").GetString(), copy.GetProperty("title").GetString(), copy.GetProperty("invited").GetInt32()));
        Assert.Equal(["T7"], copy.GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()));
        Assert.Equal(["116"], copy.GetProperty("invite").GetProperty("units").EnumerateArray().Select(unit => unit.GetString()));
        Assert.Equal(
            ["P1 03646 UBND phường Chiềng Lề 100 planned ", "P2 03649 UBND phường Tô Hiệu  planned "],
            copy.GetProperty("points").EnumerateArray().Select(point => string.Join(' ', new[] { "code", "unit", "venue", "capacity", "state", "head_count" }.Select(name => point.GetProperty(name).ToString()))));
        Assert.Equal(1, await site.QueryAsync(db => db.Set<PointCoordinator>().CountAsync(row => db.Set<SessionPoint>().Any(point => point.Id == row.PointId && point.Code == "P2" && point.Session.Code == "CP-2026-12-31"))));
        Assert.False(await site.QueryAsync(db => db.Set<PointStateChange>().AnyAsync(row => db.Set<SessionPoint>().Any(point => point.Id == row.PointId && point.Session.Code == "CP-2026-12-31"))));
        Assert.Equal(32, (await api.DoAsync("CP-2026-12-31", "publish")).GetProperty("invited").GetInt32());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copy_TakesTrainersMaterialsDevicesAndTheBudgetWhenWished(bool withBudget)
    {
        var code = $"CP-ALL-{(withBudget ? "B" : "N")}";
        var api = await site.ApiAsync("so.organizer");
        await api.OpenSessionAsync(code);
        await site.AccountAsync("doi.tac.cp", Roles.Partner, "127");
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostAsync($"/sessions/{code}/trainer", new() { ["names"] = "doi.tac.cp" }, $"/sessions/{code}");
        await organizer.PostAsync($"/sessions/{code}/materials", new() { ["title"] = "Phim ngắn", ["url"] = "https://example.org/phim" }, $"/sessions/{code}/materials");
        await site.QueryAsync(async db =>
        {
            var point = await db.SessionPoints.SingleAsync(row => row.Session.Code == code && row.Code == "P2");
            db.AddRange(
                new BudgetLine { SessionId = point.SessionId, Kind = BudgetKind.Training, Text = "Thù lao", Quantity = 1, Amount = 2_000_000, EnteredBy = "Kế toán", EnteredUtc = site.Clock.UtcNow() },
                new BudgetLine { SessionId = point.SessionId, PointId = point.Id, Kind = BudgetKind.Catering, Text = "Nước uống", Quantity = 40, Amount = 400_000, EnteredBy = "Kế toán", EnteredUtc = site.Clock.UtcNow().AddMinutes(1) },
                new PointEquipment { PointId = point.Id, Name = "Máy chiếu", Quantity = 1, IsReady = true });
            return await db.SaveChangesAsync();
        });
        var form = await organizer.GetPageAsync($"/sessions/{code}");
        Assert.Contains("Được chép:", form.QuerySelector("form[action$='/copy']")!.TextContent, StringComparison.Ordinal);

        var fields = new Dictionary<string, string?> { ["firstDay"] = "2026-12-31" };
        if (withBudget)
        {
            fields["withBudget"] = "true";
        }

        await organizer.PostFormFromAsync(form, $"/sessions/{code}/copy", fields);

        var copy = await site.QueryAsync(db => db.Sessions.Where(row => row.Code == $"{code}-2026-12-31").Select(row => row.Id).SingleAsync());
        Assert.Equal(1, await site.QueryAsync(db => db.Set<SessionTrainer>().CountAsync(row => row.SessionId == copy)));
        Assert.Equal(["Phim ngắn"], await site.QueryAsync(db => db.Set<SessionMaterial>().Where(row => row.SessionId == copy).Select(row => row.Title).ToListAsync()));
        Assert.Equal([("P2", "Máy chiếu", false)], (await site.QueryAsync(db => db.Set<PointEquipment>()
            .Join(db.SessionPoints.Where(point => point.SessionId == copy), device => device.PointId, point => point.Id, (device, point) => new { point.Code, device.Name, device.IsReady }).ToListAsync())).Select(row => (row.Code, row.Name, row.IsReady)));
        var lines = await site.QueryAsync(db => db.Set<BudgetLine>().Where(row => row.SessionId == copy).OrderBy(row => row.Amount)
            .Select(row => new { row.Text, row.Amount, row.EnteredBy, Point = db.Set<SessionPoint>().Where(point => point.Id == row.PointId && point.SessionId == copy).Select(point => point.Code).FirstOrDefault() }).ToListAsync());
        Assert.Equal(withBudget ? [("Nước uống", 400_000, "P2"), ("Thù lao", 2_000_000, null)] : [], lines.Select(row => (row.Text, row.Amount, row.Point)));
        Assert.DoesNotContain("Kế toán", lines.Select(row => row.EnteredBy));
        await (await site.SignInAsync("doi.tac.cp")).GetPageAsync($"/sessions/{code}-2026-12-31", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Copy_CodeIsTakenOrHasNoDay_GetsAFreeReadableOne()
    {
        var api = await site.ApiAsync("so.organizer");
        await api.PostAsJsonAsync("/api/v1/sessions", Body("CP-A-2026-11-22"));
        await api.PostAsJsonAsync("/api/v1/sessions", Body("CP-AN-TOAN"));

        Assert.Equal("CP-A-2026-11-29", await CopyAsync("CP-A-2026-11-22", new(2026, 11, 29)));
        Assert.Equal("CP-A-2026-11-29-2", await CopyAsync("CP-A-2026-11-22", new(2026, 11, 29)));
        Assert.Equal("CP-A-2026-11-22-2", await CopyAsync("CP-A-2026-11-22", new(2026, 11, 22)));
        // Named after a day that it is not held on, as drafts are whose day was changed.
        await api.PostAsJsonAsync("/api/v1/sessions", Body("CP-B-2026-12-14"));
        await api.PostAsJsonAsync("/api/v1/sessions", Body("CP-B-2026-12-14-2026-12-05-2"));
        Assert.Equal("CP-B-2026-12-06", await CopyAsync("CP-B-2026-12-14", new(2026, 12, 6)));
        Assert.Equal("CP-B-2026-12-06-2", await CopyAsync("CP-B-2026-12-14-2026-12-05-2", new(2026, 12, 6)));
        Assert.Equal("CP-AN-TOAN-2026-11-29", await CopyAsync("CP-AN-TOAN", new(2026, 11, 29)));
    }

    [Fact]
    public async Task Copy_UnitThatEnded_IsLeftOutAndNamed()
    {
        var api = await site.ApiAsync("so.organizer");
        var body = Body("CP-ENDED");
        body["points"] = new object[] { new { code = "P1", unit = "03646", venue = "UBND" }, new { code = "SK", unit = "04225", venue = "UBND Sam Kha" } };
        body["invite"] = new { units = new[] { "116", "04225" } };
        var created = await api.PostAsJsonAsync("/api/v1/sessions", body);
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        await SetEndAsync(site.Clock.Today());

        var copied = await site.WithAsync(services => services.GetRequiredService<SessionCopier>().CopyAsync("CP-ENDED", new(2026, 12, 6)));

        await SetEndAsync(null);
        Assert.Equal(["04225"], copied.Value!.LeftOut);
        Assert.Equal(["P1"], await site.QueryAsync(db => db.SessionPoints.Where(point => point.SessionId == copied.Value.Session.Id).Select(point => point.Code).ToListAsync()));
        Assert.Equal(["116"], await site.QueryAsync(db => db.Set<SessionInvite>().Where(invite => invite.SessionId == copied.Value.Session.Id).Select(invite => invite.UnitCode).ToListAsync()));

        Task<int> SetEndAsync(DateOnly? day) => site.QueryAsync(db => db.Set<AdministrativeUnit>().Where(unit => unit.Code == "04225").ExecuteUpdateAsync(set => set.SetProperty(unit => unit.ValidTo, day)));
    }

    [Fact]
    public async Task Copy_WithoutTheRight_IsRefusedAndMakesNothing()
    {
        var api = await site.ApiAsync("so.organizer");
        await api.OpenSessionAsync("CP-RIGHT");
        var count = await CountAsync();
        var district = await site.QueryAsync(db => db.Set<AdministrativeUnit>().FirstAsync(unit => unit.Level == UnitLevel.District && unit.Code != "116"));
        var officer = await site.AccountAsync(Roles.DistrictOfficer, new DirectoryUnit(district.Code, district.Path, district.Name));

        foreach (var user in new[] { "member", "to.truong", "xa.coordinator", officer.UserName })
        {
            var client = await site.SignInAsync(user);
            var answer = await client.PostFormAsync("/sessions/CP-RIGHT/copy", new() { ["firstDay"] = "2026-12-31" }, page: "/today");
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
            Assert.DoesNotContain("Sao chép buổi này", (await (await client.GetAsync("/sessions/CP-RIGHT")).ReadPageAsync()).Body!.TextContent, StringComparison.Ordinal);
        }

        Assert.Equal(count, await CountAsync());

        Task<int> CountAsync() => site.QueryAsync(db => db.Sessions.CountAsync());
    }

    private Task<string> CopyAsync(string code, DateOnly day) => site.WithAsync(async services =>
        (await services.GetRequiredService<SessionCopier>().CopyAsync(code, day)).Value!.Session.Code);

    private static string Field(IDocument page, string selector) => page.QuerySelector<IHtmlInputElement>(selector)!.Value;
}

public sealed class SqliteCopyTests(SqliteSite site) : CopyTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlCopyTests(PostgreSqlSite site) : CopyTests(site), IClassFixture<PostgreSqlSite>;
