using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>The steps "courses" and "progress" can be run again without harm.</summary>
public abstract class SeedTests(SiteFixture site)
{
    [Fact]
    public async Task Courses_RunAgain_ChangesNothing()
    {
        var before = await SnapshotAsync();

        await RunAsync("courses", """{ "name": "courses", "folder": "courses" }""");

        Assert.Equal(before, await SnapshotAsync());

        Task<string> SnapshotAsync() => site.QueryAsync(async db => string.Join('\n',
            await db.Courses.OrderBy(row => row.Slug).Select(row => $"{row.Id} {row.Version}").ToListAsync()) + string.Join('\n',
            await db.Lessons.OrderBy(row => row.Slug).Select(row => $"{row.Id} {row.Version}").ToListAsync()) + string.Join('\n',
            await db.Questions.OrderBy(row => row.Key).ThenBy(row => row.Revision).Select(row => $"{row.Id} {row.Revision} {row.RetiredUtc}").ToListAsync()));
    }

    [Fact]
    public async Task Progress_Run_TellsTheSameStoryOnce()
    {
        const string Step = """{ "name": "progress", "seed": 7, "unit": "03646", "every": 2, "elsewhere": 5, "members": [ { "person": "SL-000210", "completed": "giu-an-toan", "halfway": "tra-tien-bang-ma" } ] }""";

        await RunAsync("progress", Step);
        var first = await CountAsync();
        await RunAsync("progress", Step);

        Assert.Equal(first, await CountAsync());
        Assert.True(first.Progress > 10, $"Only {first.Progress} lessons.");
        Assert.True(first.Completions > 1, $"Only {first.Completions} completions.");
        var member = await site.SignInAsync("member");
        Assert.Contains("Bạn đã hoàn thành khóa học này", (await member.GetPageAsync("/courses/giu-an-toan")).Words());
        Assert.Contains("Học tiếp", (await member.GetPageAsync("/courses/tra-tien-bang-ma")).Words());

        Task<(int Progress, int Attempts, int Completions)> CountAsync() => site.QueryAsync(async db =>
            (await db.LessonProgress.CountAsync(), await db.QuizAttempts.CountAsync(), await db.Completions.NotRevoked().CountAsync()));
    }

    [Fact]
    public void ModuleCourses_AllFiles_AreWhole()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(AppContext.BaseDirectory, "Recipes", "Courses", "courses")).ToList();

        Assert.NotEmpty(folders);
        Assert.All(folders, folder => Assert.True(File.Exists(Path.Combine(folder, "course.json")) && File.Exists(Path.Combine(folder, "questions.json")), folder));
    }

    [Fact]
    public async Task ModuleCourses_Imported_ShowEveryDrawing()
    {
        await RunAsync("courses", """{ "name": "courses", "folder": "../../Courses/courses" }""");

        var lessons = await site.QueryAsync(db => db.Lessons.AsNoTracking().ToListAsync());
        Assert.All(lessons, lesson => Assert.Equal(Count(lesson.Markdown, "!["), Count(lesson.Html, "<img")));
        Assert.All(lessons, lesson => Assert.DoesNotContain(":::", lesson.Html));
        Assert.All(lessons, lesson => Assert.Equal(Count(lesson.Markdown, "\n:::") / 2 + (lesson.Markdown.StartsWith(":::", StringComparison.Ordinal) ? 1 : 0), Count(lesson.Html, "box-title")));

        static int Count(string text, string part) => text.Split(part).Length - 1;
    }

    private Task<bool> RunAsync(string name, string step) => site.WithAsync(async services =>
    {
        var recipe = RecipeExecutor.FindAll().Single(row => row.Name == "test");
        await services.GetRequiredService<IEnumerable<IRecipeStepHandler>>().Single(handler => handler.Name == name)
            .ExecuteAsync(new(recipe, JsonSerializer.Deserialize<JsonElement>(step), _ => { }), TestContext.Current.CancellationToken);
        return true;
    });
}

public sealed class SqliteSeedTests(SqliteSite site) : SeedTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSeedTests(PostgreSqlSite site) : SeedTests(site), IClassFixture<PostgreSqlSite>;
