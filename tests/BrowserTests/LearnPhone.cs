using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.BrowserTests;

/// <summary>What people do on a phone that keeps a course.</summary>
internal static class LearnPhone
{
    /// <summary>The course of the test recipe.</summary>
    public const string Course = "/courses/giu-an-toan";

    /// <summary>A new member of the demo team with an account.</summary>
    public static Task<(string User, Guid Person)> LearnerAsync(this BrowserSite site) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var code = $"NH-{Guid.NewGuid().ToString("N")[..8]}";
        var team = await db.Memberships.Where(membership => membership.Person.Code == "SL-000210").Select(membership => new { membership.TeamId, membership.Team.Unit.Path }).FirstAsync();
        var person = new Person { Code = code, FullName = $"Lò Thị {code}", SortName = code };
        db.People.Add(person);
        db.Memberships.Add(new() { PersonId = person.Id, TeamId = team.TeamId, Role = TeamRole.Member, ValidFrom = new(2024, 1, 1) });
        await db.SaveChangesAsync();
        var created = await services.GetRequiredService<AccountService>().CreateAsync(new(person.FullName, Roles.Member, new DirectoryUnit("u", team.Path, "u")) { UserName = code, PersonId = person.Id });
        Assert.True(created.Succeeded);
        var user = await db.Users.SingleAsync(row => row.Id == created.Value.UserId);
        user.PasswordHash = services.GetRequiredService<IPasswordHasher<SiteUser>>().HashPassword(user, "Demo@12345");
        await db.SaveChangesAsync();
        return (code, person.Id);
    });

    /// <summary>A course of two lessons without a quiz.</summary>
    public static Task<string> PlainCourseAsync(this BrowserSite site, string firstTitle) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var slug = $"hai-bai-{Guid.NewGuid().ToString("N")[..6]}";
        var course = new Course { Slug = slug, TopicCode = "T7", Title = "Hai bài", Summary = "Không có bài kiểm tra.", State = CourseState.Published, QuizRequired = false, UpdatedUtc = site.Clock.UtcNow() };
        db.Add(course);
        var files = await services.GetRequiredService<LessonMedia>().FindAsync([], CancellationToken.None);
        foreach (var (index, title) in new[] { firstTitle, "Bài sau" }.Index())
        {
            var lesson = new Lesson { CourseId = course.Id, Slug = $"bai-{index + 1}", Position = index + 1, Title = title, Summary = "Một bài.", Minutes = 5 };
            services.GetRequiredService<LessonRenderer>().Write(lesson, "Đọc rồi làm theo.", files);
            db.Add(lesson);
        }

        await db.SaveChangesAsync();
        return slug;
    });

    /// <summary>A phone on which somebody is signed in and keeps the course.</summary>
    public static async Task<IPage> KeptAsync(this BrowserSite site, string user, string course = Course)
    {
        var phone = await site.PhoneAsync();
        await site.SignInAsync(phone, user);
        await phone.GotoAsync(course);
        await phone.KeepAsync();
        return phone;
    }

    /// <summary>Keeps the course that is open.</summary>
    public static async Task KeepAsync(this IPage phone)
    {
        await phone.Locator("html[data-offline=ready]").WaitForAsync();
        await phone.ClickAsync("[data-keep]");
        await phone.Locator("[data-kept]", new() { HasText = "Đã tải về máy" }).WaitForAsync();
    }

    /// <summary>Waits until a kept page shows what it has.</summary>
    public static Task ReadyAsync(this IPage page) => page.Locator("html[data-ready]").WaitForAsync();

    /// <summary>Waits for what the page says of what is kept and what was sent.</summary>
    public static Task CountsAsync(this IPage page, string text) => page.Locator("[data-counts]", new() { HasText = text }).First.WaitForAsync();

    /// <summary>Waits until what a store of the phone holds is as it should be.</summary>
    public static Task HeldAsync(this IPage phone, string store, string isRight) => phone.UntilAsync($"What the phone holds in '{store}' is not as it should be.", $$"""
            async () => {
                const db = await new Promise((resolve) => { const opening = indexedDB.open('learning'); opening.onsuccess = () => resolve(opening.result); });
                const all = await new Promise((resolve) => { const asked = db.transaction('{{store}}').objectStore('{{store}}').getAll(); asked.onsuccess = () => resolve(asked.result); });
                db.close();
                return ({{isRight}})(all);
            }
            """);

    /// <summary>Waits until something is so on the phone. The browser's own waiting would evaluate text, which the site's pages forbid.</summary>
    public static async Task UntilAsync(this IPage phone, string complaint, string isSo)
    {
        for (var again = 100; !await phone.EvaluateAsync<bool>(isSo); again--)
        {
            Assert.True(again > 0, complaint);
            await Task.Delay(150);
        }
    }
}
