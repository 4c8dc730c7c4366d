using System.Net;
using System.Net.Http.Json;
using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions.Faults;

/// <summary>Devices whose clock is wrong. It is 09:00 on the day of the session, which runs from 8 to 11 and from 14 to 16.</summary>
public abstract class DeviceClockTests(SiteFixture site)
{
    private const string Year = "2027-11-22T09:00:00+07:00";

    [Theory]
    // Three hours fast or slow, and nobody says so: taken as it is, within the blocks.
    [InlineData("2026-11-22T12:00:00+07:00", null, 120)]
    [InlineData("2026-11-22T06:00:00+07:00", null, 300)]
    // The device tells what its clock says: the scan was at 09:00, or 08:30 when it was sent half an hour later.
    [InlineData("2026-11-22T12:00:00+07:00", "2026-11-22T12:00:00+07:00", 240)]
    [InlineData("2026-11-22T06:00:00+07:00", "2026-11-22T06:00:00+07:00", 240)]
    [InlineData("2026-11-22T11:30:00+07:00", "2026-11-22T12:00:00+07:00", 270)]
    [InlineData(Year, Year, 240)]
    [InlineData("1970-01-01T00:10:00Z", "1970-01-01T00:40:00Z", 270)]
    // So little is the network's delay, not the clock's fault.
    [InlineData("2026-11-22T08:56:00+07:00", "2026-11-22T08:56:00+07:00", 244)]
    public async Task Send_Scan_CountsFromTheRightTime(string at, string? sent, int minutes)
    {
        var (organizer, code) = await OpenAsync();

        Assert.Equal(("recorded", null), await SendAsync(organizer, code, Scan(at), sent));
        Assert.Equal(minutes, (await organizer.AttendanceOfAsync(code, "SL-000001")).GetProperty("minutes").GetInt32());
        await site.AssertLogTellsEverythingAsync(code);
    }

    [Theory]
    [InlineData("2026-11-22T12:00:00+07:00")]
    [InlineData("2026-11-22T06:00:00+07:00")]
    public async Task Send_TickByAClockThreeHoursOff_CountsTheWholeSession(string at)
    {
        var (organizer, code) = await OpenAsync();
        var tick = Event("SL-000001", "in");
        tick["at"] = at;

        Assert.Equal(("recorded", null), await SendAsync(organizer, code, tick, sent: null));
        Assert.Equal(300, (await organizer.AttendanceOfAsync(code, "SL-000001")).GetProperty("minutes").GetInt32());
    }

    [Theory]
    [InlineData(Year, null)]
    [InlineData(Year, "2026-11-22T09:00:00+07:00")]
    [InlineData("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")]
    public async Task Send_ClockAYearOff_IsRefusedAndNothingIsStored(string at, string? sent)
    {
        var (organizer, code) = await OpenAsync();

        Assert.Equal(("rejected", "time_implausible"), await SendAsync(organizer, code, Scan(at), sent));
        Assert.Empty(await site.LogAsync(code));
    }

    [Theory]
    [InlineData(null, "rejected")]
    [InlineData(Year, "recorded")]
    public async Task Sync_ClockAYearOff_IsSaidInWordsOrPutRight(string? sent, string outcome)
    {
        var (_, code) = await OpenAsync();
        var coordinator = await site.SignInAsync("xa.coordinator");
        var sheet = await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/sessions/{code}/points/P1/sheet/events")
        {
            Content = JsonContent.Create(new { device = "phone-1", sent_at = sent, items = new[] { new { id = Guid.NewGuid(), member = "SL-000001", kind = "in", at = Year } } }),
            Headers = { { "RequestVerificationToken", sheet.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value") } },
        };
        var answer = await coordinator.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var result = Assert.Single((await answer.ReadJsonAsync()).GetProperty("results").EnumerateArray());
        Assert.Equal((outcome, sent is null), (result.GetProperty("outcome").GetString(), result.GetProperty("message").GetString()?.Contains("đồng hồ", StringComparison.Ordinal) ?? false));
    }

    [Fact]
    public async Task Send_CorrectedTime_KeepsTheDevicesOwnInTheNote()
    {
        var (organizer, code) = await OpenAsync();
        var scan = Scan("2026-11-22T12:00:00+07:00");
        scan["note"] = "đi nhờ xe";
        await SendAsync(organizer, code, scan, "2026-11-22T12:00:00+07:00");

        var fact = await site.QueryAsync(db => db.AttendanceEvents.SingleAsync(row => row.Id == (Guid)scan["id"]!));
        Assert.Equal((site.Clock.UtcNow(), "đi nhờ xe (Giờ trên máy đã ghi: 12:00 22/11/2026)"), (fact.AtUtc, fact.Note));
    }

    [Fact]
    public async Task Send_AgainByAClockThatWasSetMeanwhile_ChangesNothing()
    {
        var (organizer, code) = await OpenAsync();
        var scan = Scan("2026-11-22T12:00:00+07:00");

        Assert.Equal("recorded", (await SendAsync(organizer, code, scan, "2026-11-22T12:00:00+07:00")).Outcome);
        Assert.Equal("duplicate", (await SendAsync(organizer, code, scan, "2026-11-22T09:00:00+07:00")).Outcome);
        Assert.Equal(240, (await organizer.AttendanceOfAsync(code, "SL-000001")).GetProperty("minutes").GetInt32());
    }

    [Fact]
    public async Task Send_SentAtThatIsNoTime_IsAProblem()
    {
        var (organizer, code) = await OpenAsync();

        var answer = await organizer.PostAsJsonAsync($"/api/v1/sessions/{code}/attendance-events", new { device = "d", sent_at = "soon", events = new[] { Scan(Year) } });
        Assert.Equal("sent_at_invalid", await answer.ProblemCodeAsync(HttpStatusCode.BadRequest));
    }

    private static Dictionary<string, object?> Scan(string at) => new(Event("SL-000001", "in", method: "card")) { ["at"] = at };

    private static async Task<(string Outcome, string? Reason)> SendAsync(HttpClient client, string code, Dictionary<string, object?> fact, string? sent)
    {
        var answer = await client.PostAsJsonAsync($"/api/v1/sessions/{code}/attendance-events", new { device = "phone-1", sent_at = sent, events = new[] { fact } });
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var result = Assert.Single((await answer.ReadJsonAsync()).GetProperty("results").EnumerateArray());
        return (result.GetProperty("outcome").GetString()!, result.TryGetProperty("reason", out var reason) ? reason.GetString() : null);
    }

    private async Task<(HttpClient Organizer, string Code)> OpenAsync()
    {
        var organizer = await site.ApiAsync("so.organizer");
        return (organizer, await organizer.OpenSessionAsync($"F-CLOCK-{Guid.NewGuid():N}"[..20]));
    }
}

public sealed class SqliteDeviceClockTests(SqliteSite site) : DeviceClockTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlDeviceClockTests(PostgreSqlSite site) : DeviceClockTests(site), IClassFixture<PostgreSqlSite>;
