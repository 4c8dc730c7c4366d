using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;

namespace TrainingSite.SiteTests.Accounts;

/// <summary>Accounts to begin a test with, made by the system itself.</summary>
internal static class AccountsArrange
{
    /// <summary>A village with a team of its own, and its neighbour.</summary>
    public static readonly DirectoryUnit Village = new("V1", "14/116/03646/V1/", "bản Cá");
    public static readonly DirectoryUnit OtherVillage = new("V2", "14/116/03646/V2/", "bản Nà");
    public static readonly DirectoryUnit Commune = new("03646", "14/116/03646/", "xã Chiềng Hặc");

    private static int _number;

    /// <summary>A user name that no other test has.</summary>
    public static string NewName(string stem) => $"{stem}{Interlocked.Increment(ref _number)}";

    /// <summary>A phone number that no other test has.</summary>
    public static string NewPhone() => $"+849{Interlocked.Increment(ref _number):00000000}";

    /// <summary>An account that waits for its activation code.</summary>
    public static Task<IssuedCode> IssueAsync(this SiteFixture site, string role, DirectoryUnit unit, string? phone = null, string? displayName = null) => site.WithAsync(async services =>
    {
        var user = NewName("nguoi");
        var created = await services.GetRequiredService<AccountService>().CreateAsync(new(displayName ?? $"Người {user}", role, unit) { UserName = user, Phone = phone });
        Assert.True(created.Succeeded, string.Join(' ', created.Faults.Select(fault => fault.Message)));
        return created.Value;
    });

    /// <summary>An account with a password.</summary>
    public static async Task<IssuedCode> AccountAsync(
        this SiteFixture site, string role, DirectoryUnit unit, string? phone = null, string? displayName = null, string password = SiteClient.DemoPassword)
    {
        var issued = await site.IssueAsync(role, unit, phone, displayName);
        return await site.WithAsync(async services =>
        {
            var db = services.GetRequiredService<SiteDbContext>();
            var user = await db.Users.SingleAsync(row => row.Id == issued.UserId);
            user.PasswordHash = services.GetRequiredService<IPasswordHasher<SiteUser>>().HashPassword(user, password);
            await db.SaveChangesAsync();
            return issued;
        });
    }

    /// <summary>Stops an account.</summary>
    public static Task DisableAsync(this SiteFixture site, Guid userId) => site.WithAsync(async services =>
    {
        var stopped = await services.GetRequiredService<AccountService>().SetDisabledAsync(userId, disabled: true);
        Assert.True(stopped.Succeeded);
        return true;
    });

    /// <summary>Tries to sign in and reads what the page says; empty when it let the person in.</summary>
    public static async Task<string> TrySignInAsync(this SiteFixture site, string login, string password)
    {
        var response = await site.CreateClient().PostFormAsync("/account/sign-in", new() { ["Login"] = login, ["Password"] = password });
        return response.StatusCode == System.Net.HttpStatusCode.OK
            ? (await response.ReadPageAsync()).QuerySelector("main .notice-bad")!.TextContent.Trim()
            : "";
    }
}
