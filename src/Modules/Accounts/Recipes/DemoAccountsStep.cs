using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;

namespace TrainingSite.Accounts.Recipes;

/// <summary>
/// Accounts with a password that everybody knows:
/// <c>{ "name": "demo-accounts", "password": "…", "accounts": [ { "user", "display_name", "roles": ["TeamLeader"], "unit_code"?, "person_code"? } ] }</c>.
/// Left out, with a line that says so, unless the environment is Development or Testing or <c>Site:AllowDemoAccounts</c> is true.
/// </summary>
internal sealed class DemoAccountsStep(
    SiteDbContext db, AccountService accounts, GrantService grants, IPasswordHasher<SiteUser> hasher, ILookupNormalizer normalizer,
    IHostEnvironment environment, IConfiguration configuration, IUnitDirectory? units = null, IPersonDirectory? people = null) : IRecipeStepHandler
{
    public string Name => "demo-accounts";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() && !environment.IsEnvironment("Testing") && !configuration.GetValue<bool>("Site:AllowDemoAccounts"))
        {
            context.Report("Bỏ qua tài khoản dùng thử: chỉ tạo ở môi trường Development, hoặc khi đặt Site:AllowDemoAccounts=true.");
            return;
        }

        var password = context.Step.GetProperty("password").GetString()!;
        foreach (var item in context.Step.GetProperty("accounts").EnumerateArray())
        {
            await UpsertAsync(item, password, cancellationToken);
        }

        context.Report($"Tài khoản dùng thử: {context.Step.GetProperty("accounts").GetArrayLength()}.");
    }

    private async Task UpsertAsync(JsonElement item, string password, CancellationToken cancellationToken)
    {
        var userName = item.GetProperty("user").GetString()!;
        var unit = await FindUnitAsync(userName, Text(item, "unit_code"), cancellationToken);
        var roles = item.GetProperty("roles").EnumerateArray().Select(role => Roles.Find(role.GetString()!) ?? role.GetString()!).ToList();
        var normalized = normalizer.NormalizeName(userName);
        if (!await db.Users.AnyAsync(user => user.NormalizedUserName == normalized, cancellationToken))
        {
            var person = await FindPersonAsync(userName, Text(item, "person_code"), cancellationToken);
            var created = await accounts.CreateAsync(
                new(Text(item, "display_name") ?? person?.Name ?? userName, roles[0], unit) { UserName = userName, PersonId = person?.Id, Phone = person?.Phone }, cancellationToken);
            Require(userName, created.Faults);
        }

        var user = await db.Users.SingleAsync(user => user.NormalizedUserName == normalized, cancellationToken);
        user.PasswordHash = hasher.HashPassword(user, password);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var role in roles)
        {
            Require(userName, (await grants.AddAsync(user.Id, role, unit, cancellationToken)).Faults);
        }
    }

    private async Task<DirectoryUnit> FindUnitAsync(string userName, string? code, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(code)
            ? DirectoryUnit.Everything
            : (units is null ? null : await units.FindAsync(code, cancellationToken))
                ?? throw new InvalidOperationException($"Demo account '{userName}' names the unit '{code}', which is not there. The step that imports the units must stand before.");

    private async Task<DirectoryPerson?> FindPersonAsync(string userName, string? code, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(code)
            ? null
            : (people is null ? null : await people.FindAsync(code, cancellationToken))
                ?? throw new InvalidOperationException($"Demo account '{userName}' names the person '{code}', who is not there. The step that imports the people must stand before.");

    private static void Require(string userName, IReadOnlyList<Fault> faults)
    {
        if (faults.Count > 0)
        {
            throw new InvalidOperationException($"Demo account '{userName}': {string.Join(" ", faults.Select(fault => fault.Message))}");
        }
    }

    private static string? Text(JsonElement item, string property) => item.TryGetProperty(property, out var value) ? value.GetString() : null;
}
