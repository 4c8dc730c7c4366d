using System.Net;

namespace TrainingSite.SiteTests.Accounts;

public abstract class SignInTests(SiteFixture site)
{
    [Fact]
    public async Task SignIn_RightPassword_OpensToday()
    {
        var client = await site.SignInAsync("admin");

        await client.GetPageAsync("/today");
        var page = await client.GetPageAsync("/me");

        Assert.Equal("Quản trị hệ thống", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Today_Anonymous_AsksToSignInAndComesBack()
    {
        var client = site.CreateClient();

        var asked = await client.GetAsync("/today");
        var signedIn = await client.PostFormAsync(
            "/account/sign-in", new() { ["Login"] = "admin", ["Password"] = SiteClient.DemoPassword, ["ReturnUrl"] = "/me" }, page: asked.Headers.Location!.PathAndQuery);

        Assert.Equal("/account/sign-in?returnUrl=%2Ftoday", asked.Headers.Location.PathAndQuery);
        Assert.Equal("/me", signedIn.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org/")]
    public async Task SignIn_ForeignReturnUrl_GoesToToday(string returnUrl)
    {
        var response = await site.CreateClient().PostFormAsync(
            "/account/sign-in", new() { ["Login"] = "admin", ["Password"] = SiteClient.DemoPassword, ["ReturnUrl"] = returnUrl });

        Assert.Equal("/today", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task SignIn_WrongPasswordOrUnknownName_SaysTheSame()
    {
        var account = await site.AccountAsync(Roles.Member, AccountsArrange.Village);

        var wrong = await site.TrySignInAsync(account.UserName, "không phải mật khẩu");
        var unknown = await site.TrySignInAsync(AccountsArrange.NewName("khong.co"), "không phải mật khẩu");

        Assert.StartsWith("Số điện thoại (tên đăng nhập) hoặc mật khẩu chưa đúng.", wrong, StringComparison.Ordinal);
        Assert.Equal(wrong, unknown);
    }

    [Fact]
    public async Task SignIn_FormThatCannotBeRead_IsRefusedWithAPage()
    {
        var response = await site.CreateClient().PostFormAsync("/account/sign-in", new() { ["Login"] = "\0", ["Password"] = SiteClient.DemoPassword });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("Yêu cầu này chưa đúng", (await response.ReadPageAsync()).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("0{0} {1} {2}")]
    [InlineData("0{0}.{1}.{2}")]
    [InlineData("+84 {0} {1} {2}")]
    [InlineData("84{0}{1}{2}")]
    public async Task SignIn_PhoneInAnyWriting_LetsIn(string writing)
    {
        var phone = AccountsArrange.NewPhone();
        await site.AccountAsync(Roles.Member, AccountsArrange.Village, phone);

        Assert.Equal("", await site.TrySignInAsync(string.Format(null, writing, phone[3..6], phone[6..9], phone[9..]), SiteClient.DemoPassword));
    }

    [Fact]
    public async Task SignIn_FamilyPhoneWithOnePassword_AsksWho()
    {
        var phone = AccountsArrange.NewPhone();
        await site.AccountAsync(Roles.Member, AccountsArrange.Village, phone, "Lò Thị Nga");
        var son = await site.AccountAsync(Roles.Member, AccountsArrange.Village, phone, "Lò Văn Ân");
        var client = site.CreateClient();

        var asked = await (await client.PostFormAsync("/account/sign-in", new() { ["Login"] = phone, ["Password"] = SiteClient.DemoPassword })).ReadPageAsync();
        var early = await client.GetAsync("/today");
        var response = await client.PostFormFromAsync(asked, "/account/sign-in/choose", new()
        {
            ["userId"] = son.UserId.ToString(),
            ["choice"] = asked.QuerySelector("input[name=choice]")!.GetAttribute("value"),
        });
        var me = await client.GetPageAsync("/me");

        Assert.Equal(["Lò Thị Nga", "Lò Văn Ân"], asked.QuerySelectorAll("button[name=userId]").Select(button => button.TextContent).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.Redirect, early.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("Lò Văn Ân", me.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Choose_SomebodyElse_IsRefused()
    {
        var phone = AccountsArrange.NewPhone();
        await site.AccountAsync(Roles.Member, AccountsArrange.Village, phone);
        await site.AccountAsync(Roles.Member, AccountsArrange.Village, phone);
        var stranger = await site.AccountAsync(Roles.Coordinator, AccountsArrange.Commune);
        var client = site.CreateClient();

        var asked = await (await client.PostFormAsync("/account/sign-in", new() { ["Login"] = phone, ["Password"] = SiteClient.DemoPassword })).ReadPageAsync();
        var response = await client.PostFormFromAsync(asked, "/account/sign-in/choose", new()
        {
            ["userId"] = stranger.UserId.ToString(),
            ["choice"] = asked.QuerySelector("input[name=choice]")!.GetAttribute("value"),
        });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/today")).StatusCode);
    }

    [Fact]
    public async Task SignIn_FamilyPhoneWithOwnPassword_GoesStraightIn()
    {
        var phone = AccountsArrange.NewPhone();
        await site.AccountAsync(Roles.Member, AccountsArrange.Village, phone, "Lò Thị Nga", "mưa dầm thấm lâu");
        await site.AccountAsync(Roles.Member, AccountsArrange.Village, phone, "Lò Văn Ân");

        var client = await site.SignInAsync(phone, "mưa dầm thấm lâu");

        Assert.Equal("Lò Thị Nga", (await client.GetPageAsync("/me")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task SignIn_FiveWrongTries_RestsFiveMinutes()
    {
        var account = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        for (var count = 0; count < 5; count++)
        {
            await site.TrySignInAsync(account.UserName, "sai rồi");
        }

        var blocked = await site.TrySignInAsync(account.UserName, SiteClient.DemoPassword);
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var later = await site.TrySignInAsync(account.UserName, SiteClient.DemoPassword);

        Assert.StartsWith("Bạn đã thử sai nhiều lần.", blocked, StringComparison.Ordinal);
        Assert.Equal("", later);
    }

    [Fact]
    public async Task SignIn_WrongTriesUnderTwoNames_CountOnTheAccount()
    {
        var phone = AccountsArrange.NewPhone();
        var account = await site.AccountAsync(Roles.Member, AccountsArrange.Village, phone);
        for (var count = 0; count < 5; count++)
        {
            await site.TrySignInAsync(count % 2 == 0 ? account.UserName : phone, "sai rồi");
        }

        Assert.StartsWith("Bạn đã thử sai nhiều lần.", await site.TrySignInAsync(account.UserName, SiteClient.DemoPassword), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_DisabledAccount_SaysSo()
    {
        var account = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        await site.DisableAsync(account.UserId);

        Assert.StartsWith("Tài khoản này đã ngừng dùng.", await site.TrySignInAsync(account.UserName, SiteClient.DemoPassword), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_AccountDisabled_EndsWithinMinutes()
    {
        var account = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        var client = await site.SignInAsync(account.UserName);
        await site.DisableAsync(account.UserId);

        site.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/today")).StatusCode);
    }

    [Fact]
    public async Task Session_ThirtyDaysUnused_Ends()
    {
        var account = await site.AccountAsync(Roles.Member, AccountsArrange.Village);
        var used = await site.SignInAsync(account.UserName);
        var unused = await site.SignInAsync(account.UserName);

        site.Clock.Advance(TimeSpan.FromDays(20));
        await used.GetPageAsync("/today");
        site.Clock.Advance(TimeSpan.FromDays(20));

        await used.GetPageAsync("/today");
        Assert.Equal(HttpStatusCode.Redirect, (await unused.GetAsync("/today")).StatusCode);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        var client = await site.SignInAsync("admin");

        await client.PostFormAsync("/account/sign-out", [], page: "/me");

        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/today")).StatusCode);
    }
}

public sealed class SqliteSignInTests(SqliteSite site) : SignInTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSignInTests(PostgreSqlSite site) : SignInTests(site), IClassFixture<PostgreSqlSite>;
