using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;
using TrainingSite.Sessions.Services;
using TrainingSite.Sessions.Trainers;
using TrainingSite.SiteTests.Sessions;

namespace TrainingSite.SiteTests.Accounts;

/// <summary>Several people on one phone: a full sign-in once, then a name and a PIN.</summary>
public abstract class DevicePinTests(SiteFixture site)
{
    private const string Pin = "4071";

    [Fact]
    public async Task Pin_OfTwoPeopleOnOnePhone_SwitchesBetweenThem()
    {
        var (first, second) = (await MemberAsync(), await MemberAsync());
        var phone = site.CreateClient();
        await SetPinAsync(phone, first, Pin);
        await SetPinAsync(phone, second, "2846");

        var people = await phone.GetPageAsync("/account/people");
        Assert.Equal(2, people.QuerySelectorAll("input[name=id]").Length);
        Assert.Contains("/account/people", (await phone.GetPageAsync("/account/sign-in")).QuerySelectorAll("main a").Select(link => link.GetAttribute("href")!.Split('?')[0]));

        var back = await EnterAsync(phone, first, Pin, returnUrl: "/courses");
        Assert.Equal("/courses", back.Headers.Location!.ToString());
        Assert.Equal(first.UserName, await NameAsync(phone));
        await EnterAsync(phone, second, "2846");
        Assert.Equal(second.UserName, await NameAsync(phone));
    }

    [Fact]
    public async Task Pin_OfOnePersonForAnother_IsWrong()
    {
        var (first, second) = (await MemberAsync(), await MemberAsync());
        var phone = site.CreateClient();
        await SetPinAsync(phone, first, Pin);
        await SetPinAsync(phone, second, "2846");

        Assert.Contains("Bạn còn 4 lần thử.", await RefusalAsync(await EnterAsync(phone, first, "2846")));
        Assert.Equal(second.UserName, await NameAsync(phone));
    }

    [Fact]
    public async Task Pin_OnAnotherPhone_OpensNothing()
    {
        var member = await MemberAsync();
        var phone = site.CreateClient();
        await SetPinAsync(phone, member, Pin);
        var id = await IdAsync(member);
        var other = site.CreateClient();

        // Without the secret the row is not there, whatever is typed.
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/account/people")).StatusCode);
        var answer = await other.PostFormAsync("/account/people", new() { ["id"] = id.ToString(), ["pin"] = Pin }, page: "/account/sign-in");
        Assert.Contains("không còn mở được", await RefusalAsync(answer));
        Assert.Equal(0, await site.QueryAsync(db => db.DevicePins.Where(row => row.Id == id).Select(row => row.Failures).SingleAsync()));
    }

