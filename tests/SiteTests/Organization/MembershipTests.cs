using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Organization;

/// <summary>Leaders keep lists current (R21): each change dated, within scope, and safe when two people work at once.</summary>
public abstract class MembershipTests(SiteFixture site)
{
    private const string Team = "T-03646-SYN-042";
    private static int _number;

    [Fact]
    public async Task Add_ByTheLeader_PutsThePersonInTheTeam()
    {
        var client = await site.SignInAsync("to.truong");
        var name = NewName();

        var response = await AddAsync(client, Team, name, phone: "0500 999 100", role: "Member");

        Assert.Equal($"/teams/{Team}", response.Headers.Location!.ToString());
        var person = await site.QueryAsync(db => db.People.Include(row => row.Memberships).SingleAsync(row => row.FullName == name));
        Assert.Equal(("+84500999100", new DateOnly(2026, 11, 22), TeamRole.Member), (person.Phone, person.Memberships.Single().ValidFrom, person.Memberships.Single().Role));
        Assert.Contains(name, (await client.GetPageAsync($"/teams/{Team}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WithOnlyAName_IsEnough()
    {
        var name = NewName();
        await AddAsync(await site.SignInAsync("to.truong"), Team, name);

        Assert.True(await site.QueryAsync(db => db.Memberships.AnyAsync(member => member.Person.FullName == name)));
    }

    [Theory]
    [InlineData("", "", "Member", "họ và tên")]
    [InlineData("<b>Nga</b>", "", "Member", "họ và tên")]
    [InlineData("Lò Thị Mới", "12345", "Member", "10 chữ số")]
    [InlineData("Lò Thị Mới", "", "Leader", "đã có Tổ trưởng")]
    public async Task Add_WithAMistake_KeepsTheFormAndSaysWhy(string name, string phone, string role, string words)
    {
        var response = await AddAsync(await site.SignInAsync("to.truong"), Team, name, phone, role);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.ReadPageAsync();
        Assert.Contains(words, page.QuerySelector(".error-summary")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(name, page.QuerySelector<IHtmlInputElement>("#FullName")!.Value);
    }

    [Theory]
    [InlineData("Giáo viên", true)]
    [InlineData("Bí thư chi đoàn tổ 2", false)]
    [InlineData("", false)]
    public async Task Add_AnotherOfficeThanUsual_IsSavedAndRemarkedUpon(string occupation, bool remarked)
    {
        var client = await site.SignInAsync("xa.coordinator");
        var name = NewName();
        var form = await client.GetPageAsync("/teams/T-03646-SYN-002/members/new");
        Assert.Contains("Tổ phó thường là Bí thư Chi đoàn.", form.QuerySelector("#role-hint")!.TextContent, StringComparison.Ordinal);

        await client.PostFormFromAsync(form, "/teams/T-03646-SYN-002/members/new", new() { ["FullName"] = name, ["Role"] = "Deputy", ["Occupation"] = occupation, ["Version"] = await VersionAsync("T-03646-SYN-002") });

        Assert.True(await site.QueryAsync(db => db.Memberships.AnyAsync(member => member.Person.FullName == name && member.Role == TeamRole.Deputy)));
        Assert.Equal(remarked, (await client.GetPageAsync("/teams/T-03646-SYN-002")).QuerySelector("#toasts")!.TextContent.Contains("Tổ phó thường là", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_ANamesake_AsksFirst()
    {
        var client = await site.SignInAsync("to.truong");
        var name = NewName();
        await AddAsync(client, Team, name);

        var asked = await AddAsync(client, Team, name);
        Assert.NotNull((await asked.ReadPageAsync()).QuerySelector("#IsNamesake"));
        var added = await AddAsync(client, Team, name, isNamesake: true);

        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        Assert.Equal(2, await site.QueryAsync(db => db.People.CountAsync(person => person.FullName == name)));
    }

    [Fact]
    public async Task Add_WhoIsInAnotherTeam_GivesOnePersonTwoMemberships()
    {
        var client = await site.SignInAsync("xa.coordinator");

        var response = await AddAsync(client, "T-03646-SYN-002", "", personCode: "SL-000210");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(2, await site.QueryAsync(db => db.Memberships.CountAsync(member => member.Person.Code == "SL-000210" && member.ValidTo == null)));
    }

    [Theory]
    [InlineData("to.truong", "T-03646", HttpStatusCode.NotFound)]
    [InlineData("to.truong", "T-03646-SYN-002", HttpStatusCode.NotFound)]
    [InlineData("xa.coordinator", "T-03649", HttpStatusCode.NotFound)]
    [InlineData("so.organizer", "T-04225", HttpStatusCode.OK)]
    public async Task Form_OutsideTheScope_IsNotThere(string user, string team, HttpStatusCode status) =>
        await (await site.SignInAsync(user)).GetPageAsync($"/teams/{team}/members/new", status);

    [Fact]
    public async Task Form_ForAMember_IsNotAllowed()
    {
        var response = await (await site.SignInAsync("member")).GetAsync($"/teams/{Team}/members/new");

        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task ChangeRole_FromADay_KeepsThePast()
    {
        var client = await site.SignInAsync("xa.coordinator");
        var name = NewName();
        await AddAsync(client, "T-03646", name, from: "2025-01-01");
        var id = await MembershipAsync(name);

        var response = await client.PostFormAsync($"/teams/T-03646/members/{id}/role", new() { ["Role"] = "Collaborator", ["From"] = "2026-03-01", ["Version"] = await VersionAsync("T-03646") }, $"/teams/T-03646/members/{id}");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var history = await site.QueryAsync(db => db.Memberships.Where(member => member.Person.FullName == name).OrderBy(member => member.ValidFrom).ToListAsync());
        Assert.Equal([(TeamRole.Member, (DateOnly?)new DateOnly(2026, 3, 1)), (TeamRole.Collaborator, null)], history.Select(member => (member.Role, member.ValidTo)));
    }

    [Fact]
    public async Task End_FromADay_TakesThePersonOutButNotOfThePast()
    {
        var client = await site.SignInAsync("xa.coordinator");
        var name = NewName();
        await AddAsync(client, "T-03646", name, from: "2025-01-01");
        var id = await MembershipAsync(name);

        await client.PostFormAsync($"/teams/T-03646/members/{id}/end", new() { ["On"] = "2026-06-01", ["Version"] = await VersionAsync("T-03646") }, $"/teams/T-03646/members/{id}");

        var today = await client.GetPageAsync("/teams/T-03646");
        Assert.Contains(name, today.QuerySelector("[aria-labelledby=past]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(name, today.QuerySelector("[aria-labelledby=members]")!.TextContent, StringComparison.Ordinal);
        var then = await client.GetPageAsync("/teams/T-03646?as_of=2026-05-31");
        Assert.Contains(name, then.QuerySelector("[aria-labelledby=members]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_OfAListThatSomebodyElseChanged_IsRefused()
    {
        var client = await site.SignInAsync("xa.coordinator");
        var version = await VersionAsync("T-03646-SYN-002");
        await AddAsync(client, "T-03646-SYN-002", NewName());

        var response = await AddAsync(client, "T-03646-SYN-002", NewName(), version: version);

        Assert.Contains("Người khác vừa cập nhật", (await response.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2199-01-01", "tương lai")]
    [InlineData("2001-01-01", "thành lập ngày")]
    public async Task Add_OnAnImpossibleDay_IsRefused(string from, string words)
    {
        var response = await AddAsync(await site.SignInAsync("to.truong"), Team, NewName(), from: from);

        Assert.Contains(words, (await response.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Team_SecondForAUnit_IsRefused()
    {
        var client = await site.SignInAsync("xa.coordinator");

        var response = await client.PostFormAsync("/units/03646-SYN-042/team/new", new() { ["DecisionNumber"] = "9/QĐ-UBND", ["FoundedOn"] = "2024-01-01" });

        Assert.Contains("chỉ có một Tổ", (await response.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Team_FoundedWithoutDecision_IsADraftUntilOneIsWritten()
    {
        var client = await site.SignInAsync("xa.coordinator");
        var founded = await client.PostFormAsync("/units/03646-SYN-001/team/new", new() { ["FoundedOn"] = "2024-01-01" });
        Assert.Equal("/teams/T-03646-SYN-001", founded.Headers.Location!.ToString());
        var draft = await client.GetPageAsync("/teams/T-03646-SYN-001");
        Assert.Contains("Nháp", draft.QuerySelector(".page-head")!.TextContent, StringComparison.Ordinal);

        await client.PostFormAsync("/teams/T-03646-SYN-001/edit", new() { ["DecisionNumber"] = "9/QĐ-UBND", ["FoundedOn"] = "2024-01-01", ["Version"] = "0" });

        var team = await site.QueryAsync(db => db.Teams.SingleAsync(row => row.Code == "T-03646-SYN-001"));
        Assert.Equal((TeamState.Active, "9/QĐ-UBND"), (team.State, team.DecisionNumber));
    }

    private async Task<HttpResponseMessage> AddAsync(
        HttpClient client, string team, string name, string phone = "", string role = "Member", string? from = null, bool isNamesake = false, string? personCode = null, string? version = null) =>
        await client.PostFormAsync($"/teams/{team}/members/new", new Dictionary<string, string?>
        {
            ["FullName"] = name, ["Phone"] = phone, ["Role"] = role, ["From"] = from, ["IsNamesake"] = isNamesake ? "true" : null, ["PersonCode"] = personCode, ["Version"] = version ?? await VersionAsync(team),
        }.Where(field => field.Value is not null).ToDictionary());

    private Task<string> VersionAsync(string team) => site.QueryAsync(async db => (await db.Teams.Where(row => row.Code == team).Select(row => row.Version).SingleAsync()).ToString());

    private Task<Guid> MembershipAsync(string name) => site.QueryAsync(db => db.Memberships.Where(member => member.Person.FullName == name).Select(member => member.Id).SingleAsync());

    private static string NewName() => $"Lò Thị Mới {Interlocked.Increment(ref _number)}";
}

public sealed class SqliteMembershipTests(SqliteSite site) : MembershipTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlMembershipTests(PostgreSqlSite site) : MembershipTests(site), IClassFixture<PostgreSqlSite>;
