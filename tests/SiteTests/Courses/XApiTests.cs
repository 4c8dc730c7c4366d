using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Learning as xAPI statements: the same each time they are read, page by page, within the reader's scope.</summary>
public abstract class XApiTests(SiteFixture site)
{
    [Fact]
    public async Task Statements_ReadPageByPage_SayWhatWasLearnedInScope()
    {
        var learner = await site.LearnerAsync();
        var elsewhere = await site.LearnerAsync(await site.QueryAsync(db => db.Teams.Where(team => !team.Unit.Path.StartsWith("14/116/03646/")).OrderBy(team => team.Code).Select(team => team.Code).FirstAsync()));
        foreach (var person in new[] { learner, elsewhere })
        {
            await site.CompleteAsync(CoursesArrange.Safety, person.PersonId);
        }

        var skill = await site.QueryAsync(db => db.Skills.Where(row => row.Course.Slug == CoursesArrange.Safety).OrderBy(row => row.Position).Select(row => row.Id).FirstAsync());
        await site.WithAsync(async services =>
        {
            var db = services.GetRequiredService<SiteDbContext>();
            await services.GetRequiredService<MemberLearningWriter>().WriteAsync(learner.PersonId, await db.Courses.AsNoTracking().SingleAsync(row => row.Slug == CoursesArrange.Safety), new() { Skills = [skill] }, TestContext.Current.CancellationToken);
            return 0;
        });

        var api = await site.ApiAsync("to.truong");
        var read = new List<JsonElement>();
        for (var url = "/api/v1/xapi/statements?take=2"; url.Length > 0;)
        {
            var page = await api.GetJsonAsync(url);
            read.AddRange(page.GetProperty("statements").EnumerateArray());
            url = page.GetProperty("more").GetString()!;
        }

        Assert.DoesNotContain(read, statement => Actor(statement) == elsewhere.Code);
        var own = read.FindAll(statement => Actor(statement) == learner.Code);
        Assert.Equal(["completed", "mastered", "passed"], own.Select(statement => statement.GetProperty("verb").GetProperty("id").GetString()!.Split('/')[^1]).Order());
        var passed = own.Find(statement => statement.TryGetProperty("result", out _));
        Assert.Equal(0.9, passed.GetProperty("result").GetProperty("score").GetProperty("scaled").GetDouble());
        Assert.EndsWith($"/courses/{CoursesArrange.Safety}/quiz", passed.GetProperty("object").GetProperty("id").GetString(), StringComparison.Ordinal);
        var again = await api.GetJsonAsync("/api/v1/xapi/statements?take=1000");
        Assert.Equal(read.Select(Id), again.GetProperty("statements").EnumerateArray().Select(Id));
        Assert.Empty((await api.GetJsonAsync("/api/v1/xapi/statements?since=2026-11-22T03:00:00Z")).GetProperty("statements").EnumerateArray());
        Assert.Empty((await (await site.ApiAsync(learner.User)).GetJsonAsync("/api/v1/xapi/statements")).GetProperty("statements").EnumerateArray());
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.CreateClient().GetAsync("/api/v1/xapi/statements")).StatusCode);
    }

    [Fact]
    public async Task Statements_RowsComeAndGoBetweenPages_NoneSlipsOrComesTwice()
    {
        var learner = await site.LearnerAsync();
        await site.CompleteAsync(CoursesArrange.Safety, learner.PersonId);
        var skills = await site.QueryAsync(db => db.Skills.Where(row => row.Course.Slug == CoursesArrange.Safety).OrderBy(row => row.Position).Select(row => row.Id).Take(2).ToListAsync());
        await site.QueryAsync(db =>
        {
            db.SkillMasteries.AddRange(skills.Select(skill => new SkillMastery { PersonId = learner.PersonId, SkillId = skill, ConfirmedUtc = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc) }));
            return db.SaveChangesAsync();
        });
        var api = await site.ApiAsync("to.truong");
        var all = (await api.GetJsonAsync("/api/v1/xapi/statements?take=1000")).GetProperty("statements").EnumerateArray().Select(Id).ToList();

        var page = await api.GetJsonAsync("/api/v1/xapi/statements?take=1");
        var read = page.GetProperty("statements").EnumerateArray().Select(Id).ToList();
        var first = skills.MinBy(skill => skill.ToString("N"), StringComparer.Ordinal);
        await site.QueryAsync(db => db.SkillMasteries.Where(row => row.PersonId == learner.PersonId && row.SkillId == first).ExecuteDeleteAsync());
        for (var url = page.GetProperty("more").GetString()!; url.Length > 0; url = page.GetProperty("more").GetString()!)
        {
            page = await api.GetJsonAsync(url);
            read.AddRange(page.GetProperty("statements").EnumerateArray().Select(Id));
        }

        Assert.Equal(all, read);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("a-b-c")]
    [InlineData("99999999999999999999-0-0")]
    public async Task Statements_AfterNothingKnown_AreRefused(string after)
    {
        var problem = await (await site.ApiAsync("to.truong")).GetJsonAsync($"/api/v1/xapi/statements?after={after}", HttpStatusCode.BadRequest);

        Assert.Equal("cursor_invalid", problem.GetProperty("code").GetString());
    }

    private static string? Actor(JsonElement statement) => statement.GetProperty("actor").GetProperty("account").GetProperty("name").GetString();

    private static string? Id(JsonElement statement) => statement.GetProperty("id").GetString();
}

public sealed class SqliteXApiTests(SqliteSite site) : XApiTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlXApiTests(PostgreSqlSite site) : XApiTests(site), IClassFixture<PostgreSqlSite>;
