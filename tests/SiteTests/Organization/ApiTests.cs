using System.Net;
using System.Text.Json;

namespace TrainingSite.SiteTests.Organization;

/// <summary>Units, teams, members and figures for other programs.</summary>
public abstract class ApiTests(SiteFixture site)
{
    [Fact]
    public async Task Units_BelowAParent_AreListed()
    {
        var client = await site.ApiAsync("so.organizer");

        var units = (await client.GetJsonAsync("/api/v1/units?parent=116&level=commune&as_of=2023-09-30")).GetProperty("items");

        Assert.Equal(["03646", "03649"], units.EnumerateArray().Select(unit => unit.GetProperty("code").GetString()));
        Assert.Equal(("116", "commune", "Phường Chiềng Lề, Thành phố Sơn La"), (units[0].GetProperty("parent_code").GetString(), units[0].GetProperty("level").GetString(), units[0].GetProperty("full_name").GetString()));
    }

    [Fact]
    public async Task Teams_OfAUnit_CountTheirMembers()
    {
        var teams = (await (await site.ApiAsync("so.organizer")).GetJsonAsync("/api/v1/teams?unit=04225&as_of=2023-09-30")).GetProperty("items");

        Assert.Equal([("T-04225", 12), ("T-04225-SYN-002", 3)], teams.EnumerateArray().Select(team => (team.GetProperty("code").GetString()!, team.GetProperty("member_count").GetInt32())));
    }

    [Fact]
    public async Task Members_Paged_LeadToAllOfThem()
    {
        var client = await site.ApiAsync("so.organizer");
        var codes = new List<string>();
        string? next = "/api/v1/members?unit=116&as_of=2023-09-30&take=10";
        while (next is not null)
        {
            var list = await client.GetJsonAsync(next);
            codes.AddRange(list.GetProperty("items").EnumerateArray().Select(member => member.GetProperty("code").GetString()!));
            next = list.GetProperty("next").GetString();
        }

        Assert.Equal((32, 32), (codes.Count, codes.Distinct().Count()));
    }

    [Theory]
    [InlineData("team=T-03646&q=lam", "SL-000001")]
    [InlineData("q=Hoàng Anh Lâm", "SL-000001")]
    public async Task Members_Searched_AreFoundWithoutAccents(string query, string code)
    {
        var items = (await (await site.ApiAsync("xa.coordinator")).GetJsonAsync($"/api/v1/members?{query}&as_of=2023-09-30")).GetProperty("items");

        var member = Assert.Single(items.EnumerateArray());
        Assert.Equal((code, "leader", "03646", "+84500112648"), (member.GetProperty("code").GetString(), member.GetProperty("role").GetString(), member.GetProperty("unit_code").GetString(), member.GetProperty("phone").GetString()));
    }

    [Theory]
    [InlineData("xa.coordinator", "units?parent=03649")]
    [InlineData("xa.coordinator", "teams?unit=116")]
    [InlineData("xa.coordinator", "members?unit=03649")]
    [InlineData("xa.coordinator", "members?team=T-03649")]
    [InlineData("so.organizer", "units?parent=99999")]
    [InlineData("so.organizer", "teams?unit=03646&as_of=2019-01-01")]
    public async Task List_OfAnUnknownUnit_IsAProblem(string user, string call)
    {
        var problem = await (await site.ApiAsync(user)).GetJsonAsync($"/api/v1/{call}", HttpStatusCode.NotFound);

        Assert.EndsWith("_not_found", problem.GetProperty("code").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xa.coordinator", "14/116/03646/")]
    [InlineData("to.truong", "14/116/03646/03646-SYN-042/")]
    public async Task Lists_HoldNothingOutsideTheScope(string user, string scope)
    {
        var client = await site.ApiAsync(user);

        Assert.All(await CodesAsync("units", "code"), code => Assert.True(scope.EndsWith($"/{code}/", StringComparison.Ordinal) || code.StartsWith("03646-SYN", StringComparison.Ordinal), code));
        Assert.All(await CodesAsync("teams", "unit_code"), code => Assert.StartsWith("03646", code, StringComparison.Ordinal));
        Assert.All(await CodesAsync("members", "unit_code"), code => Assert.StartsWith("03646", code, StringComparison.Ordinal));

        async Task<List<string>> CodesAsync(string list, string field)
        {
            var items = (await client.GetJsonAsync($"/api/v1/{list}?take=1000")).GetProperty("items").EnumerateArray().ToList();
            Assert.NotEmpty(items);
            return items.ConvertAll(item => item.GetProperty(field).GetString()!);
        }
    }

    [Fact]
    public async Task Members_ForAMember_AreForbidden() => await (await site.ApiAsync("member")).GetJsonAsync("/api/v1/members", HttpStatusCode.Forbidden).ContinueWith(answer => Assert.True(answer.IsCompleted));

    [Theory]
    [InlineData("xa.coordinator", null, 2, 14)]
    [InlineData("so.organizer", "127", 2, 15)]
    [InlineData("so.organizer", "04225-SYN-002", 1, 3)]
    public async Task TeamStatistics_AreCutToTheScope(string user, string? unit, int teams, int members)
    {
        var report = await (await site.ApiAsync(user)).GetJsonAsync($"/api/v1/reports/team-statistics?as_of=2023-09-30{(unit is null ? "" : $"&unit={unit}")}");

        var totals = report.GetProperty("totals");
        Assert.True(Figure(totals, "commune_level_teams") + Figure(totals, "village_level_teams") >= teams);
        Assert.True(Figure(totals, "commune_level_members") + Figure(totals, "village_level_members") >= members);
    }

    [Fact]
    public async Task TeamStatistics_OfAForeignUnit_AreNotFound() =>
        await (await site.ApiAsync("xa.coordinator")).GetJsonAsync("/api/v1/reports/team-statistics?unit=03649", HttpStatusCode.NotFound);

    private static int Figure(JsonElement row, string name) => row.GetProperty(name).GetInt32();
}

public sealed class SqliteApiTests(SqliteSite site) : ApiTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlApiTests(PostgreSqlSite site) : ApiTests(site), IClassFixture<PostgreSqlSite>;
