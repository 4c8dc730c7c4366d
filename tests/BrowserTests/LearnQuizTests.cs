using Microsoft.EntityFrameworkCore;
using TrainingSite.Courses.Models;

namespace TrainingSite.BrowserTests;

/// <summary>A quiz answered with the network off: what is right stays on the server, the score comes when the signal is back.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LearnQuizTests(BrowserSite site)
{
    [Fact]
    public async Task Quiz_AnsweredOffline_IsMarkedWhenTheSignalIsBack()
    {
        var (user, person) = await site.LearnerAsync();
        var phone = await site.KeptAsync(user);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(LearnPhone.Course + "/quiz");
        await phone.ReadyAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync("[data-start]");
        await phone.ClickAsync("[data-stage] form button");
        await phone.Locator(".invalid-feedback", new() { HasText = "Bạn chưa trả lời đủ câu này." }).WaitForAsync();
        await AnswerRightlyAsync(phone);
        await phone.Locator("h1", new() { HasText = "Câu 2 trong 3" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);

        // Half way the phone is put away; what was answered is still there.
        await phone.GotoAsync(LearnPhone.Course + "/quiz");
        await phone.ReadyAsync();
        await phone.ClickAsync("[data-start]");
        await AnswerRightlyAsync(phone);
        await phone.Locator("h1", new() { HasText = "Câu 3 trong 3" }).WaitForAsync();
        await AnswerRightlyAsync(phone);
        await phone.Locator("[data-hand-in]").WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync("[data-hand-in]");
        await phone.Locator("[data-waiting]").WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.CountsAsync("Đã lưu trên máy 1 · Đã gửi 0");
        await AssertNoAnswersAsync(phone);
        Assert.Equal(0, await site.QueryAsync(db => db.QuizAttempts.CountAsync(row => row.PersonId == person)));

        await phone.Context.SetOfflineAsync(false);
        await phone.Locator("[data-scores]", new() { HasText = "Đạt 3/3" }).WaitForAsync();
        await phone.CountsAsync("Đã lưu trên máy 0 · Đã gửi 1");
        await BrowserSite.AssertAccessibleAsync(phone);
        var attempt = await site.QueryAsync(db => db.QuizAttempts.SingleAsync(row => row.PersonId == person));
        Assert.Equal((AttemptState.Passed, '7'), (attempt.State, attempt.Id.ToString()[14]));
        await phone.ClickAsync("[data-scores] a");
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Quiz_BegunOffline_IsFoundAgainWhenTheSignalIsBack()
    {
        var (user, _) = await site.LearnerAsync();
        var phone = await site.KeptAsync(user);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(LearnPhone.Course + "/quiz");
        await phone.ReadyAsync();
        await phone.ClickAsync("[data-start]");
        await AnswerRightlyAsync(phone);
        await phone.Locator("h1", new() { HasText = "Câu 2 trong 3" }).WaitForAsync();
        await phone.Context.SetOfflineAsync(false);

        await phone.GotoAsync(LearnPhone.Course);
        await phone.Locator("[data-draft] a").WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.GotoAsync(LearnPhone.Course + "/quiz");
        await phone.Locator("[data-draft] a").WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync("[data-draft] a");
        await phone.ReadyAsync();
        await phone.ClickAsync("[data-start]");

        await phone.Locator("h1", new() { HasText = "Câu 2 trong 3" }).WaitForAsync();
        await phone.Context.CloseAsync();
    }

    /// <summary>Answers the open question rightly; what is right is in the database, never on the phone.</summary>
    private async Task AnswerRightlyAsync(IPage phone)
    {
        var text = await phone.InnerTextAsync("legend");
        var question = await site.QueryAsync(db => db.Questions.AsNoTracking().SingleAsync(row => row.Course.Slug == "giu-an-toan" && row.Text == text && row.RetiredUtc == null));
        foreach (var option in question.ReadOptions().Where(option => option.Correct))
        {
            await phone.Locator(".answer", new() { HasText = option.Text }).Locator("input").CheckAsync();
            if (question.Type != QuestionType.SeveralAnswers)
            {
                break;
            }
        }

        await phone.ClickAsync("[data-stage] form button");
    }

    /// <summary>Neither the caches nor the database of the phone hold anything that tells what is right.</summary>
    private async Task AssertNoAnswersAsync(IPage phone)
    {
        var held = await phone.EvaluateAsync<string>("""
            (async () => {
                const texts = [];
                for (const name of await caches.keys()) for (const response of await (await caches.open(name)).matchAll()) texts.push(await response.text());
                const db = await new Promise((resolve) => { const opening = indexedDB.open('learning'); opening.onsuccess = () => resolve(opening.result); });
                for (const name of db.objectStoreNames) texts.push(JSON.stringify(await new Promise((resolve) => { const all = db.transaction(name).objectStore(name).getAll(); all.onsuccess = () => resolve(all.result); })));
                db.close();
                return texts.join('\n');
            })()
            """);
        Assert.Contains("data-paper", held, StringComparison.Ordinal);
        foreach (var question in await site.QueryAsync(db => db.Questions.Where(row => row.Course.Slug == "giu-an-toan").ToListAsync()))
        {
            Assert.DoesNotContain(question.Explanation, held, StringComparison.Ordinal);
            Assert.All(question.ReadOptions().Where(option => option.Why is not null), option => Assert.DoesNotContain(option.Why!, held, StringComparison.Ordinal));
        }
    }
}