    [Fact]
    public async Task Pin_WrongFiveTimes_IsLockedUntilAFullSignIn()
    {
        var member = await MemberAsync();
        var phone = site.CreateClient();
        await SetPinAsync(phone, member, Pin);
        await LeaveAsync(phone);
        for (var left = 4; left > 0; left--)
        {
            Assert.Contains($"Bạn còn {left} lần thử.", await RefusalAsync(await EnterAsync(phone, member, "0000")));
        }

        Assert.Contains("bị khóa", await RefusalAsync(await EnterAsync(phone, member, "0000")));
        Assert.Contains("bị khóa", await RefusalAsync(await EnterAsync(phone, member, Pin)));
        Assert.NotNull((await phone.GetPageAsync("/account/people")).QuerySelector("input[name=id][disabled]"));

        await phone.PostFormAsync("/account/sign-in", new() { ["Login"] = member.UserName, ["Password"] = SiteClient.DemoPassword });
        await LeaveAsync(phone);
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(phone, member, Pin)).StatusCode);
        Assert.Equal(member.UserName, await NameAsync(phone));
    }

    [Fact]
    public async Task Pin_GuessedManyTimesAtOnce_GivesNoMoreTries()
    {
        var member = await MemberAsync();
        var phone = site.CreateClient();
        await SetPinAsync(phone, member, Pin);
        await LeaveAsync(phone);
        var page = await phone.GetPageAsync("/account/people");
        var id = (await IdAsync(member)).ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => phone.PostFormFromAsync(page, "/account/people", new() { ["id"] = id, ["pin"] = $"90{number:00}" })));

        var told = await Task.WhenAll(answers.Select(RefusalAsync));
        Assert.InRange(told.Count(text => text.Contains("Bạn còn", StringComparison.Ordinal)), 0, 4);
        Assert.True(told.Count(text => text.Contains("bị khóa", StringComparison.Ordinal)) >= 8);
        Assert.Contains("bị khóa", await RefusalAsync(await EnterAsync(phone, member, Pin)));
    }

    [Theory]
    [InlineData("123")]
    [InlineData("1234567")]
    [InlineData("12a4")]
    [InlineData("1111")]
    [InlineData("1234")]
    [InlineData("987654")]
    public async Task Pin_TooShortTooLongOrEasy_IsRefused(string pin)
    {
        var member = await MemberAsync();
        var phone = await site.SignInAsync(member.UserName);

        var page = await (await phone.PostFormAsync("/me/shared-phone", new() { ["Pin"] = pin, ["PinAgain"] = pin })).ReadPageAsync();

        Assert.Contains("Mã PIN", page.QuerySelector("#Pin-error")!.TextContent);
        Assert.False(await site.QueryAsync(db => db.DevicePins.AnyAsync(row => row.UserId == member.UserId)));
    }

    [Theory]
    [InlineData(Roles.TeamLeader)]
    [InlineData(Roles.Coordinator)]
    public async Task Staff_GetNoPinAndLoseTheOneTheyHad(string role)
    {
        var staff = await site.AccountAsync(role, AccountsArrange.Village);
        var client = await site.SignInAsync(staff.UserName);
        Assert.False(await IsOfferedAsync(client));
        Assert.Null((await client.GetPageAsync("/me/shared-phone")).QuerySelector("#Pin"));
        var asked = await client.PostFormAsync("/me/shared-phone", new() { ["Pin"] = Pin, ["PinAgain"] = Pin });
        Assert.Contains("không dùng mã PIN", (await asked.ReadPageAsync()).QuerySelector("main")!.TextContent);

        var member = await MemberAsync();
        var phone = site.CreateClient();
        await SetPinAsync(phone, member, Pin);
        await LeaveAsync(phone);
        await GrantAsync(member, role);

        Assert.Contains("không còn mở được", await RefusalAsync(await EnterAsync(phone, member, Pin)));
    }

    [Fact]
    public async Task Session_OpenedByPin_EndsWhenTheAccountGetsMoreRights()
    {
        var member = await MemberAsync();
        var (byPassword, byPin) = (site.CreateClient(), site.CreateClient());
        await SetPinAsync(byPassword, member, Pin);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await SetPinAsync(byPin, member, Pin);
        await LeaveAsync(byPin);
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(byPin, member, Pin)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await byPin.GetAsync("/me")).StatusCode);

        await GrantAsync(member, Roles.TeamLeader);
        site.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(HttpStatusCode.Redirect, (await byPin.GetAsync("/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await byPassword.GetAsync("/me")).StatusCode);
    }

    [Theory]
    [InlineData("point")]
    [InlineData("trainer")]
    public async Task Pin_OfWhomADutyKeepsFromIt_IsNotOffered(string duty)
    {
        var member = await MemberAsync();
        var client = await site.SignInAsync(member.UserName);
        Assert.True(await IsOfferedAsync(client));

        await AssignAsync(duty, member);

        Assert.False(await IsOfferedAsync(client));
    }

    [Fact]
    public async Task Pin_ThatEndedWithMoreRights_CanStillBeTakenBack()
    {
        var member = await MemberAsync();
        var phone = site.CreateClient();
        await SetPinAsync(phone, member, Pin);
        await GrantAsync(member, Roles.TeamLeader);
        var client = await site.SignInAsync(member.UserName);

        Assert.True(await IsOfferedAsync(client));
        await client.PostFormAsync($"/me/shared-phone/{await IdAsync(member)}/revoke", [], page: "/me/shared-phone");

        Assert.False(await IsOfferedAsync(client));
    }

    [Theory]
    [InlineData("point")]
    [InlineData("trainer")]
    public async Task Duty_AtASession_EndsThePinAndTheSessionThatItOpened(string duty)
    {
        var member = await MemberAsync();
        var phone = site.CreateClient();
        await SetPinAsync(phone, member, Pin);
        await LeaveAsync(phone);
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(phone, member, Pin)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/me")).StatusCode);

        await AssignAsync(duty, member);
        Assert.Equal(0, (await phone.GetJsonAsync("/learn/sync")).GetProperty("people").GetArrayLength());
        site.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/me")).StatusCode);
        Assert.Contains("không còn mở được", await RefusalAsync(await EnterAsync(phone, member, Pin)));
        var signedIn = await site.SignInAsync(member.UserName);
        Assert.Null((await signedIn.GetPageAsync("/me/shared-phone")).QuerySelector("#Pin"));
        var asked = await signedIn.PostFormAsync("/me/shared-phone", new() { ["Pin"] = Pin, ["PinAgain"] = Pin });
        Assert.Contains("không dùng mã PIN", (await asked.ReadPageAsync()).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Pin_TakenBackOnTheOwnersPage_OpensNothingAnyMore()
    {
        var member = await MemberAsync();
        var phone = site.CreateClient();
        await SetPinAsync(phone, member, Pin);
        await LeaveAsync(phone);
        var elsewhere = await site.SignInAsync(member.UserName);
        Assert.Single((await elsewhere.GetPageAsync("/me/shared-phone")).QuerySelectorAll("form[action$='/revoke']"));

        await elsewhere.PostFormAsync($"/me/shared-phone/{await IdAsync(member)}/revoke", [], page: "/me/shared-phone");

        Assert.Contains("không còn mở được", await RefusalAsync(await EnterAsync(phone, member, Pin)));
        var stranger = await site.SignInAsync((await MemberAsync()).UserName);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostFormAsync($"/me/shared-phone/{await IdAsync(member)}/revoke", [], page: "/me/shared-phone")).StatusCode);
    }

    [Fact]
    public async Task Session_OpenedByPin_EndsWhenThePinIsTakenBack()
    {
        var member = await MemberAsync();
        var phone = site.CreateClient();
        await SetPinAsync(phone, member, Pin);
        await LeaveAsync(phone);
        await EnterAsync(phone, member, Pin);
        var elsewhere = await site.SignInAsync(member.UserName);

        await elsewhere.PostFormAsync($"/me/shared-phone/{await IdAsync(member)}/revoke", [], page: "/me/shared-phone");
        site.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task Session_OpenedByPin_GoesOnWithTheNewPinThatItsPersonSets()
    {
        var member = await MemberAsync();
        var phone = site.CreateClient();
        await SetPinAsync(phone, member, Pin);
        await LeaveAsync(phone);
        await EnterAsync(phone, member, Pin);
        site.Clock.Advance(TimeSpan.FromSeconds(1));

        await phone.PostFormAsync("/me/shared-phone", new() { ["Pin"] = "2846", ["PinAgain"] = "2846" });
        site.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/me")).StatusCode);
        var elsewhere = await site.SignInAsync(member.UserName);
        await elsewhere.PostFormAsync($"/me/shared-phone/{await IdAsync(member)}/revoke", [], page: "/me/shared-phone");
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task Pin_AfterANewPasswordOrAStoppedAccount_OpensNothing()
    {
        var (changed, stopped) = (await MemberAsync(), await MemberAsync());
        var phone = site.CreateClient();
        await SetPinAsync(phone, changed, Pin);
        await SetPinAsync(phone, stopped, "2846");
        await LeaveAsync(phone);
        var elsewhere = await site.SignInAsync(changed.UserName);
        await elsewhere.PostFormAsync("/me/password", new() { ["Present"] = SiteClient.DemoPassword, ["Password"] = "Một câu dễ nhớ", ["PasswordAgain"] = "Một câu dễ nhớ" });
        await site.DisableAsync(stopped.UserId);

        Assert.Contains("không còn mở được", await RefusalAsync(await EnterAsync(phone, changed, Pin)));
        Assert.Contains("không còn mở được", await RefusalAsync(await EnterAsync(phone, stopped, "2846")));
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/account/people")).StatusCode);
    }

    [Fact]
    public async Task Secret_ThatOpensNothingAnyMore_LeavesThePhone()
    {
        var (living, stopped, third) = (await MemberAsync(), await MemberAsync(), await MemberAsync());
        var phone = site.CreateClient();
        await SetPinAsync(phone, living, Pin);
        await SetPinAsync(phone, stopped, "2846");
        await site.DisableAsync(stopped.UserId);

        var both = Secrets(await SetPinAsync(phone, third, "9173"));
        Assert.Equal([await IdAsync(living), await IdAsync(third)], both);

        await site.DisableAsync(third.UserId);
        await LeaveAsync(phone);
        Assert.Equal([await IdAsync(living)], Secrets(await phone.GetAsync("/account/people")));

        await phone.PostFormAsync("/account/sign-in", new() { ["Login"] = living.UserName, ["Password"] = SiteClient.DemoPassword });
        var revoked = await phone.PostFormAsync($"/me/shared-phone/{await IdAsync(living)}/revoke", [], page: "/me/shared-phone");
        Assert.Empty(Secrets(revoked));
        await LeaveAsync(phone);
        Assert.DoesNotContain((await phone.GetPageAsync("/account/sign-in")).QuerySelectorAll("main a"), link => link.GetAttribute("href")!.StartsWith("/account/people", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pin_InTheDatabase_CannotBeRead()
    {
        var member = await MemberAsync();
        var phone = site.CreateClient();

        var answer = await SetPinAsync(phone, member, Pin);

        Assert.Contains("httponly", Cookie(answer), StringComparison.OrdinalIgnoreCase);
        var secret = Held(answer)[^1].Split('.')[1];
        var row = await site.QueryAsync(db => db.DevicePins.AsNoTracking().SingleAsync(row => row.UserId == member.UserId));
        Assert.Equal(new DeviceSecret(row.Id, secret).Hash(), row.TokenHash);
        Assert.DoesNotContain(secret, row.TokenHash);
        Assert.DoesNotContain(Pin, row.PinHash);
    }

    private Task<int> GrantAsync(IssuedCode member, string role) => site.QueryAsync(async db =>
    {
        db.Grants.Add(new() { UserId = member.UserId, Role = role, UnitPath = AccountsArrange.Village.Path, UnitName = "bản Cá", ValidFrom = new(2026, 1, 1), CreatedUtc = site.Clock.UtcNow() });
        return await db.SaveChangesAsync();
    });

    private async Task AssignAsync(string duty, IssuedCode member)
    {
        var code = await site.HoldAsync(await site.ApiAsync("so.organizer"), "PIN");
        Assert.True(await site.WithAsync(async services => duty == "trainer"
            ? (await services.GetRequiredService<TrainerService>().AssignAsync(code, [member.UserName])).Succeeded
            : (await services.GetRequiredService<PointService>().AssignCoordinatorsAsync(code, "P1", [member.UserName])).Succeeded));
    }

    private Task<IssuedCode> MemberAsync()
    {
        var name = AccountsArrange.NewName("Người dùng chung ");
        return site.AccountAsync(Roles.Member, AccountsArrange.Village, displayName: name);
    }

    /// <summary>Whether the reader's own page leads to PINs.</summary>
    private static async Task<bool> IsOfferedAsync(HttpClient client) => (await client.GetPageAsync("/me")).QuerySelector("a[href='/me/shared-phone']") is not null;

    /// <summary>Signs in fully on the phone and chooses a PIN.</summary>
    private static async Task<HttpResponseMessage> SetPinAsync(HttpClient phone, IssuedCode member, string pin)
    {
        await phone.PostFormAsync("/account/sign-in", new() { ["Login"] = member.UserName, ["Password"] = SiteClient.DemoPassword });
        var answer = await phone.PostFormAsync("/me/shared-phone", new() { ["Pin"] = pin, ["PinAgain"] = pin });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer;
    }

    private async Task<HttpResponseMessage> EnterAsync(HttpClient phone, IssuedCode member, string pin, string? returnUrl = null) =>
        await phone.PostFormAsync("/account/people", new() { ["id"] = (await IdAsync(member)).ToString(), ["pin"] = pin, ["returnUrl"] = returnUrl }, page: "/account/sign-in");

    private Task<Guid> IdAsync(IssuedCode member) => site.QueryAsync(db => db.DevicePins.Where(row => row.UserId == member.UserId).OrderByDescending(row => row.CreatedUtc).Select(row => row.Id).FirstAsync());

    private static string Cookie(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Set-Cookie"), line => line.StartsWith("people=", StringComparison.Ordinal));

    /// <summary>What the phone is told to hold from now on.</summary>
    private static string[] Held(HttpResponseMessage answer) =>
        Uri.UnescapeDataString(Cookie(answer).Split(';')[0]["people=".Length..]).Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static Guid[] Secrets(HttpResponseMessage answer) => Array.ConvertAll(Held(answer), part => Guid.Parse(part.Split('.')[0]));

    private static async Task LeaveAsync(HttpClient phone) => await phone.PostFormAsync("/account/sign-out", [], page: "/me");

    private static async Task<string> RefusalAsync(HttpResponseMessage answer) => (await answer.ReadPageAsync()).QuerySelector("main .notice-bad")?.TextContent.Trim() ?? $"{answer.StatusCode}";

    private static async Task<string> NameAsync(HttpClient phone) => (await phone.GetPageAsync("/me")).QuerySelector(".page-head-sub")!.TextContent.Split(' ')[0].Trim();
}

public sealed class SqliteDevicePinTests(SqliteSite site) : DevicePinTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlDevicePinTests(PostgreSqlSite site) : DevicePinTests(site), IClassFixture<PostgreSqlSite>;
