using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;
using TrainingSite.Courses.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Sessions that begin when the test begins, and accounts that the recipe does not make.</summary>
internal static class SessionSite
{
    /// <summary>Makes, publishes and opens a session of one hour that begins now; the two wards, one point each.</summary>
    public static async Task<string> HoldAsync(this SiteFixture site, HttpClient organizer, string prefix, Action<Dictionary<string, object?>>? change = null)
    {
        var code = $"{prefix}-{Guid.NewGuid().ToString("N")[..8]}".ToUpperInvariant();
        var now = site.Clock.GetUtcNow();
        var body = Body(code);
        body["blocks"] = new[] { new { start = now.ToString("O"), end = now.AddHours(1).ToString("O") } };
        change?.Invoke(body);
        return await organizer.OpenSessionAsync(code, body);
    }

    /// <summary>Marks members present now.</summary>
    public static async Task MarkPresentAsync(this SiteFixture site, HttpClient client, string code, string point, params string[] members)
    {
        var events = members.Select(member =>
        {
            var fact = Event(member, "in", point: point);
            fact["at"] = site.Clock.GetUtcNow().ToString("O");
            return fact;
        }).ToArray();
        Assert.All(await client.SendAsync(code, "phone-1", events), result => Assert.Equal("recorded", result.Outcome));
    }

    /// <summary>An account that belongs to nobody in a team; signs in with the demo password. One that exists stays.</summary>
    public static Task<Guid> AccountAsync(this SiteFixture site, string name, string role, string unit, string? email = null) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        if (await db.Users.SingleOrDefaultAsync(user => user.UserName == name) is { } known)
        {
            return known.Id;
        }

        var found = await services.GetRequiredService<IUnitDirectory>().FindAsync(unit, CancellationToken.None);
        var made = await services.GetRequiredService<AccountService>().CreateAsync(new NewAccount($"Tài khoản {name}", role, found!) { UserName = name, Phone = "0500000001" });
        Assert.True(made.Succeeded);
        var account = await db.Users.SingleAsync(user => user.Id == made.Value.UserId);
        (account.PasswordHash, account.Email) = (services.GetRequiredService<IPasswordHasher<SiteUser>>().HashPassword(account, SiteClient.DemoPassword), email);
        db.Update(account);
        await db.SaveChangesAsync();
        return account.Id;
    });

    /// <summary>A published course, alone on a topic of that code, which attendance completes.</summary>
    public static Task<Guid> CourseAsync(this SiteFixture site, string topic, string title, int percent = 80) => site.QueryAsync(async db =>
    {
        var course = new Course { Slug = topic.ToLowerInvariant(), TopicCode = topic, Title = title, State = CourseState.Published, CompletionMode = CompletionMode.Any, MinimumAttendancePercent = percent, UpdatedUtc = site.Clock.UtcNow() };
        db.Topics.Add(new() { Code = topic, Name = "Thử", Icon = "book" });
        db.Courses.Add(course);
        await db.SaveChangesAsync();
        return course.Id;
    });

    /// <summary>Sends a form from the session's page (or another that has a form) and says how it was answered.</summary>
    public static async Task<HttpStatusCode> PostAsync(this HttpClient client, string url, Dictionary<string, string?> fields, string page = "/today") =>
        (await client.PostFormAsync(url, fields, page)).StatusCode;
}
