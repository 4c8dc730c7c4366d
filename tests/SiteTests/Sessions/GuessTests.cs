using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.SelfCheckIn;
using static TrainingSite.SiteTests.Sessions.SelfCheckInClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>People who type letters that are not on any screen.</summary>
public abstract class GuessTests(SiteFixture site)
{
    [Fact]
    public async Task Letters_FiveWrong_RestsThePersonTenMinutesAndNobodyElse()
    {
        var (member, code) = await site.BeginAsync();
        for (var tried = 0; tried < GuessLimiter.MostOfPerson; tried++)
        {
            Assert.Contains("không đúng hoặc đã đổi", await FaultAsync(await TypeAsync(member, "BBBBBB")), StringComparison.Ordinal);
        }

        Assert.Contains("gõ sai 5 lần", await FaultAsync(await TypeAsync(member, (await site.CodeAsync(code, "P1")).Letters)), StringComparison.Ordinal);
        Assert.Empty(await site.EventsAsync(code));
        Assert.Equal(HttpStatusCode.Redirect, (await TypeAsync(await site.SignInAsync("to.truong"), (await site.CodeAsync(code, "P1")).Letters)).StatusCode);

        site.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Redirect, (await TypeAsync(member, (await site.CodeAsync(code, "P1")).Letters)).StatusCode);
        for (var tried = 0; tried < GuessLimiter.MostOfPerson; tried++)
        {
            Assert.Contains("không đúng hoặc đã đổi", await FaultAsync(await TypeAsync(member, "CCCCCC")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Letters_ManyAtOnce_AreFiveTriesAndNoMore()
    {
        var (member, code) = await site.BeginAsync();
        var letters = (await site.CodeAsync(code, "P1")).Letters;
        var page = await member.GetPageAsync("/check-in");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => member.PostFormFromAsync(page, "/check-in", new() { ["letters"] = "BBBBBB" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Equal(GuessLimiter.MostOfPerson, Assert.Single(await GuessesAsync()).Count);
        Assert.Contains("gõ sai 5 lần", await FaultAsync(await TypeAsync(member, letters)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_Right_WriteNothingAndClearWhatWasWrong()
    {
        var (member, code) = await site.BeginAsync();
        await TypeAsync(member, "BBBBBB");
        Assert.Equal(1, Assert.Single(await GuessesAsync()).Count);

        await FollowAsync(member, await TypeAsync(member, (await site.CodeAsync(code, "P1")).Letters));
        Assert.Empty(await GuessesAsync());

        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<ForgetGuessesTask>().ExecuteAsync(CancellationToken.None);
            return true;
        });
        Assert.False(await site.QueryAsync(db => db.Set<PointGuess>().AnyAsync()));
    }

    [Fact]
    public async Task Letters_NoCodeAtAll_CostNoTry()
    {
        var (member, _) = await site.BeginAsync();
        foreach (var typed in new[] { "", "ABC", "AEIOUY", "123456", "BCDFGHJ", "đđđđđđ" })
        {
            Assert.Contains("6 chữ cái", await FaultAsync(await TypeAsync(member, typed)), StringComparison.Ordinal);
        }

        Assert.Empty(await GuessesAsync());
    }

    [Fact]
    public async Task Letters_TooManyWrongOfASession_AreNotLookedAtButTheQrCodeIs()
    {
        var (member, code) = await site.BeginAsync();
        var person = await site.QueryAsync(db => db.People.Where(row => row.Code == Member).Select(row => row.Id).SingleAsync());
        var running = await site.WithAsync(async services => await services.GetRequiredService<PointCodes>().RunningSessionsOfAsync(person));
        await site.WithAsync(async services =>
        {
            foreach (var session in running)
            {
                await services.GetRequiredService<GuessLimiter>().AddAsync(session, GuessLimiter.MostOfSession);
            }

            return true;
        });

        Assert.Contains("tạm ngừng", await FaultAsync(await TypeAsync(member, (await site.CodeAsync(code, "P1")).Letters)), StringComparison.Ordinal);
        Assert.Empty(await site.EventsAsync(code));

        var token = await site.TokenAsync(code, "P1");
        await FollowAsync(member, await member.PostFormAsync($"/check-in/{token}", []));
        Assert.Single(await site.EventsAsync(code));
        site.Clock.Advance(TimeSpan.FromMinutes(10));
    }

    private Task<List<PointGuess>> GuessesAsync() => site.QueryAsync(db => db.Set<PointGuess>().AsNoTracking()
        .Where(guess => db.Set<Person>().Any(person => person.Id == guess.SubjectId && person.Code == Member)).ToListAsync());
}

public sealed class SqliteGuessTests(SqliteSite site) : GuessTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlGuessTests(PostgreSqlSite site) : GuessTests(site), IClassFixture<PostgreSqlSite>;
