using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Accounts;

public abstract class UserPagesTests(SiteFixture site)
{
    [Fact]
    public async Task Reset_ByTheTeamsLeader_ShowsTheNewCodeOnceAndEndsTheOldPassword()
    {
        var leader = await site.AccountAsync(Roles.TeamLeader, AccountsArrange.Village);
        var member = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        var client = await site.SignInAsync(leader.UserName);
        var address = $"/users/{member.UserId}";

        var response = await client.PostFormAsync($"{address}/reset", [], page: address);
        var code = (await client.GetPageAsync(address)).QuerySelector("#new-code")?.TextContent;
        var again = await client.GetPageAsync(address);

        Assert.Equal(address, response.Headers.Location!.ToString());
        Assert.Null(again.QuerySelector("#new-code"));
        Assert.NotEqual("", await site.TrySignInAsync(member.UserName, SiteClient.DemoPassword));
        var activated = await site.CreateClient().PostFormAsync(
            "/account/activate", new() { ["Login"] = member.UserName, ["Code"] = code, ["Password"] = "mưa dầm thấm lâu", ["PasswordAgain"] = "mưa dầm thấm lâu" });
        Assert.Equal(HttpStatusCode.Redirect, activated.StatusCode);
    }

    [Fact]
    public async Task Reset_AfterTooManyTries_LetsThePersonGoOn()
    {
        var member = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        for (var count = 0; count < 5; count++)
        {
            await site.TrySignInAsync(member.UserName, "sai rồi");
        }

        var issued = await site.WithAsync(services => services.GetRequiredService<AccountService>().ResetAsync(member.UserId));
        var response = await site.CreateClient().PostFormAsync(
            "/account/activate", new() { ["Login"] = member.UserName, ["Code"] = issued.Value!.Code, ["Password"] = "mưa dầm thấm lâu", ["PasswordAgain"] = "mưa dầm thấm lâu" });

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    [Fact]
    public async Task Reset_OutsideTheLeadersTeam_IsNotThere()
    {
        var leader = await site.AccountAsync(Roles.TeamLeader, AccountsArrange.Village);
        var neighbour = await site.AccountAsync(Roles.Member, AccountsArrange.OtherVillage);
        var client = await site.SignInAsync(leader.UserName);

        var seen = await client.GetAsync($"/users/{neighbour.UserId}");
        var response = await client.PostFormAsync($"/users/{neighbour.UserId}/reset", [], page: "/me");

        Assert.Equal(HttpStatusCode.NotFound, seen.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("", await site.TrySignInAsync(neighbour.UserName, SiteClient.DemoPassword));
    }

    [Fact]
    public async Task Reset_OfSomebodyHigher_IsNotTheLeaders()
    {
        var leader = await site.AccountAsync(Roles.TeamLeader, AccountsArrange.Village);
        var coordinator = await site.AccountAsync(Roles.Coordinator, AccountsArrange.Village);
        var client = await site.SignInAsync(leader.UserName);

        var response = await client.PostFormAsync($"/users/{coordinator.UserId}/reset", [], page: "/me");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Reset_OfAMemberWhoAlsoHasARightElsewhere_IsNotTheLeaders()
    {
        var leader = await site.AccountAsync(Roles.TeamLeader, AccountsArrange.Village);
        var both = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        await site.WithAsync(services => services.GetRequiredService<GrantService>().AddAsync(both.UserId, Roles.Member, AccountsArrange.OtherVillage));
        var client = await site.SignInAsync(leader.UserName);

        var page = await client.GetPageAsync($"/users/{both.UserId}");
        var response = await client.PostFormAsync($"/users/{both.UserId}/reset", [], page: "/me");

        Assert.DoesNotContain("Cấp lại mã", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Index_OfALeader_ListsOwnTeamOnlyAndIsSearchedWithoutAccents()
    {
        var leader = await site.AccountAsync(Roles.TeamLeader, AccountsArrange.Village);
        var mine = await site.AccountAsync(Roles.Member, AccountsArrange.Village, AccountsArrange.NewPhone(), "Quàng Thị Điệp");
        var other = await site.AccountAsync(Roles.Member, AccountsArrange.OtherVillage, displayName: "Quàng Thị Điệp");
        var client = await site.SignInAsync(leader.UserName);

        var found = await client.GetPageAsync("/users?q=quang+thi+diep");
        var nobody = await client.GetPageAsync($"/users?q={other.UserName}");

        Assert.Contains(found.QuerySelectorAll(".rows a"), link => link.GetAttribute("href") == $"/users/{mine.UserId}");
        Assert.DoesNotContain(found.QuerySelectorAll(".rows a"), link => link.GetAttribute("href") == $"/users/{other.UserId}");
        Assert.Contains("Thành viên Tổ · bản Cá", found.QuerySelector(".rows")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(nobody.QuerySelectorAll(".rows a"));
    }

    [Fact]
    public async Task Index_OfAMember_IsForbidden()
    {
        var member = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        var client = await site.SignInAsync(member.UserName);

        await client.GetPageAsync("/users", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task New_ByAnAdministrator_ShowsACodeForANameThatNobodyHas()
    {
        var client = await site.SignInAsync("admin");
        var name = $"Đèo Văn {AccountsArrange.NewName("Y")}";

        var first = await client.PostFormAsync("/users/new", new() { ["DisplayName"] = name, ["Role"] = Roles.Partner, ["Unit"] = "03646" });
        var second = await client.PostFormAsync("/users/new", new() { ["DisplayName"] = name, ["Role"] = Roles.Partner, ["Unit"] = "03646" });
        var page = await client.GetPageAsync(second.Headers.Location!.ToString());

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.EndsWith("2", page.QuerySelector(".page-head-sub")!.TextContent.Trim().Split('\n')[0].Trim().Split(' ')[0], StringComparison.Ordinal);
        Assert.Matches("^[A-HJ-NP-Z2-9]{4} [A-HJ-NP-Z2-9]{4}$", page.QuerySelector("#new-code")!.TextContent);
    }

    [Fact]
    public async Task New_UnitByName_IsFoundOrAskedFor()
    {
        var client = await site.SignInAsync("xa.coordinator");
        var form = await client.GetPageAsync("/users/new");

        var made = await client.PostFormAsync("/users/new", new() { ["DisplayName"] = "Lò Thị Nga", ["Role"] = Roles.Member, ["Unit"] = "03646" });
        var several = await (await client.PostFormAsync("/users/new", new() { ["DisplayName"] = "Lò Thị Nga", ["Role"] = Roles.Member, ["Unit"] = "03646-" })).ReadPageAsync();
        var missing = await (await client.PostFormAsync("/users/new", new() { ["DisplayName"] = "Lò Thị Nga", ["Role"] = Roles.Member, ["Unit"] = "" })).ReadPageAsync();

        Assert.Equal("03646", form.QuerySelector("#Unit")!.GetAttribute("value"));
        Assert.Contains(form.QuerySelectorAll("#Role option"), option => option.GetAttribute("value") == Roles.TeamLeader);
        Assert.DoesNotContain(form.QuerySelectorAll("#Role option"), option => option.GetAttribute("value") == Roles.Organizer);
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.NotEmpty(several.QuerySelectorAll("input[name=UnitCode]"));
        Assert.Contains("Hãy ghi mã hoặc tên đơn vị", missing.QuerySelector(".field-validation-error")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Coordinator)]
    [InlineData(Roles.Organizer)]
    [InlineData(Roles.Member)]
    public async Task New_WithoutAUnitByAnAdministrator_AsksForItAndGivesNothing(string role)
    {
        var client = await site.SignInAsync("admin");
        var member = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        var before = await site.QueryAsync(db => db.Grants.CountAsync());

        var account = await (await client.PostFormAsync("/users/new", new() { ["DisplayName"] = "Lò Thị Nga", ["Role"] = role })).ReadPageAsync();
        var grant = await (await client.PostFormAsync($"/users/{member.UserId}/grants/new", new() { ["Role"] = role, ["Unit"] = " " })).ReadPageAsync();

        Assert.Contains("Hãy ghi mã hoặc tên đơn vị", account.QuerySelector("#Unit-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Hãy ghi mã hoặc tên đơn vị", grant.QuerySelector("#Unit-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await site.QueryAsync(db => db.Grants.CountAsync()));
    }

    [Fact]
    public async Task New_AdministratorWithoutAUnit_IsOfTheWholeSystem()
    {
        var client = await site.SignInAsync("admin");

        var made = await client.PostFormAsync("/users/new", new() { ["DisplayName"] = "Lò Thị Nga", ["Role"] = Roles.Administrator });
        var page = await client.GetPageAsync(made.Headers.Location!.ToString());

        Assert.Contains("Quản trị hệ thống · toàn hệ thống", page.Body!.TextContent, StringComparison.Ordinal);
        var id = Guid.Parse(made.Headers.Location!.ToString().Split('/')[^1]);
        var grant = await site.QueryAsync(db => db.Grants.SingleAsync(row => row.UserId == id));
        await client.PostFormAsync($"/users/{grant.UserId}/grants/{grant.Id}/end", [], page: $"/users/{grant.UserId}");
    }

    [Fact]
    public async Task Grant_OverTheWholeTree_IsOfNoRoleThatWorksWithinAUnit()
    {
        var member = await site.AccountAsync(Roles.Member, AccountsArrange.Village);

        var created = await site.WithAsync(services => services.GetRequiredService<AccountService>().CreateAsync(new("Lò Thị Nga", Roles.Coordinator, DirectoryUnit.Everything)));
        var given = await site.WithAsync(services => services.GetRequiredService<GrantService>().AddAsync(member.UserId, Roles.Police, DirectoryUnit.Everything));

        Assert.Equal("unit_missing", Assert.Single(created.Faults).Code);
        Assert.Equal("unit_missing", Assert.Single(given.Faults).Code);
    }

    [Theory]
    [InlineData("so dien thoai", null, "chưa đúng: cần 10 chữ số")]
    [InlineData(null, "có dấu", "Tên đăng nhập 'có dấu' chưa đúng")]
    [InlineData(null, "ADMIN", "Tên đăng nhập 'ADMIN' đã có người dùng")]
    public async Task New_WithSomethingWrong_SaysWhatAndKeepsTheRest(string? phone, string? userName, string message)
    {
        var client = await site.SignInAsync("admin");

        var page = await (await client.PostFormAsync("/users/new", new() { ["DisplayName"] = "Lò Thị Nga", ["Role"] = Roles.Member, ["Unit"] = "03646", ["Phone"] = phone, ["UserName"] = userName })).ReadPageAsync();

        Assert.Contains(message, page.QuerySelector(".field-validation-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Lò Thị Nga", page.QuerySelector("#DisplayName")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData(Roles.Organizer, "14/116/03646/V1/")]
    [InlineData(Roles.Administrator, "14/116/03646/V1/")]
    [InlineData(Roles.Member, "14/116/03650/")]
    [InlineData(Roles.Member, "")]
    public async Task Create_HigherOrOutside_IsRefusedToACoordinator(string role, string path)
    {
        var coordinator = await site.AccountAsync(Roles.Coordinator, AccountsArrange.Commune);

        var created = await AsAsync(coordinator.UserId, services =>
            services.GetRequiredService<AccountService>().CreateAsync(new("Lò Thị Nga", role, new DirectoryUnit("X", path, "X"))));

        Assert.Equal("role_too_high", Assert.Single(created.Faults).Code);
    }

    [Fact]
    public async Task Create_InTheCommune_IsACoordinators()
    {
        var coordinator = await site.AccountAsync(Roles.Coordinator, AccountsArrange.Commune);

        var created = await AsAsync(coordinator.UserId, services =>
            services.GetRequiredService<AccountService>().CreateAsync(new("Lò Thị Nga", Roles.TeamLeader, AccountsArrange.Village)));

        Assert.True(created.Succeeded);
    }

    [Fact]
    public async Task Create_TwiceForOnePerson_IsAConflict()
    {
        var people = await site.QueryAsync(db => db.People.Where(row => row.UserId == null).Select(row => row.Id).Take(1).ToListAsync());
        var person = people[0];
        Task<Result<IssuedCode>> CreateAsync() => site.WithAsync(services =>
            services.GetRequiredService<AccountService>().CreateAsync(new("Lò Thị Nga", Roles.Member, AccountsArrange.Village) { PersonId = person }));

        var first = await CreateAsync();
        var second = await CreateAsync();

        Assert.Equal(first.Value!.UserId, await site.QueryAsync(db => db.People.Where(row => row.Id == person).Select(row => row.UserId).SingleAsync()));
        Assert.Equal("person_has_account", Assert.Single(second.Faults).Code);
    }

    [Fact]
    public async Task Grants_GivenAndTaken_ReachTheOpenSessionAndStayReadable()
    {
        var account = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        var client = await site.SignInAsync(account.UserName);
        var admin = await site.SignInAsync("admin");

        await admin.PostFormAsync($"/users/{account.UserId}/grants/new", new() { ["Role"] = Roles.Organizer, ["Unit"] = "14" });
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        await client.GetPageAsync("/users");
        site.Clock.Advance(TimeSpan.FromDays(1));
        var grant = await site.QueryAsync(db => db.Grants.SingleAsync(row => row.UserId == account.UserId && row.Role == Roles.Organizer));
        await admin.PostFormAsync($"/users/{account.UserId}/grants/{grant.Id}/end", [], page: $"/users/{account.UserId}");
        site.Clock.Advance(TimeSpan.FromMinutes(3));

        await client.GetPageAsync("/users", HttpStatusCode.Forbidden);
        Assert.Contains("Cán bộ tổ chức của Sở", (await admin.GetPageAsync($"/users/{account.UserId}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grants_LastAdministrator_CannotBeTaken()
    {
        var grant = await site.QueryAsync(db => db.Grants.SingleAsync(row => row.Role == Roles.Administrator && row.UnitPath == "" && row.ValidTo == null));

        var taken = await site.WithAsync(services => services.GetRequiredService<GrantService>().RemoveAsync(grant.UserId, grant.Id));

        Assert.Equal("last_administrator", Assert.Single(taken.Faults).Code);
    }

    [Fact]
    public async Task Me_SaysNameRolesAndUnits()
    {
        var leader = await site.AccountAsync(Roles.TeamLeader, AccountsArrange.Village, "+84500112648", "Lò Thị Nga");
        var client = await site.SignInAsync(leader.UserName);

        var page = await client.GetPageAsync("/me");

        Assert.Equal("Lò Thị Nga", page.QuerySelector("h1")!.TextContent);
        Assert.Equal($"{leader.UserName} · 0500 112 648", page.QuerySelector(".page-head-sub")!.TextContent);
        Assert.Equal("Tổ trưởngbản Cá", page.QuerySelector(".rows .row-main")!.TextContent);
    }

    [Fact]
    public async Task Password_Changed_SignsOtherDevicesOut()
    {
        var account = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        var here = await site.SignInAsync(account.UserName);
        var there = await site.SignInAsync(account.UserName);

        var wrong = await ChangeAsync(here, "không phải");
        var right = await ChangeAsync(here, SiteClient.DemoPassword);
        site.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Contains("Mật khẩu hiện nay chưa đúng.", (await wrong.ReadPageAsync()).QuerySelector(".field-validation-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        await here.GetPageAsync("/today");
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/today")).StatusCode);
        Assert.Equal("", await site.TrySignInAsync(account.UserName, "mưa dầm thấm lâu"));

        static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string present) =>
            client.PostFormAsync("/me/password", new() { ["Present"] = present, ["Password"] = "mưa dầm thấm lâu", ["PasswordAgain"] = "mưa dầm thấm lâu" });
    }

    /// <summary>Runs something as an account would.</summary>
    private Task<T> AsAsync<T>(Guid userId, Func<IServiceProvider, Task<T>> action) => site.WithAsync(async services =>
    {
        var user = await services.GetRequiredService<SiteDbContext>().Users.SingleAsync(row => row.Id == userId);
        services.GetRequiredService<CurrentUser>().Read(await services.GetRequiredService<SiteClaimsFactory>().CreateAsync(user));
        return await action(services);
    });
}

public sealed class SqliteUserPagesTests(SqliteSite site) : UserPagesTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlUserPagesTests(PostgreSqlSite site) : UserPagesTests(site), IClassFixture<PostgreSqlSite>;
