using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>What leaders confirmed of a skill outlives an author's change of its words; what goes is said before.</summary>
public abstract class SkillEditTests(SiteFixture site)
{
    private const string First = "Làm được một việc", Second = "Làm được hai việc";

    [Fact]
    public async Task Skills_Reworded_KeepTheirConfirmations()
    {
        var (author, slug, title) = await ArrangeAsync();
        var learner = await site.LearnerAsync();
        await ConfirmAllAsync(slug, learner);

        await SaveAsync(author, slug, title, $"Tự làm được việc thứ nhất\n{Second}");
        Assert.DoesNotContain("lượt xác nhận", (await author.GetPageAsync($"/courses/edit/{slug}")).Words());
        await SaveAsync(author, slug, title, $"Tự làm được việc thứ nhất\n{Second}, trước mặt người khác");
        await PublishAsync(author, slug);

        Assert.Equal(["Tự làm được việc thứ nhất", $"{Second}, trước mặt người khác"], await ConfirmedAsync(slug, learner));
    }

    [Fact]
    public async Task Skills_Dropped_TellsWhatGoesAndKeepsWhatIsWrittenAgain()
    {
        var (author, slug, title) = await ArrangeAsync();
        var learner = await site.LearnerAsync();
        await ConfirmAllAsync(slug, learner);

        await SaveAsync(author, slug, title, First);
        Assert.Contains($"Bản nháp không còn kỹ năng “{Second}”. Khi đăng, 1 lượt xác nhận", (await author.GetPageAsync($"/courses/edit/{slug}")).Words());
        await SaveAsync(author, slug, title, $"{First}\nGọi được 156");
        await SaveAsync(author, slug, title, $"{First}\nGọi được 156\n{Second}");
        Assert.DoesNotContain("lượt xác nhận", (await author.GetPageAsync($"/courses/edit/{slug}")).Words());
        await PublishAsync(author, slug);
        Assert.Equal([First, Second], await ConfirmedAsync(slug, learner));

        await SaveAsync(author, slug, title, $"{First}\nGọi được 156");
        await PublishAsync(author, slug);
        Assert.Equal([First], await ConfirmedAsync(slug, learner));
    }

    [Fact]
    public async Task Skills_DroppedThenAnotherAdded_GivesItNoConfirmationOfTheOld()
    {
        var (author, slug, title) = await ArrangeAsync();
        var learner = await site.LearnerAsync();
        await ConfirmAllAsync(slug, learner);

        await SaveAsync(author, slug, title, First);
        await SaveAsync(author, slug, title, $"{First}\nGọi được 156");
        await PublishAsync(author, slug);

        Assert.Equal([First], await ConfirmedAsync(slug, learner));
    }

    [Fact]
    public async Task Skills_DroppedFromACourseTakenBack_TellsWhatWent()
    {
        var (author, slug, title) = await ArrangeAsync();
        await ConfirmAllAsync(slug, await site.LearnerAsync());
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Draft" }, page: $"/courses/edit/{slug}");

        await SaveAsync(author, slug, title, First);

        Assert.Contains($"Đã bỏ kỹ năng “{Second}”; 1 lượt xác nhận", (await author.GetPageAsync($"/courses/edit/{slug}")).Body!.TextContent);
    }

    /// <summary>A published course with two skills.</summary>
    private async Task<(HttpClient Author, string Slug, string Title)> ArrangeAsync()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, title) = await EditorTests.CreateAsync(author);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", EditorTests.Lesson("0", "Chữ"));
        await author.PostFormAsync($"/courses/edit/{slug}/questions/new", EditorTests.Question("Một câu?"));
        await PublishAsync(author, slug);
        return (author, slug, title);
    }

    private static async Task PublishAsync(HttpClient author, string slug) => await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

    private static async Task SaveAsync(HttpClient author, string slug, string title, string skills)
    {
        var version = (await author.GetPageAsync($"/courses/edit/{slug}")).QuerySelector<IHtmlInputElement>("#Form_Version")!.Value;
        var saved = await author.PostFormAsync($"/courses/edit/{slug}", new(EditorTests.Course(title)) { ["Form.Version"] = version, ["Form.Skills"] = skills });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
    }

    private Task<int> ConfirmAllAsync(string slug, Learner learner) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var skills = await db.Skills.Where(skill => skill.Course.Slug == slug).Select(skill => skill.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, skills.Count);
        await services.GetRequiredService<MemberLearningWriter>().WriteAsync(
            learner.PersonId, await db.Courses.AsNoTracking().SingleAsync(row => row.Slug == slug, TestContext.Current.CancellationToken), new() { Skills = skills }, TestContext.Current.CancellationToken);
        return 0;
    });

    private Task<List<string>> ConfirmedAsync(string slug, Learner learner) => site.QueryAsync(db => db.SkillMasteries
        .Where(mastery => mastery.PersonId == learner.PersonId && mastery.ConfirmedUtc != null && mastery.Skill.Course.Slug == slug).OrderBy(mastery => mastery.Skill.Position).Select(mastery => mastery.Skill.Text).ToListAsync());
}

public sealed class SqliteSkillEditTests(SqliteSite site) : SkillEditTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSkillEditTests(PostgreSqlSite site) : SkillEditTests(site), IClassFixture<PostgreSqlSite>;
