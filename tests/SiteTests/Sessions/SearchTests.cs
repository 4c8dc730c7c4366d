using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Services;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>A session is found by those whom its area concerns, and what is found can be opened.</summary>
public abstract class SearchTests(SiteFixture site)
{
    [Theory]
    [InlineData("03646", "leader", true)]
    [InlineData("03646", "member", true)]
    [InlineData("04225", "member", false)]
    public async Task Search_SessionOfAnArea_IsFoundAndOpenedThere(string unit, string role, bool found)
    {
        var word = $"Tamthat{unit}{role}";
        var code = await PublishAsync(word, unit, role);

        foreach (var user in new[] { "member", "xa.coordinator" })
        {
            Assert.Equal(found ? 1 : 0, (await (await site.ApiAsync(user)).GetJsonAsync($"/api/v1/search?q={word}")).GetProperty("total").GetInt32());
            await (await site.SignInAsync(user)).GetPageAsync($"/sessions/{code}", found ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        }

        Assert.Equal(0, (await site.CreateClient().GetJsonAsync($"/api/v1/search?q={word}")).GetProperty("total").GetInt32());
        Assert.Equal(1, (await (await site.ApiAsync("so.organizer")).GetJsonAsync($"/api/v1/search?q={word}")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Search_PointAddedElsewhere_IsFoundThereToo()
    {
        var code = await PublishAsync("Dalat", "04225", "member");
        var member = await site.ApiAsync("member");
        Assert.Equal(0, (await member.GetJsonAsync("/api/v1/search?q=dalat")).GetProperty("total").GetInt32());

        await site.WithAsync(async services => (await services.GetRequiredService<PointPlanService>().AddAsync(code, new("P2", "03646", Venue: "Nhà văn hóa"))).Succeeded);

        Assert.Equal(1, (await member.GetJsonAsync("/api/v1/search?q=dalat")).GetProperty("total").GetInt32());
        await (await site.SignInAsync("member")).GetPageAsync($"/sessions/{code}");
    }

    [Fact]
    public async Task Search_CancelledSession_SaysSo()
    {
        var code = await PublishAsync("Chophien", "03646", "member");

        await (await site.ApiAsync("so.organizer")).DoAsync(code, "cancel", new { reason = "Mưa lũ" });

        var hit = (await (await site.ApiAsync("member")).GetJsonAsync("/api/v1/search?q=chophien")).GetProperty("hits")[0];
        Assert.StartsWith("Đã hủy", hit.GetProperty("source").GetString(), StringComparison.Ordinal);
    }

    private async Task<string> PublishAsync(string word, string unit, string role)
    {
        var organizer = await site.ApiAsync("so.organizer");
        var code = $"TIM-{Guid.NewGuid().ToString("N")[..8]}";
        var body = Body(code);
        body["title"] = $"Buổi {word}";
        body["points"] = new object[] { new { code = "P1", unit, venue = "Nhà văn hóa" } };
        body["invite"] = new { units = new[] { unit }, roles = new[] { role } };
        Assert.Equal(HttpStatusCode.Created, (await organizer.PostAsJsonAsync("/api/v1/sessions", body)).StatusCode);
        await organizer.DoAsync(code, "publish");
        return code;
    }
}

public sealed class SqliteSearchTests(SqliteSite site) : SearchTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSearchTests(PostgreSqlSite site) : SearchTests(site), IClassFixture<PostgreSqlSite>;
