using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Services;

namespace TrainingSite.SiteTests.Accounts;

public abstract class ActivationTests(SiteFixture site)
{
    private const string Password = "đi từng ngõ gõ từng nhà";

    [Fact]
    public async Task Activate_CodeAsReadAloud_SetsThePasswordAndSignsIn()
    {
        var issued = await site.IssueAsync(Roles.Member, AccountsArrange.Village);
        var client = site.CreateClient();

        var response = await ActivateAsync(client, issued.UserName, $" {issued.Code[..4].ToLowerInvariant()}-{issued.Code[4..]} ");

        Assert.Equal("/today", response.Headers.Location!.ToString());
        await client.GetPageAsync("/today");
        Assert.Equal("", await site.TrySignInAsync(issued.UserName, Password));
    }

    [Fact]
    public async Task Activate_Twice_WorksOnce()
    {
        var issued = await site.IssueAsync(Roles.Member, AccountsArrange.Village);
        await ActivateAsync(site.CreateClient(), issued.UserName, issued.Code);

        Assert.StartsWith("Mã này đã dùng rồi.", await TryActivateAsync(issued.UserName, issued.Code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activate_AfterFourteenDays_IsTooLate()
    {
        var issued = await site.IssueAsync(Roles.Member, AccountsArrange.Village);

        site.Clock.Advance(TimeSpan.FromDays(14));

        Assert.StartsWith("Mã này đã quá hạn.", await TryActivateAsync(issued.UserName, issued.Code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activate_CodeOfAnEarlierReset_IsWrong()
    {
        var first = await site.IssueAsync(Roles.Member, AccountsArrange.Village);
        await site.WithAsync(services => services.GetRequiredService<AccountService>().ResetAsync(first.UserId));

        Assert.StartsWith("Tên hoặc mã chưa đúng.", await TryActivateAsync(first.UserName, first.Code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activate_FiveWrongCodes_RestsAlsoForTheRightOne()
    {
        var issued = await site.IssueAsync(Roles.Member, AccountsArrange.Village);
        for (var count = 0; count < 5; count++)
        {
            await TryActivateAsync(issued.UserName, "AAAAAAAA");
        }

        Assert.StartsWith("Bạn đã thử sai nhiều lần.", await TryActivateAsync(issued.UserName, issued.Code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activate_FamilyPhone_FindsWhoseCodeItIs()
    {
        var phone = AccountsArrange.NewPhone();
        await site.IssueAsync(Roles.Member, AccountsArrange.Village, phone, "Lò Thị Nga");
        var son = await site.IssueAsync(Roles.Member, AccountsArrange.Village, phone, "Lò Văn Ân");
        var client = site.CreateClient();

        await ActivateAsync(client, phone, son.Code);

        Assert.Equal("Lò Văn Ân", (await client.GetPageAsync("/me")).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("ngắn", "ngắn", "Mật khẩu cần ít nhất 8 ký tự.")]
    [InlineData(Password, "khác hẳn nhau", "Hai lần gõ mật khẩu chưa giống nhau.")]
    public async Task Activate_PoorPassword_KeepsTheCode(string password, string again, string message)
    {
        var issued = await site.IssueAsync(Roles.Member, AccountsArrange.Village);

        var response = await site.CreateClient().PostFormAsync(
            "/account/activate", new() { ["Login"] = issued.UserName, ["Code"] = issued.Code, ["Password"] = password, ["PasswordAgain"] = again });

        Assert.Contains(message, (await response.ReadPageAsync()).QuerySelector(".field-validation-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await ActivateAsync(site.CreateClient(), issued.UserName, issued.Code)).StatusCode);
    }

    [Fact]
    public void Codes_HaveNoLettersThatLookAlike()
    {
        var codes = Enumerable.Range(0, 500).Select(_ => ActivationCodes.Create()).ToList();

        Assert.All(codes, code => Assert.Matches("^[A-HJ-NP-Z2-9]{8}$", code));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    private static Task<HttpResponseMessage> ActivateAsync(HttpClient client, string login, string code) =>
        client.PostFormAsync("/account/activate", new() { ["Login"] = login, ["Code"] = code, ["Password"] = Password, ["PasswordAgain"] = Password });

    private async Task<string> TryActivateAsync(string login, string code) =>
        (await (await ActivateAsync(site.CreateClient(), login, code)).ReadPageAsync()).QuerySelector("main .notice-bad")!.TextContent.Trim();
}

public sealed class SqliteActivationTests(SqliteSite site) : ActivationTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlActivationTests(PostgreSqlSite site) : ActivationTests(site), IClassFixture<PostgreSqlSite>;
